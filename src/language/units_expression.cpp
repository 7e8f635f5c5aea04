// Units of expressions.
#include "language/units.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::language {

namespace {

using Kind = Form::Kind;

bool is_comparison(BinaryKind kind) {
  return kind >= BinaryKind::less && kind <= BinaryKind::not_equal;
}

bool is_logical(BinaryKind kind) {
  return kind == BinaryKind::logical_and || kind == BinaryKind::logical_or;
}

/// A number with up to nine decimals as a fraction.
std::optional<Rational> decimal(double value) {
  constexpr double most = 1e9;
  std::int64_t denominator = 1;
  for (int digits = 0; digits <= 9; ++digits, denominator *= 10) {
    const double numerator = value * static_cast<double>(denominator);
    if (std::abs(numerator) > most) return {};
    const double whole = std::round(numerator);
    if (whole / static_cast<double>(denominator) != value) continue;
    return Rational{static_cast<std::int64_t>(whole), 1} / Rational{denominator, 1};
  }
  return {};
}

/// The value of an exponent made of literals: `2`, `-1`, `1 / 3`.
std::optional<Rational> constant_exponent(const Tree& tree, NodeId node) {
  const Expression& at = tree[node].expression;
  if (const auto* number = std::get_if<Number>(&at)) return decimal(number->value);
  if (const auto* unary = std::get_if<Unary>(&at)) {
    const auto inner =
        unary->kind == UnaryKind::negate ? constant_exponent(tree, unary->operand) : std::nullopt;
    if (!inner) return {};
    return *inner * Rational{-1, 1};
  }
  const auto* binary = std::get_if<Binary>(&at);
  if (binary == nullptr) return {};
  const std::optional<Rational> left = constant_exponent(tree, binary->left);
  const std::optional<Rational> right = left ? constant_exponent(tree, binary->right) : left;
  if (!left || !right) return {};
  switch (binary->kind) {
    case BinaryKind::add: return *left + *right;
    case BinaryKind::subtract: return *left - *right;
    case BinaryKind::multiply: return *left * *right;
    case BinaryKind::divide:
      if (right->numerator == 0) return {};
      return *left / *right;
    default: return {};
  }
}

}  // namespace

Form UnitChecker::expression(NodeId node) {
  if (!frame_.calls.empty()) ++n_call_nodes_;
  return std::visit([&](const auto& at) { return visit(node, at); }, model_.tree[node].expression);
}

void UnitChecker::each_of(const std::vector<NodeId>& nodes) {
  for (const NodeId node : nodes) {
    if (node != no_node) expression(node);
  }
}

Form UnitChecker::visit(NodeId /*node*/, const Number& at) {
  return Form::literal_number(at.value == 0.0);
}

Form UnitChecker::visit(NodeId /*node*/, const NumberWithUnit& at) {
  std::string problem;
  const std::optional<WrittenUnit> unit = parse_unit(at.unit.text, problem);
  return unit ? Form{.unit = {.known = unit->unit}} : Form::faulty_part();
}

/// Dates count as the time since some day; only their differences matter.
Form UnitChecker::visit(NodeId /*node*/, const DateValue& /*at*/) { return {.unit = time_}; }

Form UnitChecker::visit(NodeId node, const Name& /*at*/) {
  const Meaning& meaning = model_.meaning(node);
  switch (meaning.kind) {
    case Meaning::Kind::quantity: return of(QuantityId{meaning.target});
    case Meaning::Kind::argument: return frame_.calls.back().arguments[meaning.target];
    case Meaning::Kind::dt:
    case Meaning::Kind::elapsed: return {.unit = time_};
    case Meaning::Kind::truth: return {};
    case Meaning::Kind::bound: return of_set(SetId{meaning.target});
    default: return Form::literal_number(false);
  }
}

Form UnitChecker::of_set(SetId id) {
  const auto at = set_units_.find(static_cast<std::uint32_t>(index(model_[id].root)));
  return at == set_units_.end() ? Form::literal_number(false) : Form{.unit = at->second};
}

Form UnitChecker::visit(NodeId node, const Element& /*at*/) {
  const Meaning& meaning = model_.meaning(node);
  if (meaning.kind != Meaning::Kind::quantity) return Form::literal_number(false);
  return of(QuantityId{meaning.target});
}

Form UnitChecker::visit(NodeId /*node*/, const Probability& at) {
  each_of({at.event, at.given});
  return {};
}

Form UnitChecker::visit(NodeId /*node*/, const Unary& at) {
  Form form = expression(at.operand);
  return at.kind == UnaryKind::negate ? form : Form{};
}

Form UnitChecker::same(std::string_view code, const Side& left, const Side& right, Span primary,
                       const std::function<std::string(std::string, std::string)>& message) {
  const Form& a = left.form;
  const Form& b = right.form;
  if (a.kind == Kind::faulty || b.kind == Kind::faulty) return Form::faulty_part();
  if (a.kind == Kind::literal && b.kind == Kind::literal)
    return Form::literal_number(a.zero && b.zero);
  if (a.kind == Kind::literal) {
    return literal_in_years(left, b.converts, "what stands beside it") ? b : Form::faulty_part();
  }
  if (b.kind == Kind::literal) {
    return literal_in_years(right, a.converts, "what stands beside it") ? a : Form::faulty_part();
  }
  if (!equate(a.unit, b.unit, primary)) {
    conflict(code, message(name_of(a.unit), name_of(b.unit)), primary, {left, right});
    return Form::faulty_part();
  }
  return {.unit = a.unit, .converts = a.converts != nullptr ? a.converts : b.converts};
}

