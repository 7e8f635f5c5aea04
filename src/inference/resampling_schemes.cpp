// Schemes that give the whole parts of the expected numbers first.
#include "inference/resampling_schemes.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <cmath>

namespace casus::inference {
namespace {

/// Expected numbers of children: their whole parts and what remains.
struct Shares {
  std::vector<std::uint32_t> counts;
  std::vector<double> rests;
  std::size_t n_given = 0;
};

Shares shares_of(Weights weights, std::size_t n) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  require(total > 0.0, "no weight to choose by");
  const double scale = static_cast<double>(n) / total;
  constexpr double rounding = 0x1p-40;
  Shares shares;
  for (const double weight : weights) {
    const double whole = std::floor(weight * scale + rounding);
    shares.counts.push_back(static_cast<std::uint32_t>(whole));
    shares.rests.push_back(std::max(weight * scale - whole, 0.0));
    shares.n_given += shares.counts.back();
  }
  return shares;
}

void write_parents(const std::vector<std::uint32_t>& counts, std::span<std::uint32_t> parents) {
  std::size_t k = 0;
  for (std::uint32_t i = 0; i < counts.size(); ++i) {
    for (std::uint32_t child = 0; child < counts[i] && k < parents.size(); ++child) {
      parents[k++] = i;
    }
  }
  require(k == parents.size(), "a choice that does not come out even");
}

/// Rounding may leave a whole child to the one whose rest is nearest to it.
void round_up_greatest(Shares& shares) {
  const auto greatest = std::max_element(shares.rests.begin(), shares.rests.end());
  const auto i = static_cast<std::size_t>(greatest - shares.rests.begin());
  ++shares.counts[i];
  ++shares.n_given;
  shares.rests[i] = 0.0;
}

}  // namespace

void residual(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents) {
  Shares shares = shares_of(weights, parents.size());
  const std::size_t n_left = parents.size() - std::min(shares.n_given, parents.size());
  double left = 0.0;
  for (const double rest : shares.rests) left += rest;
  if (n_left > 0 && left > 0.0) {
    std::vector<std::uint32_t> drawn(n_left);
    find_scheme("multinomial")->resample(shares.rests, at, drawn);
    for (const std::uint32_t i : drawn) ++shares.counts[i];
  }
  write_parents(shares.counts, parents);
}

void ssp(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents) {
  Shares shares = shares_of(weights, parents.size());
  std::size_t i = 0;
  for (std::size_t j = 1; j < weights.size(); ++j) {
    double& x = shares.rests[i];
    double& y = shares.rests[j];
    const double up = std::min(y, 1.0 - x);    // what i may gain from j
    const double down = std::min(x, 1.0 - y);  // what j may gain from i
    if (up + down <= 0.0) {
      i = x > 0.0 ? i : j;
      continue;
    }
    const bool gains_i = stream_of(at, j - 1).uniform() * (up + down) < down;
    const double moved = gains_i ? up : -down;
    // Whoever becomes whole leaves the play.
    const bool one_is_full = gains_i ? up == 1.0 - x : down == 1.0 - y;
    const std::size_t gainer = gains_i ? i : j;
    const std::size_t loser = gains_i ? j : i;
    x += moved;
    y -= moved;
    if (one_is_full) {
      ++shares.counts[gainer];
      ++shares.n_given;
      shares.rests[gainer] = 0.0;
      i = loser;
    } else {
      shares.rests[loser] = 0.0;
      i = gainer;
    }
  }
  while (shares.n_given < parents.size()) round_up_greatest(shares);
  write_parents(shares.counts, parents);
}

}  // namespace casus::inference
