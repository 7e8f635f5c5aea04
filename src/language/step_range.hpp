// Dates as steps: which steps a written date or range of dates meets. A date may also be a bound
// name, which means its label.
#pragma once

#include "language/model.hpp"

namespace casus::language {

/// The first step that holds or follows the date: 0 for earlier dates, the number of steps for
/// later ones. `end` is the last step.
std::uint32_t first_step_meeting(const Model& model, NodeId date,
                                 const std::vector<Binding>& bound = {});

/// The first step that lies wholly after the date.
std::uint32_t first_step_after(const Model& model, NodeId date,
                               const std::vector<Binding>& bound = {});

/// Whether the date lies inside the case's time.
bool meets_time(const Model& model, NodeId date, const std::vector<Binding>& bound = {});

/// The steps [first, last] of a range as written; open ends are the case's own. last < first: none.
struct StepRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  bool empty = false;
};
StepRange steps_of(const Model& model, const DateRange& range,
                   const std::vector<Binding>& bound = {});

/// Whether each label of a set is a date of the case: a year, a month or a day by calendar, else a
/// number.
bool are_dates(const Model& model, SetId set);

}  // namespace casus::language
