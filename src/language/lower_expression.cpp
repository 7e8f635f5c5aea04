// Expressions to values.
#include "base/bug.hpp"
#include "language/lower_game.hpp"
#include "language/lowering.hpp"
#include "machine/operation.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace casus::language {

namespace {

Op op_of(BinaryKind kind) {
  switch (kind) {
    case BinaryKind::add: return Op::add;
    case BinaryKind::subtract: return Op::subtract;
    case BinaryKind::multiply: return Op::multiply;
    case BinaryKind::divide: return Op::divide;
    case BinaryKind::power: return Op::power;
    case BinaryKind::less:
    case BinaryKind::greater: return Op::less;
    case BinaryKind::less_equal:
    case BinaryKind::greater_equal: return Op::less_equal;
    case BinaryKind::equal: return Op::equal;
    case BinaryKind::not_equal: return Op::not_equal;
    case BinaryKind::logical_and: return Op::logical_and;
    case BinaryKind::logical_or: return Op::logical_or;
  }
  return Op::add;
}

bool swapped(BinaryKind kind) {
  return kind == BinaryKind::greater || kind == BinaryKind::greater_equal;
}

/// A date as written, not one that a history gives.
bool is_written(const Tree& tree, NodeId node) {
  const Expression& at = tree[node].expression;
  return std::get_if<DateValue>(&at) != nullptr || std::get_if<Number>(&at) != nullptr;
}

/// The set whose labels are numbers, when `domain` is one.
const Set* numeric_set(const Model& model, Type type) {
  if (type.kind != TypeKind::label) return nullptr;
  for (const Set& set : model.sets) {
    if (set.domain == type.domain && !set.numbers.empty()) return &set;
  }
  return nullptr;
}

/// The value of a term that changes no reduction of this kind.
double neutral_of(ReduceKind kind) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  switch (kind) {
    case ReduceKind::max: return -infinity;
    case ReduceKind::min: return infinity;
    case ReduceKind::product:
    case ReduceKind::all: return 1.0;
    default: return 0.0;
  }
}

Value folded(Builder& builder, ReduceKind kind, Value a, Value b) {
  switch (kind) {
    case ReduceKind::product: return builder.multiply(a, b);
    case ReduceKind::max: return builder.apply(Op::maximum, a, b);
    case ReduceKind::min: return builder.apply(Op::minimum, a, b);
    case ReduceKind::any: return builder.apply(Op::logical_or, a, b);
    case ReduceKind::all: return builder.apply(Op::logical_and, a, b);
    default: return builder.add(a, b);
  }
}

}  // namespace

Value Lowering::expression(NodeId node, const Environment& environment) {
  constexpr std::size_t deepest = 4000;  // each takes part of the thread's stack
  if (nested_ >= deepest) {
    too_deep(node);
    return builder_.constant(0.0);
  }
  ++nested_;
  const Value value = std::visit([&](const auto& at) { return visit(node, at, environment); },
                                 model().tree[node].expression);
  --nested_;
  return value;
}

/// Said once: whatever else stands behind the same definitions is as deep.
void Lowering::too_deep(NodeId node) {
  if (is_too_deep_) return;
  is_too_deep_ = true;
  Diagnostic diagnostic{
      .code = "O117",
      .message = fmt::format("this is nested {} deep, with {} definitions behind each other",
                             nested_, open_.size()),
      .primary = {model().tree[node].span},
      .help = "a set, a `sum` over its labels or a state carries what is said so often"};
  if (!open_.empty() && std::get<0>(open_.front()) != nothing) {
    const QuantityId first{std::get<0>(open_.front())};
    diagnostic.related = {{model()[first].name.span, "it begins here"}};
  }
  found_.add(std::move(diagnostic));
}

Value Lowering::number(NodeId node, const Environment& environment) {
  const Value value = expression(node, environment);
  const Type type = model().meaning(node).type;
  if (const Set* set = numeric_set(model(), type)) {
    std::vector<Value> numbers;
    for (const double at : set->numbers) numbers.push_back(builder_.constant(at));
    return select_label(*set, value, numbers);
  }
  if (type.kind == TypeKind::date)
    return builder_.multiply(value, builder_.constant(model().steps.dt));
  return value;
}

