// Forecasts of blank cells, and the Bayes factors that they promise.
#include "case/uncoded.hpp"

#include "case/fit_checks.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace casus::cases {
namespace {

constexpr std::size_t n_quantiles = 100;
constexpr std::size_t n_bins = 10;

std::vector<double> without_failed(const std::vector<double>& draws) {
  std::vector<double> kept;
  for (const double draw : draws)
    if (!std::isnan(draw)) kept.push_back(draw);
  return kept;
}

/// The middles of so many equal parts.
std::vector<double> quantiles_of(std::vector<double> draws) {
  std::sort(draws.begin(), draws.end());
  std::vector<double> quantiles;
  for (std::size_t k = 0; k < n_quantiles && !draws.empty(); ++k)
    quantiles.push_back(draws[(2 * k + 1) * draws.size() / (2 * n_quantiles)]);
  return quantiles;
}

/// Bounds between tenths of both together; equal values fall to one side of a bound.
std::vector<double> bounds_of(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> both(a);
  both.insert(both.end(), b.begin(), b.end());
  std::sort(both.begin(), both.end());
  std::set<double> bounds;
  for (std::size_t k = 1; k < n_bins; ++k) bounds.insert(both[k * both.size() / n_bins]);
  return {bounds.begin(), bounds.end()};
}

std::vector<double> bin_shares(const std::vector<double>& values,
                               const std::vector<double>& bounds) {
  std::vector<double> shares(bounds.size() + 1);
  for (const double value : values) {
    const auto bin = std::upper_bound(bounds.begin(), bounds.end(), value) - bounds.begin();
    shares[static_cast<std::size_t>(bin)] += 1.0 / static_cast<double>(values.size());
  }
  return shares;
}

std::map<double, double> label_shares(const std::vector<double>& draws) {
  std::map<double, double> shares;
  for (const double label : draws) shares[label] += 1.0 / static_cast<double>(draws.size());
  return shares;
}

double share_in(const std::map<double, double>& shares, double label) {
  const auto at = shares.find(label);
  return at == shares.end() ? 0.0 : at->second;
}

std::pair<double, double> expected_of_label(const BlankCells::Cell& a, const BlankCells::Cell& b) {
  if (a.shares.empty() || b.shares.empty()) return {0.0, 0.0};
  std::map<double, double> labels = a.shares;
  labels.insert(b.shares.begin(), b.shares.end());
  std::vector<double> of_a;
  std::vector<double> of_b;
  for (const auto& [label, share] : labels) {
    of_a.push_back(share_in(a.shares, label));
    of_b.push_back(share_in(b.shares, label));
  }
  return expected_factor(of_a, of_b, foreseen_draws);
}

std::pair<double, double> expected_of(const BlankCells::Cell& a, const BlankCells::Cell& b) {
  if (a.is_label) return expected_of_label(a, b);
  if (a.quantiles.empty() || b.quantiles.empty()) return {0.0, 0.0};
  const std::vector<double> bounds = bounds_of(a.quantiles, b.quantiles);
  return expected_factor(bin_shares(a.quantiles, bounds), bin_shares(b.quantiles, bounds),
                         foreseen_draws);
}

}  // namespace

BlankLook::BlankLook(const language::Model& model, StepAhead& ahead,
                     const language::Lowered& sampled, std::uint32_t until)
    : ahead_(ahead), until_(until), next_(ahead.free().segments.front().first) {
  const OutputNumbers outputs(ahead.free());
  for (const ObservedSeries& series : observed_series(model, sampled)) {
    if (series.recorded.empty()) continue;
    columns_.push_back(
        {.number = series.column,
         .is_label = series.is_label(),
         .is_recorded = sampled.score_columns[series.column].is_recorded,
         .reading = Reading(model, outputs, sampled.score_columns[series.column], series.scale)});
  }
}

void BlankLook::take(std::uint32_t step, inference::Smc& smc) {
  if (step != next_ || step >= until_ || smc.is_done()) return;
  ++next_;
  const auto is_blank = [&](const Column& column) { return !column.is_recorded[step]; };
  if (!ahead_.is_possible() || std::none_of(columns_.begin(), columns_.end(), is_blank)) return;
  ahead_.move(step, smc);
  for (const Column& column : columns_) {
    if (!is_blank(column)) continue;
    std::vector<double> draws = without_failed(ahead_.values(column.reading));
    BlankCells::Cell& cell = found_.cells.emplace_back();
    cell = {.column = column.number, .step = step, .is_label = column.is_label};
    if (column.is_label) {
      cell.shares = label_shares(draws);
    } else {
      cell.quantiles = quantiles_of(std::move(draws));
    }
  }
}

/// Half a draw more of each keeps what was never drawn possible.
std::pair<double, double> expected_factor(const std::vector<double>& a,
                                          const std::vector<double>& b, double n_draws) {
  const auto n_labels = static_cast<double>(a.size());
  const auto share = [&](double of) { return (of * n_draws + 0.5) / (n_draws + 0.5 * n_labels); };
  double expected = 0.0;
  double roots = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double p = share(a[i]);
    const double q = share(b[i]);
    expected += 0.5 * (p + q) * std::fabs(std::log(p / q));
    const double mean = 0.5 * (p + q);
    roots += std::sqrt(mean * (1.0 - mean));
  }
  // Were shares the same, the log of their ratio would be normal, of variance 2 (1 - p) / (n p).
  const double pi = std::acos(-1.0);
  return {expected, roots * std::sqrt(4.0 / (pi * n_draws))};
}

std::vector<UncodedCell> uncoded_cells(const language::Lowered& lowered,
                                       const std::vector<BlankCells>& all, std::size_t reference) {
  std::vector<UncodedCell> found;
  const std::vector<BlankCells::Cell>& against = all[reference].cells;
  for (std::size_t i = 0; i < against.size(); ++i) {
    UncodedCell cell{.step = against[i].step,
                     .name = lowered.score_columns[against[i].column].name,
                     .explanation = reference};
    for (std::size_t other = 0; other < all.size(); ++other) {
      if (other == reference || all[other].cells.size() != against.size()) continue;
      const auto [expected, noise] = expected_of(all[other].cells[i], against[i]);
      if (expected <= cell.expected) continue;
      cell.expected = expected;
      cell.noise = noise;
      cell.explanation = other;
    }
    found.push_back(std::move(cell));
  }
  std::stable_sort(found.begin(), found.end(), [](const UncodedCell& a, const UncodedCell& b) {
    return a.expected > b.expected;
  });
  return found;
}

}  // namespace casus::cases
