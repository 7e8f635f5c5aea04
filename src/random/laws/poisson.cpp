// poisson(mean).
#include "random/counts/of_double.hpp"
#include "random/laws/counts.hpp"
#include "random/laws/rows.hpp"
#include "random/special.hpp"

#include <array>

namespace casus::random {
namespace {

double log_density(double x, Arguments args) {
  if (!is_count(x)) return -infinity;
  if (args[0] == 0.0) return x == 0.0 ? 0.0 : -infinity;
  return log_poisson_term(x, args[0]);
}

Tails tails_at(double k, Arguments args) {
  const auto [more, at_most] = incomplete_gamma(k + 1.0, args[0]);
  return {at_most, more};
}

double cdf(double x, Arguments args) {
  return cdf_of_counts([args](double k) { return tails_at(k, args); }, x);
}

double quantile(double u, Arguments args) {
  return smallest_count([args](double k) { return tails_at(k, args); }, u, args[0]);
}

double sample(Draws& draws, Arguments args) { return counts::poisson(draws, args[0]); }

double moment(Arguments args) { return args[0]; }

constexpr std::array parameters{
    Parameter{"mean", Domain::non_negative, UnitRole::as_outcome, {0.3, 7.5, 45.0, 2000.0}}};

}  // namespace

constinit const Law poisson_law{
    .name = "poisson",
    .parameters = parameters,
    .support = Support::count,
    .outcome = OutcomeUnit::any,
    .sampling = Sampling::rejection,
    .log_density = log_density,
    .cdf = cdf,
    .quantile = quantile,
    .sample = sample,
    .mean = moment,
    .variance = moment,
    .source = "Johnson, Kemp & Kotz 2005, chapter 4; density Loader 2000; draws Hörmann 1993",
};

}  // namespace casus::random
