// Points as parameter sets of a bank, one lane each.
#include "case/likelihood.hpp"

#include "base/bug.hpp"
#include "inference/scored_run.hpp"
#include "inference/weights.hpp"

#include <algorithm>

namespace casus::cases {
namespace {

/// More points than this are taken in turns.
constexpr std::size_t most_together = 4096;

}  // namespace

Likelihood::Likelihood(const language::Lowered& lowered, Workers workers)
    : values_(lowered),
      run_{.programs = programs_of(lowered),
           .n_columns = static_cast<std::uint32_t>(lowered.score_columns.size())},
      workers_(workers) {
  require(inference::is_exact(run_), "a likelihood that is not exact");
}

inference::Bank& Likelihood::bank_of(std::size_t n_sets) {
  std::unique_ptr<inference::Bank>& bank = banks_[n_sets];
  if (!bank)
    bank = std::make_unique<inference::Bank>(
        run_, inference::BankOptions{.n_sets = n_sets, .n_particles = 1});
  return *bank;
}

std::optional<inference::Fault> Likelihood::run(inference::Bank& bank,
                                                std::span<const double> parameters) {
  const inference::Workers at_work{.parallel = workers_.parallel, .progress = workers_.progress};
  if (auto fault = bank.begin(parameters, at_work)) return fault;
  for (std::uint32_t step = inference::first_step(run_); step <= inference::last_step(run_);
       ++step) {
    if (auto fault = bank.step(step, at_work)) return fault;
  }
  return std::nullopt;
}

/// A set that fails takes all down with it: halves are tried until it stands alone.
void Likelihood::evaluate(std::span<const double> parameters, std::span<double> log_likelihoods) {
  if (workers_.progress.stop_requested()) throw Interrupted{};
  const std::size_t n = log_likelihoods.size();
  inference::Bank& bank = bank_of(n);
  auto fault = run(bank, parameters);
  if (!fault) {
    std::copy(bank.log_likelihoods().begin(), bank.log_likelihoods().end(),
              log_likelihoods.begin());
    return;
  }
  if (n == 1) {
    fault_ = std::move(fault);
    log_likelihoods[0] = inference::impossible;
    return;
  }
  const std::size_t half = n / 2;
  const std::size_t width = run_.programs.n_parameters;
  evaluate(parameters.first(half * width), log_likelihoods.first(half));
  evaluate(parameters.subspan(half * width), log_likelihoods.subspan(half));
}

std::vector<double> Likelihood::at(std::span<const double> points) {
  const std::size_t d = n_free();
  const std::size_t n = points.size() / d;
  const std::size_t width = run_.programs.n_parameters;
  std::vector<double> parameters(n * width);
  for (std::size_t i = 0; i < n; ++i)
    values_.parameters(points.subspan(i * d, d), std::span(parameters).subspan(i * width, width));
  std::vector<double> log_likelihoods(n);
  for (std::size_t first = 0; first < n; first += most_together) {
    const std::size_t count = std::min(most_together, n - first);
    evaluate(std::span(parameters).subspan(first * width, count * width),
             std::span(log_likelihoods).subspan(first, count));
  }
  return log_likelihoods;
}

}  // namespace casus::cases
