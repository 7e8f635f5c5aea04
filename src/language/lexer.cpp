// Texts to tokens.
#include "language/lexer.hpp"

#include "base/text.hpp"
#include "language/characters.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string>
#include <utility>

namespace casus::language {
namespace {

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

/// Longer ones before their beginnings.
constexpr std::array symbols{
    Symbol{"==", TokenKind::equal},      Symbol{"!=", TokenKind::not_equal},
    Symbol{"<=", TokenKind::less_equal}, Symbol{">=", TokenKind::greater_equal},
    Symbol{":=", TokenKind::define},     Symbol{"<", TokenKind::less},
    Symbol{">", TokenKind::greater},     Symbol{"=", TokenKind::assign},
    Symbol{"~", TokenKind::tilde},       Symbol{"+", TokenKind::plus},
    Symbol{"-", TokenKind::minus},       Symbol{"*", TokenKind::star},
    Symbol{"/", TokenKind::slash},       Symbol{"^", TokenKind::caret},
    Symbol{"(", TokenKind::open_round},  Symbol{")", TokenKind::close_round},
    Symbol{"[", TokenKind::open_square}, Symbol{"]", TokenKind::close_square},
    Symbol{"{", TokenKind::open_brace},  Symbol{"}", TokenKind::close_brace},
    Symbol{",", TokenKind::comma},       Symbol{":", TokenKind::colon},
    Symbol{".", TokenKind::dot},         Symbol{"|", TokenKind::bar},
};

/// Operators of other languages. Longer ones before their beginnings.
struct Foreign {
  std::string_view text;
  std::string_view help;
};

constexpr std::array foreign{
    Foreign{"===", "equality is written `==`"},
    Foreign{"!==", "inequality is written `!=`"},
    Foreign{"&&", "write `and`"},
    Foreign{"||", "write `or`"},
    Foreign{"**", "powers are written `^`"},
    Foreign{"//", "a comment begins with `#`"},
    Foreign{"/*", "a comment begins with `#` and ends with its line"},
    Foreign{"<>", "inequality is written `!=`"},
    Foreign{"=>", "write `>=`, or `:` between a condition and its value"},
    Foreign{"=<", "write `<=`"},
    Foreign{"+=", "write the sum out: `x = x + 1`"},
    Foreign{"->", "write `:` between a condition and its value"},
    Foreign{"!", "write `not`"},
    Foreign{"&", "write `and`"},
    Foreign{"%", "write a share as a number, `0.05` for 5 %"},
    Foreign{";", "statements end with their line"},
};

class Lexer {
 public:
  Lexer(FileId file, std::string_view text, Diagnostics& found)
      : file_(file), text_(text), found_(found) {}

  Lexed run();

 private:
  struct Bracket {
    TokenKind closing;
    Span span;
  };

  bool is_text_file();
  void read_one();
  void read_tab();
  void read_comment();
  void read_string();
  void read_number();
  bool read_date();
  void read_word();
  void read_symbol();
  bool read_foreign(std::string_view rest);
  void read_stranger();
  void read_quotation(std::string_view name);
  void open_bracket(TokenKind closing);
  void close_bracket(TokenKind kind);
  void report_unclosed();
  void new_line();
  void end_text();

  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\n'; }
  std::size_t after_digits(std::size_t position) const;
  bool word_starts_at(std::size_t position) const;
  std::size_t after_word(std::size_t position) const;
  std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }
  Span span_to(std::size_t end) const;
  Token& push(TokenKind kind, std::size_t end);
  void push_broken(std::size_t end, Diagnostic diagnostic);

  FileId file_;
  std::string_view text_;
  Diagnostics& found_;
  Lexed lexed_{};
  std::vector<Bracket> brackets_{};
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;  ///< of the next token, while only blanks were seen on this line
  bool line_is_blank_ = true;
  Span first_tab_{};
  std::uint32_t n_tabs_ = 0;
};

Lexed Lexer::run() {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (is_text_file()) {
    if (text_.substr(0, 3) == byte_order_mark) at_ = 3;
    while (at_ < text_.size()) read_one();
  } else {
    lexed_.is_text = false;
    at_ = text_.size();
  }
  end_text();
  return std::move(lexed_);
}

/// Looks at every byte once, so that the rest of the lexer may trust the encoding.
bool Lexer::is_text_file() {
  for (std::size_t i = 0; i < text_.size();) {
    const Character character = decode(text_, i);
    if (character.length != 0 && character.code != 0) {
      i += character.length;
      continue;
    }
    const Span place{file_, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1)};
    if (character.length == 0) {
      found_.add({.code = "L002",
                  .message = "the file is not UTF-8 text",
                  .primary = {place, "this byte belongs to another encoding"},
                  .help = "save the file as UTF-8"});
    } else {
      found_.add({.code = "L003",
                  .message = "the file holds a NUL character",
                  .primary = {place, ""},
                  .help = "if this is a text file, save it as UTF-8, not UTF-16"});
    }
    return false;
  }
  return true;
}

