// Draws that exact data decide: the definition of what is observed, undone from the datum to the
// draw. A datum of E then scores the log density of its draw plus log |d draw / d E|, which is the
// log density of E (change of variables), and whatever uses E in the step uses the datum.
#include "base/bug.hpp"
#include "base/text.hpp"
#include "language/declare.hpp"
#include "language/lowering.hpp"
#include "language/undo.hpp"
#include "machine/operation.hpp"
#include "random/elementary.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <limits>

namespace casus::language {

namespace {

using Into = Turn::Into;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Where a way stands, inside a let or a function: the names bound there, and the arguments.
struct Inside {
  Environment environment{};
  std::vector<Value> arguments{};
};

using Places = std::deque<Inside>;  // whose places do not move

bool is_odd(std::optional<double> exponent) {
  return exponent && std::fmod(std::abs(*exponent), 2.0) == 1.0;
}

bool is_held(const Turn& turn, std::size_t part) {
  return std::find(turn.held.begin(), turn.held.end(), part) != turn.held.end();
}

/// The arguments that the draw does not stand in are worked out; the others are not asked for.
void enter_body(Lowering& lowering, const Turn& turn, Places& places) {
  const auto& call = std::get<Call>(lowering.model().tree[turn.node].expression);
  std::vector<Value> arguments;
  arguments.reserve(call.arguments.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    arguments.push_back(is_held(turn, i)
                            ? lowering.builder().constant(0.0)
                            : lowering.number(call.arguments[i], places.back().environment));
  }
  Inside& body = places.emplace_back();
  body.arguments = std::move(arguments);
  body.environment.arguments = &body.arguments;
}

void undo_operation(Lowering& lowering, const Turn& turn, const Environment& environment,
                    Undoing& undoing) {
  const Model& model = lowering.model();
  const Node& node = model.tree[turn.node];
  if (std::get_if<Unary>(&node.expression) != nullptr) return undoing.negation();
  const auto* at = std::get_if<Binary>(&node.expression);
  if (at == nullptr)
    return undoing.function(static_cast<Op>(model.meaning(turn.node).target), node.span);
  const bool left = is_held(turn, 0);
  const Value other = lowering.number(left ? at->right : at->left, environment);
  if (at->kind != BinaryKind::power) return undoing.arithmetic(at->kind, left, other, node.span);
  if (!left) return undoing.exponent(other, node.span);
  undoing.power(other, is_odd(constant_number(model.tree, at->right)), node.span);
}

}  // namespace

// ---- which draw

/// The element that a node names by labels which are known while the program is built.
std::uint32_t Lowering::known_element(NodeId node, const Environment& environment) const {
  const auto* element = std::get_if<Element>(&model().tree[node].expression);
  if (element == nullptr) return 0;
  const Quantity& quantity = model()[QuantityId{model().meaning(node).target}];
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < element->indices.size(); ++i) {
    const Set& over = model()[quantity.shape[i]];
    const std::string* text = label_text(element->indices[i], environment);
    const auto position = text == nullptr ? std::nullopt : over.position(*text);
    require(position.has_value(), "an index on the way to a draw is not known");
    number = number * static_cast<std::uint32_t>(over.labels.size()) + *position;
  }
  return number;
}

/// The element of its draw that an element of what is observed decides.
std::uint32_t Lowering::draw_behind(const DecidedBy& by) const {
  const ExactObservation& exact = *by.observation;
  std::uint32_t number = by.element;
  std::vector<Environment> places{definition_of(exact.quantity, number)};
  for (const Turn& turn : exact.way) {
    if (turn.into == Into::body) places.emplace_back();
    if (turn.into == Into::argument) places.pop_back();
    if (turn.into != Into::definition) continue;
    const QuantityId id{model().meaning(turn.node).target};
    number = known_element(turn.node, places.back());
    places.push_back(definition_of(id, number));
  }
  return number;
}

void Lowering::note_decided() {
  decided_by_.emplace();
  for (const ExactObservation& exact : model().exact) {
    for (std::uint32_t i = 0; i < model()[exact.quantity].n_elements(model().sets); ++i) {
      const std::uint32_t number = draw_behind({&exact, i});
      const ElementKey key{static_cast<std::uint32_t>(index(exact.draw)), number};
      const auto [at, fresh] = decided_by_->try_emplace(key, DecidedBy{&exact, i});
      if (fresh) continue;
      const DecidedBy& first = at->second;
      fault("O115",
            fmt::format("`{}` and `{}` would both decide the draw `{}`",
                        element_name(model(), first.observation->quantity, first.element),
                        element_name(model(), exact.quantity, i),
                        element_name(model(), exact.draw, number)),
            model().statement<ObserveStatement>(exact.statement).name.span,
            "give each of them a draw of its own");
    }
  }
}

