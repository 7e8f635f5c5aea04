// Conventions for columns.
#include "case/columns.hpp"

#include "base/text.hpp"

#include <array>
#include <fmt/format.h>

namespace casus::cases {
namespace {

constexpr std::array<std::string_view, 6> date_names{"date", "month", "week",
                                                     "day",  "year",  "step"};

/// Letters of ASCII only: columns in other scripts are named as they are written.
std::string lower(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return result;
}

}  // namespace

std::optional<std::string> column_like(const table::Table& table, std::string_view name) {
  std::optional<std::string> found;
  std::size_t n_alike = 0;
  for (const std::string& header : table.headers()) {
    if (header == name) return header;
    if (lower(header) != lower(name)) continue;
    found = header;
    ++n_alike;
  }
  return n_alike == 1 ? found : std::nullopt;
}

std::optional<std::string> value_column(const table::Table& table, const language::Word& column,
                                        const language::Word& quantity, Diagnostics& found) {
  if (!column.empty()) {
    if (!table::column(table, column.text, column.span, found)) return std::nullopt;
    return column.text;
  }
  if (auto name = column_like(table, quantity.text)) return name;
  if (auto name = column_like(table, "value")) return name;
  found.add({.code = "D011",
             .message = fmt::format("no column '{}' or 'value' in {}", quantity.text, table.name()),
             .primary = {quantity.span},
             .help = fmt::format("name it with `column`; {} has {}", table.name(),
                                 join_text(table.headers(), ", "))});
  return std::nullopt;
}

std::string date_column(const table::Table& table, const language::Word& column) {
  if (!column.empty()) return column.text;
  for (const std::string_view name : date_names) {
    if (auto header = column_like(table, name)) return *header;
  }
  return {};
}

std::optional<std::size_t> label_column(const table::Table& table, const language::Word& column,
                                        Diagnostics& found) {
  if (column.empty()) return 0;
  return table::column(table, column.text, column.span, found);
}

SetOrigins::SetOrigins(const language::Tree& tree) {
  for (const language::Statement& statement : tree.statements) {
    const auto* set = std::get_if<language::SetStatement>(&statement);
    if (set == nullptr) continue;
    origins_.emplace(set->name.text, Origin{set->parent.text, set->file, set->column});
  }
}

}  // namespace casus::cases
