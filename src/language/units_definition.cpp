// Units of quantities, from what they declare and how they are defined.
#include "language/declare.hpp"
#include "language/units.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;

}  // namespace

UnitChecker::UnitChecker(const Model& model, Diagnostics& found)
    : model_(model),
      found_(found),
      quantities_(model.quantities.size(), Progress::fresh),
      functions_(model.functions.size(), Progress::fresh) {
  if (model.steps.kind == Steps::Kind::calendar) time_.known = Unit("year");
  for (const Statement& statement : model.tree.statements) {
    const auto* the_case = std::get_if<CaseStatement>(&statement);
    if (the_case == nullptr || !the_case->time || the_case->time->unit.empty()) continue;
    if (const std::optional<WrittenUnit> unit = written_unit(the_case->time->unit, found_))
      time_.known = unit->unit;
  }
  for (const Quantity& quantity : model.quantities) {
    units_.push_back(quantity.unit ? UnitTerm{.known = quantity.unit->unit} : system_.fresh());
  }
  for (const Link& link : model.links)
    links_.push_back(link.unit ? UnitTerm{.known = link.unit->unit} : system_.fresh());
  sets_with_units();
}

void UnitChecker::sets_with_units() {
  for (std::size_t i = 0; i < model_.sets.size(); ++i) {
    const auto& statement = model_.statement<SetStatement>(model_.sets[i].statement);
    if (statement.clauses.unit.empty()) continue;
    const std::optional<WrittenUnit> unit = written_unit(statement.clauses.unit, found_);
    if (!unit) continue;
    set_units_[static_cast<std::uint32_t>(i)] = {.known = unit->unit};
    if (unit->scale == 1.0) continue;
    found_.add({.code = "U107",
                .message = fmt::format("the numbers of `{}` would count in {}, not in \"{}\"",
                                       statement.name.text, to_text(unit->unit), unit->text),
                .primary = {statement.clauses.unit.span, {}},
                .help = fmt::format("give the set no unit and multiply by `1 \"{}\"` where its "
                                    "numbers are used",
                                    unit->text)});
  }
}

bool UnitChecker::checked(Span where, const std::function<void()>& statement) {
  Frame outer = std::exchange(frame_, Frame{});
  try {
    statement();
  } catch (const std::overflow_error&) {
    frame_.calls.clear();
    fault({.code = "U113",
           .message = "the exponents of the units here are too large",
           .primary = {where, {}},
           .help = "name the parts in a `let` each and give it a unit"});
  }
  const bool good = !frame_.faulty;
  frame_ = std::move(outer);
  return good;
}

Form UnitChecker::of(QuantityId id) {
  const Quantity& quantity = model_[id];
  if (!quantity.unit) {
    define(id);
    if (quantities_[index(id)] == Progress::faulty) return Form::faulty_part();
    if (quantity.type.kind == TypeKind::truth) return {};
    if (quantity.type.kind == TypeKind::date) return {.unit = time_};
  }
  if (quantity.type.kind == TypeKind::label) {
    for (std::size_t i = 0; i < model_.sets.size(); ++i) {
      if (model_.sets[i].domain == quantity.type.domain) return of_set(id_of<SetId>(i));
    }
    return Form::literal_number(false);
  }
  const bool converts = quantity.unit && quantity.unit->scale != 1.0;
  return {
      .unit = units_[index(id)], .quantity = id, .converts = converts ? &*quantity.unit : nullptr};
}

Target UnitChecker::target(QuantityId id) {
  const Quantity& quantity = model_[id];
  return {.name = fmt::format("`{}`", quantity.name.text), .side = {of(id), quantity.name.span}};
}

void UnitChecker::define(QuantityId id) {
  if (quantities_[index(id)] != Progress::fresh) return;
  quantities_[index(id)] = Progress::open;
  const bool good = checked(model_[id].name.span, [&] { definition(id); });
  quantities_[index(id)] = good ? Progress::good : Progress::faulty;
}

void UnitChecker::definition(QuantityId id) {
  const Quantity& quantity = model_[id];
  switch (quantity.kind) {
    case Kind::parameter:
    case Kind::constant:
    case Kind::data: return define_parameter(id);
    case Kind::event: return define_event(id);
    case Kind::state: return define_state(id);
    case Kind::let:
      return assign(target(id), model_.statement<LetStatement>(quantity.statement).value,
                    "its definition");
    case Kind::game_let:
      return assign(target(id),
                    model_.statement<GameStatement>(quantity.statement).lets[quantity.item].value,
                    "its definition");
    case Kind::measure: {
      const auto& measure = model_.statement<MeasureStatement>(quantity.statement);
      if (measure.given != no_node) expression(measure.given);
      return assign(target(id), measure.value, "its definition");
    }
    case Kind::draw: return define_draw(id);
    case Kind::observed:
      return law(model_.statement<ObserveStatement>(quantity.statement).law, target(id));
    default: return;
  }
}

/// Literals here are in the declared unit; lowering converts.
void UnitChecker::define_parameter(QuantityId id) {
  const Quantity& quantity = model_[id];
  Target own = target(id);
  own.boundary = true;
  if (quantity.kind == Kind::data) {
    return assign(own, model_.statement<DataStatement>(quantity.statement).value, "its value");
  }
  const auto& param = model_.statement<ParamStatement>(quantity.statement);
  if (param.prior.written()) law(param.prior, own);
  assign(own, param.value, "its value");
  assign(own, param.base, "its base value");
}

void UnitChecker::define_event(QuantityId id) {
  const auto& event = model_.statement<EventStatement>(model_[id].statement);
  if (!event.clauses.unit.empty()) {
    const std::optional<WrittenUnit> unit = written_unit(event.clauses.unit, found_);
    if (unit && equate(units_[index(id)], {.known = unit->unit}, event.clauses.unit.span) &&
        unit->scale != 1.0) {
      fault({.code = "U107",
             .message = fmt::format("the sizes of `{}` would count in {}, not in \"{}\"",
                                    event.name.text, to_text(unit->unit), unit->text),
             .primary = {event.clauses.unit.span, {}},
             .help = fmt::format("declare the unit \"{}\"", to_text(unit->unit))});
    }
  }
  for (const EventStatement::Date& date : event.dates)
    assign(target(id), date.magnitude, "this size");
}

void UnitChecker::define_state(QuantityId id) {
  const auto& state = model_.statement<StateStatement>(model_[id].statement);
  const Target own = target(id);
  assign(own, state.initial, "its start value");
  assign(own, state.next, "its next value");
}

void UnitChecker::define_draw(QuantityId id) {
  const LawCall& call = model_.statement<DrawStatement>(model_[id].statement).law;
  if (call.law.text == "categorical") {
    std::vector<Side> weights;
    for (const NodeId weight : call.arguments) weights.push_back(side(weight));
    if (!weights.empty()) alternatives(weights);
    return;
  }
  if (call.law.text == "multinomial") {
    const NodeId shared = call.arguments[call.argument_names.front().text == "p" ? 1 : 0];
    each_of(call.arguments);
    return assign(target(id), shared, "what is shared out");
  }
  law(call, target(id));
}

UnitTerm UnitChecker::payoff(GameId game, std::uint32_t player) {
  const auto [at, fresh] =
      payoffs_.try_emplace({static_cast<std::uint32_t>(index(game)), player}, UnitTerm{});
  if (fresh) at->second = system_.fresh();
  return at->second;
}

}  // namespace casus::language
