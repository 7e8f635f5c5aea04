// Treaties: after all `then` values, terms of treaties whose condition holds are written on top.
#include "language/lowering.hpp"
#include "language/walk.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

/// A condition that some step may not share with another: a word compared with a label, or a name.
struct Conjunct {
  std::string what;
  std::string label;
  bool holds = true;
};

void collect(const Tree& tree, NodeId node, bool holds, std::vector<Conjunct>& list) {
  const Expression& at = tree[node].expression;
  if (const auto* name = std::get_if<Name>(&at))
    return list.push_back({name->word.text, {}, holds});
  if (const auto* unary = std::get_if<Unary>(&at)) {
    if (unary->kind == UnaryKind::logical_not) collect(tree, unary->operand, !holds, list);
    return;
  }
  const auto* binary = std::get_if<Binary>(&at);
  if (binary == nullptr) return;
  if (binary->kind == BinaryKind::logical_and && holds) {
    collect(tree, binary->left, true, list);
    collect(tree, binary->right, true, list);
    return;
  }
  const auto* left = std::get_if<Name>(&tree[binary->left].expression);
  const auto* right = std::get_if<Name>(&tree[binary->right].expression);
  if (left == nullptr || right == nullptr) return;
  if (binary->kind == BinaryKind::equal) list.push_back({left->word.text, right->word.text, holds});
  if (binary->kind == BinaryKind::not_equal)
    list.push_back({left->word.text, right->word.text, !holds});
}

bool contradict(const Conjunct& a, const Conjunct& b) {
  if (a.what != b.what) return false;
  if (a.label == b.label) return a.holds != b.holds;
  return a.holds && b.holds && !a.label.empty() && !b.label.empty();
}

/// Provably never true together, judged from words compared with labels and names of truths.
bool exclusive(const Tree& tree, NodeId a, NodeId b) {
  std::vector<Conjunct> first;
  std::vector<Conjunct> second;
  collect(tree, a, true, first);
  collect(tree, b, true, second);
  return std::any_of(first.begin(), first.end(), [&](const Conjunct& x) {
    return std::any_of(second.begin(), second.end(),
                       [&](const Conjunct& y) { return contradict(x, y); });
  });
}

}  // namespace

/// Treaty statements so that each comes after those it names with `after`.
std::vector<std::uint32_t> Lowering::treaties_in_order() const {
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
    std::uint32_t timer = 0;
    for (const Assignment& term : treaty.terms) {
      const QuantityId state = model().quantity_named.at(term.target.name.text);
      const auto elements = static_cast<std::uint32_t>(model()[state].n_elements(model().sets));
      for (std::uint32_t i = 0; i < elements; ++i) {
        Intervention line{.target = term.target};
        Environment inside;
        if (!targets(line, state, i, &inside)) continue;
        const std::uint32_t place =
            plan_.first_state.at(static_cast<std::uint32_t>(index(state))) + i;
        no_conflict(number, writers[place], term, element_name(model(), state, i));
        after[place] = term_value(number, term, timer, signed_now, after[place], place, inside);
      }
    }
  }
}

void Lowering::no_conflict(std::uint32_t number, std::vector<std::uint32_t>& writers,
                           const Assignment& term, const std::string& element) {
  const auto& treaty = model().statement<TreatyStatement>(number);
  for (const std::uint32_t other : writers) {
    const auto& earlier = model().statement<TreatyStatement>(other);
    const bool ordered =
        std::any_of(treaty.after.begin(), treaty.after.end(),
                    [&](const Word& word) { return word.text == earlier.name.text; });
    if (ordered || other == number || exclusive(model().tree, treaty.condition, earlier.condition))
      continue;
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

/// The state's value after one term. A term `for D then f` holds the value while its timer, the
/// steps that are left, runs.
Value Lowering::term_value(std::uint32_t number, const Assignment& term, std::uint32_t& timer,
                           Value signed_now, Value before, std::uint32_t state,
                           const Environment& inside) {
  const bool numeric =
      model()[model().quantity_named.at(term.target.name.text)].type.kind == TypeKind::number;
  const auto value_of = [&](NodeId node) {
    return numeric ? this->number(node, inside) : expression(node, inside);
  };
  const Value value = value_of(term.value);
  if (term.duration == no_node) return builder_.select(signed_now, value, before);
  constexpr double rounding = 1e-9;
  const Value duration = this->number(term.duration, {});
  const double years = builder_.known(duration).value_or(0.0);
  const Value steps =
      builder_.constant(std::max(1.0, std::ceil(years / model().steps.dt - rounding)));
  const std::uint32_t place = plan_.first_timer.at(number) + timer++;
  const Value left = builder_.state(place);
  const Value zero = builder_.constant(0.0);
  const Value one = builder_.constant(1.0);
  const Value running = builder_.apply(Op::less, zero, left);
  const Value counted = builder_.select(running, builder_.subtract(left, one), zero);
  builder_.write_state(place, builder_.select(signed_now, steps, counted));
  const Value expires = builder_.apply(Op::equal, left, one);
  const Value afterwards = term.afterwards == no_node ? before : value_of(term.afterwards);
  const Value held = builder_.select(expires, afterwards, builder_.state(state));
  return builder_.select(signed_now, value, builder_.select(running, held, before));
}

}  // namespace casus::language