void Lexer::read_one() {
  const char c = at(at_);
  if (c == '\n') return new_line();
  if (c == ' ' || c == '\r') {
    ++at_;
    ++column_;
    return;
  }
  if (c == '\t') return read_tab();
  if (c == '#') return read_comment();
  if (c == '"') return read_string();
  if (is_digit(c) || (c == '.' && is_digit(at(at_ + 1)))) return read_number();
  if (word_starts_at(at_)) return read_word();
  read_symbol();
}

void Lexer::new_line() {
  ++at_;
  ++line_;
  column_ = 1;
  line_is_blank_ = true;
}

void Lexer::read_tab() {
  constexpr std::uint32_t tab_width = 4;
  if (n_tabs_ == 0) first_tab_ = span_to(at_ + 1);
  ++n_tabs_;
  ++at_;
  column_ += tab_width - (column_ - 1) % tab_width;
}

void Lexer::read_comment() {
  std::size_t end = line_end();
  if (end > at_ && text_[end - 1] == '\r') --end;
  lexed_.comments.push_back(span_to(end));
  at_ = end;
}

void Lexer::read_string() {
  const std::size_t end = std::min(text_.find_first_of("\"\n", at_ + 1), text_.size());
  if (at(end) == '"') {
    push(TokenKind::text, end + 1);
    return;
  }
  const std::size_t last = text_[end - 1] == '\r' ? end - 1 : end;
  Diagnostic diagnostic{.code = "L007",
                        .message = "the text is not closed",
                        .primary = {span_to(at_ + 1), "opened here"},
                        .help = "add a `\"` before the end of the line"};
  push_broken(last, std::move(diagnostic));
}

std::size_t Lexer::after_digits(std::size_t position) const {
  while (is_digit(at(position)) || at(position) == '_') ++position;
  return position;
}

bool Lexer::word_starts_at(std::size_t position) const {
  return position < text_.size() && starts_word(decode(text_, position).code);
}

std::size_t Lexer::after_word(std::size_t position) const {
  while (position < text_.size()) {
    const Character character = decode(text_, position);
    if (!continues_word(character.code)) break;
    position += character.length;
  }
  return position;
}

void Lexer::read_number() {
  if (read_date()) return;
  std::size_t end = after_digits(at_);
  if (at(end) == '.' && is_digit(at(end + 1))) end = after_digits(end + 1);
  if (at(end) == 'e' || at(end) == 'E') {
    const std::size_t sign = at(end + 1) == '+' || at(end + 1) == '-' ? 1 : 0;
    if (is_digit(at(end + 1 + sign))) end = after_digits(end + 1 + sign);
  }
  const std::string_view written = text_.substr(at_, end - at_);
  if (word_starts_at(end)) {
    const std::size_t last = after_word(end);
    const std::string_view word = text_.substr(end, last - end);
    const std::string_view joint = is_time_word(word) ? " " : " * ";
    return push_broken(
        last, {.code = "L009",
               .message = "a number and a word stick together",
               .primary = {span_to(last), ""},
               .help = fmt::format("write `{}{}{}`", excerpt(written), joint, excerpt(word))});
  }
  if (at(end) == '.') {
    const std::size_t last = after_digits(end + 1);
    return push_broken(last, {.code = "L008",
                              .message = "this is not a number",
                              .primary = {span_to(last), "there is a `.` too many"},
                              .help = "numbers look like 12, 0.5, 1.5e-9 or 1_000"});
  }
  std::string digits;
  std::copy_if(written.begin(), written.end(), std::back_inserter(digits),
               [](char c) { return c != '_'; });
  const std::optional<double> value = parse_number(digits);
  const bool stray = written.back() == '_' || written.find("__") != std::string_view::npos;
  if (!value || stray) {
    const std::string_view why = stray ? "`_` stands between two digits only" : "it is too large";
    return push_broken(end, {.code = "L008",
                             .message = "this is not a number",
                             .primary = {span_to(end), std::string(why)},
                             .help = "numbers look like 12, 0.5, 1.5e-9 or 1_000"});
  }
  push(TokenKind::number, end).number = *value;
}

