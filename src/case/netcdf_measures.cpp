// results.nc: summaries of measures, and what-ifs beside their baseline.
#include "base/bug.hpp"
#include "case/csv_results.hpp"
#include "case/netcdf_results.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>

namespace casus::cases {
namespace {

using language::MeasureColumn;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Statistics of a measure in the order of their dimension; shares of labels have one of their own.
constexpr std::array<std::string_view, 9> statistics{"mean", "share", "ratio", "share never", "q05",
                                                     "q10",  "q50",   "q90",   "q95"};

/// Those that the case's measures have.
std::vector<std::string> statistics_of(const Run& run) {
  std::vector<std::string> there;
  for (const std::string_view name : statistics) {
    const auto has = [name](const MeasureSummary& summary) { return summary.find(name); };
    if (std::any_of(run.summaries.begin(), run.summaries.end(), has)) there.emplace_back(name);
  }
  return there;
}

/// The elements of one measure in all runs.
class MeasuresWriter {
 public:
  MeasuresWriter(NetcdfPlace& group, const Runs& runs)
      : group_(group),
        runs_(all_of(runs)),
        statistics_(statistics_of(*runs_.front())),
        run_(add_runs(group, runs)),
        statistic_(statistics_.empty() ? run_ : group.dimension("measure_statistic", statistics_)) {
  }

  /// The measure of columns [first, first + n).
  void add(std::size_t first, std::size_t n) {
    first_ = first;
    n_ = n;
    if (column().kind == MeasureColumn::Kind::label) {
      add_labels();
    } else {
      add_statistics();
    }
    const NetcdfVariable histories = named("_histories", "1", {run_});
    histories.attribute("statistic", "histories that count");
    put(histories, 1, [](const MeasureSummary& summary, std::size_t) {
      return static_cast<double>(summary.n_counted);
    });
  }

 private:
  using Number = std::function<double(const MeasureSummary& summary, std::size_t statistic)>;

  const MeasureColumn& column() const { return runs_.front()->lowered.measure_columns[first_]; }

  std::string unit() const {
    const bool is_share = column().kind == MeasureColumn::Kind::truth ||
                          column().kind == MeasureColumn::Kind::date ||
                          column().kind == MeasureColumn::Kind::label;
    return is_share ? "1" : column().unit;
  }

  NetcdfVariable named(const std::string& suffix, const std::string& unit, std::vector<int> over) {
    for (const int dimension : group_.dimensions_of(group_.model()[column().quantity])) {
      over.push_back(dimension);
    }
    return group_.variable_of(column().quantity, suffix, unit, over);
  }

  /// `number` of all runs, statistics and elements, in this order.
  void put(const NetcdfVariable& variable, std::size_t n_statistics, const Number& number) const {
    std::vector<double> values;
    for (const Run* run : runs_) {
      for (std::size_t statistic = 0; statistic < n_statistics; ++statistic) {
        for (std::size_t i = first_; i < first_ + n_; ++i) {
          values.push_back(number(run->summaries[i], statistic));
        }
      }
    }
    variable.put(values);
  }

  /// The values, then their standard errors.
  void put_estimates(int over, std::size_t n_statistics,
                     const std::function<const Figure*(const MeasureSummary&, std::size_t)>& find) {
    const auto part = [&](double Estimate::*member) {
      return [&find, member](const MeasureSummary& summary, std::size_t statistic) {
        const Figure* const figure = find(summary, statistic);
        return figure == nullptr || !figure->text.empty() ? nan : figure->estimate.*member;
      };
    };
    put(named("", unit(), {run_, over}), n_statistics, part(&Estimate::value));
    put(named("_standard_error", unit(), {run_, over}), n_statistics, part(&Estimate::error));
  }

  void add_statistics() {
    const auto find = [this](const MeasureSummary& summary, std::size_t statistic) {
      return summary.find(statistics_[statistic]);
    };
    put_estimates(statistic_, statistics_.size(), find);
    if (column().kind == MeasureColumn::Kind::date) add_dates();
  }

  /// Shares by label are the first figures of their summary, `none` last.
  void add_labels() {
    const std::vector<std::string> labels = with_none(column().labels);
    const std::string name = group_.model()[column().quantity].name.text;
    const int label = group_.dimension(name + "_label", labels);
    put_estimates(label, labels.size(), [](const MeasureSummary& summary, std::size_t at) {
      return &summary.figures[at];
    });
  }

