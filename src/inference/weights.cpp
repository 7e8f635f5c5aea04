// Exponentials in a part, then sums over fixed trees.
#include "inference/weights.hpp"

#include "base/bug.hpp"
#include "machine/kernels/functions.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace casus::inference {
namespace {

constexpr std::size_t leaf = 64;
constexpr std::size_t abreast = 8;

struct Sums {
  double sum = 0.0;
  double squares = 0.0;
};

Sums operator+(const Sums& a, const Sums& b) { return {a.sum + b.sum, a.squares + b.squares}; }

Sums sums_in_order(std::span<const double> weights) {
  Sums sums;
  for (const double weight : weights) sums = sums + Sums{weight, weight * weight};
  return sums;
}

/// Of whole leaves, several at a time: each waits for its own last addition only.
Sums sums_of_leaves(const double* weights) {
  std::array<Sums, abreast> sums{};
  for (std::size_t i = 0; i < leaf; ++i) {
    for (std::size_t k = 0; k < abreast; ++k) {
      const double weight = weights[k * leaf + i];
      sums[k] = sums[k] + Sums{weight, weight * weight};
    }
  }
  for (std::size_t width = 1; width < abreast; width *= 2) {
    for (std::size_t k = 0; k < abreast; k += 2 * width) sums[k] = sums[k] + sums[k + width];
  }
  return sums[0];
}

Sums tree(std::span<const double> weights) {
  if (weights.size() == abreast * leaf) return sums_of_leaves(weights.data());
  if (weights.size() > leaf) {
    const std::size_t left = leaf * std::bit_floor((weights.size() - 1) / leaf);
    return tree(weights.first(left)) + tree(weights.subspan(left));
  }
  return sums_in_order(weights);
}

/// The greatest, or NaN where something is NaN or +inf.
double highest_of(std::span<const double> logs) {
  std::array<double, abreast> highest;
  highest.fill(impossible);
  bool is_bad = false;
  std::size_t i = 0;
  for (; i + abreast <= logs.size(); i += abreast) {
    for (std::size_t k = 0; k < abreast; ++k) {
      const double x = logs[i + k];
      highest[k] = x > highest[k] ? x : highest[k];
      is_bad |= !(x < -impossible);
    }
  }
  for (; i < logs.size(); ++i) {
    highest[0] = logs[i] > highest[0] ? logs[i] : highest[0];
    is_bad |= !(logs[i] < -impossible);
  }
  if (is_bad) return std::numeric_limits<double>::quiet_NaN();
  return *std::max_element(highest.begin(), highest.end());
}

machine::ArrayFunction exponential() {
  for (const machine::ArrayFunction& function : machine::functions().of_one) {
    if (function.name == "exp") return function;
  }
  throw Bug("no exponential over arrays");
}

Part whole_of(std::span<const double> logs) {
  std::vector<double> weights(std::min(logs.size(), part_size));
  std::vector<Part> parts;
  for (std::size_t first = 0; first < logs.size(); first += part_size) {
    const std::size_t n = std::min(part_size, logs.size() - first);
    parts.push_back(part_of(logs.subspan(first, n), std::span(weights).first(n)));
  }
  return joined(parts);
}

}  // namespace

double log_sum(const Part& part) {
  return part.sum == 0.0 ? impossible : part.highest + random::log_of(part.sum);
}

Part part_of(std::span<const double> logs, std::span<double> weights) {
  require(logs.size() <= part_size && weights.size() == logs.size(), "a part of other size");
  static const machine::ArrayFunction exp = exponential();
  const double highest = highest_of(logs);
  if (highest == impossible) {
    std::fill(weights.begin(), weights.end(), 0.0);
    return {};
  }
  for (std::size_t i = 0; i < logs.size(); ++i) weights[i] = logs[i] - highest;
  exp.apply(weights, weights);
  const Sums sums = tree(weights);
  return {.highest = highest, .sum = sums.sum, .squares = sums.squares};
}

Part joined(const Part& a, const Part& b) {
  if (b.highest == impossible) return a;
  if (a.highest == impossible) return b;
  if (!(a.highest >= b.highest)) {
    const double factor = random::exp_of(a.highest - b.highest);
    return {b.highest, a.sum * factor + b.sum, a.squares * (factor * factor) + b.squares};
  }
  const double factor = random::exp_of(b.highest - a.highest);
  return {a.highest, a.sum + b.sum * factor, a.squares + b.squares * (factor * factor)};
}

Part joined(std::span<const Part> parts) {
  if (parts.empty()) return {};
  if (parts.size() == 1) return parts[0];
  const std::size_t left = std::bit_floor(parts.size() - 1);
  return joined(joined(parts.first(left)), joined(parts.subspan(left)));
}

double log_sum(std::span<const double> logs) { return log_sum(whole_of(logs)); }

double log_mean(std::span<const double> logs) {
  require(!logs.empty(), "the mean of nothing");
  return log_sum(logs) - random::log_of(static_cast<double>(logs.size()));
}

double normalise(std::span<const double> logs, std::span<double> weights) {
  require(weights.size() == logs.size(), "as many weights as logs");
  const Part whole = whole_of(logs);
  if (whole.sum == 0.0) {
    std::fill(weights.begin(), weights.end(), 0.0);
    return impossible;
  }
  const double total = log_sum(whole);
  for (std::size_t i = 0; i < logs.size(); ++i) weights[i] = random::exp_of(logs[i] - total);
  return total;
}

double effective_size(std::span<const double> logs) { return whole_of(logs).effective_size(); }

}  // namespace casus::inference