std::optional<Lowering::DecidedBy> Lowering::decided_by(QuantityId draw, std::uint32_t number) {
  if (model().exact.empty() || !given().is_used() || moment_ != Moment::step) return {};
  if (!decided_by_) note_decided();
  const auto at = decided_by_->find({static_cast<std::uint32_t>(index(draw)), number});
  if (at == decided_by_->end()) return {};
  return at->second;
}

// ---- its value

const Lowering::Decided& Lowering::decided(const DecidedBy& by) {
  const ElementKey key{static_cast<std::uint32_t>(index(by.observation->quantity)), by.element};
  auto at = decided_.find(key);
  if (at == decided_.end()) at = decided_.emplace(key, new_decided(by)).first;
  return at->second;
}

Lowering::Decided Lowering::new_decided(const DecidedBy& by) {
  const ExactObservation& exact = *by.observation;
  Undoing undoing(builder_, data_of(exact.quantity, by.element));
  Places places(1);
  places.back().environment = definition_of(exact.quantity, by.element);
  for (const Turn& turn : exact.way) {
    switch (turn.into) {
      case Into::definition: {
        const std::uint32_t number = known_element(turn.node, places.back().environment);
        const QuantityId id{model().meaning(turn.node).target};
        places.emplace_back().environment = definition_of(id, number);
        break;
      }
      case Into::body: enter_body(*this, turn, places); break;
      case Into::argument: places.pop_back(); break;
      case Into::operand: undo_operation(*this, turn, places.back().environment, undoing); break;
    }
  }
  const auto& draw = model().statement<DrawStatement>(model()[exact.draw].statement);
  undoing.support(random::find_law(draw.law.law.text)->support, draw.law.span);
  Value possible = builder_.constant(1.0);
  for (const Undoing::Range& range : undoing.ranges()) {
    check_datum(by, range);
    possible = builder_.apply(Op::logical_and, possible, range.holds);
  }
  return {or_median(by, possible, undoing.value()), undoing.log_slope(), possible};
}

/// A history that cannot have its datum has weight 0, but its numbers exist: the draw is its
/// median then, so that nothing random is left where there is a datum.
Value Lowering::or_median(const DecidedBy& by, Value possible, Value value) {
  if (builder_.truth(possible) == true) return value;
  const QuantityId id = by.observation->draw;
  const auto& draw = model().statement<DrawStatement>(model()[id].statement);
  const Value lost = builder_.apply(Op::logical_and, where_exact(*by.observation, by.element),
                                    builder_.apply(Op::logical_not, possible));
  const machine::Region region = builder_.open(lost);
  const LawArguments given =
      arguments_of(draw.law, environment_of(draw.target, model()[id], draw_behind(by)));
  const Value median = builder_.quantile(*given.law, given.values, builder_.constant(0.5));
  builder_.close();
  return builder_.select(possible, value, builder_.joined(region, median, 0.0));
}

/// Where the right side of a let stands, for one of its elements; of a draw nothing is asked.
Environment Lowering::definition_of(QuantityId id, std::uint32_t number) const {
  const Quantity& quantity = model()[id];
  if (quantity.kind != Quantity::Kind::let) return {};
  return environment_of(model().statement<LetStatement>(quantity.statement).target, quantity,
                        number);
}

/// Truth of the steps in which a datum counts.
Value Lowering::where_exact(const ExactObservation& exact, std::uint32_t number) {
  if (given().observed[index(exact.quantity)]) return builder_.constant(1.0);
  const Value has = builder_.series(plan_.series(score_column(exact.quantity, number).is_recorded));
  const auto& observe = model().statement<ObserveStatement>(exact.statement);
  if (observe.condition == no_node) return has;
  return builder_.apply(Op::logical_and, has, expression(observe.condition, {}));
}

