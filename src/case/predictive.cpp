// Items and statistics of the record among those of histories.
#include "case/predictive.hpp"

#include "base/text.hpp"
#include "case/layout.hpp"
#include "case/quantile.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <limits>
#include <set>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return values.empty() ? nan : sum / static_cast<double>(values.size());
}

double spread_of(std::span<const double> values) {
  const double mean = mean_of(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

double share_of(std::span<const double> values, double wanted) {
  const auto n = std::count(values.begin(), values.end(), wanted);
  return static_cast<double>(n) / static_cast<double>(values.size());
}

/// The share of the numbers below `value`, equal ones by half.
double share_below(std::span<const double> numbers, double value) {
  double below = 0.0;
  for (const double number : numbers) below += number < value ? 1.0 : (number == value ? 0.5 : 0.0);
  return numbers.empty() ? nan : below / static_cast<double>(numbers.size());
}

std::size_t n_histories_of(const ObservedSeries& series) {
  return series.steps.empty() ? 0 : series.predicted.size() / series.steps.size();
}

/// What histories that did not fail have in a row, in ascending order.
std::vector<double> sorted_row(const ObservedSeries& series, std::size_t row) {
  const std::size_t n = n_histories_of(series);
  std::vector<double> values;
  for (const double value : std::span(series.predicted).subspan(row * n, n))
    if (!std::isnan(value)) values.push_back(value);
  std::sort(values.begin(), values.end());
  return values;
}

PredictedItem item_of(const ObservedSeries& series, std::size_t row) {
  const std::vector<double> values = sorted_row(series, row);
  if (series.is_label()) {
    double share = 0.0;
    for (const double label : series.admitted[row]) share += share_of(values, label);
    return {nan, nan, nan, nan, nan, nan, values.empty() ? nan : share};
  }
  return {
      .mean = mean_of(values),
      .q05 = quantile_between(values, 0.05),
      .q25 = quantile_between(values, 0.25),
      .q50 = quantile_between(values, 0.5),
      .q75 = quantile_between(values, 0.75),
      .q95 = quantile_between(values, 0.95),
      .share = std::isnan(series.recorded[row]) ? nan : share_below(values, series.recorded[row])};
}

using Statistic = std::function<double(std::span<const double>)>;

/// The statistics of one series.
class SeriesChecks {
 public:
  SeriesChecks(const ObservedSeries& series, std::vector<PredictiveCheck>& all)
      : series_(series), all_(all) {
    for (std::size_t row = 0; row < series.recorded.size(); ++row) {
      // A cell that admits several labels, a total that parameters are part of.
      if (std::isnan(series.recorded[row])) continue;
      rows_.push_back(row);
      recorded_.push_back(series.recorded[row]);
    }
  }

  void add_all() {
    if (rows_.empty() || series_.predicted.empty()) return;
    if (series_.is_label()) {
      add_labels();
    } else {
      add_numbers();
    }
  }

 private:
  void add_labels() {
    const std::set<double> seen(recorded_.begin(), recorded_.end());
    for (std::size_t label = 0; label < series_.labels.size(); ++label)
      add_share(static_cast<double>(label), series_.labels[label]);
    if (seen.contains(-1.0)) add_share(-1.0, "none");
  }

  void add_share(double label, const std::string& name) {
    add("share of " + name, [label](std::span<const double> x) { return share_of(x, label); });
  }

  void add_numbers() {
    add("mean", mean_of);
    if (rows_.size() > 1) {
      add("sd", spread_of);
      add("maximum",
          [](std::span<const double> x) { return *std::max_element(x.begin(), x.end()); });
    }
    const bool has_zeros = share_of(recorded_, 0.0) > 0.0 || share_of(series_.predicted, 0.0) > 0.0;
    if (has_zeros && rows_.size() > 1) add_share(0.0, "0");
  }

  void add(const std::string& name, const Statistic& statistic) {
    std::vector<double> of_histories;
    const std::size_t n = n_histories_of(series_);
    std::vector<double> values(rows_.size());
    for (std::size_t history = 0; history < n; ++history) {
      for (std::size_t i = 0; i < rows_.size(); ++i)
        values[i] = series_.predicted[rows_[i] * n + history];
      if (!std::isnan(values.front())) of_histories.push_back(statistic(values));
    }
    std::sort(of_histories.begin(), of_histories.end());
    const double recorded = statistic(recorded_);
    all_.push_back({.observed = series_.name,
                    .statistic = name,
                    .recorded = recorded,
                    .mean = mean_of(of_histories),
                    .q05 = quantile_between(of_histories, 0.05),
                    .q95 = quantile_between(of_histories, 0.95),
                    .p = 1.0 - share_below(of_histories, recorded)});
  }

  const ObservedSeries& series_;
  std::vector<PredictiveCheck>& all_;
  std::vector<std::size_t> rows_;
  std::vector<double> recorded_;
};

std::string cell_text(const ObservedSeries& series, std::size_t row) {
  if (!series.is_label())
    return std::isnan(series.recorded[row]) ? "" : to_text(series.recorded[row]);
  std::vector<std::string> names;
  for (const double label : series.admitted[row])
    names.push_back(label < 0 ? "none" : series.labels[static_cast<std::size_t>(label)]);
  return join_text(names, "|");
}

}  // namespace

std::vector<PredictedItem> predicted_items(const ObservedSeries& series) {
  std::vector<PredictedItem> items;
  for (std::size_t row = 0; row < series.steps.size(); ++row) items.push_back(item_of(series, row));
  return items;
}

std::vector<PredictiveCheck> predictive_checks(const FitChecks& checks) {
  std::vector<PredictiveCheck> all;
  for (const ObservedSeries& series : checks.series) SeriesChecks(series, all).add_all();
  return all;
}

std::string predictive_csv(const language::Steps& steps, const FitChecks& checks) {
  table::Writer writer({"step", "observed", "unit", "recorded", "mean", "q05", "q25", "q50", "q75",
                        "q95", "share_below", "share_alike"});
  for (const ObservedSeries& series : checks.series) {
    if (series.predicted.empty()) continue;
    const std::vector<PredictedItem> items = predicted_items(series);
    for (std::size_t row = 0; row < items.size(); ++row) {
      const PredictedItem& at = items[row];
      writer.text(steps.label(series.steps[row])).text(series.name).text(series.unit);
      writer.text(cell_text(series, row));
      for (const double value : {at.mean, at.q05, at.q25, at.q50, at.q75, at.q95})
        writer.number_or_blank(value);
      writer.number_or_blank(series.is_label() ? nan : at.share);
      writer.number_or_blank(series.is_label() ? at.share : nan).end_row();
    }
  }
  return writer.take();
}

std::string checks_csv(const std::vector<PredictiveCheck>& all) {
  table::Writer writer({"observed", "statistic", "recorded", "mean", "q05", "q95", "p"});
  for (const PredictiveCheck& at : all) {
    writer.text(at.observed).text(at.statistic).number(at.recorded).number(at.mean);
    writer.number(at.q05).number(at.q95).number(at.p).end_row();
  }
  return writer.take();
}

std::string coverage_text(const FitChecks& checks) {
  std::size_t n = 0;
  std::size_t inside = 0;
  for (const ObservedSeries& series : checks.series) {
    if (series.is_label() || series.predicted.empty()) continue;
    for (const PredictedItem& item : predicted_items(series)) {
      if (std::isnan(item.share)) continue;
      ++n;
      if (item.share >= 0.05 && item.share <= 0.95) ++inside;
    }
  }
  if (n == 0) return "";
  return fmt::format("  {} of {} recorded numbers lie in the middle 90 % of the histories\n",
                     grouped(inside), grouped(n));
}

std::string checks_text(const FitChecks& checks, const std::vector<PredictiveCheck>& all) {
  if (all.empty()) return "";
  constexpr std::size_t most = 24;
  std::vector<PredictiveCheck> shown = all;
  const auto strangeness = [](const PredictiveCheck& at) { return std::fabs(at.p - 0.5); };
  if (all.size() > most) {
    std::stable_sort(shown.begin(), shown.end(),
                     [&](const PredictiveCheck& a, const PredictiveCheck& b) {
                       return strangeness(a) > strangeness(b);
                     });
    shown.resize(most);
  }
  using enum TextTable::Align;
  TextTable table({left, left, right, right, right, right});
  table.add({"observed", "statistic", "recorded", "5 %", "95 %", "p"});
  const auto digits = [](double value) { return fmt::format("{:.4g}", value); };
  for (const PredictiveCheck& at : shown) {
    table.add({at.observed, at.statistic, digits(at.recorded), digits(at.q05), digits(at.q95),
               fmt::format("{:.3f}", at.p)});
  }
  std::string text =
      "\nthe record among histories that are free from the first step, parameters as fitted\n" +
      table.text(2) + coverage_text(checks);
  if (shown.size() < all.size())
    text += fmt::format("  the {} farthest out of {}; checks.csv has all\n", most, all.size());
  if (checks.n_failed > 0) {
    text += fmt::format("  a calculation failed in {} of {} histories: they are left out\n",
                        grouped(checks.n_failed), grouped(checks.draws.n_all()));
  }
  return text +
         "  the same record was fitted: p near 0 or 1 says that the model seldom does what was "
         "recorded;\n  p near 0.5 is no proof that it foresees\n";
}

}  // namespace casus::cases
