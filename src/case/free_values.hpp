// Free parameters by their values, in their declared units, where samplers know them by their
// priors' probabilities.
#pragma once

#include "language/lowered.hpp"
#include "random/law.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// A free parameter with its own prior.
struct FreeParameter {
  std::string name;
  std::string unit{};
  const random::Law* law = nullptr;
  std::vector<double> arguments{};  ///< at the medians of all priors
  bool is_prior_fixed = true;       ///< false: another free parameter decides the arguments
};

/// What the parameters program of a variant with `at_probabilities` says when its free parameters
/// are given, in place of their probabilities.
class FreeValues {
 public:
  explicit FreeValues(const language::Lowered& lowered);

  std::size_t count() const { return free_.size(); }
  const std::vector<FreeParameter>& free() const { return free_; }

  /// All parameters (n_parameters) in base units at the values (`count`) of the free ones; NaN
  /// where the program cannot say a number.
  void parameters(std::span<const double> values, std::span<double> parameters) const;

 private:
  void read_priors();

  const language::Lowered& lowered_;
  machine::Program at_values_;
  std::vector<FreeParameter> free_;
};

}  // namespace casus::cases
