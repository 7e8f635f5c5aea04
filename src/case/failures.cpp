// What is said when numbers stopped being finite.
#include "case/ensemble.hpp"

#include <fmt/format.h>
#include <set>

namespace casus::cases {
namespace {

const machine::Program& program_of(const language::Lowered& lowered, const Failure& failure) {
  switch (failure.where) {
    case Failure::Where::parameters: return lowered.parameters;
    case Failure::Where::initial: return lowered.initial;
    case Failure::Where::step: return lowered.segments[failure.segment].program;
    case Failure::Where::measures: break;
  }
  return lowered.measures;
}

const machine::Origin& origin_of(const language::Lowered& lowered, const Failure& failure) {
  return program_of(lowered, failure).origins.at(failure.fault.origin);
}

/// "in history 17 (set 1, slot 1) at 1994-03"
std::string place_of(const Failure& failure, const language::Steps& steps,
                     const Ensemble& ensemble) {
  if (failure.where == Failure::Where::parameters) {
    return fmt::format("in parameter set {}", ensemble.first_set + failure.history);
  }
  const std::size_t per_set = ensemble.per_set;
  const std::size_t number = ensemble.first_set * per_set + failure.history;
  const std::string history =
      fmt::format("in history {} (set {}, slot {})", number, number / per_set, number % per_set);
  switch (failure.where) {
    case Failure::Where::initial: return history + " at its start";
    case Failure::Where::measures: return history + " after its last step";
    default: return fmt::format("{} at {}", history, steps.label(failure.fault.step));
  }
}

std::string count_of(const Ensemble& ensemble, std::size_t n_failed) {
  const bool is_of_sets = ensemble.failures.front().where == Failure::Where::parameters;
  return fmt::format("{} of {} {}", n_failed, is_of_sets ? ensemble.n_sets : ensemble.n_histories(),
                     is_of_sets ? "parameter sets" : "histories");
}

}  // namespace

void report_failures(const language::Lowered& lowered, const language::Steps& steps,
                     const Ensemble& ensemble, Diagnostics& found) {
  if (ensemble.failures.empty()) return;
  const Failure& first = ensemble.failures.front();
  const machine::Origin& origin = origin_of(lowered, first);
  Diagnostic report{
      .code = "R001",
      .message = fmt::format("a calculation failed in {}; first {}: {} in `{}`",
                             count_of(ensemble, ensemble.failures.size()),
                             place_of(first, steps, ensemble), first.fault.what, origin.name),
      .primary = {origin.span, first.fault.what}};
  constexpr std::size_t most_related = 3;
  std::set<std::string> named{origin.name};
  for (const Failure& failure : ensemble.failures) {
    if (failure.where == Failure::Where::measures) continue;  // only the first has been traced
    const machine::Origin& other = origin_of(lowered, failure);
    if (report.related.size() == most_related || !named.insert(other.name).second) continue;
    report.related.push_back({other.span, fmt::format("{}: {}", place_of(failure, steps, ensemble),
                                                      failure.fault.what)});
  }
  found.add(std::move(report));
}

}  // namespace casus::cases
