// Where lines and tokens are to stand. Every rule gives back the columns of a text that already
// follows it, which makes formatting stable: a column is only ever kept, or moved right by what
// stands before it.
#include "editor/layout.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

namespace casus::editor {
namespace {

constexpr std::size_t indent = 4;

/// So many lines above may be what a line is aligned with.
constexpr std::size_t farthest_neighbour = 4;

constexpr std::array block_words{"case", "game", "treaty", "explain", "rival", "whatif", "start"};

/// Whether the lines below are a block of their own, which is never aligned with a token.
bool opens_block(const Line& line) {
  const std::string_view first = line.pieces.front().text;
  if (std::find(block_words.begin(), block_words.end(), first) != block_words.end()) return true;
  const Piece& last = line.pieces.back();
  const bool remark = last.comment && line.pieces.size() > 1;
  return (remark ? line.pieces[line.pieces.size() - 2] : last).text == "cases";
}

/// The token of `line` at `column`, as written, other than its first; nullptr when there is none.
const Piece* token_at(const Line& line, std::size_t column) {
  for (std::size_t i = 1; i < line.pieces.size(); ++i) {
    const Piece& piece = line.pieces[i];
    if (piece.column == column && !piece.comment) return &piece;
  }
  return nullptr;
}

/// `column`, moved as the first token of its line was.
std::size_t moved(std::size_t column, const Line& line) {
  const std::size_t kept = column + line.place();
  return kept > line.column() ? kept - line.column() : 0;
}

/// Tokens that stand in one column and move together, by union of their positions.
class Columns {
 public:
  Columns(std::vector<Line>& lines, const std::vector<std::size_t>& members);
  void place();

 private:
  struct Slot {
    std::size_t line;
    std::size_t piece;
    std::size_t root;
  };

  std::size_t root_of(std::size_t slot) const {
    while (slots_[slot].root != slot) slot = slots_[slot].root;
    return slot;
  }
  void join_neighbours(const Line& upper, std::size_t first_upper, const Line& lower,
                       std::size_t first_lower);
  void place_group(const std::vector<std::size_t>& slots);
  std::size_t natural(const Slot& slot) const;

