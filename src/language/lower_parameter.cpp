// Parameters under an explanation: fixed by hand, fixed or re-drawn by the explanation, at their
// base value, or drawn from their prior.
#include "base/text.hpp"
#include "language/lowering.hpp"

#include <algorithm>

namespace casus::language {

namespace {

const VariantLine* variant_line(const Model& model, const std::string& explanation,
                                const std::string& param) {
  const VariantLine* result = nullptr;
  for (const std::uint32_t number : model.explanations) {
    const auto& explain = model.statement<ExplainStatement>(number);
    if (explain.name.text != explanation) continue;
    for (const VariantLine& line : explain.lines) {
      if (line.param.text == param) result = &line;
    }
  }
  return result;
}

std::optional<double> fixed_by_hand(const Variant& variant, const std::string& param,
                                    const std::string& element) {
  std::optional<double> result;
  for (const auto& [name, value] : variant.fixed) {
    if (name == param || name == element) result = value;
  }
  return result;
}

}  // namespace

Value Lowering::prior_value(QuantityId id, std::uint32_t number, const LawCall& law) {
  const Quantity& quantity = model()[id];
  const auto& param = model().statement<ParamStatement>(quantity.statement);
  const Environment inside = environment_of(param.target, quantity, number);
  asked_at_ = law.span;
  return sample(law, inside, element_name(model(), id, number), quantity.name.span, true);
}

Value Lowering::parameter_value(QuantityId id, std::uint32_t number) {
  const Quantity& quantity = model()[id];
  const auto& param = model().statement<ParamStatement>(quantity.statement);
  const bool drawn = quantity.kind == Quantity::Kind::parameter;
  if (drawn && moment_ != Moment::parameters) {
    return builder_.parameter(plan_.first_parameter.at(static_cast<std::uint32_t>(index(id))) +
                              number);
  }
  const Environment inside = environment_of(param.target, quantity, number);
  const Value scale = builder_.constant(quantity.unit ? quantity.unit->scale : 1.0);
  const auto in_base_units = [&](Value value) { return builder_.multiply(value, scale); };
  const auto prior = [&](const LawCall& law) {
    return in_base_units(prior_value(id, number, law));
  };
  if (const auto fixed =
          fixed_by_hand(plan_.variant, quantity.name.text, element_name(model(), id, number))) {
    return in_base_units(builder_.constant(*fixed));
  }
  const VariantLine* line = variant_line(model(), plan_.variant.explanation, quantity.name.text);
  if (line != nullptr && line->kind == VariantLine::Kind::value)
    return in_base_units(this->number(line->value, inside));
  if (line != nullptr)
    return prior(line->kind == VariantLine::Kind::prior ? line->prior : param.prior);
  if (param.value != no_node) return in_base_units(this->number(param.value, inside));
  if (param.base != no_node) return in_base_units(this->number(param.base, inside));
  return prior(param.prior);
}

machine::Program Lowering::parameters() {
  for (const auto& [number, first] : plan_.first_parameter) {
    const QuantityId id{number};
    const std::uint32_t elements = static_cast<std::uint32_t>(model()[id].n_elements(model().sets));
    for (std::uint32_t i = 0; i < elements; ++i)
      builder_.write_output(first + i, definition(id, 0, i));
  }
  return builder_.finish();
}

}  // namespace casus::language
