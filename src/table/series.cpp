// Laying rows over steps: one cell of labels after another, each with its rows in order of date.
#include "table/series.hpp"

#include "base/text.hpp"
#include "table/faults.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>
#include <string>

namespace casus::table {
namespace {

bool is_dated_by_day(const Row& row) { return row.date.day != 0; }

/// On the line from `a` to `b`; exactly `a` at weight 0, and constant where they are equal.
double between(double a, double b, double weight) {
  const double rise = b - a;
  if (std::isfinite(rise)) return a + weight * rise;
  return (1.0 - weight) * a + weight * b;
}

/// The rows from `begin` on that are of the same cell; rows are sorted by cell.
std::span<const Row> rows_of_cell(std::span<const Row> rows, std::size_t begin) {
  std::size_t end = begin;
  while (end < rows.size() && rows[end].cell == rows[begin].cell) ++end;
  return rows.subspan(begin, end - begin);
}

class Layer {
 public:
  Layer(const Table& table, const SeriesRequest& request, const StepDates& steps,
        Diagnostics& diagnostics)
      : request_(request), steps_(steps), name_(table.name()), faults_(name_, diagnostics) {}

  std::optional<Series> lay(const std::vector<Row>& rows) {
    const bool has_dates = !request_.wanted.date_column.empty();
    series_.n_steps = has_dates ? steps_.size() : 1;
    series_.n_cells = cell_count(request_.wanted);
    series_.values.resize(series_.n_steps * series_.n_cells);
    series_.spans.resize(series_.values.size());
    is_irregular_ = std::any_of(rows.begin(), rows.end(), is_dated_by_day);
    for (std::size_t begin = 0; begin < rows.size();) {
      const std::span<const Row> of_cell = rows_of_cell(rows, begin);
      if (has_dates) {
        check(of_cell);
        fill(of_cell);
      } else {
        put(0, of_cell.front(), *of_cell.front().value);
      }
      begin += of_cell.size();
    }
    for (Repeated* const each : {&too_late_, &gaps_, &too_early_}) each->report(faults_);
    if (faults_.any()) return std::nullopt;
    return std::move(series_);
  }

 private:
  void put(std::size_t step, const Row& row, double value) {
    series_.values[step * series_.n_cells + row.cell] = value;
    series_.spans[step * series_.n_cells + row.cell] = row.value_span;
  }

  /// The value of every step, whether or not it may be filled: `check` has spoken about that.
  void fill(std::span<const Row> rows) {
    std::size_t next = 0;  // the first row that begins after the step's first day
    for (std::size_t step = 0; step < steps_.size(); ++step) {
      const Day day = steps_.first[step];
      while (next < rows.size() && rows[next].begin <= day) ++next;
      const Row& row = rows[next == 0 ? 0 : next - 1];
      const bool is_inside = next > 0 && next < rows.size();
      const bool is_on_line = request_.between == Between::linear && is_inside;
      put(step, row, is_on_line ? on_line(row, rows[next], day) : *row.value);
    }
  }

  static double on_line(const Row& row, const Row& next, Day day) {
    const double weight = static_cast<double>(day - row.begin) / (next.begin - row.begin);
    return between(*row.value, *next.value, weight);
  }

  void check(std::span<const Row> rows) {
    if (steps_.size() == 0) return;
    if (!request_.extend_before && steps_.first.front() < rows.front().begin) {
      add_before(rows.front());
    }
    if (!request_.allow_gaps && !is_irregular_) {
      for (std::size_t i = 0; i + 1 < rows.size(); ++i) {
        if (rows[i].end + 1 < rows[i + 1].begin) add_gap(rows[i], rows[i + 1]);
      }
    }
    if (!request_.extend_after && rows.back().end < steps_.first.back()) add_after(rows.back());
  }

  /// " for Armenia"
  std::string for_cell(const Row& row) const {
    const std::string cell = cell_name(request_.wanted, row.cell);
    return cell.empty() ? "" : " for " + cell;
  }

  void add_before(const Row& first) {
    too_late_.add(
        {.code = "D108",
         .message = fmt::format("no value{} in {}; the first in {} is of {}", for_cell(first),
                                step_name(steps_, 0), name_, to_text(first.date)),
         .primary = {first.date_span, "the first value"},
         .related = {{request_.wanted.wanted_by, "wanted here"}},
         .help = "add earlier rows, or let the first value also hold before: `before held`"});
  }

  void add_after(const Row& last) {
    const auto step = std::upper_bound(steps_.first.begin(), steps_.first.end(), last.end);
    const auto index = static_cast<std::size_t>(step - steps_.first.begin());
    too_early_.add(
        {.code = "D109",
         .message = fmt::format("no value{} from {} on; the last in {} is of {}", for_cell(last),
                                step_name(steps_, index), name_, to_text(last.date)),
         .primary = {last.date_span, "the last value"},
         .related = {{request_.wanted.wanted_by, "wanted here"}},
         .help = "add later rows, or let the last value hold on: `after held`"});
  }

  void add_gap(const Row& before, const Row& after) {
    gaps_.add(
        {.code = "D107",
         .message = fmt::format("no value{} between {} and {} in {}", for_cell(before),
                                to_text(before.date), to_text(after.date), name_),
         .primary = {after.date_span, "the next value"},
         .related = {{before.date_span, "the last value before the gap"}},
         .help = "add the missing rows, or let the last value hold through gaps: `gaps held`"});
  }

  const SeriesRequest& request_;
  const StepDates& steps_;
  std::string name_;
  Faults faults_;
  Repeated too_late_;  ///< the first value
  Repeated gaps_;
  Repeated too_early_;  ///< the last value
  Series series_;
  bool is_irregular_ = false;
};

}  // namespace

std::optional<Series> read_series(const Table& table, const SeriesRequest& request,
                                  const StepDates& steps, Diagnostics& diagnostics) {
  const std::optional<std::vector<Row>> rows =
      find_rows(table, request.wanted, Empty::fault, diagnostics);
  if (!rows) return std::nullopt;
  return Layer(table, request, steps, diagnostics).lay(*rows);
}

}  // namespace casus::table
