// Dates as steps: which steps a written date or range of dates meets.
#pragma once

#include "language/model.hpp"

namespace casus::language {

/// The first step that holds or follows the date: 0 for earlier dates, the number of steps for
/// later ones. `end` is the last step.
std::uint32_t first_step_meeting(const Model& model, NodeId date);

/// The first step that lies wholly after the date.
std::uint32_t first_step_after(const Model& model, NodeId date);

/// Whether the date lies inside the case's time.
bool meets_time(const Model& model, NodeId date);

/// The steps [first, last] of a range as written; open ends are the case's own. last < first: none.
struct StepRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool empty = false;
};
StepRange steps_of(const Model& model, const DateRange& range);

}  // namespace casus::language
