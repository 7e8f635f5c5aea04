// Schemes that walk along the weights laid end to end, and the table of all.
#include "inference/resampling.hpp"

#include "base/bug.hpp"
#include "inference/resampling_schemes.hpp"
#include "machine/kernels/ahead.hpp"
#include "machine/kernels/weights.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <array>

namespace casus::inference {
namespace {

/// So many weights are looked at together.
constexpr std::size_t stretch = 8 * machine::weight_leaf;

/// Walks along a part and hands out places.
class Chooser {
 public:
  Chooser(const SystematicPart& part, double u, std::span<std::uint32_t> parents)
      : part_(part),
        u_(u),
        parents_(parents),
        start_(part.before),
        place_(points_below(part.before, u, size())),
        end_(points_below(part.end, u, size())) {}

  void run() {
    if (place_ == end_) return;
    std::size_t n = part_.weights.size();
    while (part_.weights[n - 1] == 0.0) --n;
    for (std::size_t first = 0; first < n; first += stretch) {
      const Weights some = part_.weights.subspan(first, std::min(stretch, n - first));
      machine::will_write(places_behind_next());
      count_points(some);
      hand_out(part_.first + static_cast<std::uint32_t>(first), some.size());
    }
    const auto last = part_.first + static_cast<std::uint32_t>(n) - 1;
    for (; place_ < end_; ++place_) parents_[place_] = last;
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(parents_.size()); }

  /// Places of about the stretch behind the next.
  std::span<std::uint32_t> places_behind_next() const {
    const std::size_t first = std::min(place_ + stretch, parents_.size());
    return parents_.subspan(first, std::min(stretch, parents_.size() - first));
  }

  /// How many points lie below the end of each weight: they never fall, and stay where a weight is
  /// zero.
  void count_points(Weights some) {
    const machine::Line line{.start = start_, .scale = part_.scale, .shift = 1.0 - u_};
    start_ = loops_.points(some.data(), some.size(), line, points_.data());
  }

  /// The place behind a weight's last is the next one's first. Each is written there, of several
  /// the last stays, and then all places take the one before them that was written.
  void hand_out(std::uint32_t first, std::size_t n) {
    const std::uint32_t end = std::min(point(n - 1), end_);
    if (end <= place_) return;
    while (n > 0 && point(n - 1) >= end) --n;
    std::uint32_t* const parents = parents_.data();
    std::fill(parents + place_, parents + end, 0);
    for (std::size_t i = 0; i < n; ++i) {
      parents[point(i)] = first + static_cast<std::uint32_t>(i) + 1;
    }
    loops_.raise(parents + place_, end - place_, first);
    place_ = end;
  }

  std::uint32_t point(std::size_t i) const { return static_cast<std::uint32_t>(points_[i]); }

  const machine::WeightLoops& loops_ = machine::weight_loops();
  const SystematicPart& part_;
  double u_;
  std::span<std::uint32_t> parents_;
  double start_;  ///< of the leaf to come
  std::uint32_t place_;
  std::uint32_t end_;
  std::array<std::int32_t, stretch> points_{};
};

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
  choose_part(whole, stream_of(at, 0).uniform(), parents);
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

void choose_part(const SystematicPart& part, double u, std::span<std::uint32_t> parents) {
  Chooser(part, u, parents).run();
}

}  // namespace casus::inference
