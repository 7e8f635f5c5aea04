// Summaries measure by measure.
#include "case/summarise.hpp"

#include "case/quantile.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace casus::cases {
namespace {

using language::MeasureColumn;

struct NamedQuantile {
  std::string_view name;
  double probability;
};

constexpr std::array number_quantiles{NamedQuantile{"q05", 0.05}, NamedQuantile{"q10", 0.10},
                                      NamedQuantile{"q50", 0.50}, NamedQuantile{"q90", 0.90},
                                      NamedQuantile{"q95", 0.95}};
constexpr std::array date_quantiles{NamedQuantile{"q10", 0.10}, NamedQuantile{"q50", 0.50},
                                    NamedQuantile{"q90", 0.90}};

void add_quantiles(const MeasureColumn& column, const MeasureValues& values,
                   const language::Steps& steps, MeasureSummary& summary) {
  std::vector<double> sorted = values.counted();
  std::sort(sorted.begin(), sorted.end());
  if (column.kind == MeasureColumn::Kind::number) {
    for (const auto& [name, probability] : number_quantiles) {
      const double value = quantile_between(sorted, probability) / column.scale;
      summary.figures.push_back({.name = std::string(name), .estimate = {.value = value}});
    }
  }
  if (column.kind == MeasureColumn::Kind::date) {
    for (const auto& [name, probability] : date_quantiles) {
      const double value = quantile_among(sorted, probability);
      summary.figures.push_back({.name = std::string(name), .text = date_text(value, steps)});
    }
  }
}

}  // namespace

const Figure* MeasureSummary::find(std::string_view name) const {
  const auto at = std::find_if(figures.begin(), figures.end(),
                               [name](const Figure& figure) { return figure.name == name; });
  return at == figures.end() ? nullptr : &*at;
}

std::string date_text(double value, const language::Steps& steps) {
  if (std::isnan(value)) return "";
  return std::isinf(value) ? "never" : steps.label(static_cast<std::uint32_t>(value));
}

std::vector<MeasureSummary> summarise(const language::Lowered& lowered,
                                      const language::Steps& steps, const Ensemble& ensemble) {
  std::vector<MeasureSummary> summaries;
  for (std::size_t i = 0; i < lowered.measure_columns.size(); ++i) {
    const MeasureColumn& column = lowered.measure_columns[i];
    const MeasureValues values(ensemble.measures, column);
    MeasureSummary summary{.measure = i};
    for (const Aspect& aspect : aspects_of(column)) {
      const Terms terms = values.terms(aspect);
      const Ratio ratio = ratio_of(terms.numerator, terms.denominator, ensemble.per_set);
      summary.n_counted = terms.n_counted;
      summary.figures.push_back({.name = name_of(aspect, column), .estimate = estimate_of(ratio)});
    }
    add_quantiles(column, values, steps, summary);
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

}  // namespace casus::cases
