// Loops of a systematic choice: weights laid end to end, and who stands where; to be included once
// per target.
#include "machine/kernels/vector-inl.hpp"
#include "machine/kernels/weights.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#if defined(CASUS_MACHINE_KERNELS_POINTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_POINTS_INL
#undef CASUS_MACHINE_KERNELS_POINTS_INL
#else
#define CASUS_MACHINE_KERNELS_POINTS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

/// Sums inside one leaf, from the left.
HWY_INLINE void scan_leaf(const double* weights, std::size_t n, double* sums) {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sums[i] = sum += weights[i];
}

constexpr std::size_t leaves_abreast = 8;
constexpr std::size_t weights_abreast = leaves_abreast * weight_leaf;

#if HWY_TARGET == HWY_SCALAR

HWY_INLINE void scan_leaves(const double* weights, double* sums) {
  for (std::size_t first = 0; first < weights_abreast; first += weight_leaf) {
    scan_leaf(weights + first, weight_leaf, sums + first);
  }
}

#else

using PairTag = hn::FixedTag<double, 2>;
using Pairs = hn::Vec<PairTag>;

/// Two more weights of a leaf and of the next one, whose sums so far are `before`.
HWY_INLINE Pairs scan_pair(Pairs before, const double* weights, double* sums) {
  const PairTag tag;
  const Pairs a = hn::LoadU(tag, weights);
  const Pairs b = hn::LoadU(tag, weights + weight_leaf);
  const Pairs first = hn::Add(before, hn::InterleaveLower(tag, a, b));
  const Pairs second = hn::Add(first, hn::InterleaveUpper(tag, a, b));
  hn::StoreU(hn::InterleaveLower(tag, first, second), tag, sums);
  hn::StoreU(hn::InterleaveUpper(tag, first, second), tag, sums + weight_leaf);
  return second;
}

/// Sums inside eight leaves, all at a time: none waits for another.
HWY_INLINE void scan_leaves(const double* weights, double* sums) {
  constexpr std::size_t pair = 2 * weight_leaf;
  Pairs s0 = hn::Zero(PairTag());
  Pairs s1 = s0;
  Pairs s2 = s0;
  Pairs s3 = s0;
  for (std::size_t i = 0; i < weight_leaf; i += 2) {
    s0 = scan_pair(s0, weights + i, sums + i);
    s1 = scan_pair(s1, weights + pair + i, sums + pair + i);
    s2 = scan_pair(s2, weights + 2 * pair + i, sums + 2 * pair + i);
    s3 = scan_pair(s3, weights + 3 * pair + i, sums + 3 * pair + i);
  }
}

#endif

using WholeTag = hn::Rebind<std::int32_t, DoubleTag>;

HWY_INLINE hn::Vec<WholeTag> whole_of(Vector sum, Vector start, const Line& line) {
  const Vector moved = (start + Vector(line.scale) * sum) + Vector(line.shift);
  return hn::DemoteTo(WholeTag(), moved.lanes);
}

HWY_INLINE void points_of_leaf(const double* sums, std::size_t n, double start, const Line& line,
                               std::int32_t* points) {
  const std::size_t whole = n / lanes() * lanes();
  for (std::size_t i = 0; i < whole; i += lanes()) {
    hn::StoreU(whole_of(load(sums + i), Vector(start), line), WholeTag(), points + i);
  }
  if (whole == n) return;
  HWY_ALIGN std::int32_t some[HWY_LANES(double)];
  const Vector rest = load_some(sums + whole, n - whole, 0.0);
  hn::StoreU(whole_of(rest, Vector(start), line), WholeTag(), some);
  for (std::size_t i = whole; i < n; ++i) points[i] = some[i - whole];
}

inline double points_loop(const double* weights, std::size_t n, const Line& line,
                          std::int32_t* points) {
  HWY_ALIGN double sums[weights_abreast];
  double start = line.start;
  for (std::size_t first = 0; first < n; first += weights_abreast) {
    const std::size_t some = std::min(n - first, weights_abreast);
    if (some == weights_abreast) scan_leaves(weights + first, sums);
    for (std::size_t leaf = 0; leaf < some; leaf += weight_leaf) {
      const std::size_t count = std::min(some - leaf, weight_leaf);
      if (some < weights_abreast) scan_leaf(weights + first + leaf, count, sums + leaf);
      points_of_leaf(sums + leaf, count, start, line, points + first + leaf);
      start += line.scale * sums[leaf + count - 1];
    }
  }
  return start;
}

using NumberTag = hn::ScalableTag<std::uint32_t>;
using Numbers = hn::Vec<NumberTag>;
constexpr std::size_t most_numbers = HWY_LANES(std::uint32_t);

/// For each lane the one `distance` before it, or the first.
template <std::size_t distance>
constexpr std::array<std::uint32_t, most_numbers> make_lanes_before() {
  std::array<std::uint32_t, most_numbers> from{};
  for (std::size_t i = distance; i < most_numbers; ++i) {
    from[i] = static_cast<std::uint32_t>(i - distance);
  }
  return from;
}
template <std::size_t distance>
constexpr std::array<std::uint32_t, most_numbers> lanes_before = make_lanes_before<distance>();

/// The greatest up to each lane, those before `distance` lanes being taken care of.
template <std::size_t distance>
HWY_INLINE Numbers greatest_so_far(Numbers x) {
  if constexpr (distance < most_numbers) {
    const Numbers before =
        hn::TableLookupLanes(x, hn::SetTableIndices(NumberTag(), lanes_before<distance>.data()));
    return greatest_so_far<2 * distance>(hn::Max(x, before));
  } else {
    return x;
  }
}

inline void raise_loop(std::uint32_t* numbers, std::size_t n, std::uint32_t least) {
  const NumberTag tag;
  const auto last = hn::IndicesFromVec(tag, hn::Set(tag, most_numbers - 1));
  Numbers reached = hn::Set(tag, least);
  std::size_t k = 0;
  for (; k + most_numbers <= n; k += most_numbers) {
    const Numbers here = greatest_so_far<1>(hn::LoadU(tag, numbers + k));
    const Numbers x = hn::Max(here, reached);
    hn::StoreU(x, tag, numbers + k);
    reached = hn::TableLookupLanes(x, last);
  }
  std::uint32_t greatest = hn::GetLane(reached);
  for (; k < n; ++k) numbers[k] = greatest = std::max(greatest, numbers[k]);
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
