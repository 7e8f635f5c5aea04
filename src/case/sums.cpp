// Summing by halves.
#include "case/sums.hpp"

#include <bit>
#include <cstddef>

namespace casus::cases {
namespace {

constexpr std::size_t leaf = 64;

}  // namespace

double tree_sum(std::span<const double> terms) {
  if (terms.size() > leaf) {
    const std::size_t left = leaf * std::bit_floor((terms.size() - 1) / leaf);
    return tree_sum(terms.first(left)) + tree_sum(terms.subspan(left));
  }
  double sum = 0.0;
  for (const double term : terms) sum += term;
  return sum;
}

}  // namespace casus::cases
