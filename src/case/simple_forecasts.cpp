// Forecasts that know no model: what was last, and what was usual.
#include "case/ahead.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::cases {
namespace {

constexpr std::size_t fewest = 3;  ///< values before the cut that numbers and counts need

struct Before {
  std::vector<double> values;
  double mean = 0.0;
  double variance = 0.0;  ///< of the values
  double change = 0.0;    ///< mean square of the change from one to the next
};

Before before_cut(const Seen& seen, std::uint32_t cut) {
  Before before;
  for (std::size_t step = 0; step < cut; ++step) {
    if (!std::isnan(seen.values[step])) before.values.push_back(seen.values[step]);
  }
  const std::size_t n = before.values.size();
  if (n < 2) return before;
  for (const double value : before.values) before.mean += value / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double from_mean = before.values[i] - before.mean;
    before.variance += from_mean * from_mean / static_cast<double>(n - 1);
    if (i == 0) continue;
    const double change = before.values[i] - before.values[i - 1];
    before.change += change * change / static_cast<double>(n - 1);
  }
  return before;
}

double log_normal(double x, double mean, double variance) {
  return random::find_law("normal")->log_density(x, std::array{mean, std::sqrt(variance)});
}

/// As dispersed about its mean as the values before the cut are about theirs.
double log_count(double x, double mean, const Before& before) {
  const double excess = before.variance - before.mean;
  if (!(excess > 0.0)) return random::find_law("poisson")->log_density(x, std::array{mean});
  const double size = before.mean * before.mean / excess;
  return random::find_law("negbinomial")->log_density(x, std::array{mean, size});
}

std::vector<double> after_cut(const Seen& seen, std::uint32_t cut) {
  std::vector<double> after;
  for (std::size_t step = cut; step < seen.values.size(); ++step) {
    if (!std::isnan(seen.values[step])) after.push_back(seen.values[step]);
  }
  return after;
}

SimpleScores of_numbers(const Before& before, const std::vector<double>& after) {
  if (before.values.size() < fewest || !(before.variance > 0.0)) return {};
  SimpleScores scores{.no_change = 0.0, .base_rate = 0.0};
  for (std::size_t i = 0; i < after.size(); ++i) {
    const double ahead = static_cast<double>(i) + 1.0;
    *scores.no_change += log_normal(after[i], before.values.back(), before.change * ahead);
    *scores.base_rate += log_normal(after[i], before.mean, before.variance);
  }
  return scores;
}

SimpleScores of_counts(const Before& before, const std::vector<double>& after) {
  if (before.values.size() < fewest) return {};
  const double least = 0.5 / static_cast<double>(before.values.size());
  SimpleScores scores{.no_change = 0.0, .base_rate = 0.0};
  for (const double x : after) {
    *scores.no_change += log_count(x, std::max(before.values.back(), 0.5), before);
    *scores.base_rate += log_count(x, std::max(before.mean, least), before);
  }
  return scores;
}

SimpleScores of_options(const Before& before, const std::vector<double>& after,
                        std::size_t n_options) {
  if (before.values.empty() || n_options < 2) return {};
  const auto n = static_cast<double>(before.values.size());
  double stays = 0.0;
  for (std::size_t i = 1; i < before.values.size(); ++i)
    stays += before.values[i] == before.values[i - 1] ? 1.0 : 0.0;
  const double stay = (1.0 + stays) / (1.0 + n);
  const auto k = static_cast<double>(n_options);
  SimpleScores scores{.no_change = 0.0, .base_rate = 0.0};
  for (const double option : after) {
    const double last = option == before.values.back() ? stay : (1.0 - stay) / (k - 1.0);
    const auto times =
        static_cast<double>(std::count(before.values.begin(), before.values.end(), option));
    *scores.no_change += std::log(last);
    *scores.base_rate += std::log((1.0 + times) / (k + n));
  }
  return scores;
}

}  // namespace

SimpleScores simple_scores(const Seen& seen, std::uint32_t cut) {
  const Before before = before_cut(seen, cut);
  const std::vector<double> after = after_cut(seen, cut);
  switch (seen.as) {
    case Seen::As::number: return of_numbers(before, after);
    case Seen::As::count: return of_counts(before, after);
    case Seen::As::option: break;
  }
  return of_options(before, after, seen.n_options);
}

}  // namespace casus::cases
