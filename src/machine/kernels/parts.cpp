// Extremes and parts of a column, compiled once for each kind of processor.
#include "machine/kernels/parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#undef HWY_TARGET_INCLUDE
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): what Highway includes once a target
#define HWY_TARGET_INCLUDE "machine/kernels/parts.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

Extremes extremes_over(const double* values, std::size_t n) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  Vector least(infinite);
  Vector most(-infinite);
  Mask gaps = Vector(0.0) == Vector(1.0);
  std::size_t i = 0;
  for (; i + lanes() <= n; i += lanes()) {
    const Vector x = load(values + i);
    least = select(x < least, x, least);
    most = select(x > most, x, most);
    gaps = gaps | !(x == x);
  }
  Extremes found{.least = infinite, .most = -infinite, .has_gaps = any(gaps)};
  HWY_ALIGN double ends[2][HWY_LANES(double)];
  store(least, ends[0]);
  store(most, ends[1]);
  for (std::size_t k = 0; k < lanes(); ++k) {
    found.least = std::min(found.least, ends[0][k]);
    found.most = std::max(found.most, ends[1][k]);
  }
  for (; i < n; ++i) {
    found.least = values[i] < found.least ? values[i] : found.least;
    found.most = values[i] > found.most ? values[i] : found.most;
    found.has_gaps = found.has_gaps || std::isnan(values[i]);
  }
  return found;
}

void parts_over(const double* values, std::size_t n, const Parts& range, std::int32_t* parts) {
  const hn::Rebind<std::int32_t, DoubleTag> whole;
  const double inner = range.n_parts - 2.0;
  const double scale = (inner - 1.0) / (range.most - range.least);
  const auto part_of = [&](Vector x) HWY_ATTR {
    const Vector at = (x - range.least) * scale;
    Vector part = select(at < inner, 1.0 + floor_of(at), Vector(1.0));
    part = select(x == range.least, Vector(0.0), part);
    return select(x == range.most, Vector(range.n_parts - 1.0), part);
  };
  std::size_t i = 0;
  for (; i + lanes() <= n; i += lanes()) {
    hn::StoreU(hn::DemoteTo(whole, part_of(load(values + i)).lanes), whole, parts + i);
  }
  HWY_ALIGN double rest[HWY_LANES(double)];
  for (; i < n; ++i) {
    store(part_of(Vector(values[i])), rest);
    parts[i] = static_cast<std::int32_t>(rest[0]);
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {

HWY_EXPORT(extremes_over);
HWY_EXPORT(parts_over);

}  // namespace

Extremes extremes_of(std::span<const double> values) {
  return HWY_DYNAMIC_DISPATCH(extremes_over)(values.data(), values.size());
}

void find_parts(std::span<const double> values, const Parts& range, std::span<std::int32_t> parts) {
  HWY_DYNAMIC_DISPATCH(parts_over)(values.data(), values.size(), range, parts.data());
}

}  // namespace casus::machine
#endif