Value Lowering::visit(NodeId /*node*/, const Number& at, const Environment& /*environment*/) {
  return builder_.constant(at.value);
}

Value Lowering::visit(NodeId /*node*/, const NumberWithUnit& at,
                      const Environment& /*environment*/) {
  if (const std::optional<double> years = time_unit_in_years(at.unit.text)) {
    return builder_.constant(at.value * *years);
  }
  std::string problem;
  const std::optional<WrittenUnit> unit = parse_unit(at.unit.text, problem);
  return builder_.constant(at.value * (unit ? unit->scale : 1.0));
}

Value Lowering::visit(NodeId node, const DateValue& /*at*/, const Environment& /*environment*/) {
  return date_step(node, false);
}

const Binding* Lowering::bound(const std::string& name, const Environment& environment) const {
  for (auto at = environment.bound.rbegin(); at != environment.bound.rend(); ++at) {
    if (at->name == name) return &*at;
  }
  return nullptr;
}

Value Lowering::visit(NodeId node, const Name& at, const Environment& environment) {
  const Meaning& meaning = model().meaning(node);
  switch (meaning.kind) {
    case Meaning::Kind::label:
    case Meaning::Kind::truth: return builder_.constant(meaning.target);
    case Meaning::Kind::dt: return builder_.constant(model().steps.dt);
    case Meaning::Kind::elapsed: return elapsed();
    case Meaning::Kind::no_move: return builder_.constant(-1.0);
    case Meaning::Kind::argument: return (*environment.arguments)[meaning.target];
    case Meaning::Kind::bound: return builder_.constant(bound(at.word.text, environment)->position);
    case Meaning::Kind::quantity: {
      const Asking asking(*this, node, at.word);
      return element(QuantityId{meaning.target}, 0, environment);
    }
    default: throw Bug("a name without a meaning reached lowering: " + at.word.text);
  }
}

Value Lowering::visit(NodeId node, const Element& at, const Environment& environment) {
  const Asking asking(*this, node, at.name);
  return index_element(QuantityId{model().meaning(node).target}, at.indices, environment);
}

Value Lowering::visit(NodeId /*node*/, const Unary& at, const Environment& environment) {
  if (at.kind == UnaryKind::negate)
    return builder_.apply(Op::negate, number(at.operand, environment));
  return builder_.apply(Op::logical_not, expression(at.operand, environment));
}

Value Lowering::visit(NodeId /*node*/, const Binary& at, const Environment& environment) {
  if (at.kind == BinaryKind::equal || at.kind == BinaryKind::not_equal)
    return equality(at, environment);
  const Op op = op_of(at.kind);
  if (op == Op::logical_and || op == Op::logical_or) return logical(at, op, environment);
  const bool dates = model().meaning(at.left).type.kind == TypeKind::date &&
                     model().meaning(at.right).type.kind == TypeKind::date &&
                     (op == Op::less || op == Op::less_equal);
  // After a month means after its last day, before it before its first.
  const bool after = at.kind == BinaryKind::greater || at.kind == BinaryKind::less_equal;
  const Value left = dates ? dated(at.left, !after, environment) : number(at.left, environment);
  const Value right = dates ? dated(at.right, after, environment) : number(at.right, environment);
  return swapped(at.kind) ? builder_.apply(op, right, left) : builder_.apply(op, left, right);
}

/// In a measure the second truth counts only where the first leaves the matter open.
Value Lowering::logical(const Binary& at, Op op, const Environment& environment) {
  const Value left = number(at.left, environment);
  const auto right = [&] { return number(at.right, environment); };
  if (moment_ != Moment::measures) return builder_.apply(op, left, right());
  const Value open = op == Op::logical_and ? left : builder_.apply(Op::logical_not, left);
  return builder_.apply(op, left, under(open, right));
}

Value Lowering::dated(NodeId node, bool last, const Environment& environment) {
  return is_written(model().tree, node) ? date_step(node, last) : expression(node, environment);
}