Form UnitChecker::product(const Side& left, const Side& right, bool divide) {
  const Form& a = left.form;
  const Form& b = right.form;
  if (a.kind == Kind::faulty || b.kind == Kind::faulty) return Form::faulty_part();
  if (a.kind == Kind::literal && b.kind == Kind::literal)
    return Form::literal_number(a.zero || (b.zero && !divide));
  return {.unit = divide ? a.unit / b.unit : a.unit * b.unit};
}

Form UnitChecker::power(const Binary& at) {
  const Side base = side(at.left);
  const Side exponent = side(at.right);
  if (const auto constant = constant_exponent(model_.tree, at.right)) {
    if (!base.form.has_unit()) return base.form;
    return {.unit = base.form.unit.power(*constant)};
  }
  dimensionless("U109", exponent, "an exponent");
  dimensionless("U109", base, "the base of a power that varies");
  return {};
}

Form UnitChecker::visit(NodeId /*node*/, const Binary& at) {
  if (at.kind == BinaryKind::power) return power(at);
  const Side left = side(at.left);
  const Side right = side(at.right);
  if (is_logical(at.kind)) return {};
  if (is_comparison(at.kind)) {
    same("U102", left, right, at.op, [](const std::string& a, const std::string& b) {
      return fmt::format("cannot compare {} with {}", a, b);
    });
    return {};
  }
  if (at.kind == BinaryKind::multiply || at.kind == BinaryKind::divide)
    return product(left, right, at.kind == BinaryKind::divide);
  const bool adds = at.kind == BinaryKind::add;
  return same("U101", left, right, at.op, [adds](const std::string& a, const std::string& b) {
    return adds ? fmt::format("cannot add {} and {}", a, b)
                : fmt::format("cannot subtract {} from {}", b, a);
  });
}

/// Values of which one is taken. The first that is no literal says what the others must be.
Form UnitChecker::alternatives(const std::vector<Side>& sides) {
  Side result = sides.front();
  std::vector<Side> literals;
  for (const Side& each : sides) {
    if (each.form.kind == Kind::literal) {
      literals.push_back(each);
      continue;
    }
    const bool first = result.form.kind == Kind::literal;
    Form both = first ? each.form
                      : same("U108", result, each, each.span,
                             [](const std::string& a, const std::string& b) {
                               return fmt::format("cannot choose between {} and {}", a, b);
                             });
    result.form = std::move(both);
    if (first) result.span = each.span;
  }
  bool zero = true;
  for (const Side& each : literals) {
    zero = zero && each.form.zero;
    if (result.form.has_unit() &&
        !literal_in_years(each, result.form.converts, "what stands beside it"))
      return Form::faulty_part();
  }
  return result.form.kind == Kind::literal ? Form::literal_number(zero) : result.form;
}

Form UnitChecker::visit(NodeId /*node*/, const Choice& at) {
  std::vector<Side> sides;
  for (const Choice::Arm& arm : at.arms) {
    expression(arm.condition);
    sides.push_back(side(arm.value));
  }
  if (at.otherwise != no_node) sides.push_back(side(at.otherwise));
  return alternatives(sides);
}

Form UnitChecker::visit(NodeId /*node*/, const Reduce& at) {
  if (at.condition != no_node) expression(at.condition);
  if (at.body == no_node) return {};
  const Side body = side(at.body);
  switch (at.kind) {
    case ReduceKind::any:
    case ReduceKind::all: return {};
    case ReduceKind::product:
      dimensionless("U112", body, "a product over a set");
      return body.form.has_unit() ? Form{} : body.form;
    case ReduceKind::max:
    case ReduceKind::min:
      if (at.otherwise == no_node) break;
      return alternatives({body, side(at.otherwise)});
    default: break;
  }
  Form form = body.form;
  form.quantity = QuantityId{nothing};
  return form;
}

Form UnitChecker::visit(NodeId /*node*/, const OverSteps& at) {
  Form body = expression(at.body);
  if (at.condition != no_node) expression(at.condition);
  switch (at.kind) {
    case StepsKind::any:
    case StepsKind::all:
    case StepsKind::share: return {};
    case StepsKind::rate: return {.unit = time_.power({-1, 1})};
    case StepsKind::first_date:
    case StepsKind::last_date: return {.unit = time_};
    default: return body;
  }
}

Form UnitChecker::visit(NodeId /*node*/, const AtDate& at) { return expression(at.body); }

Form UnitChecker::visit(NodeId /*node*/, const InRange& at) {
  expression(at.body);
  return {};
}

Form UnitChecker::visit(NodeId /*node*/, const Membership& /*at*/) { return {}; }

}  // namespace casus::language
