// `observe E from F exact`: the draw that a datum of E decides. It stands in one place of what E is
// made of, and every operation around it can be undone.
#include "language/compile.hpp"
#include "language/declare.hpp"
#include "language/draw_finder.hpp"
#include "language/undo.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;
using When = DrawStatement::When;
using machine::Op;

bool is_arithmetic(BinaryKind kind) { return kind <= BinaryKind::power; }

/// The draw behind one observation, and the way to it.
class WayFinder {
 public:
  WayFinder(const Model& model, DrawFinder& finder, const ObserveStatement& observe,
            Diagnostics& found)
      : model_(model), finder_(finder), observe_(observe), found_(found) {}

  std::optional<ExactObservation> find(std::uint32_t statement) {
    const QuantityId id = model_.quantity_named.at(observe_.name.text);
    ExactObservation result{.statement = statement, .quantity = id};
    if (model_[id].kind == Kind::draw) {
      result.draw = id;
      if (when_of(id) == When::once) {
        refuse_once(id);
        return {};
      }
      if (!has_density(id, observe_.name.span)) return {};
      return result;
    }
    const std::optional<Occurrence> one = decided(id);
    if (!one) return {};
    draw_ = result.draw = one->draw;
    if (!follow({finder_.definition_of(id), nullptr}) || !has_density(draw_, observe_.name.span))
      return {};
    result.way = std::move(way_);
    return result;
  }

 private:
  const DrawStatement& statement_of(QuantityId draw) const {
    return model_.statement<DrawStatement>(model_[draw].statement);
  }
  When when_of(QuantityId draw) const { return statement_of(draw).when; }
  const std::string& name_of(QuantityId id) const { return model_[id].name.text; }

  /// Of the draws in a definition the one that belongs to its step, else to its year.
  std::optional<Occurrence> decided(QuantityId id) {
    const std::vector<Occurrence>& all = finder_.in(id);
    for (const When when : {When::step, When::year}) {
      std::vector<Occurrence> these;
      for (const Occurrence& each : all) {
        if (when_of(each.draw) == when) these.push_back(each);
      }
      if (these.empty()) continue;
      if (these.size() == 1) return these.front();
      refuse_second(id, these);
      return {};
    }
    if (!all.empty()) {
      refuse_once(all.front().draw);
    } else {
      refuse(fmt::format("`{}` has no draw that an exact datum could decide", name_of(id)),
             observe_.name.span,
             "add one to its definition, or observe a variable of its own with a law");
    }
    return {};
  }

  void refuse_once(QuantityId draw) {
    refuse(fmt::format("`{}` is drawn once in a history, and a datum decides a draw of its step or "
                       "year",
                       name_of(draw)),
           observe_.name.span,
           fmt::format("write `param {} ~ ...` for what stays, and add a draw "
                       "of every step",
                       name_of(draw)));
  }

  void refuse_second(QuantityId id, const std::vector<Occurrence>& places) {
    const bool one_draw = places[0].draw == places[1].draw;
    Diagnostic diagnostic{
        .code = "O115",
        .message = one_draw ? fmt::format("`{}` contains the draw `{}` in two places", name_of(id),
                                          name_of(places[0].draw))
                            : fmt::format("`{}` contains two draws, `{}` and `{}`", name_of(id),
                                          name_of(places[0].draw), name_of(places[1].draw)),
        .primary = {observe_.name.span, {}},
        .related = {{places[0].span, "here"}, {places[1].span, "and here"}},
        .help = one_draw ? "collect what it is multiplied by, so that it stands once"
                         : "one datum decides one draw: make one of them a parameter or `once`"};
    found_.add(std::move(diagnostic));
  }

  bool has_density(QuantityId draw, Span span) {
    const LawCall& call = statement_of(draw).law;
    const random::Law* law = random::find_law(call.law.text);
    if (law != nullptr && !law->discrete()) return true;
    refuse(fmt::format("`{}` gives no number with a density, so no datum decides `{}`",
                       call.law.text, name_of(draw)),
           span, "observe counts with a law: `observe x from ... ~ poisson(mean)`");
    return false;
  }

