// Exponentials in a part, then sums over fixed trees.
#include "inference/weights.hpp"

#include "base/bug.hpp"
#include "machine/kernels/weights.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace casus::inference {
namespace {

constexpr std::size_t most_leaves = part_size / machine::weight_leaf;
constexpr std::size_t abreast = 8;

/// Neighbours in pairs, then pairs in pairs; overwrites.
double tree(std::span<double> sums) {
  for (std::size_t n = sums.size(); n > 1; n = (n + 1) / 2) {
    for (std::size_t i = 0; i < n / 2; ++i) sums[i] = sums[2 * i] + sums[2 * i + 1];
    if (n % 2 == 1) sums[n / 2] = sums[n - 1];
  }
  return sums[0];
}

/// The greatest, or NaN where something is NaN or +inf.
double highest_of(std::span<const double> logs) {
  std::array<double, abreast> highest{};
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
  return part_of(logs, highest_of(logs), weights);
}

Part part_of(std::span<const double> logs, double highest, std::span<double> weights) {
  require(logs.size() <= part_size && weights.size() == logs.size(), "a part of other size");
  if (highest == impossible) {
    std::fill(weights.begin(), weights.end(), 0.0);
    return {};
  }
  std::array<double, most_leaves> sums{};
  std::array<double, most_leaves> squares{};
  machine::weight_loops().exponentials(logs.data(), highest, weights.data(), logs.size(),
                                       sums.data(), squares.data());
  const std::size_t n_leaves = (logs.size() + machine::weight_leaf - 1) / machine::weight_leaf;
  return {.highest = highest,
          .sum = tree(std::span(sums).first(n_leaves)),
          .squares = tree(std::span(squares).first(n_leaves))};
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
