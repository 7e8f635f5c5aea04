// Weights in logs: sums of exponentials that neither overflow nor depend on how the work is
// divided.
#pragma once

#include <cstddef>
#include <limits>
#include <span>

namespace casus::inference {

inline constexpr double impossible = -std::numeric_limits<double>::infinity();

/// Weights are summed part by part: a part is so many leaves of 64 that it stays in a core's
/// memory.
inline constexpr std::size_t part_size = 4096;

/// Weights e^x by what they add up to, relative to the greatest of them.
struct Part {
  double highest = impossible;  ///< the greatest x
  double sum = 0.0;             ///< of e^(x - highest)
  double squares = 0.0;         ///< of e^(2 (x - highest))

  /// Kish 1965: (sum of weights)^2 / (sum of their squares); 0 where all weights are zero.
  double effective_size() const { return sum == 0.0 ? 0.0 : sum * sum / squares; }
};

/// The log of the sum of the weights; -inf where all are zero.
double log_sum(const Part& part);

/// weights[i] = e^(logs[i] - highest). The sums are binary trees over the index with leaves of 64.
/// `logs` are numbers or -inf, at most `part_size` of them; what is NaN or +inf gives a part whose
/// sum is NaN.
Part part_of(std::span<const double> logs, std::span<double> weights);
/// The same where the greatest is known; NaN stands for one that is NaN or +inf.
Part part_of(std::span<const double> logs, double highest, std::span<double> weights);

/// Both together; of several, as a binary tree over their order.
Part joined(const Part& a, const Part& b);
Part joined(std::span<const Part> parts);

/// The log of the sum of e^x, of the mean of e^x; -inf where all x are, NaN where one is NaN or
/// +inf.
double log_sum(std::span<const double> logs);
double log_mean(std::span<const double> logs);

/// Weights that sum to one, proportional to e^x, and the log of the sum of e^x. Where all x are
/// -inf the weights are zero.
double normalise(std::span<const double> logs, std::span<double> weights);

/// Of weights e^x: between 1 and their number, 0 where all are zero.
double effective_size(std::span<const double> logs);

}  // namespace casus::inference
