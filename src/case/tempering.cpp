#include "case/tempering.hpp"

#include "base/bug.hpp"
#include "case/posterior.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <span>

namespace casus::cases {
namespace {

constexpr std::uint32_t chain_length = 16;
/// Fewer chains have too little to fit proposals to.
constexpr std::size_t least_chains = 32;

/// Weighted points in the free coordinates, of one or more runs.
struct Points {
  std::span<const double> free{};
  std::span<const double> weights{};
};

double mean_of(const Points& points, std::size_t n_free, std::size_t at) {
  double mean = 0.0;
  for (std::size_t i = 0; i < points.weights.size(); ++i)
    mean += points.weights[i] * points.free[i * n_free + at];
  return mean;
}

double variance_of(const Points& points, std::size_t n_free, std::size_t at) {
  const double mean = mean_of(points, n_free, at);
  double variance = 0.0;
  for (std::size_t i = 0; i < points.weights.size(); ++i) {
    const double away = points.free[i * n_free + at] - mean;
    variance += points.weights[i] * away * away;
  }
  return variance;
}

/// Where the means of the fit and of the tempered points differ most.
void set_distance(const Fit& fit, const Points& tempered, Tempering& result) {
  const std::vector<std::string>& names = fit.lowered.free_parameters;
  const Points fitted{fit.free, fit.weights};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double sd = std::sqrt(variance_of(tempered, names.size(), i));
    const double away =
        std::abs(mean_of(tempered, names.size(), i) - mean_of(fitted, names.size(), i));
    if (sd == 0.0 || away / sd <= result.distance) continue;
    result.distance = away / sd;
    result.farthest = names[i];
  }
}

}  // namespace

Tempering temper(const Fit& fit, const language::Steps& steps, Workers workers) {
  require(fit.is_exact, "a likelihood that is not exact was to be tempered");
  const CasePrior prior(fit.lowered);
  const inference::ScoredRun run{
      .programs = programs_of(fit.lowered),
      .n_columns = static_cast<std::uint32_t>(fit.lowered.score_columns.size())};
  const inference::Workers at_work{.parallel = workers.parallel, .progress = workers.progress};
  const std::size_t n_chains = std::max(least_chains, fit.settings.n_sets / 2);
  Tempering result;
  std::vector<double> free;
  std::vector<double> weights;
  for (std::uint32_t i = 0; i < fit.settings.n_repeats; ++i) {
    inference::Tempered sampler(run, prior,
                                {.n_chains = static_cast<std::uint32_t>(n_chains),
                                 .chain_length = chain_length,
                                 .seed = fit.settings.seed,
                                 .replication = fit.settings.first_replication + i});
    if (const auto fault = sampler.begin(at_work)) stop_at_fault(steps, *fault);
    if (const auto fault = sampler.finish(at_work)) stop_at_fault(steps, *fault);
    result.log_evidences.push_back(sampler.log_evidence());
    if (i == 0)
      result.temperatures.assign(sampler.temperatures().begin(), sampler.temperatures().end());
    free.insert(free.end(), sampler.free().begin(), sampler.free().end());
    for (const double weight : sampler.weights())
      weights.push_back(weight / fit.settings.n_repeats);
  }
  result.evidence = inference::pooled(result.log_evidences);
  set_distance(fit, {free, weights}, result);
  return result;
}

std::string tempering_text(const Fit& fit) {
  const Tempering& other = *fit.tempering;
  std::string text = fmt::format("  by tempering the whole record: log evidence {:.2f}",
                                 other.evidence.log_evidence);
  const double error = std::hypot(other.evidence.standard_error, fit.evidence.standard_error);
  if (std::isfinite(error)) {
    const double away = std::abs(other.evidence.log_evidence - fit.evidence.log_evidence);
    text += fmt::format(" ± {:.2f}, {:.1f} standard errors from the above",
                        other.evidence.standard_error, error > 0.0 ? away / error : 0.0);
  }
  text += fmt::format("; posterior means at most {:.2f} standard deviations apart", other.distance);
  return text + (other.farthest.empty() ? "\n" : fmt::format(" ({})\n", other.farthest));
}

std::string temperatures_csv(const Tempering& tempering) {
  table::Writer writer({"power", "log_evidence", "effective_points", "acceptance"});
  for (const inference::TemperatureRecord& at : tempering.temperatures) {
    writer.number(at.power).number(at.log_evidence).number(at.effective_size);
    writer.number(at.acceptance).end_row();
  }
  return writer.take();
}

}  // namespace casus::cases