  void refuse(std::string message, Span span, std::string help) {
    Diagnostic diagnostic{.code = "O115",
                          .message = std::move(message),
                          .primary = {span, {}},
                          .help = std::move(help)};
    if (span.begin != observe_.name.span.begin || span.file != observe_.name.span.file)
      diagnostic.related.push_back({observe_.name.span, "observed exactly here"});
    found_.add(std::move(diagnostic));
  }

  bool cannot_undo(NodeId node, std::string_view what, std::string_view why) {
    refuse(fmt::format("{} cannot be undone, and the draw `{}` stands in it", what, name_of(draw_)),
           model_.tree[node].span, std::string(why));
    return false;
  }

  bool holds(Place place) {
    const std::vector<Occurrence> all = finder_.in(place);
    return std::any_of(all.begin(), all.end(),
                       [this](const Occurrence& each) { return each.draw == draw_; });
  }

  /// Goes on to the draw; false, with a fault, where an operation has no inverse.
  bool follow(Place place) {
    const Meaning& meaning = model_.meaning(place.node);
    switch (meaning.kind) {
      case Meaning::Kind::quantity: return definition(place, QuantityId{meaning.target});
      case Meaning::Kind::argument: {
        way_.push_back({.into = Turn::Into::argument, .node = place.node});
        return follow({(*place.arguments->nodes)[meaning.target], place.arguments->outer});
      }
      default: break;
    }
    return std::visit([&](const auto& at) { return operation(place, at); },
                      model_.tree[place.node].expression);
  }

  bool definition(Place place, QuantityId id) {
    if (const auto* element = std::get_if<Element>(&model_.tree[place.node].expression)) {
      for (const NodeId each : element->indices) {
        const Meaning::Kind kind = model_.meaning(each).kind;
        if (kind == Meaning::Kind::label || kind == Meaning::Kind::bound) continue;
        return cannot_undo(each, "a choice among elements by a move or a drawn label",
                           "write the label, or a name bound to the set");
      }
    }
    way_.push_back({.into = Turn::Into::definition, .node = place.node});
    if (id == draw_) return true;
    return follow({finder_.definition_of(id), nullptr});
  }

  template <class Other>
  bool operation(Place place, const Other& /*expression*/) {
    return cannot_undo(place.node, "this", "use the draw in sums, products, `exp` and the like");
  }

  bool operation(Place place, const Choice& /*choice*/) {
    return cannot_undo(place.node, "a choice between branches",
                       "add the draw outside the choice: its branches may give the same datum");
  }

  bool operation(Place place, const Reduce& /*reduce*/) {
    return cannot_undo(place.node, "a reduction over labels", "add the draw outside of it");
  }

  bool operation(Place place, const Unary& at) {
    if (at.kind != UnaryKind::negate)
      return cannot_undo(place.node, "a truth", "an exact datum needs a number");
    turn(place, {0});
    return follow({at.operand, place.arguments});
  }

  bool operation(Place place, const Binary& at) {
    if (!is_arithmetic(at.kind))
      return cannot_undo(place.node, "a truth",
                         "many values of the draw make it true, or make it false");
    const bool left = holds({at.left, place.arguments});
    if (at.kind == BinaryKind::power && left && !has_root(at, place)) return false;
    turn(place, {left ? 0U : 1U});
    return follow({left ? at.left : at.right, place.arguments});
  }

  /// Of x ^ 3 for any x; of x ^ 2 for x above 0.
  bool has_root(const Binary& at, Place place) {
    if (is_odd(constant_number(model_.tree, at.right)) ||
        is_positive({at.left, place.arguments}, 0))
      return true;
    return cannot_undo(place.node, "this power",
                       "two values of the draw may give one datum: write an odd power, or a power "
                       "of what is always positive, as `exp(...)` is");
  }

  bool operation(Place place, const Call& at) {
    const Meaning& meaning = model_.meaning(place.node);
    if (meaning.kind == Meaning::Kind::function) return function(place, at);
    const auto op = static_cast<Op>(meaning.target);
    if (meaning.kind != Meaning::Kind::operation || !can_undo(op))
      return cannot_undo(place.node, fmt::format("`{}`", at.function.text),
                         "several values of the draw may give one datum");
    turn(place, {0});
    return follow({at.arguments.front(), place.arguments});
  }

