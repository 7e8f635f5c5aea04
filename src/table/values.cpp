// Labels to their places, and what may be wrong with them.
#include "table/values.hpp"

#include "base/text.hpp"
#include "table/number.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::table {
namespace {

constexpr std::size_t few = 9;

/// What to write instead of a text that is no label of the set.
std::string help_for(std::string_view text, const LabelSet& of) {
  const std::vector<std::string>& around = of.labels_of_root;
  if (std::find(around.begin(), around.end(), text) != around.end()) {
    return fmt::format("it is a label of the larger set, not of `{}`: name the larger set",
                       of.name);
  }
  if (text.find('|') != std::string_view::npos) return "a cell of data names one label";
  if (const std::optional<std::string> meant = nearest(text, of.labels))
    return fmt::format("did you mean '{}'?", *meant);
  if (of.labels.size() < few) return fmt::format("write {}", one_of(of.labels));
  return fmt::format("add it to `{}`, or correct the cell", of.name);
}

}  // namespace

Values::Values(const Table& table, const Wanted& wanted, std::size_t column, Faults& faults)
    : table_(table), wanted_(wanted), column_(column), faults_(faults) {
  if (!wanted.labels) return;
  for (const std::string& label : wanted.labels->labels)
    places_.emplace(label, static_cast<double>(places_.size()));
}

std::optional<double> Values::read(std::size_t row) const {
  if (!wanted_.labels) return read_number(table_, row, column_, wanted_.scale, faults_);
  const std::string_view text = trim(table_.text(row, column_));
  const auto found = places_.find(text);
  if (found != places_.end()) return found->second;
  if (text.empty())
    add_empty(row);
  else
    add_unknown(text, row);
  return std::nullopt;
}

void Values::add_empty(std::size_t row) const {
  faults_.add({.code = "D211",
               .message = fmt::format("no label in column '{}' of {}", table_.header(column_),
                                      table_.name()),
               .primary = {table_.span(row, column_)},
               .related = {{wanted_.wanted_by, "wanted here"}},
               .help = "write the label; where it is not known, leave out the row"});
}

void Values::add_unknown(std::string_view text, std::size_t row) const {
  faults_.add({.code = "D210",
               .message = fmt::format("'{}' in column '{}' of {} is no label of `{}`", text,
                                      table_.header(column_), table_.name(), wanted_.labels->name),
               .primary = {table_.span(row, column_)},
               .related = {{wanted_.wanted_by, "wanted here"}},
               .help = help_for(text, *wanted_.labels)});
}

}  // namespace casus::table
