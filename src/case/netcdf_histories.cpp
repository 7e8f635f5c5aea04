// results.nc: the measures of every history, where they are kept.
#include "base/text.hpp"
#include "case/netcdf_results.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

using language::MeasureColumn;
using Kind = MeasureColumn::Kind;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t most_together = std::size_t{1} << 16;  // histories of a slab
constexpr double never = -1.0;

/// Whole values have a number that stands for "does not count".
double missing_of(NetcdfType type) {
  switch (type) {
    case NetcdfType::tiny: return std::numeric_limits<std::int8_t>::min();
    case NetcdfType::small: return std::numeric_limits<std::int16_t>::min();
    default: return nan;
  }
}

NetcdfType type_of(const MeasureColumn& column, const language::Steps& steps) {
  constexpr std::size_t most = std::numeric_limits<std::int16_t>::max();
  switch (column.kind) {
    case Kind::truth: return NetcdfType::tiny;
    case Kind::label: return column.labels.size() < most ? NetcdfType::small : NetcdfType::number;
    case Kind::date: return steps.count < most ? NetcdfType::small : NetcdfType::number;
    default: return NetcdfType::number;
  }
}

/// A value as it is stored; `missing` where the history does not count.
double stored(const MeasureColumn& column, double value, double missing) {
  if (std::isnan(value)) return missing;
  switch (column.kind) {
    case Kind::truth: return value == 0.0 ? 0.0 : 1.0;
    case Kind::date: return std::isinf(value) ? never : value;
    case Kind::label: return value;
    default: return value / column.scale;
  }
}

void describe(const NetcdfVariable& variable, const MeasureColumn& column) {
  if (column.kind == Kind::truth) {
    variable.attribute("flag_values", std::vector<double>{0, 1});
    variable.attribute("flag_meanings", "false true");
  }
  if (column.kind == Kind::date) {
    variable.attribute("flag_values", std::vector<double>{never});
    variable.attribute("flag_meanings", "never");
    variable.attribute("values", "number of the step, from 0");
  }
  if (column.kind == Kind::label) {
    std::vector<double> values(column.labels.size() + 1);
    std::iota(values.begin(), values.end(), -1.0);
    variable.attribute("flag_values", values);
    variable.attribute("flag_meanings", flag_words(column.labels));
  }
}

class HistoriesWriter {
 public:
  HistoriesWriter(NetcdfPlace& group, const Runs& runs, const Progress& progress)
      : group_(group),
        runs_(all_of(runs)),
        progress_(progress),
        n_histories_(runs_.front()->ensemble.n_histories()),
        run_(add_runs(group, runs)),
        history_(add_numbers()) {}

  /// The measure of columns [first, first + n).
  void add(std::size_t first, std::size_t n) {
    const MeasureColumn& column = runs_.front()->lowered.measure_columns[first];
    if (column.kind == Kind::ratio) {
      add(first, n, "_numerator", false);
      add(first, n, "_denominator", true);
    } else {
      add(first, n, "", false);
    }
  }

 private:
  /// Histories with their parameter sets and their places in these.
  int add_numbers() {
    const std::size_t per_set = runs_.front()->ensemble.per_set;
    std::vector<double> numbers(n_histories_);
    std::iota(numbers.begin(), numbers.end(), 0.0);
    const int history = group_.coordinate("history", numbers, NetcdfType::whole);
    std::vector<double> sets;
    std::vector<double> slots;
    for (std::size_t i = 0; i < n_histories_; ++i) {
      const std::size_t set = i / per_set;
      sets.push_back(static_cast<double>(set));
      slots.push_back(static_cast<double>(i % per_set));
    }
    group_.variable("set", NetcdfType::whole, {history}).put(sets);
    group_.variable("slot", NetcdfType::whole, {history}).put(slots);
    return history;
  }

  void add(std::size_t first, std::size_t n, const std::string& suffix, bool is_denominator) {
    const MeasureColumn& column = runs_.front()->lowered.measure_columns[first];
    const language::Quantity& quantity = group_.model()[column.quantity];
    const NetcdfType type = type_of(column, group_.model().steps);
    std::vector<int> over{run_, history_};
    for (const int dimension : group_.dimensions_of(quantity)) over.push_back(dimension);
    const NetcdfVariable variable = group_.variable(quantity.name.text + suffix, type, over);
    const std::string description = description_of(group_.model(), column.quantity);
    if (!description.empty()) variable.attribute("long_name", description);
    if (!column.unit.empty() && !is_denominator) variable.attribute("units", column.unit);
    describe(variable, column);
    variable.attribute("coordinates", "set slot");
    variable.missing(missing_of(type));
    Lengths slab{1, std::min(n_histories_, most_together)};
    for (const language::SetId set : quantity.shape) {
      slab.push_back(group_.model()[set].labels.size());
    }
    variable.pack(slab);
    for (std::size_t run = 0; run < runs_.size(); ++run) {
      for (std::size_t at = 0; at < n_histories_; at += most_together) {
        if (progress_.stop_requested()) throw Interrupted{};
        Lengths begin(slab.size());
        begin[0] = run;
        begin[1] = at;
        slab[1] = std::min(most_together, n_histories_ - at);
        variable.put(begin, slab,
                     values_of(*runs_[run], {first, n}, {at, slab[1]}, type, is_denominator));
      }
    }
  }

  struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
  };

  /// (n_histories × n_columns)
  static std::vector<double> values_of(const Run& run, Range columns, Range histories,
                                       NetcdfType type, bool is_denominator) {
    std::vector<double> values(histories.count * columns.count);
    for (std::size_t i = 0; i < columns.count; ++i) {
      const MeasureColumn& column = run.lowered.measure_columns[columns.first + i];
      const MeasureValues of(run.ensemble.measures, column, histories.first, histories.count);
      for (std::size_t h = 0; h < histories.count; ++h) {
        const double value = of.value(h);
        values[h * columns.count + i] = is_denominator
                                            ? (std::isnan(value) ? nan : of.denominator(h))
                                            : stored(column, value, missing_of(type));
      }
    }
    return values;
  }

  NetcdfPlace& group_;
  std::vector<const Run*> runs_;
  const Progress& progress_;
  std::size_t n_histories_;
  int run_;
  int history_;
};

}  // namespace

void add_histories(NetcdfPlace& group, const Runs& runs, const Progress& progress) {
  const std::vector<MeasureColumn>& columns = runs.baselines.front().lowered.measure_columns;
  HistoriesWriter writer(group, runs, progress);
  for (std::size_t first = 0; first < columns.size();) {
    const std::size_t n = group.model()[columns[first].quantity].n_elements(group.model().sets);
    writer.add(first, n);
    first += n;
  }
}

}  // namespace casus::cases