  bool function(Place place, const Call& at) {
    std::vector<std::uint32_t> held;
    for (std::uint32_t i = 0; i < at.arguments.size(); ++i) {
      if (holds({at.arguments[i], place.arguments})) held.push_back(i);
    }
    way_.push_back({.into = Turn::Into::body, .node = place.node, .held = std::move(held)});
    const Arguments inner{&at.arguments, place.arguments};
    return follow({finder_.called(place.node).body, &inner});
  }

  void turn(Place place, std::vector<std::uint32_t> held) {
    way_.push_back({.into = Turn::Into::operand, .node = place.node, .held = std::move(held)});
  }

  static bool is_odd(std::optional<double> exponent) {
    return exponent && std::fmod(std::abs(*exponent), 2.0) == 1.0;
  }

  /// Whether an expression is above 0 whatever is drawn, as far as its form tells.
  bool is_positive(Place place, std::size_t depth) {
    constexpr std::size_t deepest = 100;
    if (depth > deepest) return false;
    const Meaning& meaning = model_.meaning(place.node);
    if (meaning.kind == Meaning::Kind::argument)
      return is_positive({(*place.arguments->nodes)[meaning.target], place.arguments->outer},
                         depth + 1);
    if (meaning.kind == Meaning::Kind::quantity) {
      const QuantityId id{meaning.target};
      if (model_[id].kind == Kind::let)
        return is_positive({finder_.definition_of(id), nullptr}, depth + 1);
      return model_[id].kind == Kind::draw && draws_positive(id);
    }
    const Expression& expression = model_.tree[place.node].expression;
    if (const auto* number = std::get_if<Number>(&expression)) return number->value > 0.0;
    if (const auto* binary = std::get_if<Binary>(&expression)) {
      const bool keeps = binary->kind == BinaryKind::add || binary->kind == BinaryKind::multiply ||
                         binary->kind == BinaryKind::divide;
      if (binary->kind == BinaryKind::power)
        return is_positive({binary->left, place.arguments}, depth + 1);
      return keeps && is_positive({binary->left, place.arguments}, depth + 1) &&
             is_positive({binary->right, place.arguments}, depth + 1);
    }
    const auto* call = std::get_if<Call>(&expression);
    if (call == nullptr) return false;
    if (meaning.kind == Meaning::Kind::function) {
      const Arguments inner{&call->arguments, place.arguments};
      return is_positive({finder_.called(place.node).body, &inner}, depth + 1);
    }
    static const std::set<Op> positive{Op::exponential, Op::logistic, Op::softplus, Op::square_root,
                                       Op::normal_cdf};
    return meaning.kind == Meaning::Kind::operation &&
           positive.contains(static_cast<Op>(meaning.target));
  }

  bool draws_positive(QuantityId draw) const {
    const random::Law* law = random::find_law(statement_of(draw).law.law.text);
    return law != nullptr &&
           (law->support == random::Support::positive || law->support == random::Support::unit);
  }

  const Model& model_;
  DrawFinder& finder_;
  const ObserveStatement& observe_;
  Diagnostics& found_;
  QuantityId draw_{};
  std::vector<Turn> way_{};
};

}  // namespace

void find_exact(Model& model, Diagnostics& found) {
  DrawFinder finder(model);
  for (std::uint32_t i = 0; i < model.tree.statements.size(); ++i) {
    const auto* observe = std::get_if<ObserveStatement>(&model.tree.statements[i]);
    if (observe == nullptr || !observe->exact) continue;
    std::optional<ExactObservation> one = WayFinder(model, finder, *observe, found).find(i);
    if (!one) continue;
    const ExactObservation* first = model.exact_of(one->quantity);
    if (first != nullptr) {
      const Word& before = model.statement<ObserveStatement>(first->statement).name;
      found.add({.code = "O115",
                 .message = fmt::format("`{}` is observed exactly twice", before.text),
                 .primary = {observe->name.span, {}},
                 .related = {{before.span, "first here"}},
                 .help = "put both columns into one"});
      continue;
    }
    model.exact.push_back(std::move(*one));
  }
}

}  // namespace casus::language
