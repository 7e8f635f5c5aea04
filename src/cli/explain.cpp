// casus explain: the page of a diagnostic.
#include "base/codes.hpp"
#include "base/text.hpp"
#include "case/json.hpp"
#include "cli/commands.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cli {
namespace {

/// As codes are written: "d104" is D104.
std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return text;
}

/// Lines of at most `width` characters, broken at blanks.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > width) {
      result += '\n';
      column = 0;
    }
    if (column > 0) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result + '\n';
}

const Code& find(const std::string& name) {
  if (const Code* code = find_code(upper(name))) return *code;
  std::vector<std::string> names;
  for (const Code& code : codes()) names.emplace_back(code.code);
  const auto meant = nearest(upper(name), names);
  throw usage_fault("R110", fmt::format("there is no diagnostic '{}'", name),
                    meant ? fmt::format("did you mean {}?", *meant)
                          : "a code is a letter and three digits, such as D104");
}

}  // namespace

int run_explain(const Options& options, Session& session) {
  const Code& code = find(options.names.front());
  if (options.json) {
    session.print_json(cases::code_json(code));
    return exit_done;
  }
  constexpr std::size_t width = 80;
  session.print(options,
                fmt::format("{}: {}\n\n{}", code.code, code.title, wrapped(code.meaning, width)));
  return exit_done;
}

}  // namespace casus::cli
