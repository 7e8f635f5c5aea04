// The table of laws.
#include "random/laws.hpp"

#include "random/laws/rows.hpp"

#include <array>

namespace casus::random {
namespace {

constexpr std::array<const Law*, 14> all{
    &normal_law,    &lognormal_law, &halfnormal_law,  &uniform_law,  &exponential_law,
    &gamma_law,     &beta_law,      &logitnormal_law, &studentt_law, &cauchy_law,
    &bernoulli_law, &poisson_law,   &negbinomial_law, &binomial_law,
};

}  // namespace

std::span<const Law* const> laws() { return all; }

const Law* find_law(std::string_view name) {
  for (const Law* law : all) {
    if (law->name == name) return law;
  }
  return nullptr;
}

}  // namespace casus::random
