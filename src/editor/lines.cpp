// Tokens and comments to lines, and which line is deeper than which.
#include "editor/layout.hpp"

#include <algorithm>

namespace casus::editor {
namespace {

using language::Lexed;
using language::Token;
using language::TokenKind;

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

/// Gathers pieces in the order of the text.
class LineReader {
 public:
  LineReader(FileId file, const Sources& sources) : file_(file), sources_(sources) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    const std::string& text = sources.text(file);
    if (text.compare(0, byte_order_mark.size(), byte_order_mark) == 0) mark_ = 1;
  }

  void add(const Token& token);
  void add_comment(Span span);
  std::vector<Line> take() { return std::move(lines_); }

 private:
  Piece& add_piece(Span span, Line::Kind kind);
  const Piece* previous_token() const { return has_token_ ? &last_ : nullptr; }
  bool is_menu_colon() const { return before_last_ == "by" && last_.kind == TokenKind::word; }

  FileId file_;
  const Sources& sources_;
  std::vector<Line> lines_{};
  Piece last_{};  ///< the last token that is no comment
  std::string_view before_last_{};
  bool has_token_ = false;
  std::size_t n_open_ = 0;
  std::size_t mark_ = 0;  ///< characters before the first column
};

Piece& LineReader::add_piece(Span span, Line::Kind kind) {
  const Place at = sources_.place(file_, span.begin);
  const std::string_view text =
      std::string_view(sources_.text(file_)).substr(span.begin, span.end - span.begin);
  if (lines_.empty() || lines_.back().number != at.line) {
    const bool blank = !lines_.empty() && at.line > lines_.back().number + 1;
    lines_.push_back({.kind = kind, .blank_before = blank, .number = at.line});
  }
  std::vector<Piece>& pieces = lines_.back().pieces;
  Piece piece{.text = text, .width = width_of(text)};
  piece.column = at.column - 1U - (at.line == 1 ? mark_ : 0);
  if (!pieces.empty()) piece.gap = piece.column - pieces.back().column - pieces.back().width;
  return pieces.emplace_back(piece);
}

void LineReader::add(const Token& token) {
  const bool closing = token.kind == TokenKind::close_round ||
                       token.kind == TokenKind::close_square ||
                       token.kind == TokenKind::close_brace;
  if (closing && n_open_ > 0) --n_open_;
  Piece& piece = add_piece(token.span, token.starts_line ? Line::Kind::code : Line::Kind::inner);
  piece.kind = token.kind;
  piece.bracketed = n_open_ > 0;
  piece.menu = token.kind == TokenKind::colon && is_menu_colon();
  piece.sign = token.kind == TokenKind::minus && is_sign_after(previous_token());
  const bool opening = token.kind == TokenKind::open_round ||
                       token.kind == TokenKind::open_square || token.kind == TokenKind::open_brace;
  if (opening) ++n_open_;
  before_last_ = last_.text;
  last_ = piece;
  has_token_ = true;
}

void LineReader::add_comment(Span span) {
  const std::string& text = sources_.text(file_);
  while (span.end > span.begin && (text[span.end - 1] == ' ' || text[span.end - 1] == '\r')) {
    --span.end;
  }
  add_piece(span, Line::Kind::comment).comment = true;
}

/// The lines to which deeper ones may belong, the deepest last.
class Nest {
 public:
  explicit Nest(std::vector<Line>& lines) : lines_(lines) {}

  void add_code(std::size_t i);
  void add_inner(std::size_t i);

 private:
  std::size_t column_of_last() const { return lines_[open_.back()].column(); }

  std::vector<Line>& lines_;
  std::vector<std::size_t> open_{};
  std::size_t last_inner_ = no_line;
};

void Nest::add_code(std::size_t i) {
  Line& line = lines_[i];
  bool dedented = false;
  for (; !open_.empty() && column_of_last() > line.column(); open_.pop_back()) dedented = true;
  if (!open_.empty() && column_of_last() == line.column()) {
    line.before = open_.back();
    open_.pop_back();
  }
  if (!open_.empty()) line.owner = open_.back();
  const bool between = dedented && line.before == no_line && line.owner != no_line;
  if (between) lines_[line.owner].crooked = true;
  line.level = open_.size();
  open_.push_back(i);
  last_inner_ = no_line;
}

/// A bracket belongs to the line of code before it.
void Nest::add_inner(std::size_t i) {
  lines_[i].owner = open_.back();
  lines_[i].before = last_inner_;
  last_inner_ = i;
}

/// What each line belongs to.
void nest(std::vector<Line>& lines) {
  Nest made(lines);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == Line::Kind::code) made.add_code(i);
    if (lines[i].kind == Line::Kind::inner) made.add_inner(i);
  }
  for (Line& line : lines) {
    if (line.owner != no_line && lines[line.owner].crooked) line.crooked = true;
  }
}

}  // namespace

std::vector<Line> lines_of(FileId file, const Sources& sources, const Lexed& lexed) {
  LineReader reader(file, sources);
  auto comment = lexed.comments.begin();
  for (const Token& token : lexed.tokens) {
    while (comment != lexed.comments.end() && comment->begin < token.span.begin) {
      reader.add_comment(*comment++);
    }
    if (token.kind != TokenKind::end) reader.add(token);
  }
  while (comment != lexed.comments.end()) reader.add_comment(*comment++);
  std::vector<Line> lines = reader.take();
  nest(lines);
  return lines;
}

}  // namespace casus::editor