/// Four digits, then parts of digits after hyphens without a space. False when it is arithmetic,
/// as in `1000-2.5`.
bool Lexer::read_date() {
  const auto after_plain_digits = [this](std::size_t position) {
    while (is_digit(at(position))) ++position;
    return position;
  };
  std::size_t end = after_plain_digits(at_);
  if (end != at_ + 4) return false;
  while (at(end) == '-' && is_digit(at(end + 1))) end = after_plain_digits(end + 1);
  if (end == at_ + 4 || at(end) == '.' || at(end) == '_') return false;
  const std::string_view written = text_.substr(at_, end - at_);
  const std::optional<Date> date = parse_date(written);
  if (date && !word_starts_at(end) && at(end) != '-') {
    push(TokenKind::date, end).date = *date;
    return true;
  }
  const bool well_formed = (written.size() == 7 || (written.size() == 10 && written[7] == '-')) &&
                           !word_starts_at(end) && at(end) != '-';
  const std::size_t last = after_word(end);
  if (well_formed) {
    push_broken(last, {.code = "L010",
                       .message = fmt::format("there is no date {}", written),
                       .primary = {span_to(last), ""},
                       .help = "months go from 01 to 12, days from 01 to the month's end"});
    return true;
  }
  const bool years = written.size() == 9 && written.find('-', 5) == std::string_view::npos;
  std::string help = "dates look like 2020-09 or 2020-09-27; put spaces around a minus";
  if (years) {
    help = fmt::format("write `{} to {}`", written.substr(0, 4), written.substr(5));
  } else if (written.size() == 6 && !word_starts_at(end)) {
    help = fmt::format("write `{}-0{}` for the month, `{} - {}` for the difference",
                       written.substr(0, 4), written[5], written.substr(0, 4), written[5]);
  }
  push_broken(last, {.code = "L011",
                     .message = "this is not a date",
                     .primary = {span_to(last), ""},
                     .help = std::move(help)});
  return true;
}

void Lexer::read_word() {
  const std::size_t end = after_word(at_);
  // No expression holds a statement's first word, so a bracket was forgotten above.
  if (line_is_blank_ && !brackets_.empty() && is_statement_word(text_.substr(at_, end - at_))) {
    report_unclosed();
  }
  push(TokenKind::word, end);
}

void Lexer::read_symbol() {
  const std::string_view rest = text_.substr(at_, 3);
  if (read_foreign(rest)) return;
  const auto symbol = std::find_if(symbols.begin(), symbols.end(), [rest](const Symbol& row) {
    return rest.substr(0, row.text.size()) == row.text;
  });
  if (symbol == symbols.end()) return read_stranger();
  switch (symbol->kind) {
    case TokenKind::open_round: return open_bracket(TokenKind::close_round);
    case TokenKind::open_square: return open_bracket(TokenKind::close_square);
    case TokenKind::open_brace: return open_bracket(TokenKind::close_brace);
    case TokenKind::close_round:
    case TokenKind::close_square:
    case TokenKind::close_brace: return close_bracket(symbol->kind);
    default: push(symbol->kind, at_ + symbol->text.size());
  }
}

bool Lexer::read_foreign(std::string_view rest) {
  if (rest.substr(0, 2) == "!=" && rest != "!==") return false;
  const auto row = std::find_if(foreign.begin(), foreign.end(), [rest](const Foreign& each) {
    return rest.substr(0, each.text.size()) == each.text;
  });
  if (row == foreign.end()) return false;
  const std::size_t end = at_ + row->text.size();
  push_broken(end, {.code = "L006",
                    .message = fmt::format("`{}` is not an operator of casus", row->text),
                    .primary = {span_to(end), ""},
                    .help = std::string(row->help)});
  return true;
}

void Lexer::read_stranger() {
  const Character character = decode(text_, at_);
  const std::size_t end = at_ + character.length;
  if (character.code == U'\'' || character.code == U'`') return read_quotation("a single quote");
  const Lookalike* lookalike = find_lookalike(character.code);
  if (lookalike != nullptr && lookalike->instead == "\"") return read_quotation(lookalike->name);
  if (lookalike != nullptr) {
    const bool spelt =
        lookalike->instead.find(' ') != std::string_view::npos || lookalike->instead == "nothing";
    const std::string_view mark = spelt ? "" : "`";
    return push_broken(end, {.code = "L005",
                             .message = fmt::format("{} has no meaning here", lookalike->name),
                             .primary = {span_to(end), ""},
                             .help = fmt::format("write {0}{1}{0}", mark, lookalike->instead)});
  }
  const bool control = character.code < 0x20 || (character.code >= 0x7F && character.code < 0xA0);
  const std::string what =
      control ? fmt::format("the control character U+{:04X}", static_cast<unsigned>(character.code))
              : fmt::format("`{}`", text_.substr(at_, character.length));
  push_broken(end, {.code = "L004",
                    .message = what + " has no meaning here",
                    .primary = {span_to(end), ""},
                    .help = "names are made of letters, digits and `_`"});
}

