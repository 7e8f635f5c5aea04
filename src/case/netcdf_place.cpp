// Naming and dimensions.
#include "case/netcdf_place.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

using language::Quantity;

/// The statement of these is the game around them.
bool has_own_statement(const Quantity& quantity) {
  switch (quantity.kind) {
    case Quantity::Kind::move:
    case Quantity::Kind::ends:
    case Quantity::Kind::game_let: return false;
    default: return quantity.statement != language::nothing;
  }
}

/// Days since the first step by a calendar, else the number by which results call the step.
double place_in_time(const language::Steps& steps, std::uint32_t step) {
  using Kind = language::Steps::Kind;
  if (steps.kind == Kind::calendar) return steps.first_day[step] - steps.first_day.front();
  if (steps.kind == Kind::rows) return step + 1.0;
  return parse_number(steps.label(step)).value_or(std::numeric_limits<double>::quiet_NaN());
}

NetcdfAttributes attributes_of_time(const language::Steps& steps) {
  if (steps.kind != language::Steps::Kind::calendar) {
    return {
        {"long_name", "time"}, {"axis", "T"}, {"units", steps.unit.empty() ? "step" : steps.unit}};
  }
  const Date day_one = date_of(steps.first_day.front());
  return {{"long_name", "first day of the step"},
          {"axis", "T"},
          {"standard_name", "time"},
          {"calendar", "proleptic_gregorian"},
          {"units", fmt::format("days since {}", to_text(day_one))}};
}

}  // namespace

std::string description_of(const language::Model& model, language::QuantityId quantity) {
  if (!has_own_statement(model[quantity])) return {};
  return std::visit(
      [](const auto& statement) -> std::string {
        if constexpr (requires { statement.clauses; }) return statement.clauses.description;
        return {};
      },
      model.tree.statements[model[quantity].statement]);
}

std::string flag_words(const std::vector<std::string>& labels) {
  std::string words = "none";
  for (std::string label : labels) {
    std::replace(label.begin(), label.end(), ' ', '_');
    words += " " + label;
  }
  return words;
}

std::vector<std::string> with_none(const std::vector<std::string>& labels) {
  std::vector<std::string> all = labels;
  all.emplace_back("none");
  return all;
}

std::vector<language::SetId> sets_of(const language::Model& model,
                                     const language::ParameterColumn& column) {
  if (column.quantity == language::QuantityId{language::nothing}) return {};
  return model[column.quantity].shape;
}

std::size_t n_columns_of(const language::Model& model, const language::ParameterColumn& column) {
  std::size_t n = 1;
  for (const language::SetId set : sets_of(model, column)) n *= model[set].labels.size();
  return n;
}

std::string NetcdfPlace::unused(const std::string& name) {
  std::string free_name = name;
  while (!names_.insert(free_name).second) free_name += '_';
  return free_name;
}

int NetcdfPlace::dimension(const std::string& name, const std::vector<std::string>& texts) {
  const std::string unique = unused(name);
  const int id = group_.dimension(unique, texts.size());
  group_.texts(unique, {id}, texts);
  return id;
}

int NetcdfPlace::coordinate(const std::string& name, std::span<const double> numbers,
                            NetcdfType type, const NetcdfAttributes& attributes) {
  const std::string unique = unused(name);
  const int id = group_.dimension(unique, numbers.size());
  const NetcdfVariable variable = group_.variable(unique, type, {id});
  variable.put(numbers);
  for (const auto& [attribute, text] : attributes) variable.attribute(attribute, text);
  return id;
}

int NetcdfPlace::dimension_of(language::SetId set, std::size_t occurrence) {
  const std::pair key{static_cast<std::uint32_t>(set), occurrence};
  const auto known = of_sets_.find(key);
  if (known != of_sets_.end()) return known->second;
  const language::Set& of = model_[set];
  const std::string name =
      occurrence == 0 ? of.name.text : fmt::format("{}_{}", of.name.text, occurrence + 1);
  const int id = of.numbers.empty() ? dimension(name, of.labels)
                                    : coordinate(name, of.numbers, NetcdfType::number);
  return of_sets_[key] = id;
}

std::vector<int> NetcdfPlace::dimensions_of(const Quantity& quantity) {
  std::vector<int> dimensions;
  for (auto at = quantity.shape.begin(); at != quantity.shape.end(); ++at) {
    const auto occurrence = std::count(quantity.shape.begin(), at, *at);
    dimensions.push_back(dimension_of(*at, static_cast<std::size_t>(occurrence)));
  }
  return dimensions;
}

void NetcdfPlace::texts(const std::string& name, const std::vector<int>& over,
                        const std::vector<std::string>& texts) {
  group_.texts(unused(name), over, texts);
}

NetcdfVariable NetcdfPlace::variable(const std::string& name, NetcdfType type,
                                     const std::vector<int>& over) {
  const std::string unique = unused(name);
  const NetcdfVariable made = group_.variable(unique, type, over);
  if (unique != name) made.attribute("name_in_case", name);
  return made;
}

NetcdfVariable NetcdfPlace::variable_of(language::QuantityId quantity, const std::string& suffix,
                                        const std::string& unit, const std::vector<int>& over) {
  const NetcdfVariable made =
      variable(model_[quantity].name.text + suffix, NetcdfType::number, over);
  describe(made, description_of(model_, quantity), unit);
  return made;
}

NetcdfVariable NetcdfPlace::parameter(const language::ParameterColumn& column,
                                      std::vector<int> over) {
  if (column.quantity == language::QuantityId{language::nothing}) {
    const NetcdfVariable made = variable(column.name, NetcdfType::number, over);
    describe(made, "", column.unit);
    return made;
  }
  for (const int each : dimensions_of(model_[column.quantity])) over.push_back(each);
  return variable_of(column.quantity, "", column.unit, over);
}

void NetcdfPlace::describe(const NetcdfVariable& made, const std::string& description,
                           const std::string& unit) const {
  if (!description.empty()) made.attribute("long_name", description);
  if (!unit.empty()) made.attribute("units", unit);
  made.missing(std::numeric_limits<double>::quiet_NaN());
}

int add_time(NetcdfPlace& place, const std::vector<std::uint32_t>& shown,
             const std::string& prefix) {
  const language::Steps& steps = place.model().steps;
  std::vector<double> times;
  std::vector<double> numbers;
  std::vector<std::string> dates;
  for (const std::uint32_t step : shown) {
    dates.push_back(steps.label(step));
    numbers.push_back(step);
    times.push_back(place_in_time(steps, step));
  }
  const auto type =
      steps.kind == language::Steps::Kind::numeric ? NetcdfType::number : NetcdfType::whole;
  const int time = place.coordinate(prefix + "time", times, type, attributes_of_time(steps));
  place.texts(prefix + "date", {time}, dates);
  const NetcdfVariable number = place.variable(prefix + "step", NetcdfType::whole, {time});
  number.attribute("long_name", "number of the step, from 0");
  number.put(numbers);
  return time;
}

}  // namespace casus::cases
