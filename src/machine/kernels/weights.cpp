// Loops over weights, compiled once for each kind of processor.
#include "machine/kernels/weights.hpp"

#include "base/bug.hpp"

#include <array>
#include <limits>
#include <string>

#undef HWY_TARGET_INCLUDE
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): what Highway includes once a target
#define HWY_TARGET_INCLUDE "machine/kernels/weights.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/dispatch.hpp"
#include "machine/kernels/points-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t n_sums = 8;

HWY_INLINE double highest_in(Vector x) {
  HWY_ALIGN double some[HWY_LANES(double)];
  store(x, some);
  double highest = some[0];
  for (std::size_t i = 1; i < lanes(); ++i) highest = some[i] > highest ? some[i] : highest;
  return highest;
}

/// What was found so far.
struct Findings {
  HWY_INLINE Findings()
      : highest(-infinity), says(Vector(1.0) < Vector(0.0)), good(Vector(0.0) < Vector(1.0)) {}

  /// Which of equal numbers is the highest does not matter, nor what it is where one is bad.
  HWY_INLINE void take(Vector log, Vector gain) {
    says = says | (gain != Vector(0.0));
    good = good & (log < Vector(infinity));
    highest = Vector(hn::Max(log.lanes, highest.lanes));
  }

  Vector highest;
  Mask says;
  Mask good;
};

template <bool is_new>
HWY_INLINE Gained gained(double* logs, const double* gains, std::size_t n) {
  Findings found;
  const std::size_t whole = n / lanes() * lanes();
  for (std::size_t i = 0; i < whole; i += lanes()) {
    const Vector gain = load(gains + i);
    const Vector log = is_new ? gain : load(logs + i) + gain;
    if constexpr (!is_new) store(log, logs + i);
    found.take(log, gain);
  }
  if (whole < n) {
    const std::size_t left = n - whole;
    const Vector gain = load_some(gains + whole, left, 0.0);
    const Vector before = is_new ? Vector(0.0) : load_some(logs + whole, left, -infinity);
    const Vector log = is_new ? load_some(gains + whole, left, -infinity) : before + gain;
    if constexpr (!is_new) store_some(log, logs + whole, left);
    found.take(log, gain);
  }
  return {
      .highest = highest_in(found.highest), .says = any(found.says), .has_bad = any(!found.good)};
}

Gained gain_loop(double* logs, const double* gains, std::size_t n) {
  return logs == nullptr ? gained<true>(logs, gains, n) : gained<false>(logs, gains, n);
}

HWY_INLINE double total_of(const double* sums) {
  return ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
}

template <bool is_full>
HWY_INLINE Vector exponential(const double* logs, double highest, double* weights, std::size_t n) {
  const Vector log = is_full ? load(logs) : load_some(logs, n, -infinity);
  const Vector weight = exp_of(log - Vector(highest));
  if constexpr (is_full) {
    store(weight, weights);
  } else {
    store_some(weight, weights, n);
  }
  return weight;
}

template <bool is_full>
HWY_INLINE void exponentials_of_leaf(const double* logs, double highest, double* weights,
                                     std::size_t n, double* both) {
  HWY_ALIGN double sums[n_sums] = {};
  HWY_ALIGN double squares[n_sums] = {};
  const std::size_t step = lanes() < n_sums ? lanes() : n_sums;
  for (std::size_t part = 0; part < n_sums; part += step) {
    Vector sum(0.0);
    Vector square(0.0);
    for (std::size_t i = part; i < (is_full ? weight_leaf : n); i += n_sums) {
      const Vector weight = exponential<is_full>(logs + i, highest, weights + i, n - i);
      sum = sum + weight;
      square = square + weight * weight;
    }
    store(sum, sums + part);
    store(square, squares + part);
  }
  both[0] = total_of(sums);
  both[1] = total_of(squares);
}

void exponentials_loop(const double* logs, double highest, double* weights, std::size_t n,
                       double* sums, double* squares) {
  for (std::size_t leaf = 0; leaf * weight_leaf < n; ++leaf) {
    const std::size_t first = leaf * weight_leaf;
    const std::size_t count = n - first < weight_leaf ? n - first : weight_leaf;
    double both[2];
    if (count == weight_leaf) {
      exponentials_of_leaf<true>(logs + first, highest, weights + first, count, both);
    } else {
      exponentials_of_leaf<false>(logs + first, highest, weights + first, count, both);
    }
    sums[leaf] = both[0];
    squares[leaf] = both[1];
  }
}

}  // namespace

const WeightLoops& weight_table() {
  constexpr std::string_view space = HWY_STR(HWY_NAMESPACE);  // "N_" and the name of the target
  static constexpr WeightLoops here{.target = space.substr(2),
                                    .gain = gain_loop,
                                    .exponentials = exponentials_loop,
                                    .points = points_loop,
                                    .raise = raise_loop};
  return here;
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {

HWY_EXPORT(weight_table);

}  // namespace

const WeightLoops& weight_loops() {
  static const WeightLoops& best = runnable(std::span(HWY_DISPATCH_TABLE(weight_table)))[0]();
  return best;
}

const WeightLoops& weight_loops(std::string_view target) {
  for (const auto table_of : runnable(std::span(HWY_DISPATCH_TABLE(weight_table)))) {
    if (table_of().target == target) return table_of();
  }
  throw Bug("this processor has no target " + std::string(target));
}

}  // namespace casus::machine
#endif