/// Whether a date is in the steps [first, last].
Value Lowering::among_steps(Value date, const StepRange& range) {
  if (range.empty) return builder_.constant(0.0);
  const Value after = builder_.apply(Op::less_equal, builder_.constant(range.first), date);
  return builder_.apply(Op::logical_and, after,
                        builder_.apply(Op::less_equal, date, builder_.constant(range.last)));
}

Value Lowering::equality(const Binary& at, const Environment& environment) {
  const bool left_written = is_written(model().tree, at.left);
  if (model().meaning(at.left).type.kind == TypeKind::date &&
      left_written != is_written(model().tree, at.right)) {
    const NodeId written = left_written ? at.left : at.right;
    const Value date = expression(left_written ? at.right : at.left, environment);
    const Value met = among_steps(date, steps_of(model(), {.from = written, .to = written}));
    return at.kind == BinaryKind::equal ? met : builder_.apply(Op::logical_not, met);
  }
  const bool labels = model().meaning(at.left).type.kind == TypeKind::label;
  const std::string* left = labels ? label_text(at.left, environment) : nullptr;
  const std::string* right = labels ? label_text(at.right, environment) : nullptr;
  if (left != nullptr && right != nullptr) {
    return builder_.constant((*left == *right) == (at.kind == BinaryKind::equal) ? 1.0 : 0.0);
  }
  const Value a = expression(at.left, environment);
  const Value b = expression(at.right, environment);
  if (!labels) return builder_.apply(op_of(at.kind), a, b);
  const DomainId of_a = model().meaning(at.left).type.domain;
  const DomainId of_b = model().meaning(at.right).type.domain;
  if (left != nullptr) return builder_.apply(op_of(at.kind), translated(a, of_a, of_b), b);
  return builder_.apply(op_of(at.kind), a, translated(b, of_b, of_a));
}

Value Lowering::visit(NodeId node, const Choice& at, const Environment& environment) {
  std::vector<Arm> arms;
  NodeId last = at.otherwise;
  for (const Choice::Arm& arm : at.arms) {
    const Value condition = expression(arm.condition, environment);
    const std::optional<double> known = builder_.known(condition);
    if (known && *known == 0.0) continue;
    if (known) {
      last = arm.value;
      break;
    }
    arms.push_back({condition, arm.value});
  }
  if (last == no_node) {
    if (arms.empty()) {
      fault("O104", "no branch of `cases` holds here", span_of(node), "add `otherwise : ...`");
      return builder_.constant(0.0);
    }
    last = arms.back().value;  // the parser has asked for `otherwise` where branches may all fail
    arms.pop_back();
  }
  const bool numeric = model().meaning(node).type.kind == TypeKind::number;
  const std::vector<Value> paths = paths_of(arms);
  const auto value_of = [&](NodeId value, std::size_t arm) {
    const auto build = [&] {
      return numeric ? number(value, environment) : expression(value, environment);
    };
    return paths.empty() ? build() : under(paths[arm], build);
  };
  Value result = value_of(last, arms.size());
  for (std::size_t i = arms.size(); i-- > 0;) {
    result = builder_.select(arms[i].condition, value_of(arms[i].value, i), result);
  }
  return result;
}

/// In a measure: where each arm of a choice is taken, and where none is. Empty elsewhere.
std::vector<Value> Lowering::paths_of(const std::vector<Arm>& arms) {
  if (moment_ != Moment::measures) return {};
  std::vector<Value> paths;
  Value open = builder_.constant(1.0);
  for (const Arm& arm : arms) {
    paths.push_back(builder_.apply(Op::logical_and, open, arm.condition));
    open = builder_.apply(Op::logical_and, open, builder_.apply(Op::logical_not, arm.condition));
  }
  paths.push_back(open);
  return paths;
}

