// Which lines of a start and a what-if hold in which steps.
#pragma once

#include "language/plan.hpp"

#include <vector>

namespace casus::language {

/// The lines of the variant's start and what-if with the steps in which they hold, start first.
std::vector<LineSteps> intervention_lines(const Model& model, const Variant& variant);

/// The step from which the variant's results count: the one of its start.
std::uint32_t first_result_step(const Model& model, const Variant& variant);

/// The lines that hold in a step. A move that is set surprises once; from the next step the others
/// know, unless the line says `unforeseen throughout`.
std::vector<ActiveLine> active_in(const Model& model, const std::vector<LineSteps>& lines,
                                  std::uint32_t step);

/// Where what holds may change: the first steps of the stretches with one program each, and the
/// number of steps.
std::vector<std::uint32_t> boundaries(const Model& model, const std::vector<LineSteps>& lines);

/// Reports moves that are set to an option which no menu of their games offers.
void check_offered(const Model& model, const std::vector<LineSteps>& lines, Diagnostics& found);

/// Reports measures that read what these lines set without saying when. `measured` is what the
/// measures read outside the steps.
void check_measured(const Model& model, const std::vector<LineSteps>& lines,
                    const std::vector<MeasuredValue>& measured, Diagnostics& found);

}  // namespace casus::language
