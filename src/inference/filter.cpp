// A bank over all steps, with a record of what each step said.
#include "inference/filter.hpp"

#include "base/bug.hpp"

#include <algorithm>

namespace casus::inference {
namespace {

void keep(FilterResult& result, const Bank& bank, std::size_t step) {
  for (std::size_t set = 0; set < result.n_sets; ++set) {
    const std::span<const double> scores = bank.scores(set);
    std::copy(scores.begin(), scores.end(),
              result.scores.begin() +
                  static_cast<std::ptrdiff_t>((set * result.n_steps + step) * result.n_columns));
    result.effective_sizes[set * result.n_steps + step] = bank.weighing().effective_size(set);
  }
}

/// Parents chosen behind the last step have no children.
void descend(FilterResult& result, const Bank& bank, std::size_t step, Workers workers) {
  workers.parallel.for_each(result.lineages.size(), [&](std::size_t set) {
    Lineage& lineage = result.lineages[set];
    lineage.generation_of_step[step] = lineage.ancestry.n_generations() - 1;
    if (step + 1 == result.n_steps || !bank.weighing().is_chosen(set)) return;
    lineage.ancestry.insert(bank.weighing().parents(set));
  });
}

}  // namespace

std::vector<std::uint32_t> Lineage::places(std::uint32_t survivor) const {
  const std::vector<std::uint32_t> path = ancestry.path(survivor);
  std::vector<std::uint32_t> places;
  for (const std::uint32_t generation : generation_of_step) places.push_back(path[generation]);
  return places;
}

std::vector<std::uint32_t> Lineage::distinct() const {
  const std::vector<std::uint32_t> counts = ancestry.distinct();
  std::vector<std::uint32_t> by_step;
  for (const std::uint32_t generation : generation_of_step) by_step.push_back(counts[generation]);
  return by_step;
}

FilterResult filter(const ScoredRun& run, std::span<const double> parameters,
                    const FilterOptions& options, Workers workers) {
  FilterResult result{.is_exact = is_exact(run),
                      .first_step = first_step(run),
                      .n_sets = options.bank.n_sets,
                      .n_steps = last_step(run) - first_step(run) + std::size_t{1},
                      .n_columns = run.n_columns};
  BankOptions bank_options = options.bank;
  if (result.is_exact) bank_options.n_particles = 1;
  Bank bank(run, bank_options);
  result.scores.resize(result.n_sets * result.n_steps * result.n_columns);
  result.effective_sizes.resize(result.n_sets * result.n_steps);
  if (options.ancestry) {
    const Lineage lineage{.ancestry = Ancestry(bank_options.n_particles),
                          .generation_of_step = std::vector<std::uint32_t>(result.n_steps)};
    result.lineages.assign(result.n_sets, lineage);
  }
  const std::vector<double> alike(result.n_sets);
  const bool boosts = options.boosting && !result.is_exact;
  require(!options.ancestry || (!boosts && bank_options.boosts.empty()), "descent through boosts");
  result.fault = bank.begin(parameters, workers);
  for (std::size_t step = 0; step < result.n_steps && !result.fault; ++step) {
    workers.stop_if_asked();
    const std::uint32_t at = result.first_step + static_cast<std::uint32_t>(step);
    result.fault =
        boosts ? boosted_step(bank, at, *options.boosting, alike, workers) : bank.step(at, workers);
    if (result.fault) break;
    keep(result, bank, step);
    descend(result, bank, step, workers);
    workers.progress.advance(result.n_sets * bank_options.n_particles);
  }
  const std::span<const double> log_likelihoods = bank.log_likelihoods();
  result.boosts = bank.options().boosts;
  result.log_likelihoods.assign(log_likelihoods.begin(), log_likelihoods.end());
  return result;
}

}  // namespace casus::inference
