// Summing by halves.
#include "case/sums.hpp"

#include <array>
#include <bit>
#include <cstddef>

namespace casus::cases {
namespace {

constexpr std::size_t leaf = 64;
constexpr std::size_t abreast = 8;

double sum_in_order(std::span<const double> terms) {
  double sum = 0.0;
  for (const double term : terms) sum += term;
  return sum;
}

/// The sums of whole leaves, several at a time: each waits for its own last addition only.
double sum_of_leaves(std::span<const double> terms) {
  std::array<double, abreast> sums{};
  for (std::size_t i = 0; i < leaf; ++i) {
    for (std::size_t k = 0; k < abreast; ++k) sums[k] += terms[k * leaf + i];
  }
  for (std::size_t width = 1; width < abreast; width *= 2) {
    for (std::size_t k = 0; k < abreast; k += 2 * width) sums[k] += sums[k + width];
  }
  return sums[0];
}

}  // namespace

double tree_sum(std::span<const double> terms) {
  if (terms.size() == abreast * leaf) return sum_of_leaves(terms);
  if (terms.size() > leaf) {
    const std::size_t left = leaf * std::bit_floor((terms.size() - 1) / leaf);
    return tree_sum(terms.first(left)) + tree_sum(terms.subspan(left));
  }
  return sum_in_order(terms);
}

}  // namespace casus::cases
