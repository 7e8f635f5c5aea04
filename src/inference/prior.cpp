// Normal scores.
#include "inference/prior.hpp"

#include "base/bug.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <utility>

namespace casus::inference {

NormalScores::NormalScores(std::vector<PriorRow> rows) : rows_(std::move(rows)) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].law == nullptr) continue;
    require(!rows_[i].law->discrete(), "the prior of a parameter has a density");
    require(random::valid(*rows_[i].law, rows_[i].arguments), "a prior with invalid arguments");
    free_.push_back(i);
  }
}

void NormalScores::sample(random::Key key, std::span<double> free) const {
  standard_normals({.key = key}, free);
}

double NormalScores::log_density(std::span<const double> free) const {
  return standard_normal_log_density(free);
}

void NormalScores::parameters(std::span<const double> free, std::span<double> parameters) const {
  for (std::size_t i = 0; i < rows_.size(); ++i) parameters[i] = rows_[i].value;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    const PriorRow& row = rows_[free_[k]];
    parameters[free_[k]] = row.law->quantile(probability_of_score(free[k]), row.arguments);
  }
}

double probability_of_score(double z) {
  return std::clamp(random::normal_cdf(z), 0x1p-1022, 1.0 - 0x1p-53);
}

double standard_normal_log_density(std::span<const double> z) {
  constexpr double half_log_two_pi = 0.91893853320467274178;
  double sum = 0.0;
  for (const double one : z) sum -= 0.5 * one * one + half_log_two_pi;
  return sum;
}

void standard_normals(const random::Stream& at, std::span<double> z) {
  random::Stream stream = at;
  for (std::uint32_t i = 0; i < z.size(); ++i) {
    stream.slot = i;
    z[i] = random::inverse_normal(stream.uniform());
  }
}

}  // namespace casus::inference
