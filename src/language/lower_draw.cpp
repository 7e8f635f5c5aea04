// Draws: numbers by a law, labels by their weights, a number shared out over a set.
#include "language/lowering.hpp"
#include "machine/draws.hpp"

namespace casus::language {

Value Lowering::draw_value(QuantityId id, std::uint32_t number) {
  const std::optional<DecidedBy> by = decided_by(id, number);
  return by ? decided_draw(*by, id, number) : free_draw(id, number);
}

/// Elements over the last set of a `multinomial` share one number; others stand for themselves.
Value Lowering::free_draw(QuantityId id, std::uint32_t number) {
  const Quantity& quantity = model()[id];
  const auto& draw = model().statement<DrawStatement>(quantity.statement);
  const bool shares_out = draw.law.law.text == "multinomial";
  if (!shares_out) return drawn(draw, id, number, 1).front();
  const auto size = static_cast<std::uint32_t>(model()[quantity.shape.back()].labels.size());
  std::vector<Value>& values = shared_out_[{static_cast<std::uint32_t>(index(id)), number / size}];
  if (values.empty()) values = drawn(draw, id, number / size, size);
  return values[number % size];
}

/// The values of the elements `group` * `size` and on, drawn when it is time and kept in between.
std::vector<Value> Lowering::drawn(const DrawStatement& draw, QuantityId id, std::uint32_t group,
                                   std::uint32_t size) {
  if (draw.when == DrawStatement::When::once && moment_ == Moment::initial)
    return drawn_now(draw, id, group, size);
  if (moment_ != Moment::step) return std::vector<Value>(size, not_known_here(model()[id]));
  if (draw.when == DrawStatement::When::step) return drawn_now(draw, id, group, size);
  const std::uint32_t first =
      plan_.first_state.at(static_cast<std::uint32_t>(index(id))) + group * size;
  std::vector<Value> held;
  held.reserve(size);
  for (std::uint32_t i = 0; i < size; ++i) held.push_back(builder_.state(first + i));
  if (draw.when == DrawStatement::When::once) return held;
  std::vector<double> begins(model().steps.count, 0.0);
  for (std::uint32_t step = 0; step < begins.size(); ++step) {
    const bool calendar = model().steps.kind == Steps::Kind::calendar;
    const auto year = [&](std::uint32_t s) { return date_of(model().steps.first_day[s]).year; };
    begins[step] = step == 0 || !calendar || year(step) != year(step - 1) ? 1.0 : 0.0;
  }
  const Value fresh = builder_.series(plan_.series(begins));
  const machine::Region region = builder_.open(fresh);
  std::vector<Value> values = drawn_now(draw, id, group, size);
  builder_.close();
  for (std::uint32_t i = 0; i < size; ++i)
    values[i] = builder_.select(fresh, builder_.joined(region, values[i], 0.0), held[i]);
  return values;
}

std::vector<Value> Lowering::drawn_now(const DrawStatement& draw, QuantityId id,
                                       std::uint32_t group, std::uint32_t size) {
  if (draw.law.law.text == "multinomial") return shares(draw, id, group, size);
  const Quantity& quantity = model()[id];
  const Environment inside = environment_of(draw.target, quantity, group);
  const std::string name = element_name(model(), id, group);
  if (draw.law.law.text == "categorical") return {category(draw, inside, name, quantity.name.span)};
  return {sample(draw.law, inside, name, quantity.name.span, false)};
}

/// One of the draw's own labels, or of a set's.
Value Lowering::category(const DrawStatement& draw, const Environment& inside,
                         const std::string& name, Span span) {
  const LawCall& call = draw.law;
  std::vector<Value> weights;
  std::vector<std::uint32_t> labels;
  const std::size_t n_faults = found_.error_count();
  if (call.over.empty()) {
    for (const Word& label : draw.labels) {
      for (std::size_t i = 0; i < call.arguments.size(); ++i) {
        const Word& given =
            call.argument_names[i].empty() ? draw.labels[i] : call.argument_names[i];
        if (given.text == label.text) weights.push_back(number(call.arguments[i], inside));
      }
      labels.push_back(static_cast<std::uint32_t>(labels.size()));
    }
  } else {
    each_label(call.over.front(), inside, [&](const Environment& there, std::uint32_t label) {
      weights.push_back(number(call.arguments.front(), there));
      labels.push_back(label);
    });
  }
  if (weights.empty() && found_.error_count() > n_faults) return builder_.constant(0.0);
  if (weights.empty()) {
    fault("N126", "there is no label to choose here", call.span,
          "give the label links, or choose among a set");
    return builder_.constant(0.0);
  }
  const Value position = machine::categorical(builder_, weights, site(name, span));
  Value result = builder_.constant(labels.back());
  for (std::size_t i = labels.size() - 1; i-- > 0;) {
    const Value here =
        builder_.apply(Op::equal, position, builder_.constant(static_cast<double>(i)));
    result = builder_.select(here, builder_.constant(labels[i]), result);
  }
  const bool in_order = labels.back() + 1 == labels.size();
  return in_order ? position : result;
}

/// How much of a number falls to each label of the last set.
std::vector<Value> Lowering::shares(const DrawStatement& draw, QuantityId id, std::uint32_t group,
                                    std::uint32_t size) {
  const Quantity& quantity = model()[id];
  const LawCall& call = draw.law;
  const std::size_t of_n = call.argument_names.front().text == "p" ? 1 : 0;
  Environment outer = environment_of(draw.target, quantity, group * size);
  outer.bound.pop_back();
  const Value n = number(call.arguments[of_n], outer);
  std::vector<Value> probabilities;
  std::vector<std::uint32_t> sites;
  for (std::uint32_t i = 0; i < size; ++i) {
    const Environment inside = environment_of(draw.target, quantity, group * size + i);
    probabilities.push_back(number(call.arguments[1 - of_n], inside));
    if (i + 1 < size)
      sites.push_back(site(element_name(model(), id, group * size + i), quantity.name.span));
  }
  return machine::multinomial(builder_, n, probabilities, sites);
}

}  // namespace casus::language
