// Loading, and what can still be read where loading stops.
#include "editor/view.hpp"

#include "case/inputs.hpp"
#include "case/load.hpp"
#include "evidence/claims.hpp"
#include "language/compile.hpp"
#include "language/includes.hpp"
#include "language/lexer.hpp"
#include "language/parser.hpp"

#include <algorithm>

namespace casus::editor {
namespace {

constexpr std::string_view extension = ".casus";

bool is_case_file(std::string_view name) {
  return name.size() > extension.size() && name.substr(name.size() - extension.size()) == extension;
}

bool is_syntax(const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::error &&
         (diagnostic.code.front() == 'L' || diagnostic.code.front() == 'P');
}

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

void read_claims(CaseView& view, const Files& files) {
  for (const language::Statement& statement : view.model.tree.statements) {
    const auto* at = std::get_if<language::CaseStatement>(&statement);
    if (at == nullptr || at->claims.empty()) continue;
    const std::string path =
        language::resolve_path(view.sources.name(at->claims.span.file), at->claims.text);
    FileContent content = files.read(path);
    if (!content) return;
    Diagnostics ignored;
    view.claims = evidence::read_claims(view.sources,
                                        view.sources.add(path, std::move(content.bytes)), ignored);
    return;
  }
}

/// What can be found out about a case with errors.
void read_in_part(CaseView& view, const Files& files) {
  Diagnostics ignored;
  language::Tree tree = language::parse_case(view.main_file, files, view.sources, ignored);
  const language::Tree kept = tree;
  cases::CsvInputs inputs(files, view.sources, tree);
  view.model = language::check(std::move(tree), inputs, ignored);
  if (view.model.tree.statements.size() != kept.statements.size()) view.model.tree = kept;
  read_claims(view, files);
}

void list_files(CaseView& view, std::size_t first) {
  Diagnostics ignored;
  for (std::size_t i = first; i < view.sources.size(); ++i) {
    const auto id = static_cast<FileId>(i);
    if (!is_case_file(view.sources.name(id))) continue;
    view.files.push_back({.id = id, .lexed = language::lex(id, view.sources, ignored)});
  }
}

/// The end of the last token before `end`.
std::uint32_t last_end_before(const CaseFile& file, std::uint32_t end) {
  std::uint32_t last = 0;
  for (const language::Token& token : file.lexed.tokens) {
    if (token.span.end > end || token.kind == language::TokenKind::end) break;
    last = token.span.end;
  }
  return last;
}

void list_statements(CaseView& view) {
  const std::vector<Span>& spans = view.model.tree.statement_spans;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    view.statements.push_back({.span = spans[i], .statement = static_cast<std::uint32_t>(i)});
  }
  const auto place = [](const StatementRange& range) {
    return std::pair(range.span.file, range.span.begin);
  };
  std::sort(view.statements.begin(), view.statements.end(),
            [&place](const auto& a, const auto& b) { return place(a) < place(b); });
  for (std::size_t i = 0; i < view.statements.size(); ++i) {
    Span& span = view.statements[i].span;
    const auto file = std::find_if(view.files.begin(), view.files.end(),
                                   [&span](const CaseFile& each) { return each.id == span.file; });
    if (file == view.files.end()) continue;
    const bool last =
        i + 1 == view.statements.size() || view.statements[i + 1].span.file != span.file;
    const auto size = static_cast<std::uint32_t>(view.sources.text(span.file).size());
    const std::uint32_t limit = last ? size : view.statements[i + 1].span.begin;
    span.end = std::max(span.begin, last_end_before(*file, limit));
  }
}

}  // namespace

const CaseFile* CaseView::find_file(std::string_view path) const {
  const auto at = std::find_if(files.begin(), files.end(), [this, path](const CaseFile& each) {
    return sources.name(each.id) == path;
  });
  return at == files.end() ? nullptr : &*at;
}

const StatementRange* CaseView::statement_at(FileId file, std::uint32_t byte) const {
  const auto after =
      std::upper_bound(statements.begin(), statements.end(), std::pair(file, byte),
                       [](const std::pair<FileId, std::uint32_t>& place, const auto& range) {
                         return place < std::pair(range.span.file, range.span.begin);
                       });
  if (after == statements.begin()) return nullptr;
  const StatementRange& range = *std::prev(after);
  return range.span.file == file && byte <= range.span.end ? &range : nullptr;
}

std::unique_ptr<const CaseView> view_case(const std::string& main_file, const Files& files) {
  auto view = std::make_unique<CaseView>();
  view->main_file = main_file;
  auto loaded = cases::load(main_file, main_file, files, view->sources, view->found);
  const std::vector<Diagnostic> found = view->found.sorted();
  view->readable = std::none_of(found.begin(), found.end(), is_syntax);
  std::size_t first = 0;
  if (loaded) {
    view->model = std::move(loaded->model);
    view->claims = std::move(loaded->claims);
  } else {
    first = view->sources.size();
    read_in_part(*view, files);
  }
  list_files(*view, first);
  list_statements(*view);
  return view;
}

std::string main_file_of(const std::string& path, const Files& files) {
  constexpr int highest = 3;
  std::string_view folder = folder_of(path);
  for (int i = 0; i < highest && !folder.empty(); ++i, folder = folder_of(folder)) {
    std::string main_file = std::string(folder) + "/model.casus";
    if (main_file == path) return path;
    if (!files.read(main_file)) continue;
    Sources sources;
    Diagnostics ignored;
    (void)language::parse_case(main_file, files, sources, ignored);
    for (std::size_t at = 0; at < sources.size(); ++at) {
      if (sources.name(static_cast<FileId>(at)) == path) return main_file;
    }
  }
  return path;
}

}  // namespace casus::editor