Value Lowering::visit(NodeId node, const Membership& at, const Environment& environment) {
  const Meaning& meaning = model().meaning(node);
  if (meaning.kind == Meaning::Kind::set) {
    const Set& set = model()[SetId{meaning.target}];
    if (const std::string* text = label_text(at.body, environment)) {
      return builder_.constant(set.position(*text) ? 1.0 : 0.0);
    }
  }
  const Value value = expression(at.body, environment);
  const Domain& domain = model()[model().meaning(at.body).type.domain];
  std::vector<std::string> members;
  if (meaning.kind == Meaning::Kind::set) members = model()[SetId{meaning.target}].labels;
  for (const Word& word : at.members) members.push_back(word.text);
  Value result = builder_.constant(0.0);
  for (const std::string& member : members) {
    const std::optional<std::uint32_t> position = domain.position(member);
    if (!position) continue;
    const Value here = builder_.apply(Op::equal, value, builder_.constant(*position));
    result = builder_.apply(Op::logical_or, result, here);
  }
  return result;
}

Value Lowering::visit(NodeId node, const Call& at, const Environment& environment) {
  const Meaning& meaning = model().meaning(node);
  if (meaning.kind == Meaning::Kind::calendar) return calendar(node, at, environment);
  if (meaning.kind == Meaning::Kind::memory) return remembered(node, environment);
  if (meaning.kind == Meaning::Kind::link) return link_weight(node, at, environment);
  if (meaning.kind == Meaning::Kind::function) return call_function(node, at, environment);
  if (meaning.kind == Meaning::Kind::game) {
    const GameId id{meaning.target};
    GameLowering& asked = game_in(id, environment);
    const Value otherwise =
        at.otherwise == no_node ? builder_.constant(0.0) : number(at.otherwise, environment);
    return at.function.text == "worth" ? asked.worth(at, environment, otherwise)
                                       : asked.value(at, environment, otherwise);
  }
  return operation(static_cast<Op>(meaning.target), at.arguments, environment);
}

/// Built-in operations; the largest and smallest are of any number of values.
Value Lowering::operation(Op op, const std::vector<NodeId>& operands,
                          const Environment& environment) {
  if (op == Op::minimum || op == Op::maximum) {
    std::vector<Value> values;
    values.reserve(operands.size());
    for (const NodeId operand : operands) values.push_back(number(operand, environment));
    return std::accumulate(values.begin() + 1, values.end(), values.front(),
                           [&](Value a, Value b) { return builder_.apply(op, a, b); });
  }
  std::array<Value, 3> values{};
  for (std::size_t i = 0; i < operands.size(); ++i) values.at(i) = number(operands[i], environment);
  return builder_.apply(op, values[0], values[1], values[2]);
}

Value Lowering::call_function(NodeId node, const Call& at, const Environment& environment) {
  constexpr std::size_t deepest_call = 256;
  const Function& function = model().functions[model().meaning(node).target];
  const auto& statement = model().statement<FunctionStatement>(function.statement);
  std::vector<Value> arguments;
  for (const NodeId argument : at.arguments) arguments.push_back(number(argument, environment));
  if (depth_ >= deepest_call) {
    fault("O105", fmt::format("`{}` calls itself without end", function.name.text),
          function.name.span);
    return builder_.constant(0.0);
  }
  ++depth_;
  Environment inside;
  inside.arguments = &arguments;
  inside.game = environment.game;
  inside.end_of_step = environment.end_of_step;
  const Value result = number(statement.body, inside);
  --depth_;
  return result;
}

/// A game asked from inside its own block is the one being built.
GameLowering& Lowering::game_in(GameId id, const Environment& environment) {
  GameLowering* here = environment.game.game;
  return here != nullptr && here->id() == id ? *here : game(id);
}

Value Lowering::visit(NodeId node, const Probability& at, const Environment& environment) {
  const Meaning& meaning = model().meaning(node);
  if (meaning.target != nothing)
    return game_in(GameId{meaning.target}, environment).probability(at, environment);
  Value result = builder_.constant(0.0);
  bool any = false;
  for (std::size_t i = 0; i < model().games.size(); ++i) {
    if (!knows_moves_of(model(), model().games[i], at.event)) continue;
    any = true;
    result = builder_.add(result, game(id_of<GameId>(i)).probability(at, environment));
  }
  if (!any) fault("G018", "no single game has all these moves", model().tree[node].span);
  return result;
}

Value Lowering::visit(NodeId /*node*/, const Reduce& at, const Environment& environment) {
  Environment inner = environment;
  std::vector<Value> terms;
  std::vector<Value> conditions;
  reduce_over(at, 0, inner, terms, conditions);
  const Span span = at.body == no_node ? Span{} : model().tree[at.body].span;
  return fold_reduction(at, terms, conditions, environment, span);
}

