// Statements one after the other.
#include "language/parser.hpp"

#include "base/text.hpp"
#include "language/excerpts.hpp"
#include "language/includes.hpp"
#include "language/keywords.hpp"
#include "language/lexer.hpp"
#include "language/parser_state.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

constexpr double version = 1.0;

struct StatementKind {
  std::string_view word;
  Statement (*read)(Parser&);
};

constexpr std::array kinds{
    StatementKind{"case", read_case},       StatementKind{"include", read_include},
    StatementKind{"set", read_set},         StatementKind{"link", read_link},
    StatementKind{"data", read_data},       StatementKind{"event", read_event},
    StatementKind{"param", read_param},     StatementKind{"function", read_function},
    StatementKind{"state", read_state},     StatementKind{"let", read_let},
    StatementKind{"draw", read_draw},       StatementKind{"observe", read_observe},
    StatementKind{"game", read_game},       StatementKind{"treaty", read_treaty},
    StatementKind{"explain", read_explain}, StatementKind{"whatif", read_whatif},
    StatementKind{"start", read_start},     StatementKind{"measure", read_measure},
    StatementKind{"rival", read_rival},
};

/// Lines of blocks that stand where a statement should.
struct Misplaced {
  std::string_view word;
  std::string_view block;
};

constexpr std::array misplaced{
    Misplaced{"time", "case"},  Misplaced{"claims", "case"}, Misplaced{"payoff", "game"},
    Misplaced{"cost", "game"},  Misplaced{"ends", "game"},   Misplaced{"rationality", "game"},
    Misplaced{"then", "state"}, Misplaced{"unit", "data"},
};

void fail_on_unknown_statement(Parser& in) {
  if (in.peek().kind != TokenKind::word) return in.unexpected("a statement");
  const std::string word(in.text_of(in.peek()));
  for (const std::string_view later : {"repeat", "hindsight", "simultaneous", "matrix"}) {
    if (word == later) return fail_on_planned(in, word, find_planned(word)->meanwhile);
  }
  if (word == "given") {
    return fail_on_planned(in, "given record until", "the record ends where its file ends");
  }
  for (const Misplaced& row : misplaced) {
    if (word != row.word) continue;
    return in.fail({.code = "P002",
                    .message = fmt::format("`{}` is no statement", word),
                    .primary = {in.here(), ""},
                    .help = fmt::format("it belongs, indented, below `{}`", row.block)});
  }
  const bool definition = in.peek(1).kind == TokenKind::assign;
  const std::string otherwise =
      definition ? fmt::format("write `let {} = ...`, or `param`, `state` or `data`", word)
                 : "statements begin with " + one_of(statement_words());
  in.fail({.code = "P002",
           .message = fmt::format("`{}` begins no statement", excerpt(word)),
           .primary = {in.here(), ""},
           .help = suggest(word, statement_words(), otherwise)});
}

void read_statement(Parser& in) {
  const std::size_t errors_before = in.n_errors();
  const Token first = in.peek();
  const Span line = in.line_ahead();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const StatementKind& row) {
    return in.is_word(first, row.word);
  });
  if (first.column != 1) {
    in.fail({.code = "P007",
             .message = fmt::format("a statement begins in column {}", first.column),
             .primary = {first.span, ""},
             .help = "begin statements in the first column"});
  } else if (in.at_word("casus")) {
    in.fail({.code = "P005",
             .message = "`casus` stands only at the beginning of a file",
             .primary = {first.span, ""},
             .help = "remove this line"});
  } else if (kind == kinds.end()) {
    fail_on_unknown_statement(in);
  } else {
    in.take();
    Statement statement = kind->read(in);
    in.finish_item();
    if (in.n_errors() > errors_before) return;
    in.tree().statements.push_back(std::move(statement));
    in.tree().statement_spans.push_back(line);
  }
  in.skip_item();
}

/// `casus 1`, which stands at the beginning.
void read_version(Parser& in) {
  in.take();
  const Token number = in.peek();
  if (number.kind == TokenKind::number && number.number != version) {
    in.fail({.code = "P004",
             .message = fmt::format("this casus does not know version {} of the language",
                                    excerpt(in.text_of(number))),
             .primary = {number.span, ""},
             .help = "it reads `casus 1`"});
  } else {
    in.expect(TokenKind::number, "the version of the language, `1`,");
  }
  in.finish_item();
}

/// A first statement that is none says no more than that the version is missing.
void fail_on_no_version(Parser& in, FileId file, Diagnostics& found) {
  const bool is_statement = in.at_file_end() || is_statement_word(in.text_of(in.peek()));
  const std::string first = is_statement ? "" : excerpt(in.text_of(in.peek()));
  if (nearest(first, {"casus"})) return;  // misspelt, which `read_statement` will say
  found.add({.code = "P003",
             .message = "the case does not say which version of the language it is written in",
             .primary = {{file, 0, 0}, ""},
             .help = "make `casus 1` the first line"});
  if (!is_statement) in.skip_item();
}

}  // namespace

void parse_file(FileId file, const Sources& sources, const FileRole& role, Tree& tree,
                Diagnostics& found) {
  const Lexed lexed = lex(file, sources, found);
  Parser in(lexed, sources.text(file), tree, found);
  in.begin_item(1);
  if (in.at_word("casus")) {
    read_version(in);
  } else if (role.needs_version && lexed.is_text) {
    fail_on_no_version(in, file, found);
  }
  while (!in.at_file_end()) {
    in.begin_item(1);
    read_statement(in);
  }
}

Tree parse_text(FileId file, const Sources& sources, Diagnostics& found) {
  Tree tree;
  parse_file(file, sources, {.needs_version = false}, tree, found);
  check_one_case(tree, found);
  return tree;
}

}  // namespace casus::language
