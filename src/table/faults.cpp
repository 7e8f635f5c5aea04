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

}  // namespace casus::table
