// What is estimated about a measure: a mean, a share, a ratio, the share of "never", of each label.
#pragma once

#include "case/ensemble.hpp"
#include "case/estimate.hpp"

#include <string>
#include <vector>

namespace casus::cases {

/// One thing that is estimated about a measure as a ratio of sums over histories.
struct Aspect {
  enum class Kind : std::uint8_t {
    mean,   ///< of a number, in printed units
    share,  ///< of histories in which a truth holds
    ratio,  ///< of two sums over histories, in printed units
    never,  ///< share of histories in which a date did not come
    label   ///< share of histories with a label
  };

  Kind kind{};
  std::int32_t label = 0;  ///< -1 is `none`
};

/// The aspects of a measure, the most telling first.
std::vector<Aspect> aspects_of(const language::MeasureColumn& column);

/// "mean", "share", "ratio", "share never", "share of war"
std::string name_of(const Aspect& aspect, const language::MeasureColumn& column);

/// What each history adds to numerator and denominator.
struct Terms {
  std::vector<double> numerator;    ///< (n_histories)
  std::vector<double> denominator;  ///< (n_histories)
  std::size_t n_counted = 0;        ///< histories that count
};

/// The measures of a run, (n_histories × n_outputs).
class MeasureValues {
 public:
  MeasureValues(const language::Lowered& lowered, const Ensemble& ensemble)
      : n_outputs_(lowered.n_measure_outputs),
        n_histories_(ensemble.n_histories()),
        values_(ensemble.measures) {}

  std::size_t n_histories() const { return n_histories_; }
  double value(std::size_t history, std::uint32_t output) const {
    return values_[history * n_outputs_ + output];
  }

  /// Whether a history counts: its `given` holds and its value exists.
  bool counts(const language::MeasureColumn& column, std::size_t history) const;

  /// The values of the histories that count, in base units and order of histories.
  std::vector<double> counted(const language::MeasureColumn& column) const;

  Terms terms(const language::MeasureColumn& column, const Aspect& aspect) const;

 private:
  std::size_t n_outputs_;
  std::size_t n_histories_;
  std::span<const double> values_;
};

}  // namespace casus::cases
