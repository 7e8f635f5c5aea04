// Kinds of values: numbers, truths, labels and dates, expression by expression.
#include "base/text.hpp"
#include "language/resolver.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <string_view>

namespace casus::language {

namespace {

bool is_comparison(BinaryKind kind) {
  return kind >= BinaryKind::less && kind <= BinaryKind::not_equal;
}

/// Names and quoted words may be labels when the other side of == says of what.
const Name* bare_word(const Tree& tree, NodeId node) {
  return std::get_if<Name>(&tree[node].expression);
}

}  // namespace

void Resolver::fault(std::string_view code, std::string message, Span span, std::string help) {
  // A name that is wrong is wrong wherever it stands: these are told at the first place only.
  constexpr std::array about_names{"N003", "N102", "N103", "N104", "N106"};
  const bool of_name = std::any_of(about_names.begin(), about_names.end(),
                                   [code](std::string_view each) { return each == code; });
  if (of_name && !unknown_.insert(message).second) return;
  found_.add({.code = code,
              .message = std::move(message),
              .primary = {span, {}},
              .help = std::move(help)});
}

std::string Resolver::describe(Type type) const {
  switch (type.kind) {
    case TypeKind::number: return "a number";
    case TypeKind::truth: return "a truth";
    case TypeKind::label: return fmt::format("a label of `{}`", model_[type.domain].name);
    case TypeKind::date: return "a date";
    case TypeKind::party: return "a party";
    case TypeKind::unknown: break;
  }
  return "nothing";
}

Type Resolver::expression(NodeId node, const Scope& scope, std::optional<DomainId> wanted) {
  const Expression& at = model_.tree[node].expression;
  Type type;
  if (const auto* named = std::get_if<Name>(&at)) {
    type = name(node, *named, scope, wanted);
  } else if (const auto* chosen = std::get_if<Choice>(&at)) {
    type = choice(*chosen, scope, wanted);
  } else {
    type = std::visit(
        [&](const auto& part) -> Type {
          using Part = std::decay_t<decltype(part)>;
          if constexpr (std::is_same_v<Part, Name> || std::is_same_v<Part, Choice>) {
            return Type{};
          } else {
            return visit(node, part, scope);
          }
        },
        at);
  }
  model_.meanings[index(node)].type = type;
  return type;
}

Type Resolver::number(NodeId node, const Scope& scope) {
  const Type type = expression(node, scope);
  if (type.kind == TypeKind::label) {
    for (const Set& set : model_.sets) {
      if (set.domain == type.domain && !set.numbers.empty()) return {TypeKind::number, {}};
    }
  }
  if (type.kind == TypeKind::label || type.kind == TypeKind::party ||
      (type.kind == TypeKind::date && !scope.measure)) {
    fault("N201", fmt::format("expected a number, found {}", describe(type)),
          model_.tree[node].span,
          type.kind == TypeKind::label ? "compare it with a label: `x == label` counts as 0 or 1"
                                       : std::string{});
  }
  return {TypeKind::number, {}};
}

Type Resolver::truth(NodeId node, const Scope& scope) {
  const Type type = expression(node, scope);
  if (type.kind != TypeKind::truth && type.kind != TypeKind::unknown) {
    fault("N202", fmt::format("expected something true or false, found {}", describe(type)),
          model_.tree[node].span,
          type.kind == TypeKind::number ? "compare it: `x > 0`"
                                        : "compare it with a label: `x == label`");
  }
  return {TypeKind::truth, {}};
}

void Resolver::label_in(NodeId node, const Scope& scope, DomainId domain) {
  const Type type = expression(node, scope, domain);
  if (type.kind == TypeKind::unknown || type == Type{TypeKind::label, domain}) return;
  fault("N203",
        fmt::format("expected a label of `{}`, found {}", model_[domain].name, describe(type)),
        model_.tree[node].span, fmt::format("its labels are {}", one_of(model_[domain].labels)));
}

void Resolver::value_of(Type type, NodeId node, const Scope& scope) {
  if (type.kind == TypeKind::label) return label_in(node, scope, type.domain);
  if (type.kind == TypeKind::truth)
    truth(node, scope);
  else
    number(node, scope);
}

Type Resolver::visit(NodeId /*node*/, const Number& /*at*/, const Scope& /*scope*/) {
  return {TypeKind::number, {}};
}

Type Resolver::visit(NodeId /*node*/, const NumberWithUnit& at, const Scope& /*scope*/) {
  std::string problem;
  if (!time_unit_in_years(at.unit.text) && !parse_unit(at.unit.text, problem)) {
    fault("U001", fmt::format("`{}` is no unit: {}", at.unit.text, problem), at.unit.span);
  }
  return {TypeKind::number, {}};
}

Type Resolver::visit(NodeId node, const DateValue& /*at*/, const Scope& scope) {
  if (!scope.measure) {
    fault("T101", "a date may not stand here", model_.tree[node].span,
          "write `since(2018-05)` for a step from that date on, `during(a, b)` for a span");
    return {};
  }
  return {TypeKind::date, {}};
}

Type Resolver::visit(NodeId /*node*/, const Unary& at, const Scope& scope) {
  return at.kind == UnaryKind::negate ? number(at.operand, scope) : truth(at.operand, scope);
}

Type Resolver::visit(NodeId node, const Binary& at, const Scope& scope) {
  if (at.kind == BinaryKind::logical_and || at.kind == BinaryKind::logical_or) {
    truth(at.left, scope);
    truth(at.right, scope);
    return {TypeKind::truth, {}};
  }
  if (at.kind == BinaryKind::equal || at.kind == BinaryKind::not_equal)
    return equality(node, at, scope);
  if (!is_comparison(at.kind)) {
    number(at.left, scope);
    number(at.right, scope);
    return {TypeKind::number, {}};
  }
  return order_comparison(at, scope);
}

/// `<`, `<=`, `>`, `>=`: of numbers, or of dates.
Type Resolver::order_comparison(const Binary& at, const Scope& scope) {
  for (const NodeId side : {at.left, at.right}) {
    const std::optional<DomainId> labels = labels_of(side, scope);
    if (!labels || is_numeric(*labels)) continue;
    fault("N204", fmt::format("labels of `{}` have no order", model_[*labels].name), at.op,
          "compare labels with == and !=");
    return {TypeKind::truth, {}};
  }
  expression(at.left, scope);
  expression(at.right, scope);
  time_beside_date(at.left, at.right);
  time_beside_date(at.right, at.left);
  const Type left = model_.meaning(at.left).type;
  const Type right = model_.meaning(at.right).type;
  if ((left.kind == TypeKind::date) != (right.kind == TypeKind::date) &&
      left.kind != TypeKind::unknown && right.kind != TypeKind::unknown) {
    fault("N205", fmt::format("cannot compare {} with {}", describe(left), describe(right)), at.op);
  }
  return {TypeKind::truth, {}};
}

/// `first_war > 2015`, `crossed < 0.5`: a number beside a date is a year, or a time that the case
/// counts.
void Resolver::time_beside_date(NodeId number, NodeId date) {
  const bool plain = std::get_if<Number>(&model_.tree[number].expression) != nullptr;
  if (!plain || model_.meaning(date).type.kind != TypeKind::date) return;
  this->date(number);
  model_.meanings[index(number)].type = {TypeKind::date, {}};
}

/// The labels a side is certain to have: it names a move, an enumerated state or a bound name.
std::optional<DomainId> Resolver::labels_of(NodeId side, const Scope& scope) {
  const Expression& at = model_.tree[side].expression;
  const Word* word = nullptr;
  if (const auto* name = std::get_if<Name>(&at)) word = &name->word;
  if (const auto* element = std::get_if<Element>(&at)) word = &element->name;
  if (const auto* dated = std::get_if<AtDate>(&at)) return labels_of(dated->body, scope);
  if (word == nullptr) return {};
  const std::optional<Meaning> meaning = meaning_of(*word, scope);
  if (!meaning || meaning->type.kind != TypeKind::label) return {};
  return meaning->type.domain;
}

/// Whether the side names a draw from a set that there is not.
bool Resolver::is_lost(NodeId side, const Scope& scope) {
  if (const auto* dated = std::get_if<AtDate>(&model_.tree[side].expression))
    return is_lost(dated->body, scope);
  const Name* const name = bare_word(model_.tree, side);
  const std::optional<Meaning> meaning =
      name == nullptr ? std::optional<Meaning>{} : meaning_of(name->word, scope);
  if (!meaning || meaning->kind != Meaning::Kind::quantity) return false;
  const Quantity& quantity = model_[QuantityId{meaning->target}];
  return quantity.kind == Quantity::Kind::draw && quantity.type.kind == TypeKind::unknown;
}

/// `phase == war`: a word opposite something with labels is one of its labels.
Type Resolver::equality(NodeId node, const Binary& at, const Scope& scope) {
  const std::optional<DomainId> left_labels = labels_of(at.left, scope);
  const std::optional<DomainId> right_labels = labels_of(at.right, scope);
  const auto wanted = [&](std::optional<DomainId> own, std::optional<DomainId> other) {
    return own && other && !comparable(*own, *other) ? std::optional<DomainId>{} : other;
  };
  const bool left_word = bare_word(model_.tree, at.left) != nullptr && !left_labels;
  const bool right_word = bare_word(model_.tree, at.right) != nullptr && !right_labels;
  // The word may well be one of its labels.
  if ((left_word && is_lost(at.right, scope)) || (right_word && is_lost(at.left, scope)))
    return {TypeKind::truth, {}};
  const Type left =
      expression(at.left, scope, left_word ? wanted(left_labels, right_labels) : std::nullopt);
  const Type right =
      expression(at.right, scope, right_word ? wanted(right_labels, left_labels) : std::nullopt);
  if (left.kind == TypeKind::unknown || right.kind == TypeKind::unknown)
    return {TypeKind::truth, {}};
  const bool labels = left.kind == TypeKind::label || right.kind == TypeKind::label;
  const bool dates = left.kind == TypeKind::date || right.kind == TypeKind::date;
  const bool alike = left.kind == right.kind && (!labels || comparable(left.domain, right.domain));
  if ((labels || dates) && !alike) {
    fault("N205", fmt::format("cannot compare {} with {}", describe(left), describe(right)),
          model_.tree[node].span);
  }
  return {TypeKind::truth, {}};
}

/// Labels of related sets compare by their text.
bool Resolver::comparable(DomainId a, DomainId b) const {
  if (a == b) return true;
  const Set* first = nullptr;
  const Set* second = nullptr;
  for (const Set& set : model_.sets) {
    if (set.domain == a) first = &set;
    if (set.domain == b) second = &set;
  }
  return first != nullptr && second != nullptr && first->root == second->root;
}

bool Resolver::is_numeric(DomainId domain) const {
  return std::any_of(model_.sets.begin(), model_.sets.end(),
                     [&](const Set& set) { return set.domain == domain && !set.numbers.empty(); });
}

/// Without `otherwise` some arm must always hold: here, when arms name every label of one quantity.
/// Inside a game the paths decide, which is checked when payoffs are built.
bool Resolver::covers(const Choice& at) const {
  std::optional<std::uint32_t> about;
  std::set<std::uint32_t> labels;
  for (const Choice::Arm& arm : at.arms) {
    const Meaning& whole = model_.meaning(arm.condition);
    if (whole.kind == Meaning::Kind::truth && whole.target == 1) return true;
    const auto* equal = std::get_if<Binary>(&model_.tree[arm.condition].expression);
    if (equal == nullptr || equal->kind != BinaryKind::equal) return false;
    const Meaning& left = model_.meaning(equal->left);
    const Meaning& right = model_.meaning(equal->right);
    const bool named = left.kind == Meaning::Kind::quantity || left.kind == Meaning::Kind::bound;
    const bool labelled =
        right.kind == Meaning::Kind::label || right.kind == Meaning::Kind::no_move;
    if (!named || !labelled || about.value_or(left.target) != left.target) return false;
    about = left.target;
    labels.insert(right.kind == Meaning::Kind::no_move ? nothing : right.target);
  }
  if (!about) return false;
  const Meaning& first =
      model_.meaning(std::get<Binary>(model_.tree[at.arms.front().condition].expression).left);
  const bool move = first.kind == Meaning::Kind::quantity &&
                    model_[QuantityId{first.target}].kind == Quantity::Kind::move;
  return labels.size() == model_[first.type.domain].labels.size() + (move ? 1 : 0);
}

Type Resolver::choice(const Choice& at, const Scope& scope, std::optional<DomainId> wanted) {
  Type result;
  const auto merge = [&](NodeId value) {
    const Type type = expression(value, scope, wanted);
    if (type.kind == TypeKind::unknown) return;
    if (result.kind == TypeKind::unknown) {
      result = type;
      return;
    }
    if (result == type) return;
    const bool counts = (result.kind == TypeKind::truth && type.kind == TypeKind::number) ||
                        (result.kind == TypeKind::number && type.kind == TypeKind::truth);
    if (counts) {
      result = {TypeKind::number, {}};
      return;
    }
    fault("N206", fmt::format("one branch is {}, another {}", describe(result), describe(type)),
          model_.tree[value].span);
  };
  for (const Choice::Arm& arm : at.arms) {
    truth(arm.condition, scope);
    merge(arm.value);
  }
  if (at.otherwise != no_node) {
    merge(at.otherwise);
  } else if (index(scope.game) == nothing && !at.arms.empty() && !found_.has_errors() &&
             !covers(at)) {
    fault("O104", "nothing says what holds when no condition does",
          model_.tree[at.arms.back().condition].span, "add a last line `otherwise : ...`");
  }
  return result;
}

Type Resolver::visit(NodeId /*node*/, const Reduce& at, const Scope& scope) {
  Scope inner = scope;
  for (const Binder& binder : at.binders) {
    if (!bind(binder, inner)) return {};
  }
  if (at.condition != no_node) truth(at.condition, inner);
  Type type{TypeKind::number, {}};
  if (at.kind == ReduceKind::any || at.kind == ReduceKind::all) {
    type = truth(at.body, inner);
  } else if (at.body != no_node) {
    number(at.body, inner);
  }
  if (at.otherwise != no_node) number(at.otherwise, scope);
  return type;
}

Type Resolver::visit(NodeId node, const Membership& at, const Scope& scope) {
  const Type type = expression(at.body, scope);
  if (type.kind == TypeKind::unknown) return {TypeKind::truth, {}};
  if (type.kind != TypeKind::label) {
    fault("N207", fmt::format("`in` asks about a label, found {}", describe(type)),
          model_.tree[at.body].span);
    return {TypeKind::truth, {}};
  }
  if (!at.bracketed && at.members.size() == 1) {
    const std::optional<SetId> set = find_set_here(at.members.front());
    if (!set) return {TypeKind::truth, {}};
    if (!comparable(model_[*set].domain, type.domain)) {
      fault("N205", fmt::format("`{}` is no set of {}", at.members.front().text, describe(type)),
            at.members.front().span);
    }
    set_meaning(
        node, {Meaning::Kind::set, static_cast<std::uint32_t>(index(*set)), {TypeKind::truth, {}}});
    return {TypeKind::truth, {}};
  }
  for (const Word& member : at.members) {
    if (model_[type.domain].position(member.text)) continue;
    const std::optional<std::string> near = nearest(member.text, model_[type.domain].labels);
    fault("N107", fmt::format("`{}` is no label of `{}`", member.text, model_[type.domain].name),
          member.span, near ? fmt::format("did you mean `{}`?", *near) : std::string{});
  }
  return {TypeKind::truth, {}};
}

}  // namespace casus::language
