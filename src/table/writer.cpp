// Quoting and numbers of comma-separated text.
#include "table/writer.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"

#include <cmath>
#include <utility>

namespace casus::table {
namespace {

/// Besides what RFC 4180 quotes: '#' begins a comment, the byte order mark is taken off the front
/// of a file, and blanks are taken off what is not quoted.
bool needs_quotes(std::string_view cell) {
  if (cell.empty()) return false;
  if (cell.find_first_of(",\"\r\n") != std::string_view::npos) return true;
  constexpr std::string_view special_front = " \t#\xEF";
  constexpr std::string_view special_back = " \t";
  return special_front.find(cell.front()) != std::string_view::npos ||
         special_back.find(cell.back()) != std::string_view::npos;
}

/// Alone on its line an empty cell would be a blank line, and one with another separator would look
/// like a file of many columns.
bool needs_quotes_alone(std::string_view cell) {
  return cell.empty() || cell.find_first_of(";\t|") != std::string_view::npos;
}

}  // namespace

Writer::Writer(const std::vector<std::string>& header) : n_columns_(header.size()) {
  require(n_columns_ > 0, "a table without columns cannot be written");
  for (const std::string& name : header) text(name);
  end_row();
}

Writer& Writer::text(std::string_view cell) {
  begin_cell();
  if (!needs_quotes(cell) && !(n_columns_ == 1 && needs_quotes_alone(cell))) {
    text_ += cell;
    return *this;
  }
  text_ += '"';
  for (const char c : cell) {
    if (c == '"') text_ += '"';
    text_ += c;
  }
  text_ += '"';
  return *this;
}

Writer& Writer::number(double cell) {
  begin_cell();
  text_ += to_text(cell);
  return *this;
}

Writer& Writer::number_or_blank(double cell) { return std::isnan(cell) ? text("") : number(cell); }

Writer& Writer::integer(std::int64_t cell) {
  begin_cell();
  text_ += std::to_string(cell);
  return *this;
}

void Writer::begin_cell() {
  require(n_cells_ < n_columns_, "a row of a table has more cells than columns");
  if (n_cells_ > 0) text_ += ',';
  ++n_cells_;
}

void Writer::end_row() {
  require(n_cells_ == n_columns_, "a row of a table has fewer cells than columns");
  text_ += '\n';
  n_cells_ = 0;
}

std::string Writer::take() { return std::exchange(text_, {}); }

std::string to_csv(const Table& table) {
  Writer writer(table.headers());
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    for (std::size_t i = 0; i < table.n_columns(); ++i) writer.text(table.text(row, i));
    writer.end_row();
  }
  return writer.take();
}

}  // namespace casus::table
