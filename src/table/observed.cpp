// Putting observed numbers into the steps they are dated in.
#include "table/observed.hpp"

#include "base/text.hpp"
#include "table/faults.hpp"

#include <fmt/format.h>
#include <string>
#include <utility>

namespace casus::table {
namespace {

class Placer {
 public:
  Placer(const Table& table, const ObservedRequest& request, const StepDates& steps,
         Diagnostics& diagnostics)
      : request_(request), steps_(steps), name_(table.name()), faults_(name_, diagnostics) {}

  std::optional<Observed> place(const std::vector<Row>& rows) {
    observed_.n_steps = steps_.size();
    observed_.n_cells = cell_count(request_.wanted);
    observed_.values.resize(observed_.n_steps * observed_.n_cells);
    observed_.spans.resize(observed_.values.size());
    bool is_any_inside = false;
    for (const Row& row : rows) {
      const std::optional<std::size_t> step = first_step_in(steps_, row.begin, row.end);
      if (!step) continue;
      is_any_inside = true;
      if (row.value) put(*step, row);
    }
    if (!is_any_inside) {
      const Span first = rows.empty() ? request_.wanted.wanted_by : rows.front().date_span;
      faults_.add(all_outside(name_, first, request_.wanted.wanted_by, steps_));
    }
    twins_.report(faults_);
    if (faults_.any()) return std::nullopt;
    return std::move(observed_);
  }

 private:
  void put(std::size_t step, const Row& row) {
    if (!request_.allow_longer && spans_steps(steps_, row.begin, row.end)) {
      if (std::exchange(is_any_longer_, true)) return;  // the others are written alike
      faults_.add({.code = "D205",
                   .message = fmt::format("{} in {} is longer than a step of the model",
                                          to_text(row.date), name_),
                   .primary = {row.date_span},
                   .help = "write the date of its step; a sum over steps is observed by "
                           "`observe total(x) over D1 to D2 = number ~ law`"});
      return;
    }
    const std::size_t index = step * observed_.n_cells + row.cell;
    if (observed_.values[index]) {
      const std::string cell = cell_name(request_.wanted, row.cell);
      twins_.add({.code = "D105",
                  .message = fmt::format("two values{}{} in the step {} in {}",
                                         cell.empty() ? "" : " for ", cell, step_name(steps_, step),
                                         name_),
                  .primary = {row.value_span},
                  .related = {{observed_.spans[index], "first here"}},
                  .help = "add them up, or give the second the date of another step"});
      return;
    }
    observed_.values[index] = row.value;
    observed_.spans[index] = row.value_span;
  }

  const ObservedRequest& request_;
  const StepDates& steps_;
  std::string name_;
  Faults faults_;
  Repeated twins_;
  Observed observed_;
  bool is_any_longer_ = false;
};

}  // namespace

std::optional<Observed> read_observed(const Table& table, const ObservedRequest& request,
                                      const StepDates& steps, Diagnostics& diagnostics) {
  const std::optional<std::vector<Row>> rows =
      find_rows(table, request.wanted, Empty::unknown, diagnostics);
  if (!rows) return std::nullopt;
  return Placer(table, request, steps, diagnostics).place(*rows);
}

}  // namespace casus::table
