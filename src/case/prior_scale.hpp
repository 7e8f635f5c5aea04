// A model under other prior scales: is an answer the record's, or that of how wide the priors were?
#pragma once

#include "language/model.hpp"

#include <string>
#include <vector>

namespace casus::cases {

struct RescaledModel {
  language::Model model;
  /// Parameters whose prior has no scale that could be taken apart from its shape and bounds (beta,
  /// uniform, counts): they keep it. "p", "p in `leverage`" for the prior an explanation gives.
  std::vector<std::string> kept;
};

/// A copy in which the scale of every prior, also of those of explanations and rivals, is
/// multiplied by `factor` > 0: the standard deviation of normal, halfnormal, logitnormal and
/// studentt priors, of the logarithm for lognormal ones, the scale of cauchy ones; the rate of
/// exponential and gamma ones is divided. So normal, lognormal, logitnormal, studentt and cauchy
/// keep their medians; halfnormal, exponential and gamma are stretched from zero.
RescaledModel with_prior_scale(const language::Model& model, double factor);

}  // namespace casus::cases
