// random/counts.inl for one double at a time, and the draws of one history with it.
#pragma once

#include "random/address.hpp"
#include "random/elementary.hpp"
#include "random/elementary/of_double.hpp"
#include "random/special.hpp"

#include <limits>

namespace casus::random::counts {

using elementary::absolute;
using elementary::any;
using elementary::floor_of;
using elementary::select;
using elementary::square_root;

inline constexpr double largest_double = std::numeric_limits<double>::max();

#define CASUS_INLINE inline
#include "random/counts.inl"
#undef CASUS_INLINE

/// Trial t takes the next uniforms 2 t and 2 t + 1 of `draws`; a and b are the law's arguments.
template <class Trials>
double by_trials(Draws& draws, double a, double b) {
  const Hat<double> hat = Trials::hat(a, b);
  while (true) {
    const double u = draws.next();
    const double v = draws.next();
    const Proposal<double> at = proposal_of(u, hat);
    if (is_squeezed(v, at, hat) || Trials::accepts(height_of(v, at, hat), at.k, a, b)) {
      return Trials::outcome(at.k, a, b);
    }
  }
}

inline double poisson(Draws& draws, double mean) {
  if (poisson_is_summed(mean)) return poisson_by_summation(draws.next(), mean);
  return by_trials<PoissonTrials>(draws, mean, 0.0);
}

inline double binomial(Draws& draws, double n, double p) {
  if (binomial_is_summed(n, p)) return binomial_by_summation(draws.next(), n, p);
  return by_trials<BinomialTrials>(draws, n, p);
}

/// Of shape `size`: trials of two uniforms, then one more where size is less than one.
inline double gamma(Draws& draws, double size) {
  while (true) {
    const double normal = inverse_normal(draws.next());
    const double v = draws.next();
    const GammaProposal<double> at = gamma_proposal(normal, size);
    if (!gamma_is_squeezed(v, normal, at) && !gamma_is_accepted(v, normal, at)) continue;
    return size < 1.0 ? at.value() * gamma_boost(draws.next(), size) : at.value();
  }
}

inline double negbinomial(Draws& draws, double mean, double size) {
  if (negbinomial_is_summed(mean, size)) {
    return negbinomial_by_summation(draws.next(), mean, size);
  }
  return poisson(draws, poisson_part(mean, size, gamma(draws, size)));
}

}  // namespace casus::random::counts