/// Drawn freely where there is no datum.
Value Lowering::decided_draw(const DecidedBy& by, QuantityId draw, std::uint32_t number) {
  const Value value = decided(by).value;
  const Value has = where_exact(*by.observation, by.element);
  if (builder_.truth(has) == true) return value;
  const machine::Region region = builder_.open(builder_.apply(Op::logical_not, has));
  const Value free = free_draw(draw, number);
  builder_.close();
  return builder_.select(has, value, builder_.joined(region, free, 0.0));
}

Value Lowering::exact_value(const ExactObservation& exact, std::uint32_t number) {
  const Value has = where_exact(exact, number);
  const Value datum = data_of(exact.quantity, number);
  if (builder_.truth(has) == true) return datum;
  return builder_.select(has, datum, let_value(exact.quantity, number));
}

// ---- its score

/// Data are in base units and densities per declared unit: they differ by the scale of time units.
Value Lowering::score_of_exact(const ScoreColumn& column, const ExactObservation& exact) {
  const DecidedBy by{&exact, column.item};
  const std::uint32_t number = draw_behind(by);
  const Quantity& draw = model()[exact.draw];
  const auto& drawn = model().statement<DrawStatement>(draw.statement);
  const auto& recorded = column.is_recorded;
  if (std::find(recorded.begin(), recorded.end(), true) == recorded.end())
    return builder_.constant(0.0);
  (void)definition(exact.draw, 0, number);  // what needs itself is told there
  const Decided one = decided(by);
  const machine::Region region = builder_.open(where_exact(exact, column.item));
  const LawArguments given = arguments_of(drawn.law, environment_of(drawn.target, draw, number));
  check_arguments(given);
  const std::optional<WrittenUnit>& unit = model()[exact.quantity].unit;
  const Value log_unit = builder_.constant(unit ? random::log_of(unit->scale) : 0.0);
  const Value density = builder_.log_density(*given.law, given.values, one.value);
  const Value whole = builder_.add(builder_.add(density, one.log_slope), log_unit);
  const Value score = builder_.select(one.possible, whole, builder_.constant(-infinity));
  builder_.close();
  return region == builder_.current() ? score : builder_.joined(region, score, 0.0);
}

// ---- data that no draw gives

/// What shows whatever the parameters are is a fault; else the histories of some have no weight.
void Lowering::check_datum(const DecidedBy& by, const Undoing::Range& range) {
  const QuantityId id = by.observation->quantity;
  const ScoreColumn& column = score_column(id, by.element);
  for (std::uint32_t step = 0; step < column.is_recorded.size(); ++step) {
    std::map<Value, std::optional<double>> seen;
    if (!column.is_recorded[step] || in_step(range.holds, step, seen) != 0.0) continue;
    const double base = *in_step(data_of(id, by.element), step, seen);
    const double scale = model()[id].unit ? model()[id].unit->scale : 1.0;
    const auto& observe = model().statement<ObserveStatement>(column.statement);
    found_.add({.code = "D403",
                .message = fmt::format("`{}` is {} in {}, which no value of `{}` gives: {}",
                                       element_name(model(), id, by.element), to_text(base / scale),
                                       model().steps.label(step),
                                       model()[by.observation->draw].name.text, range.why),
                .primary = {observe.name.span, {}},
                .related = {{range.span, "undone here"}},
                .help = "correct the datum, leave its cell blank, or change the definition"});
    return;
  }
}

/// A value as far as data and constants tell it.
std::optional<double> Lowering::in_step(Value value, std::uint32_t step,
                                        std::map<Value, std::optional<double>>& seen) const {
  if (const std::optional<double> known = builder_.known(value)) return known;
  const auto [at, fresh] = seen.try_emplace(value);
  if (!fresh) return at->second;
  const machine::Instruction& made = builder_.definition(value);
  if (made.op == Op::series) {
    const machine::SeriesTable& table = plan_.lowered.series;
    return seen[value] = table.values[made.a * table.n_steps + step];
  }
  if (made.op < Op::add) return {};
  const std::uint8_t arity = machine::arity_of(made.op);
  std::array<double, 3> x{};
  const std::array<std::uint32_t, 3> operands{made.a, made.b, made.c};
  for (std::size_t i = 0; i < arity; ++i) {
    const std::optional<double> part = in_step(Value{operands.at(i)}, step, seen);
    if (!part) return {};
    x.at(i) = *part;
  }
  return seen[value] = machine::evaluate(made.op, x[0], x[1], x[2]);
}

}  // namespace casus::language
