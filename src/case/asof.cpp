// Snapshots of a sampler.
#include "case/asof.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "case/lowered.hpp"
#include "case/stop.hpp"
#include "language/step_range.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

using language::Lowered;
using language::Quantity;

/// No step behind the last one of which something is asked.
void end_before(std::uint32_t step, Lowered& lowered) {
  while (lowered.segments.back().first >= step) lowered.segments.pop_back();
  lowered.segments.back().last = std::min(lowered.segments.back().last, step - 1);
}

Lowered lowered_for(const LoadedCase& loaded, const language::Variant& variant,
                    std::uint32_t until) {
  language::Variant given = scored_variant(variant, until);
  given.measures = true;
  given.gathers = true;
  Lowered lowered = lower_or_stop(loaded.model, given);
  require_record(lowered);
  end_before(until, lowered);
  return lowered;
}

bool changes_from(const language::Series& series, std::uint32_t step, std::uint32_t count) {
  if (!series.by_step || step == 0) return false;
  const std::size_t n = series.values.size() / count;
  for (std::size_t i = step * n; i < series.values.size(); ++i) {
    if (series.values[i] != series.values[(step - 1) * n + i % n]) return true;
  }
  return false;
}

bool happens_from(const language::Model& model, const Quantity& event, std::uint32_t step) {
  const auto& dates = model.statement<language::EventStatement>(event.statement).dates;
  return std::any_of(dates.begin(), dates.end(), [&](const auto& date) {
    const language::NodeId last = date.to == language::no_node ? date.at : date.to;
    return language::meets_time(model, date.at) && language::first_step_after(model, last) > step;
  });
}

}  // namespace

/// States of histories, and behind them what measures have gathered.
AsOf snapshot(const Lowered& lowered, std::uint32_t step, const EnsembleOptions& options,
              inference::Chosen chosen) {
  const std::size_t n = std::size_t{options.n_sets} * options.per_set;
  const auto middle =
      chosen.states.begin() + static_cast<std::ptrdiff_t>(lowered.first_gathered * n);
  AsOf result{.checkpoint = {.step = step,
                             .n_histories = n,
                             .states = {},
                             .accumulators = {middle, chosen.states.end()},
                             .rates = {}},
              .parameters = std::move(chosen.parameters)};
  chosen.states.erase(middle, chosen.states.end());
  result.checkpoint.states = std::move(chosen.states);
  // Histories of one set stand at different places, whatever their programs think.
  result.checkpoint.rates.assign(lowered.first_gathered, machine::Rate::history);
  return result;
}

AsOfFit as_of(const LoadedCase& loaded, const language::Variant& variant,
              const std::vector<std::uint32_t>& steps, const EnsembleOptions& options,
              const FitSettings& settings, Workers workers) {
  require(!steps.empty() && steps.front() > 0, "nothing to know before the first step");
  Lowered lowered = lowered_for(loaded, variant, steps.back());
  const inference::ChoiceOptions choice{
      .n_sets = options.n_sets, .per_set = options.per_set, .epoch = as_of_epoch};
  std::vector<std::pair<std::uint32_t, inference::Chosen>> taken;
  const auto take = [&](std::uint32_t step, inference::Smc& smc) {
    const bool is_wanted = taken.size() < steps.size() && step == steps[taken.size()];
    if (!is_wanted) return;
    taken.emplace_back(
        step, smc.choose(choice, {.parallel = workers.parallel, .progress = workers.progress}));
  };
  AsOfFit result{.fit = fit_lowered(std::move(lowered), loaded.model.steps, settings,
                                    {.between = take}, workers),
                 .at = {}};
  for (auto& [step, chosen] : taken) {
    result.at.push_back(snapshot(result.fit.lowered, step, options, std::move(chosen)));
  }
  return result;
}

void check_layout(const Lowered& free, const Checkpoint& from) {
  require(free.state_names.size() == from.rates.size() &&
              free.state_names.size() * from.n_histories == from.states.size() &&
              free.accumulators.size() * from.n_histories == from.accumulators.size(),
          "histories that go on free have other states than those given the record");
}

std::vector<std::string> later_inputs(const language::Model& model, std::uint32_t step) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < model.quantities.size(); ++i) {
    const Quantity& quantity = model.quantities[i];
    const bool is_later =
        (quantity.kind == Quantity::Kind::data &&
         changes_from(model.series[i], step, model.steps.count)) ||
        (quantity.kind == Quantity::Kind::event && happens_from(model, quantity, step));
    if (is_later) names.push_back(quantity.name.text);
  }
  return names;
}

std::string hindcast_text(const language::Model& model, std::uint32_t step) {
  std::vector<std::string> names = later_inputs(model, step);
  if (names.empty()) return {};
  constexpr std::size_t most = 4;
  const std::size_t n_more = names.size() > most ? names.size() - most : 0;
  names.resize(names.size() - n_more);
  std::string text = "hindcast given what later happened: " + join_text(names, ", ");
  if (n_more > 0) text += fmt::format(" and {} more", n_more);
  return text;
}

}  // namespace casus::cases
