// Counting the faults of one file.
#include "table/faults.hpp"

#include <fmt/format.h>
#include <utility>

namespace casus::table {

Faults::~Faults() {
  if (n_found_ <= limit) return;
  const std::size_t n_hidden = n_found_ - limit;
  diagnostics_.add(
      {.code = "D010",
       .message = fmt::format("{} more fault{} in {}", n_hidden, n_hidden == 1 ? "" : "s", file_),
       .primary = {first_hidden_, "from here on"},
       .severity = Severity::note});
}

void Faults::add(Diagnostic fault) {
  ++n_found_;
  if (n_found_ <= limit) {
    diagnostics_.add(std::move(fault));
  } else if (n_found_ == limit + 1) {
    first_hidden_ = fault.primary.span;
  }
}

void Repeated::add(Diagnostic fault) {
  if (first_) {
    ++n_more_;
  } else {
    first_ = std::move(fault);
  }
}

void Repeated::report(Faults& faults) {
  if (!first_) return;
  if (n_more_ > 0) first_->message += fmt::format("; {} more like it", n_more_);
  faults.add(std::move(*first_));
  first_.reset();
}

Diagnostic all_outside(std::string_view name, Span first_row, Span wanted_by,
                       const StepDates& steps) {
  Diagnostic fault{.code = "D204",
                   .message = fmt::format("no row of {} lies inside the model's time", name),
                   .primary = {first_row, "the first row"},
                   .related = {{wanted_by, "wanted here"}}};
  if (steps.size() > 0) {
    fault.help = fmt::format("the model runs from {} to {}", step_name(steps, 0),
                             step_name(steps, steps.size() - 1));
  }
  return fault;
}

}  // namespace casus::table
