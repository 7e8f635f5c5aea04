// Numbers of data and observed variables, through the seam to files.
#include "language/compile.hpp"
#include "language/step_range.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::language {

namespace {

std::vector<IndexSet> over(const Model& model, const Quantity& quantity) {
  std::vector<IndexSet> result;
  for (const SetId id : quantity.shape) {
    const Set& set = model[id];
    result.push_back({set.name.text, set.labels, model[set.root].labels});
  }
  return result;
}

/// What the cells of label-valued data may say: labels of a set, or of the data's own list.
IndexSet labels_of(const Model& model, DomainId domain) {
  IndexSet of{.name = model[domain].name, .labels = model[domain].labels};
  for (const Set& set : model.sets) {
    if (set.domain == domain) of.labels_of_root = model[set.root].labels;
  }
  return of;
}

/// The steps of a total are blank in the series of single values: nothing counts twice.
void check_totals(const Model& model, Diagnostics& found) {
  for (const Statement& statement : model.tree.statements) {
    const auto* observe = std::get_if<ObserveStatement>(&statement);
    if (observe == nullptr || !observe->total) continue;
    const Meaning& summed = model.meaning(observe->expression);
    if (summed.kind != Meaning::Kind::quantity) continue;
    const Quantity& quantity = model[QuantityId{summed.target}];
    const Series& series = model.series[summed.target];
    if (!series.by_step || !quantity.shape.empty()) continue;
    const StepRange range = steps_of(model, observe->over);
    for (std::uint32_t step = range.first; step <= range.last && !range.empty; ++step) {
      if (std::isnan(series.values[step])) continue;
      found.add({.code = "D402",
                 .message = fmt::format("`{}` is recorded in {} and again in this total",
                                        quantity.name.text, model.steps.label(step)),
                 .primary = {observe->span, {}},
                 .related = {{quantity.name.span, "observed here"}},
                 .help = "leave the single values of these steps blank in the file"});
      break;
    }
  }
}

/// A draw `by year` is made in the first step of each year: that is the step of a year's datum.
bool begins_year(const Steps& steps, std::uint32_t step) {
  const auto year = [&](std::uint32_t at) { return date_of(steps.first_day[at]).year; };
  return step == 0 || year(step) != year(step - 1);
}

/// The calendar years that the steps meet, as steps.
Steps years_of(const Steps& steps) {
  Steps years{.kind = Steps::Kind::calendar, .by = "year"};
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    if (!begins_year(steps, step)) continue;
    const Date year{.year = date_of(steps.first_day[step]).year};
    years.first_day.push_back(year.first_day());
    years.last_day.push_back(year.last_day());
  }
  years.count = static_cast<std::uint32_t>(years.first_day.size());
  return years;
}

/// Data by year, each in the first step of its year.
Series spread(const Series& by_year, const Steps& steps, std::size_t n_elements) {
  Series result{.by_step = true,
                .values = std::vector<double>(steps.count * n_elements, std::nan(""))};
  std::size_t from = 0;
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    if (!begins_year(steps, step)) continue;
    for (std::size_t i = 0; i < n_elements; ++i)
      result.values[step * n_elements + i] = by_year.values[from++];
  }
  return result;
}

void load_exact(Model& model, const ExactObservation& exact, Inputs& inputs, Diagnostics& found) {
  const Quantity& quantity = model[exact.quantity];
  const auto& observe = model.statement<ObserveStatement>(exact.statement);
  const auto& draw = model.statement<DrawStatement>(model[exact.draw].statement);
  const double scale = quantity.unit ? quantity.unit->scale : 1.0;
  const std::vector<IndexSet> sets = over(model, quantity);
  const bool by_year = draw.when == DrawStatement::When::year;
  const Steps steps = by_year ? years_of(model.steps) : model.steps;
  Series series = inputs.observed(observe, sets, steps, scale, found);
  const std::size_t n = quantity.n_elements(model.sets);
  if (by_year && series.values.size() == steps.count * n) series = spread(series, model.steps, n);
  model.series[index(exact.quantity)] = std::move(series);
}

}  // namespace

void load_data(Model& model, Inputs& inputs, Diagnostics& found) {
  model.series.assign(model.quantities.size(), Series{});
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    const std::vector<IndexSet> sets = over(model, quantity);
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    if (quantity.kind == Quantity::Kind::data) {
      const auto& data = model.statement<DataStatement>(quantity.statement);
      if (data.value == no_node) {
        model.series[q] = quantity.type.kind == TypeKind::label
                              ? inputs.labels(data, sets, labels_of(model, quantity.type.domain),
                                              model.steps, found)
                              : inputs.series(data, sets, model.steps, scale, found);
      }
    }
    if (quantity.kind == Quantity::Kind::observed) {
      const auto& observe = model.statement<ObserveStatement>(quantity.statement);
      if (!observe.file.empty()) {
        model.series[q] = inputs.observed(observe, sets, model.steps, scale, found);
      }
    }
  }
  for (const ExactObservation& exact : model.exact) load_exact(model, exact, inputs, found);
  if (!found.has_errors()) check_totals(model, found);
}

}  // namespace casus::language
