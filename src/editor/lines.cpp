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

/// A line that deeper ones may belong to.
struct Open {
  std::size_t line;
  std::size_t column;
};

/// What each line belongs to.
void nest(std::vector<Line>& lines) {
  std::vector<Open> open;
  std::size_t last_code = no_line;
  std::size_t last_inner = no_line;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& line = lines[i];
    if (line.kind == Line::Kind::comment) continue;
    if (line.kind == Line::Kind::inner) {
      line.owner = last_code;
      line.before = last_inner;
      last_inner = i;
      continue;
    }
    bool dedented = false;
    while (!open.empty() && open.back().column > line.column()) {
      dedented = true;
      open.pop_back();
    }
    if (!open.empty() && open.back().column == line.column()) {
      line.before = open.back().line;
      open.pop_back();
    }
    if (!open.empty()) {
      line.owner = open.back().line;
      if (dedented && line.before == no_line) lines[line.owner].crooked = true;
    }
    line.level = open.size();
    open.push_back({i, line.column()});
    last_code = i;
    last_inner = no_line;
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
