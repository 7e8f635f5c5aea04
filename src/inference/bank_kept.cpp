// Sets as they were some steps ago, for boosts that go back.
#include "inference/bank.hpp"

#include <algorithm>
#include <utility>

namespace casus::inference {

/// Those up to the next step that some boost from the next step on goes back to.
std::set<std::uint32_t> Bank::steps_to_keep() const {
  std::set<std::uint32_t> steps;
  for (const Boost& boost : options_.boosts) {
    const bool is_wanted = boost.factor > 1 && boost.back > 0;
    if (is_wanted && boost.first() <= next_step_ && next_step_ <= boost.step)
      steps.insert(boost.first());
  }
  return steps;
}

Bank::Kept Bank::empty_kept() const {
  return {.states = machine::ColumnMemory(run_.programs.n_states, options_.n_sets * set_stride_),
          .weights = std::vector<double>(options_.n_sets * weighing_.n_saved()),
          .log_likelihoods = std::vector<double>(options_.n_sets)};
}

/// What the next step begins with, where a boost will ask for it; what none asks for any more goes.
void Bank::keep(Workers workers) {
  const std::set<std::uint32_t> wanted = steps_to_keep();
  std::erase_if(kept_, [&](const auto& each) { return !wanted.contains(each.first); });
  if (!wanted.contains(next_step_)) return;
  settle(workers);
  Kept kept = empty_kept();
  for (std::size_t i = 0; i < run_.programs.n_states; ++i)
    std::copy_n(states_.column(i), options_.n_sets * set_stride_, kept.states.column(i));
  const std::size_t n_saved = weighing_.n_saved();
  for (std::size_t set = 0; set < options_.n_sets; ++set)
    weighing_.save(set, std::span(kept.weights).subspan(set * n_saved, n_saved));
  kept.log_likelihoods = log_likelihoods_;
  kept_.insert_or_assign(next_step_, std::move(kept));
}

void Bank::load_kept(std::span<const double> numbers) {
  kept_.clear();
  std::size_t at = 0;
  const auto get = [&](double* to, std::size_t n) {
    std::copy_n(&numbers[at], n, to);
    at += n;
  };
  for (const std::uint32_t step : steps_to_keep()) {
    Kept kept = empty_kept();
    get(kept.log_likelihoods.data(), options_.n_sets);
    get(kept.weights.data(), kept.weights.size());
    for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
      for (std::size_t set = 0; set < options_.n_sets; ++set)
        get(kept.states.column(i) + set * set_stride_, options_.n_particles);
    }
    kept_.insert_or_assign(step, std::move(kept));
  }
}

void Bank::rearrange_kept(std::span<const std::uint32_t> parents) {
  const std::size_t n_saved = weighing_.n_saved();
  for (auto& [step, kept] : kept_) {
    Kept next = empty_kept();
    for (std::size_t set = 0; set < parents.size(); ++set) {
      for (std::size_t i = 0; i < run_.programs.n_states; ++i)
        std::copy_n(kept.states.column(i) + parents[set] * set_stride_, options_.n_particles,
                    next.states.column(i) + set * set_stride_);
      std::copy_n(&kept.weights[parents[set] * n_saved], n_saved, &next.weights[set * n_saved]);
      next.log_likelihoods[set] = kept.log_likelihoods[parents[set]];
    }
    kept = std::move(next);
  }
}

void Bank::take_kept(std::uint32_t set, const Bank& from) {
  const std::size_t n_saved = weighing_.n_saved();
  for (auto& [step, kept] : kept_) {
    const Kept& other = from.kept_.at(step);
    for (std::size_t i = 0; i < run_.programs.n_states; ++i)
      std::copy_n(other.states.column(i) + set * set_stride_, options_.n_particles,
                  kept.states.column(i) + set * set_stride_);
    std::copy_n(&other.weights[set * n_saved], n_saved, &kept.weights[set * n_saved]);
    kept.log_likelihoods[set] = other.log_likelihoods[set];
  }
}

}  // namespace casus::inference
