// binomial(n, p).
#include "random/counts/of_double.hpp"
#include "random/laws/counts.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (!is_count(x) || x > args[0]) return -infinity;
  return log_binomial_term(x, args[0] - x, args[1], 1.0 - args[1]);
}

Tails tails_at(double k, Arguments args) {
  if (k >= args[0]) return {1.0, 0.0};
  const auto [more, at_most] = incomplete_beta(k + 1.0, args[0] - k, args[1], 1.0 - args[1]);
  return {at_most, more};
}

double cdf(double x, Arguments args) {
  return cdf_of_counts([args](double k) { return tails_at(k, args); }, x);
}

double quantile(double u, Arguments args) {
  return smallest_count([args](double k) { return tails_at(k, args); }, u, args[0] * args[1]);
}

double sample(Draws& draws, Arguments args) { return counts::binomial(draws, args[0], args[1]); }

double mean(Arguments args) { return args[0] * args[1]; }
double variance(Arguments args) { return args[0] * args[1] * (1.0 - args[1]); }

constexpr std::array parameters{
    Parameter{"n", Domain::whole, UnitRole::as_outcome, {10.0, 400.0, 60.0, 5000.0}},
    Parameter{"p", Domain::probability, UnitRole::dimensionless, {0.3, 0.6, 0.95, 1.0e-3}}};

}  // namespace

constinit const Law binomial_law{
    .name = "binomial",
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
    .source = "Johnson, Kemp & Kotz 2005, chapter 3; density Loader 2000; draws Hörmann 1993",
};

}  // namespace casus::random
