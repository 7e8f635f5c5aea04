// Whole parameter sets change places, go elsewhere and come back.
#include "base/bug.hpp"
#include "inference/bank.hpp"

#include <algorithm>
#include <utility>

namespace casus::inference {

void Bank::settle(Workers workers) {
  if (parents_pending_) {
    for_each(seats_.size(), workers,
             [this](std::size_t block, Room&) { gather(block, columns(next_, block)); });
    std::swap(states_, next_);
    parents_pending_ = false;
  }
  for (std::size_t block = 0; block < seats_.size(); ++block) {
    seats_[block].save_sets(columns(states_, block));
  }
}

void Bank::seat_again() {
  for (std::size_t block = 0; block < seats_.size(); ++block) {
    seat(block);
    const machine::LaneColumns<double> states = columns(states_, block);
    seats_[block].load_sets({states.first, states.stride});
    fill_behind(block);
  }
}

/// Lanes behind the last history do as it does.
void Bank::fill_behind(std::size_t block) {
  const std::size_t n = n_lanes_of(block);
  const std::size_t in_step = seats_[block].lanes_in_step();
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    double* const column = columns(states_, block).column(i);
    for (std::size_t k = n; k < machine::whole_groups(n); ++k) column[k] = column[k - in_step];
  }
}

void Bank::rearrange(std::span<const std::uint32_t> parents, Workers workers) {
  require(parents.size() == options_.n_sets, "as many parents as sets");
  settle(workers);
  const std::size_t n = options_.n_particles;
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    for (std::size_t set = 0; set < parents.size(); ++set) {
      std::copy_n(states_.column(i) + parents[set] * set_stride_, n,
                  next_.column(i) + set * set_stride_);
    }
  }
  std::swap(states_, next_);
  const std::vector<double> parameters = parameters_;
  const std::vector<double> log_likelihoods = log_likelihoods_;
  const std::size_t n_saved = weighing_.n_saved();
  std::vector<double> weights(options_.n_sets * n_saved);
  for (std::size_t set = 0; set < parents.size(); ++set) {
    weighing_.save(parents[set], std::span(weights).subspan(set * n_saved, n_saved));
    log_likelihoods_[set] = log_likelihoods[parents[set]];
    std::copy_n(&parameters[parents[set] * n_parameters()], n_parameters(),
                &parameters_[set * n_parameters()]);
  }
  const std::vector<Trail> trails = trails_;
  for (std::size_t set = 0; set < parents.size(); ++set) {
    weighing_.load(set, std::span(weights).subspan(set * n_saved, n_saved));
    trails_[set] = trails[parents[set]];
    go_on(trails_[set], {.first_step = next_step_,
                         .epoch = options_.epoch,
                         .place = static_cast<std::uint32_t>(set)});
  }
  rearrange_kept(parents);
  seat_again();
}

void Bank::take(std::span<const std::uint32_t> sets, Bank& from, Workers workers) {
  require(from.options_.n_particles == options_.n_particles, "sets of another size");
  settle(workers);
  from.settle(workers);
  const std::size_t n = options_.n_particles;
  std::vector<double> weights(weighing_.n_saved());
  for (const std::uint32_t set : sets) {
    for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
      std::copy_n(from.states_.column(i) + set * set_stride_, n,
                  states_.column(i) + set * set_stride_);
    }
    from.weighing_.save(set, weights);
    weighing_.load(set, weights);
    log_likelihoods_[set] = from.log_likelihoods_[set];
    trails_[set] = from.trails_[set];
    go_on(trails_[set], {.first_step = next_step_, .epoch = options_.epoch, .place = set});
    std::copy_n(&from.parameters_[set * n_parameters()], n_parameters(),
                &parameters_[set * n_parameters()]);
    take_kept(set, from);
  }
  seat_again();
}

void Bank::states_of(std::span<const Place> places, std::span<double> states, Workers workers) {
  require(states.size() == run_.programs.n_states * places.size(), "room for other states");
  settle(workers);
  std::size_t at = 0;
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    const double* const column = states_.column(i);
    for (const Place& place : places)
      states[at++] = column[place.set * set_stride_ + place.particle];
  }
}

// ---- numbers: of each set its log-likelihood, parameters and weights, then all states; then, of
// each step that a boost goes back to, log-likelihoods, weights and states

std::size_t Bank::n_numbers() const {
  const std::size_t of_set =
      1 + weighing_.n_saved() + run_.programs.n_states * std::size_t{options_.n_particles};
  const std::size_t n_times = 1 + steps_to_keep().size();
  return options_.n_sets * (n_parameters() + n_times * of_set);
}

void Bank::save(std::span<double> numbers, Workers workers) {
  require(numbers.size() == n_numbers(), "room for another bank");
  settle(workers);
  std::size_t at = 0;
  const auto put = [&](const double* from, std::size_t n) {
    std::copy_n(from, n, &numbers[at]);
    at += n;
  };
  const std::size_t n_saved = weighing_.n_saved();
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    numbers[at++] = log_likelihoods_[set];
    put(parameters(set).data(), n_parameters());
    weighing_.save(set, numbers.subspan(at, n_saved));
    at += n_saved;
  }
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    for (std::size_t set = 0; set < options_.n_sets; ++set) {
      put(states_.column(i) + set * set_stride_, options_.n_particles);
    }
  }
  for (auto& [step, kept] : kept_) {
    put(kept.log_likelihoods.data(), options_.n_sets);
    put(kept.weights.data(), kept.weights.size());
    for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
      for (std::size_t set = 0; set < options_.n_sets; ++set)
        put(kept.states.column(i) + set * set_stride_, options_.n_particles);
    }
  }
}

void Bank::load(std::span<const double> numbers) {
  require(numbers.size() == n_numbers(), "numbers of another bank");
  const std::size_t n_saved = weighing_.n_saved();
  std::size_t at = 0;
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    log_likelihoods_[set] = numbers[at++];
    std::copy_n(&numbers[at], n_parameters(), &parameters_[set * n_parameters()]);
    at += n_parameters();
    weighing_.load(set, numbers.subspan(at, n_saved));
    at += n_saved;
  }
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    for (std::size_t set = 0; set < options_.n_sets; ++set) {
      std::copy_n(&numbers[at], options_.n_particles, states_.column(i) + set * set_stride_);
      at += options_.n_particles;
    }
  }
  load_kept(numbers.subspan(at));
  parents_pending_ = false;
  seat_again();
}

}  // namespace casus::inference
