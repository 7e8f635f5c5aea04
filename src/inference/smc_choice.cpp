// Histories with equal weights out of a sampler's weighted ones.
#include "inference/smc.hpp"

namespace casus::inference {
namespace {

constexpr std::uint32_t site_of_set = 0;
constexpr std::uint32_t site_of_history = 1;

/// The first place up to which the weights, which sum to one, reach `share`.
std::size_t place_of(std::span<const double> weights, double share) {
  double below = 0.0;
  std::size_t last = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    below += weights[i];
    if (weights[i] > 0.0) last = i;
    if (below >= share && weights[i] > 0.0) return i;
  }
  return last;  // the sum fell short of one by rounding
}

}  // namespace

Chosen Smc::choose(const ChoiceOptions& options, Workers workers) {
  const std::size_t n_particles = bank_->options().n_particles;
  const std::vector<double> weights = this->weights();
  std::vector<double> saved(bank_->weighing().n_saved());
  std::vector<double> within(n_particles);
  std::vector<Bank::Place> places;
  Chosen chosen;
  for (std::size_t k = 0; k < options.n_sets; ++k) {
    const random::Key key =
        random::key_of(options_.bank.seed, {.purpose = random::Purpose::resample,
                                            .epoch = options.epoch,
                                            .parameter_set = static_cast<std::uint32_t>(k),
                                            .replication = options_.bank.replication});
    random::Stream stream{
        .key = key, .slot = 0, .step = next_step_, .sub_step = 0, .site = site_of_set};
    const std::size_t set = place_of(weights, stream.uniform());
    const std::span<const double> parameters = bank_->parameters(set);
    chosen.parameters.insert(chosen.parameters.end(), parameters.begin(), parameters.end());
    bank_->weighing().save(set, saved);
    normalise(std::span(saved).last(n_particles), within);
    stream.site = site_of_history;
    for (std::size_t j = 0; j < options.per_set; ++j) {
      stream.slot = static_cast<std::uint32_t>(j);
      places.push_back({.set = set, .particle = place_of(within, stream.uniform())});
    }
  }
  chosen.states.resize(run_.programs.n_states * places.size());
  bank_->states_of(places, chosen.states, workers);
  return chosen;
}

}  // namespace casus::inference