  std::vector<Line>& lines_;
  std::vector<Slot> slots_{};
};

/// Whether a blank stands before the token wherever it is: others are never moved from their left.
bool is_spaced(const Line& line, std::size_t piece) {
  return blanks_between(line.pieces[piece - 1], line.pieces[piece]) > 0;
}

bool move_together(const Piece& upper, const Piece& lower) {
  if (upper.column != lower.column || upper.comment != lower.comment) return false;
  if (upper.gap < 2 && lower.gap < 2) return false;
  return upper.kind == lower.kind || (upper.gap > 1 && lower.gap > 1);
}

Columns::Columns(std::vector<Line>& lines, const std::vector<std::size_t>& members)
    : lines_(lines) {
  std::vector<std::size_t> first_slot(lines.size(), no_line);
  for (const std::size_t member : members) {
    const Line& line = lines[member];
    first_slot[member] = slots_.size();
    for (std::size_t i = 1; i < line.pieces.size(); ++i) {
      slots_.push_back({member, i, slots_.size()});
    }
    std::size_t above = line.before;
    for (std::size_t n = 0; n < farthest_neighbour && above != no_line; ++n) {
      const Line& upper = lines[above];
      if (first_slot[above] == no_line || upper.column() != line.column()) break;
      if (upper.place() != line.place()) break;
      join_neighbours(upper, first_slot[above], line, first_slot[member]);
      above = upper.before;
    }
  }
}

void Columns::join_neighbours(const Line& upper, std::size_t first_upper, const Line& lower,
                              std::size_t first_lower) {
  std::size_t i = 1;
  for (std::size_t j = 1; j < lower.pieces.size(); ++j) {
    while (i < upper.pieces.size() && upper.pieces[i].column < lower.pieces[j].column) ++i;
    if (i == upper.pieces.size()) return;
    if (!move_together(upper.pieces[i], lower.pieces[j])) continue;
    if (!is_spaced(upper, i) || !is_spaced(lower, j)) continue;
    const std::size_t upper_root = root_of(first_upper + i - 1);
    const std::size_t lower_root = root_of(first_lower + j - 1);
    slots_[std::max(upper_root, lower_root)].root = std::min(upper_root, lower_root);
  }
}

std::size_t Columns::natural(const Slot& slot) const {
  const std::vector<Piece>& pieces = lines_[slot.line].pieces;
  const Piece& left = pieces[slot.piece - 1];
  return left.place + left.width + blanks_between(left, pieces[slot.piece]);
}

void Columns::place_group(const std::vector<std::size_t>& slots) {
  std::size_t column = 0;
  for (const std::size_t each : slots) column = std::max(column, natural(slots_[each]));
  const Slot& first = slots_[slots.front()];
  const Line& line = lines_[first.line];
  const Piece& piece = line.pieces[first.piece];
  if (slots.size() > 1 || (piece.gap > 1 && stands_apart(piece))) {
    column = std::max(column, moved(piece.column, line));
  }
  for (const std::size_t each : slots) {
    lines_[slots_[each].line].pieces[slots_[each].piece].place = column;
  }
}

/// In the order of columns as written: what stands before a token is placed before it.
void Columns::place() {
  std::vector<std::size_t> order(slots_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [this](std::size_t slot) {
    return std::pair(lines_[slots_[slot].line].pieces[slots_[slot].piece].column, root_of(slot));
  };
  std::sort(order.begin(), order.end(), [&key](std::size_t a, std::size_t b) {
    return std::pair(key(a), a) < std::pair(key(b), b);
  });
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    std::vector<std::size_t> group;
    while (end < order.size() && key(order[end]) == key(order[begin]))
      group.push_back(order[end++]);
    place_group(group);
    begin = end;
  }
}

/// The first token of a code line; its owner and the line before it are placed.
std::size_t place_of(const std::vector<Line>& lines, const Line& line) {
  if (line.before != no_line) return lines[line.before].place();
  if (line.owner == no_line) return line.column();
  const Line& owner = lines[line.owner];
  if (owner.crooked) return moved(line.column(), owner);
  if (!opens_block(owner)) {
    const Piece* above = token_at(owner, line.column());
    if (above != nullptr && above->place >= owner.place() + 2) return above->place;
  }
  return owner.place() + indent;
}

/// The first token of a line inside brackets: below what it was below.
std::size_t place_inside(const std::vector<Line>& lines, std::size_t i) {
  const Line& line = lines[i];
  const Line& owner = lines[line.owner];
  for (std::size_t above = line.before; above != no_line; above = lines[above].before) {
    if (lines[above].column() == line.column()) return lines[above].place();
  }
  if (const Piece* above = token_at(owner, line.column())) return above->place;
  return std::max(owner.place(), moved(line.column(), owner));
}

void place_inner_lines(std::vector<Line>& lines, const std::vector<std::size_t>& owners) {
  for (const std::size_t owner : owners) {
    std::vector<std::size_t> inner;
    for (std::size_t i = owner + 1; i < lines.size(); ++i) {
      if (lines[i].kind == Line::Kind::code) break;
      if (lines[i].kind == Line::Kind::comment) continue;
      lines[i].pieces.front().place = place_inside(lines, i);
      inner.push_back(i);
    }
    Columns(lines, inner).place();
  }
}

/// A comment on a line of its own belongs to the line below it, or to a line above it in whose
/// column it stands, or goes on with a comment at the end of the line above.
std::size_t place_comment(const std::vector<Line>& lines, std::size_t i) {
  const Line& line = lines[i];
  if (i > 0 && !line.blank_before) {
    const Piece& above = lines[i - 1].pieces.back();
    const bool goes_on = lines[i - 1].kind != Line::Kind::comment || line.column() > 0;
    if (above.comment && goes_on && above.column == line.column()) return above.place;
  }
  std::size_t next = i + 1;
  while (next < lines.size() && lines[next].kind == Line::Kind::comment) ++next;
  const bool last = next == lines.size();
  if (!last && lines[next].column() == line.column()) return lines[next].place();
  std::size_t above = i;
  while (above > 0 && lines[above].kind != Line::Kind::code) --above;
  if (lines[above].kind != Line::Kind::code) above = no_line;
  for (; above != no_line; above = lines[above].owner) {
    if (lines[above].column() == line.column()) return lines[above].place();
  }
  return last ? 0 : lines[next].place();
}

}  // namespace

void place_all(std::vector<Line>& lines) {
  std::vector<std::vector<std::size_t>> levels;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind != Line::Kind::code) continue;
    if (levels.size() <= lines[i].level) levels.resize(lines[i].level + 1);
    levels[lines[i].level].push_back(i);
  }
  for (const std::vector<std::size_t>& level : levels) {
    for (const std::size_t i : level) lines[i].pieces.front().place = place_of(lines, lines[i]);
    Columns(lines, level).place();
    place_inner_lines(lines, level);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == Line::Kind::comment)
      lines[i].pieces.front().place = place_comment(lines, i);
  }
}

}  // namespace casus::editor
