// posterior.nc: the record, what it scores and what free histories have in its place.
#include "case/netcdf_fit.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

using language::ScoreColumn;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double small_missing = std::numeric_limits<std::int16_t>::min();

/// Series that are the elements of one observed variable, or one of another kind alone.
struct Variable {
  std::string name;
  language::QuantityId shape_of{language::nothing};  ///< nothing: one number a step
  std::vector<const ObservedSeries*> elements{};     ///< null: never recorded
  std::vector<std::uint32_t> steps{};                ///< in which some element is recorded

  const ObservedSeries& any() const {
    return **std::find_if(elements.begin(), elements.end(), [](auto* each) { return each; });
  }
};

std::vector<Variable> variables_of(const language::Model& model, const Fit& fit,
                                   const FitChecks& checks) {
  std::vector<Variable> all;
  for (const ObservedSeries& series : checks.series) {
    const ScoreColumn& column = fit.lowered.score_columns[series.column];
    if (column.of != ScoreColumn::Of::observed) {
      const bool is_total = column.of == ScoreColumn::Of::total;
      const std::string name = is_total ? "total_" + model[column.quantity].name.text : series.name;
      all.push_back({.name = name, .elements = {&series}, .steps = series.steps});
      continue;
    }
    const language::Quantity& quantity = model[column.quantity];
    if (all.empty() || all.back().shape_of != column.quantity) {
      all.push_back({.name = quantity.name.text, .shape_of = column.quantity});
      all.back().elements.resize(quantity.n_elements(model.sets));
    }
    Variable& variable = all.back();
    variable.elements[column.item] = &series;
    std::vector<std::uint32_t> steps;
    std::set_union(variable.steps.begin(), variable.steps.end(), series.steps.begin(),
                   series.steps.end(), std::back_inserter(steps));
    variable.steps = std::move(steps);
  }
  return all;
}

/// (n_rows × n_steps × n_elements) of what series have by (step × row).
std::vector<double> values_of(const Variable& variable, std::vector<double> ObservedSeries::*field,
                              std::size_t n_rows) {
  const std::size_t n_elements = variable.elements.size();
  const std::size_t n_steps = variable.steps.size();
  std::vector<double> values(n_rows * n_steps * n_elements, nan);
  for (std::size_t element = 0; element < n_elements; ++element) {
    if (variable.elements[element] == nullptr) continue;
    const ObservedSeries& series = *variable.elements[element];
    for (std::size_t at = 0; at < series.steps.size(); ++at) {
      const auto step = static_cast<std::size_t>(
          std::lower_bound(variable.steps.begin(), variable.steps.end(), series.steps[at]) -
          variable.steps.begin());
      for (std::size_t row = 0; row < n_rows; ++row)
        values[(row * n_steps + step) * n_elements + element] = (series.*field)[at * n_rows + row];
    }
  }
  return values;
}

/// Dimensions behind those of draws: the steps, then the variable's sets.
std::vector<int> dimensions_of(NetcdfPlace& place, const Variable& variable,
                               std::vector<int> over) {
  over.push_back(add_time(place, variable.steps, variable.name + "_"));
  if (variable.shape_of != language::QuantityId{language::nothing}) {
    for (const int each : place.dimensions_of(place.model()[variable.shape_of]))
      over.push_back(each);
  }
  return over;
}

/// Labels as their numbers, with what these mean.
void put_labels(const NetcdfVariable& made, const std::vector<std::string>& labels,
                std::vector<double> values) {
  std::vector<double> flags(labels.size() + 1);
  std::iota(flags.begin(), flags.end(), -1.0);
  made.attribute("flag_values", flags);
  made.attribute("flag_meanings", flag_words(labels));
  const bool is_whole =
      std::none_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
  if (!is_whole) made.missing(small_missing);
  for (double& value : values) value = std::isnan(value) ? small_missing : value;
  made.put(values);
}

