// Rows by the number of their step: the column of steps is one more key of the rows.
#include "case/stepped.hpp"

#include "base/text.hpp"
#include "table/faults.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double close = 1e-9;  // of a step: times such as 0.1 * 3 are not exact

enum class Use : std::uint8_t { data, observed };

/// The step a row of this number or time belongs to, which may lie outside the run.
double step_of(const language::Steps& steps, double written, Use use) {
  if (steps.kind == language::Steps::Kind::plain) return std::ceil(written - close) - 1.0;
  const double passed = std::ceil((written - steps.start) / steps.width - close);
  return use == Use::data ? passed : passed - 1.0;
}

/// A cell of the column of steps.
struct Written {
  std::string_view text;
  std::string_view column;
  Span span{};
};

/// The step a cell names; nullopt outside the run, and for what is no number, which is a fault.
std::optional<std::size_t> place_of(const Written& written, Use use, const table::Table& table,
                                    const language::Steps& steps, table::Faults& faults) {
  const std::optional<double> number = parse_number(trim(written.text));
  if (!number || !std::isfinite(*number)) {
    faults.add({.code = "D104",
                .message = fmt::format("'{}' in column '{}' of {} is no step", written.text,
                                       written.column, table.name()),
                .primary = {written.span}});
    return std::nullopt;
  }
  const double step = step_of(steps, *number, use);
  if (step < 0.0 || step >= static_cast<double>(steps.count)) return std::nullopt;
  return static_cast<std::size_t>(step);
}

/// Whether the step is free; a fault if it is not.
bool take(std::size_t place, Span span, const table::Table& table, const language::Steps& steps,
          std::map<std::size_t, Span>& taken, table::Faults& faults) {
  const auto [at, is_new] = taken.try_emplace(place, span);
  if (is_new) return true;
  faults.add({.code = "D203",
              .message = fmt::format("two rows for the step {} in {}",
                                     steps.label(static_cast<std::uint32_t>(place)), table.name()),
              .primary = {span},
              .related = {{at->second, "first here"}}});
  return false;
}

void add_all_outside(const table::Table& table, Span wanted_by, table::Faults& faults) {
  if (faults.any()) return;
  faults.add({.code = "D204",
              .message = fmt::format("no row of {} lies inside the model's time", table.name()),
              .primary = {wanted_by}});
}

class SteppedReader {
 public:
  SteppedReader(const table::Table& table, const table::Wanted& wanted,
                const language::Steps& steps, Diagnostics& found)
      : table_(table), wanted_(wanted), steps_(steps), found_(found) {}

  /// (n_steps × n_cells), NaN where no row is; the last row at or before the first step stands
  /// there for data.
  std::optional<std::vector<double>> read(Use use) {
    const auto column = table::column(table_, wanted_.date_column, wanted_.wanted_by, found_);
    if (!column || !place_texts(*column, use)) return std::nullopt;
    table::Wanted keyed = wanted_;
    keyed.date_column.clear();
    keyed.keys.push_back({.column = wanted_.date_column, .labels = texts_, .span = {}});
    const auto rows = table::find_rows(table_, keyed, table::Empty::unknown, found_);
    if (!rows) return std::nullopt;
    n_cells_ = table::cell_count(wanted_);
    std::vector<double> values(steps_.count * n_cells_, nan);
    for (const table::Row& row : *rows) {
      if (!row.value) continue;
      const std::size_t step = places_[row.cell % texts_.size()];
      values[step * n_cells_ + row.cell / texts_.size()] = *row.value;
    }
    return values;
  }

  std::size_t n_cells() const { return n_cells_; }

 private:
  bool place_texts(std::size_t column, Use use) {
    table::Faults faults(table_.name(), found_);
    std::map<std::size_t, Span> taken;
    for (const std::string& text : table_.distinct(column)) {
      const Span span = span_of(column, text);
      const auto place = place_of({text, table_.header(column), span}, use, table_, steps_, faults);
      if (!place || !take(*place, span, table_, steps_, taken, faults)) continue;
      texts_.push_back(text);
      places_.push_back(*place);
    }
    if (texts_.empty()) add_all_outside(table_, wanted_.wanted_by, faults);
    return !faults.any();
  }

  Span span_of(std::size_t column, std::string_view text) const {
    std::size_t row = 0;
    while (row + 1 < table_.n_rows() && table_.text(row, column) != text) ++row;
    return table_.span(row, column);
  }

  const table::Table& table_;
  const table::Wanted& wanted_;
  const language::Steps& steps_;
  Diagnostics& found_;
  std::vector<std::string> texts_;   ///< of the column of steps, those inside the run
  std::vector<std::size_t> places_;  ///< their steps
  std::size_t n_cells_ = 1;
};

