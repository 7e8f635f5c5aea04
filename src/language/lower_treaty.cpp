// Treaties: after all `then` values, terms of treaties whose condition holds are written on top.
#include "language/exclusive.hpp"
#include "language/lowering.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

/// Provably never in force together, judged from words compared with labels and names of truths,
/// of which the treaties' own are two.
bool exclusive(const Model& model, const TreatyStatement& a, const TreatyStatement& b) {
  std::vector<Conjunct> first = conjuncts_of(model, a.condition);
  std::vector<Conjunct> second = conjuncts_of(model, b.condition);
  first.push_back({a.name.text, {}, true, false});
  second.push_back({b.name.text, {}, true, false});
  return contradict(first, second);
}

}  // namespace

/// Treaty statements so that each comes after those it names with `after`.
std::vector<std::uint32_t> Lowering::treaties_in_order() {
  std::vector<std::uint32_t> order;
  std::set<std::string> placed;
  std::vector<std::uint32_t> left;
  for (std::uint32_t i = 0; i < model().tree.statements.size(); ++i) {
    if (std::holds_alternative<TreatyStatement>(model().tree.statements[i])) left.push_back(i);
  }
  while (!left.empty()) {
    const auto ready = std::find_if(left.begin(), left.end(), [&](std::uint32_t number) {
      const auto& after = model().statement<TreatyStatement>(number).after;
      return std::all_of(after.begin(), after.end(),
                         [&](const Word& word) { return placed.contains(word.text); });
    });
    const auto next = ready == left.end() ? left.begin() : ready;
    if (ready == left.end()) {
      fault("O111", "each of these treaties is to come `after` another of them",
            model().statement<TreatyStatement>(*next).name.span, "leave out one `after`");
    }
    placed.insert(model().statement<TreatyStatement>(*next).name.text);
    order.push_back(*next);
    left.erase(next);
  }
  return order;
}

void Lowering::write_treaties(std::map<std::uint32_t, Value>& after) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> writers;  // state -> treaties that wrote it
  for (const std::uint32_t number : treaties_in_order()) {
    const auto& treaty = model().statement<TreatyStatement>(number);
    const QuantityId id = model().quantity_named.at(treaty.name.text);
    const Value signed_now = element(id, 0, {});
    builder_.set_origin(builder_.add_origin({treaty.name.text, treaty.name.span}));
    std::uint32_t n_timers = 0;
    for (const Assignment& term : treaty.terms) {
      const QuantityId state = model().quantity_named.at(term.target.name.text);
      const auto elements = static_cast<std::uint32_t>(model()[state].n_elements(model().sets));
      for (std::uint32_t i = 0; i < elements; ++i) {
        const auto bindings = bindings_for(model(), term.target, state, i);
        if (!bindings) continue;
        Signed here{.term = &term, .inside = {.bound = *bindings}, .now = signed_now};
        const std::uint32_t place =
            plan_.first_state.at(static_cast<std::uint32_t>(index(state))) + i;
        no_conflict(number, writers[place], term, element_name(model(), state, i));
        here.at_start = element(state, i, {});
        if (term.duration != no_node) here.timer = plan_.first_timer.at(number) + n_timers++;
        after[place] = term_value(here, after[place]);
      }
    }
  }
}

void Lowering::no_conflict(std::uint32_t number, std::vector<std::uint32_t>& writers,
                           const Assignment& term, const std::string& element) {
  const auto& treaty = model().statement<TreatyStatement>(number);
  for (const std::uint32_t other : writers) {
    if (other == number) {
      fault("O112", fmt::format("`{}` sets `{}` twice", treaty.name.text, element),
            term.target.name.span, "leave one of the two terms out");
      continue;
    }
    const auto& earlier = model().statement<TreatyStatement>(other);
    const bool ordered =
        std::any_of(treaty.after.begin(), treaty.after.end(),
                    [&](const Word& word) { return word.text == earlier.name.text; });
    if (ordered || exclusive(model(), treaty, earlier)) continue;
    found_.add({.code = "O110",
                .message = fmt::format("`{}` and `{}` may both set `{}` in one step",
                                       earlier.name.text, treaty.name.text, element),
                .primary = {term.target.name.span, {}},
                .related = {{earlier.name.span, "the other treaty"}},
                .help = fmt::format(
                    "say which has the last word: `treaty {} when ... after {}`, or make their "
                    "conditions exclude each other",
                    treaty.name.text, earlier.name.text)});
  }
  if (std::find(writers.begin(), writers.end(), number) == writers.end()) writers.push_back(number);
}

/// The state's value after one term.
Value Lowering::term_value(const Signed& at, Value before) {
  const Value value = assigned(at.term->target, at.term->value, at.inside);
  const Value otherwise = at.term->duration == no_node ? before : held_value(at, before);
  return builder_.select(at.now, value, otherwise);
}

/// The state's value in steps in which a term `for D then f` is not signed: held while its timer,
/// the steps that are left, runs.
Value Lowering::held_value(const Signed& at, Value before) {
  const Value left = builder_.state(at.timer);
  const Value zero = builder_.constant(0.0);
  const Value one = builder_.constant(1.0);
  const Value running = builder_.apply(Op::less, zero, left);
  const Value counted = builder_.select(running, builder_.subtract(left, one), zero);
  builder_.write_state(at.timer,
                       builder_.select(at.now, steps_lasting(at.term->duration), counted));
  const Value expires = builder_.apply(Op::equal, left, one);
  const Value afterwards = at.term->afterwards == no_node
                               ? before
                               : assigned(at.term->target, at.term->afterwards, at.inside);
  return builder_.select(running, builder_.select(expires, afterwards, at.at_start), before);
}

/// The steps that cover a duration, at least one.
Value Lowering::steps_lasting(NodeId duration) {
  constexpr double rounding = 1e-9;
  const Value exact = builder_.divide(number(duration, {}), builder_.constant(model().steps.dt));
  const Value less = builder_.subtract(exact, builder_.constant(rounding));
  const Value whole =
      builder_.apply(Op::negate, builder_.apply(Op::floor, builder_.apply(Op::negate, less)));
  return builder_.apply(Op::maximum, builder_.constant(1.0), whole);
}

/// A right side as a value of the state on the left.
Value Lowering::assigned(const Indexed& target, NodeId value, const Environment& inside) {
  const Quantity& state = model()[model().quantity_named.at(target.name.text)];
  return state.type.kind == TypeKind::number ? number(value, inside) : expression(value, inside);
}

}  // namespace casus::language
