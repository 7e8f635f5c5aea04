// Units of laws, by the rows of their table.
#include "language/units.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

/// The parameter of the law that the written argument is for.
const random::Parameter* parameter_of(const random::Law& law, const LawCall& call,
                                      std::size_t argument) {
  const std::string& name = call.argument_names[argument].text;
  for (const random::Parameter& parameter : law.parameters) {
    if (parameter.name == name) return &parameter;
  }
  return argument < law.parameters.size() ? &law.parameters[argument] : nullptr;
}

}  // namespace

void UnitChecker::law(const LawCall& call, const Target& outcome) {
  const random::Law* law = random::find_law(call.law.text);
  if (law == nullptr) return;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) law_argument(call, i, outcome);
  const Form& form = outcome.side.form;
  if (!form.has_unit()) return;
  const bool unit_from_arguments = std::any_of(
      law->parameters.begin(), law->parameters.end(),
      [](const auto& parameter) { return parameter.unit != random::UnitRole::dimensionless; });
  if (!unit_from_arguments && !outcome.boundary && law->outcome == random::OutcomeUnit::any)
    literal_in_years({Form::literal_number(false), call.law.span}, form.converts, outcome.name);
  const bool declared = index(form.quantity) != nothing && model_[form.quantity].unit.has_value();
  const bool number_of_units = outcome.boundary && declared;
  if (law->outcome == random::OutcomeUnit::dimensionless && !number_of_units &&
      !equate(form.unit, {}, call.law.span)) {
    conflict("U105",
             fmt::format("`{}` gives numbers without unit, and {} has {}", law->name, outcome.name,
                         having(form.unit)),
             call.law.span, {outcome.side});
  }
}

void UnitChecker::law_argument(const LawCall& call, std::size_t argument, const Target& outcome) {
  const random::Law& law = *random::find_law(call.law.text);
  const random::Parameter* parameter = parameter_of(law, call, argument);
  const Side given = side(call.arguments[argument]);
  if (parameter == nullptr) return;
  if (parameter->unit == random::UnitRole::dimensionless) {
    return dimensionless("U105", given,
                         fmt::format("argument `{}` of `{}`", parameter->name, law.name));
  }
  const Form& wanted = outcome.side.form;
  if (given.form.kind == Form::Kind::literal && !outcome.boundary) {
    literal_in_years(given, wanted.converts, outcome.name);
    return;
  }
  if (!given.form.has_unit() || !wanted.has_unit()) return;
  const bool inverse = parameter->unit == random::UnitRole::per_outcome;
  const UnitTerm unit = inverse ? wanted.unit.power({-1, 1}) : wanted.unit;
  if (!equate(unit, given.form.unit, given.span)) {
    return conflict(
        "U105",
        fmt::format("{} has {}, argument `{}` of `{}` has {}", outcome.name, having(wanted.unit),
                    parameter->name, law.name, having(given.form.unit)),
        given.span, {outcome.side, given});
  }
  converted_twice(outcome, given);
}

}  // namespace casus::language