/// Text in quotes of another kind, up to the next quote of that kind on the line.
void Lexer::read_quotation(std::string_view name) {
  std::size_t end = at_ + decode(text_, at_).length;
  const std::size_t after_first = end;
  bool closed = false;
  while (!closed && at(end) != '\n') {
    const Character character = decode(text_, end);
    const Lookalike* lookalike = find_lookalike(character.code);
    end += character.length;
    closed = character.code == U'\'' || character.code == U'`' || character.code == U'"' ||
             (lookalike != nullptr && lookalike->instead == "\"");
  }
  if (!closed) end = after_first;
  push_broken(end, {.code = "L005",
                    .message = fmt::format("{} does not open a text", name),
                    .primary = {span_to(after_first), ""},
                    .help = "put texts between straight double quotes, \"like this\""});
}

void Lexer::open_bracket(TokenKind closing) {
  const TokenKind kind = closing == TokenKind::close_round    ? TokenKind::open_round
                         : closing == TokenKind::close_square ? TokenKind::open_square
                                                              : TokenKind::open_brace;
  push(kind, at_ + 1);
  brackets_.push_back({closing, lexed_.tokens.back().span});
}

void Lexer::close_bracket(TokenKind kind) {
  const std::string_view written = text_.substr(at_, 1);
  if (brackets_.empty()) {
    return push_broken(at_ + 1, {.code = "L013",
                                 .message = fmt::format("`{}` closes nothing", written),
                                 .primary = {span_to(at_ + 1), ""},
                                 .help = "remove it, or open the bracket before it"});
  }
  const Bracket open = brackets_.back();
  brackets_.pop_back();
  if (open.closing == kind) {
    push(kind, at_ + 1);
    return;
  }
  const std::string_view opening = text_.substr(open.span.begin, 1);
  push_broken(at_ + 1, {.code = "L014",
                        .message = fmt::format("`{}` is closed by `{}`", opening, written),
                        .primary = {span_to(at_ + 1), ""},
                        .related = {{open.span, "opened here"}},
                        .help = "brackets close in pairs: ( ), [ ], { }"});
}

void Lexer::report_unclosed() {
  const Bracket open = brackets_.back();
  brackets_.clear();
  const std::string_view opening = text_.substr(open.span.begin, 1);
  const std::string_view closing = opening == "(" ? ")" : opening == "[" ? "]" : "}";
  found_.add({.code = "L012",
              .message = fmt::format("`{}` is never closed", opening),
              .primary = {open.span, "opened here"},
              .help = fmt::format("add a `{}` where the statement needs it", closing)});
  const Span last = lexed_.tokens.back().span;
  Token broken{.kind = TokenKind::broken, .line = lexed_.tokens.back().line};
  broken.span = {file_, last.end, last.end};
  lexed_.tokens.push_back(broken);
}

Span Lexer::span_to(std::size_t end) const {
  return {file_, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end)};
}

Token& Lexer::push(TokenKind kind, std::size_t end) {
  Token token{.kind = kind, .line = line_};
  token.starts_line = line_is_blank_ && brackets_.empty();
  token.column = column_;
  token.span = span_to(end);
  line_is_blank_ = false;
  at_ = end;
  return lexed_.tokens.emplace_back(token);
}

void Lexer::push_broken(std::size_t end, Diagnostic diagnostic) {
  found_.add(std::move(diagnostic));
  push(TokenKind::broken, end);
}

void Lexer::end_text() {
  if (!brackets_.empty()) report_unclosed();
  if (n_tabs_ > 0) {
    const std::string more = n_tabs_ == 1 ? "" : fmt::format("; the file has {} more", n_tabs_ - 1);
    found_.add({.code = "L001",
                .message = "a tab, whose width depends on the editor",
                .primary = {first_tab_, ""},
                .help = "use spaces" + more});
  }
  push(TokenKind::end, at_);
}

}  // namespace

Lexed lex(FileId file, const Sources& sources, Diagnostics& found) {
  return Lexer(file, sources.text(file), found).run();
}

}  // namespace casus::language
