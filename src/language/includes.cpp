// Following `include`.
#include "language/includes.hpp"

#include "language/parser.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <utility>
#include <vector>

namespace casus::language {
namespace {

constexpr std::size_t nobody = static_cast<std::size_t>(-1);

/// A file of the case, and the `include` that asked for it.
struct CaseFile {
  std::string path;
  std::size_t includer = nobody;
  Span place{};
};

/// The files of one case in the order of reading.
class FileList {
 public:
  FileList(const Files& files, Sources& sources, Diagnostics& found)
      : files_(files), sources_(sources), found_(found) {}

  Tree read(std::string_view main_file);

 private:
  void read_file(std::size_t which, Tree& tree);
  void ask_for(const Word& file, std::size_t includer);
  bool is_ancestor(const std::string& path, std::size_t of) const;
  std::vector<Label> chain_to(const std::string& path, std::size_t of) const;

  const Files& files_;
  Sources& sources_;
  Diagnostics& found_;
  std::vector<CaseFile> list_{};
};

Tree FileList::read(std::string_view main_file) {
  Tree tree;
  list_.push_back({.path = resolve_path("", main_file)});
  for (std::size_t i = 0; i < list_.size(); ++i) read_file(i, tree);
  check_one_case(tree, found_);
  return tree;
}

void FileList::read_file(std::size_t which, Tree& tree) {
  const CaseFile file = list_[which];
  FileContent content = files_.read(file.path);
  if (!content) {
    Diagnostic diagnostic{.code = "F001",
                          .message = fmt::format("cannot read {}: {}", file.path, content.problem),
                          .primary = {file.place, ""},
                          .help = "names of files are relative to the folder of this one"};
    diagnostic.has_place = file.includer != nobody;
    found_.add(std::move(diagnostic));
    return;
  }
  const FileId id = sources_.add(file.path, std::move(content.bytes));
  const std::size_t first = tree.statements.size();
  parse_file(id, sources_, {.needs_version = which == 0}, tree, found_);
  for (std::size_t i = first; i < tree.statements.size(); ++i) {
    const auto* include = std::get_if<IncludeStatement>(&tree.statements[i]);
    if (include != nullptr) ask_for(include->file, which);
  }
}

bool FileList::is_ancestor(const std::string& path, std::size_t of) const {
  for (std::size_t i = of; i != nobody; i = list_[i].includer) {
    if (list_[i].path == path) return true;
  }
  return false;
}

/// The other `include` statements of the circle from `path` back to itself.
std::vector<Label> FileList::chain_to(const std::string& path, std::size_t of) const {
  std::vector<Label> chain;
  for (std::size_t i = of; list_[i].path != path; i = list_[i].includer) {
    chain.push_back({list_[i].place, "by way of this"});
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

void FileList::ask_for(const Word& file, std::size_t includer) {
  const std::string path = resolve_path(list_[includer].path, file.text);
  const auto earlier = std::find_if(list_.begin(), list_.end(),
                                    [&path](const CaseFile& each) { return each.path == path; });
  if (earlier == list_.end()) {
    list_.push_back({.path = path, .includer = includer, .place = file.span});
    return;
  }
  if (is_ancestor(path, includer)) {
    found_.add({.code = "P024",
                .message = fmt::format("{} includes itself", path),
                .primary = {file.span, ""},
                .related = chain_to(path, includer),
                .help = "remove this `include`"});
    return;
  }
  found_.add({.code = "P023",
              .message = fmt::format("{} is included twice", path),
              .primary = {file.span, "again here"},
              .related = {{earlier->place, "first included here"}},
              .help = "remove one `include`; the order of statements does not matter"});
}

}  // namespace

Tree parse_case(std::string_view main_file, const Files& files, Sources& sources,
                Diagnostics& found) {
  return FileList(files, sources, found).read(main_file);
}

void check_one_case(const Tree& tree, Diagnostics& found) {
  const Span* first = nullptr;
  for (std::size_t i = 0; i < tree.statements.size(); ++i) {
    if (!std::holds_alternative<CaseStatement>(tree.statements[i])) continue;
    const Span& place = tree.statement_spans[i];
    if (first == nullptr) {
      first = &place;
      continue;
    }
    found.add({.code = "P006",
               .message = "`case` stands twice",
               .primary = {place, "again here"},
               .related = {{*first, "first here"}},
               .help = "a case has one title; keep one of them"});
  }
}

std::string resolve_path(std::string_view from, std::string_view path) {
  const std::size_t slash = from.rfind('/');
  std::string whole(path);
  if (path.substr(0, 1) != "/" && slash != std::string_view::npos) {
    whole = std::string(from.substr(0, slash + 1)) + whole;
  }
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('/', begin), whole.size());
    const std::string part = whole.substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else {
      parts.push_back(part);
    }
  }
  std::string result = whole.substr(0, 1) == "/" ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) result += (i == 0 ? "" : "/") + parts[i];
  return result;
}

}  // namespace casus::language
