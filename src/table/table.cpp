// Storing a table, and finding a column by name.
#include "table/table.hpp"

#include "base/text.hpp"

#include <fmt/format.h>
#include <unordered_set>

namespace casus::table {

std::vector<std::string> Table::headers() const {
  std::vector<std::string> names;
  names.reserve(n_columns());
  for (std::size_t i = 0; i < n_columns(); ++i) names.emplace_back(header(i));
  return names;
}

std::vector<std::string> Table::distinct(std::size_t column) const {
  std::vector<std::string> texts;
  std::unordered_set<std::string_view> seen;
  for (std::size_t row = 0; row < n_rows(); ++row) {
    if (seen.insert(text(row, column)).second) texts.emplace_back(text(row, column));
  }
  return texts;
}

Table::Cell Table::store(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  const Cell cell{.text_begin = static_cast<std::uint32_t>(arena_.size()),
                  .text_size = static_cast<std::uint32_t>(text.size()),
                  .begin = begin,
                  .end = end};
  arena_.append(text);
  return cell;
}

void Table::add_column(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  header_.push_back(store(text, begin, end));
}

void Table::add_cell(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  cells_.push_back(store(text, begin, end));
}

void Table::reserve(std::size_t n_bytes, std::size_t n_cells) {
  arena_.reserve(n_bytes);
  cells_.reserve(n_cells);
}

std::optional<std::size_t> column(const Table& table, std::string_view name, Span wanted_by,
                                  Diagnostics& diagnostics) {
  for (std::size_t i = 0; i < table.n_columns(); ++i) {
    if (table.header(i) == name) return i;
  }
  const std::vector<std::string> names = table.headers();
  const std::optional<std::string> meant = nearest(name, names);
  diagnostics.add({.code = "D011",
                   .message = fmt::format("no column '{}' in {}", name, table.name()),
                   .primary = {wanted_by},
                   .help = meant ? fmt::format("did you mean '{}'?", *meant)
                                 : fmt::format("its columns are {}", join_text(names, ", "))});
  return std::nullopt;
}

}  // namespace casus::table