/// Fills the steps of one cell between its rows; says what may not be filled.
class Filler {
 public:
  Filler(const table::Table& table, const table::SeriesRequest& request,
         const language::Steps& steps, Diagnostics& found)
      : table_(table), request_(request), steps_(steps), found_(found) {}

  bool fill(std::vector<double>& values, std::size_t n_cells, std::size_t cell) const {
    const auto at = [&](std::size_t step) -> double& { return values[step * n_cells + cell]; };
    std::vector<std::size_t> rows;
    for (std::size_t step = 0; step < steps_.count; ++step) {
      if (!std::isnan(at(step))) rows.push_back(step);
    }
    if (rows.empty()) return true;  // the rows' reader has spoken
    if (rows.front() > 0 && !request_.extend_before) return refuse("D108", cell, 0);
    if (rows.back() + 1 < steps_.count && !request_.extend_after && !is_continuous()) {
      return refuse("D109", cell, rows.back() + 1);
    }
    for (std::size_t step = 0; step < rows.front(); ++step) at(step) = at(rows.front());
    for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
      const std::size_t from = rows[i];
      const std::size_t to = rows[i + 1];
      if (to > from + 1 && !request_.allow_gaps && !is_continuous()) {
        return refuse("D107", cell, from + 1);
      }
      const double rise = request_.between == table::Between::linear ? at(to) - at(from) : 0.0;
      for (std::size_t step = from + 1; step < to; ++step) {
        at(step) =
            at(from) + rise * (static_cast<double>(step - from) / static_cast<double>(to - from));
      }
    }
    for (std::size_t step = rows.back() + 1; step < steps_.count; ++step)
      at(step) = at(rows.back());
    return true;
  }

 private:
  /// With numeric time a value holds until the next one: nothing between is a gap.
  bool is_continuous() const { return steps_.kind == language::Steps::Kind::numeric; }

  bool refuse(std::string_view code, std::size_t cell, std::size_t step) const {
    const std::string name = table::cell_name(request_.wanted, cell);
    found_.add(
        {.code = code,
         .message = fmt::format("no value{} for step {} in {}", name.empty() ? "" : " for " + name,
                                steps_.label(static_cast<std::uint32_t>(step)), table_.name()),
         .primary = {request_.wanted.wanted_by},
         .help = "add the rows, or declare how the values are filled: `before held`, `gaps "
                 "held`, `after held`"});
    return false;
  }

  const table::Table& table_;
  const table::SeriesRequest& request_;
  const language::Steps& steps_;
  Diagnostics& found_;
};

}  // namespace

std::optional<language::Series> read_stepped(const table::Table& table,
                                             const table::SeriesRequest& request,
                                             const language::Steps& steps, Diagnostics& found) {
  SteppedReader reader(table, request.wanted, steps, found);
  std::optional<std::vector<double>> values = reader.read(Use::data);
  if (!values) return std::nullopt;
  const Filler filler(table, request, steps, found);
  bool all_filled = true;
  for (std::size_t cell = 0; cell < reader.n_cells(); ++cell) {
    all_filled = filler.fill(*values, reader.n_cells(), cell) && all_filled;
  }
  if (!all_filled) return std::nullopt;
  return language::Series{.by_step = true, .values = std::move(*values)};
}

std::optional<language::Series> read_stepped_observed(const table::Table& table,
                                                      const table::Wanted& wanted,
                                                      const language::Steps& steps,
                                                      Diagnostics& found) {
  std::optional<std::vector<double>> values =
      SteppedReader(table, wanted, steps, found).read(Use::observed);
  if (!values) return std::nullopt;
  return language::Series{.by_step = true, .values = std::move(*values)};
}

std::optional<std::vector<table::RecordCell>> read_stepped_record(
    const table::Table& table, const table::RecordRequest& request, const language::Steps& steps,
    Diagnostics& found) {
  const auto column = table::column(table, request.date_column, request.wanted_by, found);
  if (!column) return std::nullopt;
  table::Faults faults(table.name(), found);
  std::map<std::size_t, Span> taken;
  std::vector<std::optional<std::size_t>> places(table.n_rows());
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    const Written written{table.text(row, *column), table.header(*column),
                          table.span(row, *column)};
    const auto place = place_of(written, Use::observed, table, steps, faults);
    if (place && take(*place, written.span, table, steps, taken, faults)) places[row] = place;
  }
  if (taken.empty()) add_all_outside(table, request.wanted_by, faults);
  if (faults.any()) return std::nullopt;
  return table::read_record_at(table, request, places, steps.count, found);
}

}  // namespace casus::cases
