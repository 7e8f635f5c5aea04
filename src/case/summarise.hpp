// What an ensemble says about each measure.
#pragma once

#include "case/aspects.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace casus::cases {

/// Fewer histories than this are too few to say much, and results say so.
inline constexpr std::size_t few_histories = 20;

/// One number about a measure. Dates have a text instead.
struct Figure {
  std::string name;     ///< "mean", "q50", "share of war"
  Estimate estimate{};  ///< printed units; quantiles have no error
  std::string text{};   ///< of dates: "2016-04" or "never"
};

struct MeasureSummary {
  std::size_t measure = 0;    ///< in Lowered::measure_columns
  std::size_t n_counted = 0;  ///< histories that count: all, or those where `given` holds
  std::vector<Figure> figures{};

  bool too_few() const { return n_counted < few_histories; }
  /// The figure called so; nullptr when there is none.
  const Figure* find(std::string_view name) const;
};

/// One summary a measure, in order. Errors are clustered on parameter sets (estimate.hpp).
///   numbers  mean; quantiles 5, 10, 50, 90, 95 % (definition 7)
///   truths   share of histories
///   dates    share of histories in which it never came; quantiles 10, 50, 90 % (definition 1) of
///            all that count, "never" last
///   labels   share of each
///   ratios   ratio of sums
std::vector<MeasureSummary> summarise(const language::Lowered& lowered,
                                      const language::Steps& steps, const Ensemble& ensemble);

/// A date measure's value: the step's name, or "never".
std::string date_text(double value, const language::Steps& steps);

}  // namespace casus::cases
