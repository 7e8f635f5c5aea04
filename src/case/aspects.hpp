// What is estimated about a measure: a mean, a share, a ratio, the share of "never", of each label.
#pragma once

#include "case/ensemble.hpp"
#include "case/estimate.hpp"

#include <cmath>
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

/// One measure in some consecutive histories, base units. Holds one number a history, two of a
/// ratio: measures are read one after another.
class MeasureValues {
 public:
  /// Of all histories of the table.
  MeasureValues(const MeasureTable& table, const language::MeasureColumn& column);
  /// Of `count` histories from `first` on.
  MeasureValues(const MeasureTable& table, const language::MeasureColumn& column, std::size_t first,
                std::size_t count);

  std::size_t n_histories() const { return values_.size(); }

  /// Whether a history counts: its `given` holds and its value exists.
  bool counts(std::size_t history) const { return !std::isnan(values_[history]); }

  /// NaN where the history does not count.
  double value(std::size_t history) const { return values_[history]; }
  /// Of a ratio.
  double denominator(std::size_t history) const { return denominators_[history]; }

  /// Whether the measure of a history is another one in `other`.
  bool differs(const MeasureValues& other, std::size_t history) const;

  /// The values of the histories that count, in order of histories.
  std::vector<double> counted() const;

  Terms terms(const Aspect& aspect) const;

 private:
  const language::MeasureColumn* column_;
  std::vector<double> values_;        ///< (n_histories)
  std::vector<double> denominators_;  ///< (n_histories) of a ratio
};

}  // namespace casus::cases
