// One free history at addresses of simulated data.
#include "case/synthetic.hpp"

#include "case/history.hpp"
#include "case/lowered.hpp"
#include "language/happened.hpp"

#include <algorithm>
#include <cmath>

namespace casus::cases {
namespace {

enum class Epoch : std::uint32_t { parameters, history };

random::Key key_of(const SyntheticAddress& at, Epoch epoch) {
  return random::key_of(at.seed, {.purpose = random::Purpose::datum,
                                  .epoch = static_cast<std::uint32_t>(epoch),
                                  .parameter_set = at.number,
                                  .replication = at.replication});
}

language::Lowered lowered_for(const language::Model& model, language::Variant variant,
                              std::uint32_t until) {
  variant = scored_variant(std::move(variant), until);
  variant.given = false;
  variant.happened = true;
  return lower_or_stop(model, variant);
}

}  // namespace

Synthesis::Synthesis(const language::Model& model, language::Variant variant, std::uint32_t until)
    : model_(model),
      until_(std::min(until, model.steps.count)),
      lowered_(lowered_for(model, std::move(variant), until)) {}

SyntheticTruth Synthesis::draw(const SyntheticAddress& at) const {
  const CasePrior prior(lowered_);
  SyntheticTruth truth{.free = std::vector<double>(prior.n_free()),
                       .parameters = std::vector<double>(lowered_.parameter_columns.size())};
  prior.sample(key_of(at, Epoch::parameters), truth.free);
  prior.parameters(truth.free, truth.parameters);
  return truth;
}

std::optional<language::Model> Synthesis::record(std::span<const double> parameters,
                                                 const SyntheticAddress& at) const {
  const auto is_number = [](double value) { return std::isfinite(value); };
  if (!std::all_of(parameters.begin(), parameters.end(), is_number)) return {};
  HistoryRunner runner(lowered_);
  std::vector<double> states(lowered_.state_names.size());
  std::vector<double> accumulators(lowered_.accumulators.size());
  HistoryState history{.parameters = parameters,
                       .states = states,
                       .accumulators = accumulators,
                       .key = key_of(at, Epoch::history)};
  if (runner.begin(history)) return {};
  const std::size_t width = language::n_happened(model_, lowered_);
  std::vector<double> happened(until_ * width);
  for (std::uint32_t step = 0; step < until_; ++step) {
    const std::size_t segment = segment_of(lowered_, step);
    if (runner.step(history, segment, step)) return {};
    runner.copy_outputs(segment, std::span(happened).subspan(step * width, width), 1);
  }
  if (!std::all_of(happened.begin(), happened.end(), is_number)) return {};
  return language::with_record_of(model_, lowered_, happened);
}

}  // namespace casus::cases
