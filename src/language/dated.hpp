// Dates in definitions: which quantities have them, and a model in which they are others.
#pragma once

#include "base/calendar.hpp"
#include "language/model.hpp"

#include <functional>
#include <vector>

namespace casus::language {

/// Lets that ask for `since` or `during` of dates, and events, in order of the model. None in a
/// case without a calendar.
std::vector<QuantityId> dated_quantities(const Model& model);

/// Every date of `since` and `during` in the quantity's own definition, or of the event, becomes
/// what `moved` makes of it. One after the case's time is never reached.
void redate(Model& model, QuantityId id, const std::function<Date(const Date&)>& moved);

}  // namespace casus::language
