// Between a model and one nested in it, along the posterior of the larger one.
#pragma once

#include "case/posterior.hpp"
#include "inference/proposal.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// A normal law fitted to a fit's posterior says how the coordinates that the smaller model fixes
/// are spread, and how the others follow them. A parameter set that loses them goes where the
/// others follow, and one that gains them gets them from that law: were the posterior normal, every
/// ratio would be the Bayes factor itself (Meng & Schilling 2002, JCGS 11:552-586, of moving; Chen
/// 1994, JASA 89:818-824, of weighing what is dropped). Whatever the posterior is, the mean of the
/// ratios is exact; only its error suffers.
class NestedWarp {
 public:
  /// Nothing where the smaller model fixes none of them, or one at no value that the prior gives.
  static std::optional<NestedWarp> between(const Fit& larger, const language::Lowered& smaller);

  /// Free coordinates of the larger model that the smaller one fixes.
  const std::vector<std::size_t>& dropped() const { return dropped_; }

  /// Moves the kept coordinates of a set of the larger model (n_free); what is dropped stays as it
  /// was. Returns the log of the factor that the ratio smaller to larger takes.
  double drop(std::span<double> free) const;

  /// The way back: what was dropped is drawn, by the standard normals (n_free) there.
  double add(std::span<double> free, std::span<const double> normals) const;

 private:
  /// Where the smaller model fixes a coordinate: on its own scale, or, where that is at an edge of
  /// the prior, on the scale of prior probabilities.
  struct Place {
    bool is_edge = false;
    double value = 0.0;
  };

  NestedWarp(const Fit& larger, std::vector<std::size_t> dropped, std::vector<Place> places);

  double on_scale(std::size_t i, double z) const;
  double log_density(std::size_t i, double value, double mean) const;
  double mean_given(std::size_t i, std::span<const double> scores) const;
  double move_kept(std::span<double> free, std::span<const double> by) const;

  std::vector<std::size_t> dropped_;
  std::vector<std::size_t> kept_;
  std::vector<Place> places_;         ///< of those dropped
  inference::Gaussian law_;           ///< of those dropped, then those kept
  std::vector<double> fixed_scores_;  ///< of the fixed values under the law
};

}  // namespace casus::cases
