// Schemes that walk along the weights laid end to end, and the table of all.
#include "inference/resampling.hpp"

#include "base/bug.hpp"
#include "inference/resampling_schemes.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>

namespace casus::inference {
namespace {

constexpr std::size_t leaf = 64;
constexpr std::size_t abreast = 8;

/// Sums inside eight leaves, all at a time.
void scan_leaves(const double* weights, double* sums) {
  std::array<double, abreast> sum{};
  for (std::size_t i = 0; i < leaf; ++i) {
    for (std::size_t k = 0; k < abreast; ++k) {
      sum[k] += weights[k * leaf + i];
      sums[k * leaf + i] = sum[k];
    }
  }
}

/// sums[i] = before + scale * (weights[0] + ... + weights[i]), leaf by leaf, so that it never falls
/// and stays where a weight is zero.
void scan(const SystematicPart& part, std::span<double> sums) {
  const std::size_t n = part.weights.size();
  std::size_t first = 0;
  for (; first + abreast * leaf <= n; first += abreast * leaf) {
    scan_leaves(&part.weights[first], &sums[first]);
  }
  for (; first < n; first += leaf) {
    double sum = 0.0;
    for (std::size_t i = first; i < std::min(first + leaf, n); ++i) {
      sum += part.weights[i];
      sums[i] = sum;
    }
  }
  double before = part.before;
  for (first = 0; first < n; first += leaf) {
    const std::size_t end = std::min(first + leaf, n);
    for (std::size_t i = first; i < end; ++i) sums[i] = before + part.scale * sums[i];
    before = sums[end - 1];
  }
}

double total_of(Weights weights) {
  double total = 0.0;
  for (const double weight : weights) total += weight;
  require(total > 0.0, "no weight to choose by");
  return total;
}

void systematic(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents) {
  const auto n = static_cast<double>(parents.size());
  const SystematicPart whole{
      .weights = weights, .before = 0.0, .end = n, .scale = n / total_of(weights)};
  std::vector<double> sums(weights.size());
  choose_part(whole, stream_of(at, 0).uniform(), sums, parents);
}

/// For ascending positions from 0 to 1.
template <class Position>
void walk(Weights weights, std::span<std::uint32_t> parents, const Position& position) {
  const double total = total_of(weights);
  std::uint32_t last = 0;
  for (std::uint32_t i = 0; i < weights.size(); ++i) last = weights[i] > 0.0 ? i : last;
  std::uint32_t i = 0;
  double sum = weights[0];
  for (std::size_t k = 0; k < parents.size(); ++k) {
    const double point = position(k) * total;
    while (sum <= point && i < last) sum += weights[++i];
    parents[k] = i;
  }
}

void stratified(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents) {
  const auto n = static_cast<double>(parents.size());
  walk(weights, parents,
       [&](std::size_t k) { return (static_cast<double>(k) + stream_of(at, k).uniform()) / n; });
}

/// Uniforms in order as sums of exponentials over their total (Devroye 1986, V.3.1).
void multinomial(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents) {
  std::vector<double> sums(parents.size() + 1);
  double sum = 0.0;
  for (std::size_t k = 0; k < sums.size(); ++k) {
    sum -= random::log_of(stream_of(at, k).uniform());
    sums[k] = sum;
  }
  walk(weights, parents, [&](std::size_t k) { return sums[k] / sum; });
}

constexpr std::array table{
    Scheme{"systematic", systematic,
           "Kitagawa 1996, Journal of Computational and Graphical Statistics 5:1-25; Carpenter, "
           "Clifford & Fearnhead 1999, IEE Proceedings Radar, Sonar and Navigation 146:2-7"},
    Scheme{"stratified", stratified,
           "Kitagawa 1996, Journal of Computational and Graphical Statistics 5:1-25"},
    Scheme{"residual", residual,
           "Liu & Chen 1998, Journal of the American Statistical Association 93:1032-1044"},
    Scheme{"ssp", ssp, "Gerber, Chopin & Whiteley 2019, Annals of Statistics 47:2236-2260"},
    Scheme{"multinomial", multinomial,
           "Gordon, Salmond & Smith 1993, IEE Proceedings F 140:107-113"},
};

}  // namespace

std::span<const Scheme> schemes() { return table; }

const Scheme* find_scheme(std::string_view name) {
  for (const Scheme& scheme : table) {
    if (scheme.name == name) return &scheme;
  }
  return nullptr;
}

bool is_systematic(const Scheme& scheme) { return scheme.resample == systematic; }

random::Stream stream_of(const random::Stream& at, std::size_t number) {
  random::Stream stream = at;
  stream.slot = static_cast<std::uint32_t>(number);
  return stream;
}

std::uint32_t points_below(double position, double u, std::uint32_t n) {
  const auto points = static_cast<std::uint32_t>(static_cast<std::int64_t>(position + (1.0 - u)));
  return std::min(points, n);
}

void choose_part(const SystematicPart& part, double u, std::span<double> sums,
                 std::span<std::uint32_t> parents) {
  const auto n = static_cast<std::uint32_t>(parents.size());
  const std::uint32_t begin = points_below(part.before, u, n);
  const std::uint32_t end = points_below(part.end, u, n);
  if (begin == end) return;
  scan(part, sums);
  std::size_t last = part.weights.size() - 1;
  while (part.weights[last] == 0.0) --last;
  std::fill(&parents[begin], parents.data() + end, 0);
  // Whoever writes a place last has a child there; what is left free belongs to the one before.
  std::uint32_t place = begin;
  for (std::uint32_t i = 0; i <= last; ++i) {
    if (place < end) parents[place] = part.first + i;
    place = std::min(points_below(sums[i], u, n), end);
  }
  std::uint32_t parent = 0;
  for (std::uint32_t k = begin; k < end; ++k) {
    parent = std::max(parent, parents[k]);
    parents[k] = parent;
  }
}

}  // namespace casus::inference
