// Categories by sums of weights, and counts of categories by binomial counts.
#include "machine/draws.hpp"

#include "base/bug.hpp"
#include "random/laws.hpp"

#include <array>
#include <cstddef>

namespace casus::machine {
namespace {

/// Sum i is of the probabilities from the i-th on: none is less than its first term, so that no
/// share of a sum exceeds one.
std::vector<Value> sums_from(Builder& builder, std::span<const Value> probabilities) {
  std::vector<Value> sums(probabilities.begin(), probabilities.end());
  for (std::size_t i = sums.size() - 1; i-- > 0;) {
    sums[i] = builder.add(probabilities[i], sums[i + 1]);
  }
  return sums;
}

}  // namespace

Value categorical(Builder& builder, std::span<const Value> weights, std::uint32_t site) {
  require(!weights.empty(), "a draw from no categories");
  std::vector<Value> sums(weights.begin(), weights.end());
  for (std::size_t i = 1; i < sums.size(); ++i) sums[i] = builder.add(sums[i - 1], sums[i]);
  const std::array range{builder.constant(0.0), sums.back()};
  const Value drawn = builder.sample(*random::find_law("uniform"), range, site);
  Value category = builder.constant(0.0);
  for (std::size_t i = 0; i + 1 < sums.size(); ++i) {
    category = builder.add(category, builder.apply(Op::less, sums[i], drawn));
  }
  return category;
}

std::vector<Value> multinomial(Builder& builder, Value n, std::span<const Value> probabilities,
                               std::span<const std::uint32_t> sites) {
  require(!probabilities.empty() && sites.size() + 1 == probabilities.size(),
          "a site for each category but the last");
  const std::vector<Value> sums = sums_from(builder, probabilities);
  const Value zero = builder.constant(0.0);
  std::vector<Value> counts;
  Value left = n;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    const Value is_nothing = builder.apply(Op::equal, sums[i], zero);
    const Value share = builder.select(is_nothing, zero, builder.divide(probabilities[i], sums[i]));
    const std::array arguments{left, share};
    counts.push_back(builder.sample(*random::find_law("binomial"), arguments, sites[i]));
    left = builder.subtract(left, counts.back());
  }
  counts.push_back(left);
  return counts;
}

}  // namespace casus::machine
