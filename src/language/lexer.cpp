// Texts to tokens.
#include "language/lexer.hpp"

#include "language/characters.hpp"
#include "language/keywords.hpp"
#include "language/lexer_numbers.hpp"
#include "language/symbols.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <utility>

namespace casus::language {
namespace {

/// The dollar and Unicode's block of currency symbols, with the signs that stand before it.
bool is_currency(char32_t code) {
  return code == U'$' || (code >= 0xA2 && code <= 0xA5) || (code >= 0x20A0 && code <= 0x20CF);
}

std::string_view help_for_stranger(char32_t code) {
  if (code == U'\\') return "a line that is indented deeper continues the one above without a sign";
  return is_currency(code) ? "units stand in quotes behind the number: `20 unit \"USD\"`"
                           : "names are made of letters, digits and `_`";
}

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
  void read_word();
  bool begins_other_line(std::size_t end) const;
  void read_symbol();
  bool read_foreign(std::string_view rest);
  void read_stranger();
  void read_quotation(std::string_view name);
  void open_bracket(TokenKind closing);
  void close_bracket(TokenKind kind);
  void drop_closed(TokenKind kind);
  void report_unclosed();
  void new_line();
  void end_text();

  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\n'; }
  std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }
  Span span_to(std::size_t end) const;
  Token& push(TokenKind kind, std::size_t end);
  void push_broken(std::size_t end, Diagnostic diagnostic);

  FileId file_;
  std::string_view text_;
  Diagnostics& found_;
  Lexed lexed_{};
  std::vector<Bracket> brackets_{};
  std::size_t n_forgiven_ = 0;  ///< brackets taken for forgotten that may yet be closed
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
  if (after_word(text_, at_) > at_) return read_word();
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

void Lexer::read_number() {
  NumberRead read = language::read_number(text_, at_);
  if (read.kind == TokenKind::broken) {
    read.problem.primary.span = span_to(read.end);
    return push_broken(read.end, std::move(read.problem));
  }
  Token& token = push(read.kind, read.end);
  token.number = read.number;
  token.date = read.date;
}

/// True when the word from here to `end` cannot go on with an expression in brackets, so that one
/// of them was forgotten: it begins a statement, or is followed by a word as in `payoff Russia`.
bool Lexer::begins_other_line(std::size_t end) const {
  const std::string_view word = text_.substr(at_, end - at_);
  if (is_statement_word(word) || word == "because" || word == "then") return true;
  if (!begins_game_line(word)) return false;
  const std::size_t second = std::min(text_.find_first_not_of(" \t\r", end), text_.size());
  const std::size_t second_end = after_word(text_, second);
  return second_end > second && !is_reserved(text_.substr(second, second_end - second));
}

void Lexer::read_word() {
  const std::size_t end = after_word(text_, at_);
  if (line_is_blank_ && !brackets_.empty() && begins_other_line(end)) report_unclosed();
  push(TokenKind::word, end);
}

void Lexer::read_symbol() {
  const std::string_view rest = text_.substr(at_, 3);
  if (read_foreign(rest)) return;
  const Symbol* symbol = find_symbol(rest);
  if (symbol == nullptr) return read_stranger();
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
  const ForeignSymbol* row = find_foreign_symbol(rest);
  if (row == nullptr) return false;
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
                    .help = std::string(help_for_stranger(character.code))});
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
  if (brackets_.empty() && n_forgiven_ > 0) {
    --n_forgiven_;
    push(TokenKind::broken, at_ + 1);
    return;
  }
  if (brackets_.empty()) {
    return push_broken(at_ + 1, {.code = "L013",
                                 .message = fmt::format("`{}` closes nothing", written),
                                 .primary = {span_to(at_ + 1), ""},
                                 .help = "remove it, or open the bracket before it"});
  }
  const Bracket open = brackets_.back();
  const std::size_t n_open = brackets_.size();
  drop_closed(kind);
  n_forgiven_ += n_open - brackets_.size() - 1;
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

/// Drops the bracket that `kind` closes with those inside it, which were forgotten; the innermost
/// one when none of the next few fits.
void Lexer::drop_closed(TokenKind kind) {
  constexpr std::ptrdiff_t farthest = 8;
  const auto end = brackets_.size() > farthest ? brackets_.rbegin() + farthest : brackets_.rend();
  const auto fits = std::find_if(brackets_.rbegin(), end,
                                 [kind](const Bracket& each) { return each.closing == kind; });
  const auto n_dropped = fits == end ? 1 : fits - brackets_.rbegin() + 1;
  brackets_.erase(brackets_.end() - n_dropped, brackets_.end());
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
  if (token.starts_line) n_forgiven_ = 0;
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
    const std::string more = n_tabs_ == 1 ? "" : fmt::format("; the file has {} tabs", n_tabs_);
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
