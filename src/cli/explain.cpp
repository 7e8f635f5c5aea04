// casus explain: the page of a diagnostic, a law, a function or a word; the list of all codes.
#include "base/codes.hpp"
#include "base/text.hpp"
#include "case/json.hpp"
#include "cli/commands.hpp"
#include "cli/wrapped.hpp"
#include "editor/reference.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Phase {
  char letter;
  std::string_view name;
};

constexpr std::array phases{
    Phase{'L', "lexing"}, Phase{'P', "parsing"},  Phase{'N', "names"}, Phase{'I', "indices"},
    Phase{'U', "units"},  Phase{'O', "order"},    Phase{'G', "games"}, Phase{'T', "time"},
    Phase{'D', "data"},   Phase{'E', "evidence"}, Phase{'F', "files"}, Phase{'R', "run"},
};

std::string_view phase_of(const Code& code) {
  const auto* const row = std::find_if(phases.begin(), phases.end(), [&code](const Phase& phase) {
    return phase.letter == code.code.front();
  });
  return row == phases.end() ? "" : row->name;
}

/// As codes are written: "d104" is D104.
std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  });
  return text;
}

/// A letter and three characters of which one is a digit.
bool looks_like_code(const std::string& name) {
  constexpr std::size_t length = 4;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return name.size() == length && !is_digit(name.front()) &&
         std::any_of(name.begin(), name.end(), is_digit);
}

[[noreturn]] void refuse(const std::string& name) {
  std::vector<std::string> codes_there;
  for (const Code& code : codes()) codes_there.emplace_back(code.code);
  if (looks_like_code(name)) {
    const auto meant = nearest(upper(name), codes_there);
    throw usage_fault("R110", fmt::format("there is no diagnostic '{}'", name),
                      meant ? fmt::format("did you mean {}?", *meant)
                            : "a code is a letter and three digits, such as D104");
  }
  const auto meant = nearest(name, editor::names_of_pages());
  throw usage_fault("R110", fmt::format("there is no law, function or word '{}' to explain", name),
                    meant ? fmt::format("did you mean {}?", *meant)
                          : "casus explain lists the codes of diagnostics");
}

std::string list() {
  std::string text = "Diagnostics, by the phase that finds them; casus explain CODE says more.\n";
  char letter = ' ';
  for (const Phase& phase : phases) {
    for (const Code& code : codes()) {
      if (code.code.front() != phase.letter) continue;
      if (letter != phase.letter) text += fmt::format("\n{}: {}\n", phase.letter, phase.name);
      letter = phase.letter;
      text += fmt::format("  {}  {}\n", code.code, code.title);
    }
  }
  return text + "\n" +
         wrapped("casus explain also knows: " + join_text(editor::names_of_pages(), ", "));
}

std::string list_json() {
  Json all = Json::array();
  for (const Code& code : codes()) {
    all.push_back({{"code", code.code}, {"phase", phase_of(code)}, {"title", code.title}});
  }
  return Json{{"codes", all}, {"names", editor::names_of_pages()}}.dump(2) + "\n";
}

void print_code(const Code& code, const Options& options, const Session& session) {
  if (options.json) return session.print_json(cases::code_json(code));
  session.print(options, fmt::format("{}: {}\nfound in {}\n\n{}", code.code, code.title,
                                     phase_of(code), wrapped(code.meaning)));
}

void print_page(const editor::Page& page, const Options& options, const Session& session) {
  if (options.json) {
    return session.print_json(Json{{"name", page.name},
                                   {"sort", page.sort},
                                   {"form", page.form},
                                   {"meaning", page.meaning}}
                                  .dump(2) +
                              "\n");
  }
  session.print(options, fmt::format("{}: a {}\n\n    {}\n\n{}", page.name, page.sort, page.form,
                                     wrapped(page.meaning)));
}

}  // namespace

int run_explain(const Options& options, Session& session) {
  if (options.names.empty()) {
    options.json ? session.print_json(list_json()) : session.print(options, list());
    return exit_done;
  }
  const std::string& name = options.names.front();
  if (const Code* code = find_code(upper(name))) {
    print_code(*code, options, session);
  } else if (const auto page = editor::find_page(name)) {
    print_page(*page, options, session);
  } else {
    refuse(name);
  }
  return exit_done;
}

}  // namespace casus::cli