/// A variable whose steps have dates and numbers beside their times.
NetcdfVariable new_variable(NetcdfPlace& place, const Variable& variable, NetcdfType type,
                            const std::vector<int>& over) {
  const NetcdfVariable made = place.variable(variable.name, type, over);
  made.attribute("coordinates", fmt::format("{0}_date {0}_step", variable.name));
  return made;
}

void put(NetcdfPlace& place, const Variable& variable, const std::vector<int>& over,
         std::vector<double> values) {
  const ObservedSeries& series = variable.any();
  const NetcdfVariable made = new_variable(
      place, variable, series.is_label() ? NetcdfType::small : NetcdfType::number, over);
  if (series.is_label()) {
    put_labels(made, series.labels, std::move(values));
    return;
  }
  if (!series.unit.empty()) made.attribute("units", series.unit);
  made.missing(nan);
  made.put(values);
}

/// Cells that admit several labels have no number; their text says which.
void put_cells(NetcdfPlace& place, const Variable& variable, int time) {
  const ObservedSeries& series = variable.any();
  const bool is_plain = std::all_of(series.admitted.begin(), series.admitted.end(),
                                    [](const auto& labels) { return labels.size() == 1; });
  if (is_plain) return;
  std::vector<std::string> texts;
  for (const std::vector<double>& labels : series.admitted) {
    std::string& text = texts.emplace_back();
    for (const double label : labels) {
      if (!text.empty()) text += '|';
      text += label < 0 ? "none" : series.labels[static_cast<std::size_t>(label)];
    }
  }
  place.texts(variable.name + "_cell", {time}, texts);
}

std::string estimator_of(const Fit& fit, const FitChecks& checks) {
  if (fit.is_exact) return "exact";
  return fmt::format("estimated by a filter of {} particles a draw, apart from the sampler's",
                     checks.n_particles);
}

void add_scores(const NetcdfGroup& root, const language::Model& model, const Fit& fit,
                const FitChecks& checks, const std::vector<Variable>& variables) {
  const NetcdfGroup group = root.group("log_likelihood");
  group.attribute("meaning",
                  "log probability, or density, of each recorded item one step ahead: given the "
                  "draw's parameters, all earlier steps, and the columns before it in its step");
  group.attribute("estimator", estimator_of(fit, checks));
  NetcdfPlace place(group, model);
  const std::vector<int> draws = add_draws(place, checks.draws);
  for (const Variable& variable : variables) {
    const std::vector<int> over = dimensions_of(place, variable, draws);
    const NetcdfVariable made = new_variable(place, variable, NetcdfType::number, over);
    made.missing(nan);
    made.put(values_of(variable, &ObservedSeries::log_scores, checks.draws.n_all()));
  }
}

}  // namespace

void add_observed(const NetcdfGroup& root, const language::Model& model, const Fit& fit,
                  const FitChecks& checks) {
  const std::vector<Variable> variables = variables_of(model, fit, checks);
  if (checks.no_log_scores.empty()) add_scores(root, model, fit, checks, variables);
  const NetcdfGroup predicted = root.group("posterior_predictive");
  predicted.attribute("meaning",
                      "one history for each draw, free from the first step, where the record has "
                      "something; labels as numbers, see flag_meanings");
  NetcdfPlace of_histories(predicted, model);
  NetcdfPlace of_record(root.group("observed_data"), model);
  const std::vector<int> draws = add_draws(of_histories, checks.draws);
  for (const Variable& variable : variables) {
    if (variable.any().predicted.empty()) continue;
    put(of_histories, variable, dimensions_of(of_histories, variable, draws),
        values_of(variable, &ObservedSeries::predicted, checks.draws.n_all()));
    const std::vector<int> over = dimensions_of(of_record, variable, {});
    put(of_record, variable, over, values_of(variable, &ObservedSeries::recorded, 1));
    if (variable.any().is_label()) put_cells(of_record, variable, over.front());
  }
}

}  // namespace casus::cases