  /// Quantiles of dates, as results write them.
  void add_dates() {
    std::vector<int> over{run_, statistic_};
    const language::Quantity& quantity = group_.model()[column().quantity];
    for (const int dimension : group_.dimensions_of(quantity)) over.push_back(dimension);
    std::vector<std::string> texts;
    for (const Run* run : runs_) {
      for (const std::string& statistic : statistics_) {
        for (std::size_t i = first_; i < first_ + n_; ++i) {
          const Figure* const figure = run->summaries[i].find(statistic);
          texts.push_back(figure == nullptr ? "" : figure->text);
        }
      }
    }
    group_.texts(quantity.name.text + "_date", over, texts);
  }

  NetcdfPlace& group_;
  std::vector<const Run*> runs_;
  std::vector<std::string> statistics_;
  int run_;
  int statistic_;
  std::size_t first_ = 0;  ///< column of the measure being written
  std::size_t n_ = 0;      ///< its elements
};

struct ComparisonColumn {
  std::string name;
  std::function<double(const Comparison&)> number;
};

double of_coupled(const std::optional<CoupledShare>& share,
                  const std::function<double(const CoupledShare&)>& number) {
  return share ? number(*share) : nan;
}

std::vector<ComparisonColumn> comparison_columns(const Runs& runs) {
  using One = const Comparison&;
  std::vector<ComparisonColumn> columns{
      {"baseline", [](One one) { return one.baseline.value; }},
      {"changed", [](One one) { return one.changed.value; }},
      {"difference", [](One one) { return one.difference.value; }},
      {"standard_error", [](One one) { return one.difference.error; }},
      {"histories", [](One one) { return static_cast<double>(one.n_counted); }},
      {"differing", [](One one) { return static_cast<double>(one.n_different); }}};
  const auto add = [&](const std::string& name, std::optional<CoupledShare> Comparison::*share) {
    using Share = const CoupledShare&;
    const std::vector<std::pair<std::string, std::function<double(Share)>>> parts{
        {"", [](Share of) { return of.estimate.value; }},
        {"_error", [](Share of) { return of.estimate.error; }},
        {"_least", [](Share of) { return of.least; }},
        {"_most", [](Share of) { return of.most; }}};
    for (const auto& [suffix, part] : parts) {
      columns.push_back(
          {name + suffix, [share, part = part](One one) { return of_coupled(one.*share, part); }});
    }
  };
  add("averted", &Comparison::averted);
  add("caused", &Comparison::caused);
  if (!any_spread(runs)) return columns;
  columns.push_back({"pairs_q05", [](One one) { return one.spread ? one.spread->first : nan; }});
  columns.push_back({"pairs_q95", [](One one) { return one.spread ? one.spread->second : nan; }});
  return columns;
}

}  // namespace

void add_measures(NetcdfPlace& group, const Runs& runs) {
  const std::vector<MeasureColumn>& columns = runs.baselines.front().lowered.measure_columns;
  MeasuresWriter writer(group, runs);
  for (std::size_t first = 0; first < columns.size();) {
    const std::size_t n = group.model()[columns[first].quantity].n_elements(group.model().sets);
    writer.add(first, n);
    first += n;
  }
}

void add_whatifs(NetcdfPlace& group, const Runs& runs) {
  const Run& baseline = runs.baselines.back();
  const std::vector<Comparison>& rows = runs.whatifs.front().comparisons;
  std::vector<std::string> names;
  std::vector<std::string> measures;
  std::vector<std::string> aspects;
  std::vector<std::string> units;
  for (const Comparison& one : rows) {
    const MeasureColumn& column = baseline.lowered.measure_columns[one.measure];
    names.push_back(comparison_name(one, column));
    measures.push_back(column.name);
    aspects.push_back(name_of(one.aspect, column));
    units.push_back(column.unit);
  }
  std::vector<std::string> whatifs;
  for (const PairedRun& paired : runs.whatifs) whatifs.push_back(paired.run.name);
  const int whatif = group.dimension("whatif", whatifs);
  const int comparison = group.dimension("comparison", names);
  group.texts("measure", {comparison}, measures);
  group.texts("statistic", {comparison}, aspects);
  group.texts("unit", {comparison}, units);
  for (const ComparisonColumn& column : comparison_columns(runs)) {
    std::vector<double> values;
    for (const PairedRun& paired : runs.whatifs) {
      require(paired.comparisons.size() == rows.size(), "what-ifs of other measures");
      for (const Comparison& one : paired.comparisons) values.push_back(column.number(one));
    }
    const NetcdfVariable variable =
        group.variable(column.name, NetcdfType::number, {whatif, comparison});
    variable.attribute("coordinates", "measure statistic unit");
    variable.missing(nan);
    variable.put(values);
  }
}

}  // namespace casus::cases
