// How the histories of a fit's draws compare with the record that it was fitted to: item by item,
// and by a few statistics of each series.
#pragma once

#include "case/fit_checks.hpp"

#include <string>
#include <vector>

namespace casus::cases {

/// What free histories do in one recorded step.
struct PredictedItem {
  double mean = 0.0;
  double q05 = 0.0;
  double q25 = 0.0;
  double q50 = 0.0;
  double q75 = 0.0;
  double q95 = 0.0;
  /// Of a number: the share of histories below what was recorded, ties by half. Of a label: the
  /// share that has one that the cell admits; the other numbers are not there (NaN).
  double share = 0.0;
};

/// (n_steps) of a series that has predictions.
std::vector<PredictedItem> predicted_items(const ObservedSeries& series);

/// One statistic over the recorded steps of a series: of the record, and of each history.
struct PredictiveCheck {
  std::string observed;
  std::string statistic;  ///< "mean", "sd", "maximum", "share of 0", "share of LABEL"
  double recorded = 0.0;
  double mean = 0.0;
  double q05 = 0.0;
  double q95 = 0.0;
  /// The share of histories with as much or more, ties by half (Gelman, Meng & Stern 1996,
  /// Statistica Sinica 6:733-807): near 0 or 1 where the record is unlike them.
  double p = 0.0;
};
std::vector<PredictiveCheck> predictive_checks(const FitChecks& checks);

std::string predictive_csv(const language::Steps& steps, const FitChecks& checks);
std::string checks_csv(const std::vector<PredictiveCheck>& all);
/// Of the recorded numbers, how many lie in the middle 90 % of histories: a line, or nothing.
std::string coverage_text(const FitChecks& checks);
std::string checks_text(const FitChecks& checks, const std::vector<PredictiveCheck>& all);

/// The record as dots on what free histories do; empty where there is nothing to draw.
std::string predictive_svg(const LoadedCase& loaded, const FitChecks& checks);

}  // namespace casus::cases
