// negbinomial(mean, size): a Poisson count whose mean is gamma with shape `size`; its variance is
// mean + mean^2 / size.
#include "random/counts/of_double.hpp"
#include "random/elementary.hpp"
#include "random/laws/counts.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>

namespace casus::random {
namespace {

/// size / (size + mean) and mean / (size + mean).
Share share_of(Arguments args) {
  return {1.0 / (1.0 + args[0] / args[1]), 1.0 / (1.0 + args[1] / args[0])};
}

double log_density(double x, Arguments args) {
  if (!is_count(x)) return -infinity;
  if (args[0] == 0.0) return x == 0.0 ? 0.0 : -infinity;
  const auto [p, q] = share_of(args);
  return log_binomial_term(args[1], x, p, q) - log1p_of(x / args[1]);
}

Tails tails_at(double k, Arguments args) {
  if (args[0] == 0.0) return {1.0, 0.0};
  const auto [p, q] = share_of(args);
  return incomplete_beta(args[1], k + 1.0, p, q);
}

double cdf(double x, Arguments args) {
  return cdf_of_counts([args](double k) { return tails_at(k, args); }, x);
}

double quantile(double u, Arguments args) {
  return smallest_count([args](double k) { return tails_at(k, args); }, u, args[0]);
}

double sample(Draws& draws, Arguments args) { return counts::negbinomial(draws, args[0], args[1]); }

double mean(Arguments args) { return args[0]; }
double variance(Arguments args) { return args[0] + args[0] * (args[0] / args[1]); }

constexpr std::array parameters{
    Parameter{"mean", Domain::non_negative, UnitRole::as_outcome, {0.8, 12.0, 300.0, 5.0}},
    Parameter{"size", Domain::positive, UnitRole::dimensionless, {0.5, 3.0, 20.0, 1.0e6}}};

}  // namespace

constinit const Law negbinomial_law{
    .name = "negbinomial",
    .parameters = parameters,
    .support = Support::count,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::rejection,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = sample,
    .mean = mean,
    .variance = variance,
    .source =
        "Johnson, Kemp & Kotz 2005, chapter 5; density Loader 2000; draws Marsaglia & Tsang "
        "2000, then Hörmann 1993",
};

}  // namespace casus::random
