// Inversion of a distribution function by Halley's method inside a bracket.
#pragma once

#include "random/elementary.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <cmath>

namespace casus::random {

/// A distribution function at t: its tails, its density, and the derivative of the logarithm of the
/// density.
struct Ascent {
  Tails tails;
  double slope = 0.0;
  double log_slope_change = 0.0;
};

/// The t between -800 and 800 at which `at(t)` has the tails `wanted`, from `start`. It follows the
/// logarithm of the smaller wanted tail, which is concave for the laws used here, so that steps
/// from outside the bracket are rare; such a step is replaced by halving. Every operation is in a
/// fixed order: equal arguments give equal results.
template <class Function>
double climb(const Function& at, Tails wanted, double start) {
  constexpr int most_steps = 100;
  constexpr double close_enough = 1.0e-5;  // the next error of a third-order method is below 1e-15
  const bool by_lower = wanted.lower <= wanted.upper;
  double low = -800.0;
  double high = 800.0;
  double t = std::clamp(start, low, high);
  for (int step = 0; step < most_steps && low < high; ++step) {
    const Ascent here = at(t);
    const double tail = by_lower ? here.tails.lower : here.tails.upper;
    // h rises through zero at the root; `rate` is h' and `bend` is h'' / h'.
    const double h = by_lower ? log_of(tail / wanted.lower) : log_of(wanted.upper / tail);
    if (h == 0.0) return t;
    (h < 0.0 ? low : high) = t;
    const double rate = here.slope / tail;
    const double bend = here.log_slope_change + (by_lower ? -rate : rate);
    const double newton = h / rate;
    const double next = t - newton / std::clamp(1.0 - 0.5 * newton * bend, 0.5, 2.0);
    if (!(next > low && next < high)) {
      if (std::abs(next - t) <= 1.0e-15 * std::abs(t)) return t;
      t = 0.5 * (low + high);
      continue;
    }
    const double moved = std::abs(next - t);
    t = next;
    if (moved * std::max(1.0, std::abs(bend)) < close_enough) return t;
  }
  return t;
}

}  // namespace casus::random