void Lowering::reduce_over(const Reduce& at, std::size_t binder, Environment& environment,
                           std::vector<Value>& terms, std::vector<Value>& conditions) {
  if (binder == at.binders.size()) {
    Value condition = builder_.constant(1.0);
    if (at.condition != no_node) condition = expression(at.condition, environment);
    const std::optional<double> known = builder_.known(condition);
    if (known && *known == 0.0) return;
    conditions.push_back(condition);
    terms.push_back(under(condition, [&] {
      return at.body == no_node ? builder_.constant(1.0) : number(at.body, environment);
    }));
    return;
  }
  each_label(at.binders[binder], environment, [&](Environment& inside, std::uint32_t /*label*/) {
    reduce_over(at, binder + 1, inside, terms, conditions);
  });
}

/// Calls `build` with each label bound that `binder` runs over: a set's, or a link's neighbours.
void Lowering::each_label(const Binder& binder, const Environment& environment,
                          const std::function<void(Environment&, std::uint32_t)>& build) {
  Environment inside = environment;
  const auto each = [&](SetId set, std::uint32_t position) {
    inside.bound.push_back({binder.name.text, set, position});
    build(inside, position);
    inside.bound.pop_back();
  };
  for (const Link& link : model().links) {
    if (link.name.text != binder.set.text) continue;
    const std::optional<std::string> from = known_label(binder.link.front(), environment);
    if (!from) return unknown_link(span_of(binder.link.front()));
    const std::optional<std::uint32_t> row = model()[link.from].position(*from);
    if (!row) return;
    for (const std::uint32_t to : link.neighbours[*row]) each(link.to, to);
    return;
  }
  const SetId set = model().set_named.at(binder.set.text);
  for (std::uint32_t i = 0; i < model()[set].labels.size(); ++i) each(set, i);
}

/// The weight of a pair, 0 where it is not linked.
Value Lowering::link_weight(NodeId node, const Call& at, const Environment& environment) {
  const Link& link = model().links[model().meaning(node).target];
  const std::optional<std::string> from = known_label(at.arguments.front(), environment);
  const std::optional<std::string> to = known_label(at.arguments.back(), environment);
  if (!from || !to) {
    unknown_link(span_of(node));
    return builder_.constant(0.0);
  }
  const std::uint32_t row = *model()[link.from].position(*from);
  const std::uint32_t wanted = *model()[link.to].position(*to);
  for (std::size_t i = 0; i < link.neighbours[row].size(); ++i) {
    if (link.neighbours[row][i] == wanted) return builder_.constant(link.weights[row][i]);
  }
  return builder_.constant(0.0);
}

Value Lowering::fold_reduction(const Reduce& at, const std::vector<Value>& terms,
                               const std::vector<Value>& conditions, const Environment& environment,
                               Span span) {
  const bool extreme = at.kind == ReduceKind::max || at.kind == ReduceKind::min;
  const auto of_nothing = [&]() -> Value {
    if (!extreme) return builder_.constant(neutral_of(at.kind));
    if (at.otherwise != no_node) return number(at.otherwise, environment);
    fault("I112", "the largest or smallest of nothing has no value", span,
          "add `default 0` after the bracket");
    return builder_.constant(0.0);
  };
  if (terms.empty()) return of_nothing();
  std::optional<Value> result;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    Value term = terms[i];
    if (!builder_.known(conditions[i])) {
      term = builder_.select(conditions[i], term, builder_.constant(neutral_of(at.kind)));
    }
    result = result ? folded(builder_, at.kind, *result, term) : term;
  }
  if (!extreme || at.condition == no_node) return *result;
  Value some = builder_.constant(0.0);
  for (const Value condition : conditions) some = builder_.apply(Op::logical_or, some, condition);
  const std::optional<double> known = builder_.known(some);
  if (known && *known != 0.0) return *result;
  if (at.otherwise == no_node) return of_nothing();
  return builder_.select(some, *result, number(at.otherwise, environment));
}

}  // namespace casus::language
