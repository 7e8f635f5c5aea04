// Labels to values: known while the program is built, or known in a run only.
#include "language/lowering.hpp"

namespace casus::language {

/// The value that belongs to a label which may be known only at run time.
Value Lowering::select_label(const Set& set, Value position, const std::vector<Value>& values) {
  if (const std::optional<double> known = builder_.known(position)) {
    const auto at = static_cast<std::size_t>(*known);
    if (*known >= 0.0 && at < values.size()) return values[at];
    return builder_.constant(0.0);  // `none` has no element
  }
  Value result = builder_.constant(0.0);  // of `none`
  for (std::size_t i = set.labels.size(); i-- > 0;) {
    const Value here =
        builder_.apply(Op::equal, position, builder_.constant(static_cast<double>(i)));
    result = builder_.select(here, values[i], result);
  }
  return result;
}

/// The label that an expression has in every run; nothing where runs, or their steps, differ.
std::optional<std::string> Lowering::known_label(NodeId node, const Environment& environment) {
  if (const std::string* text = label_text(node, environment)) return *text;
  const std::optional<double> known = builder_.known(expression(node, environment));
  if (!known || *known < 0.0) return {};
  const Domain& domain = model()[model().meaning(node).type.domain];
  return domain.labels[static_cast<std::size_t>(*known)];
}

void Lowering::unknown_link(Span span) {
  fault("I108", "the labels of a link are known before the run", span,
        "run over all labels and keep the one wanted: `sum(p in Place if p == there: "
        "sum(q in road(p): x[q]))`");
}

/// The same labels in another list of them: what is in `from` only becomes a place that nothing
/// has.
Value Lowering::translated(Value place, DomainId from, DomainId to) {
  if (from == to) return place;
  constexpr double nowhere = -2.0;  // not -1, which is `none`
  const std::vector<std::string>& labels = model()[from].labels;
  const auto there = [&](std::size_t i) {
    const std::optional<std::uint32_t> at = model()[to].position(labels[i]);
    return builder_.constant(at ? static_cast<double>(*at) : nowhere);
  };
  if (const std::optional<double> known = builder_.known(place))
    return *known < 0.0 ? place : there(static_cast<std::size_t>(*known));
  Value result = place;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Value here = builder_.apply(Op::equal, place, builder_.constant(static_cast<double>(i)));
    result = builder_.select(here, there(i), result);
  }
  return result;
}

/// An element by its indices. One of them may be known in a run only, and selects among elements.
Value Lowering::index_element(QuantityId id, const std::vector<NodeId>& indices,
                              const Environment& environment) {
  const Quantity& quantity = model()[id];
  std::uint32_t number = 0;
  const Set* choices = nullptr;
  Value chosen{};
  std::uint32_t stride = 0;  // of the elements to choose among
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const Set& over = model()[quantity.shape[i]];
    const auto n_labels = static_cast<std::uint32_t>(over.labels.size());
    number *= n_labels;
    stride *= n_labels;
    if (const std::string* text = label_text(indices[i], environment)) {
      const std::optional<std::uint32_t> place = over.position(*text);
      if (!place) return outside_element(quantity, *text, environment);
      number += *place;
      continue;
    }
    const Value place = translated(expression(indices[i], environment),
                                   model().meaning(indices[i]).type.domain, over.domain);
    const std::optional<double> known = builder_.known(place);
    if (known && *known < 0.0) return builder_.constant(0.0);
    if (known) {
      number += static_cast<std::uint32_t>(*known);
    } else if (choices == nullptr) {
      choices = &over;
      chosen = place;
      stride = 1;
    } else {
      fault("I111",
            "of the indices of an element one may be a move, a draw or data by date; this is the "
            "second",
            span_of(indices[i]), "name the elements of one label with a `let`, and index that");
      return builder_.constant(0.0);
    }
  }
  if (choices == nullptr) return element(id, number, environment);
  std::vector<Value> values;
  values.reserve(choices->labels.size());
  for (std::uint32_t k = 0; k < choices->labels.size(); ++k)
    values.push_back(element(id, number + k * stride, environment));
  return select_label(*choices, chosen, values);
}

/// Of a label beyond a state's set.
Value Lowering::outside_element(const Quantity& state, const std::string& label,
                                const Environment& environment) {
  const Quantity& outside = model()[state.outside];
  return element(state.outside, *model()[outside.shape.front()].position(label), environment);
}

/// The text of a label that is known while the program is built; nullptr for moves.
const std::string* Lowering::label_text(NodeId node, const Environment& environment) const {
  const Meaning& meaning = model().meaning(node);
  if (meaning.kind == Meaning::Kind::label && meaning.type.kind == TypeKind::label) {
    return &model()[meaning.type.domain].labels[meaning.target];
  }
  if (meaning.kind == Meaning::Kind::bound) {
    const auto& at = std::get<Name>(model().tree[node].expression);
    const Binding* binding = bound(at.word.text, environment);
    return &model()[binding->set].labels[binding->position];
  }
  return nullptr;
}

}  // namespace casus::language
