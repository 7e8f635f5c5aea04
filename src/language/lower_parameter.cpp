// Parameters under an explanation: fixed by hand, fixed or re-drawn by the explanation, at their
// base value, or drawn from their prior.
#include "base/text.hpp"
#include "language/lowering.hpp"
#include "random/elementary.hpp"
#include "random/laws.hpp"

#include <cmath>
#include <fmt/format.h>

namespace casus::language {

namespace {

/// Normal priors of a rival's numbers: a rate of once in ten years, give or take a factor of seven.
struct RatePrior {
  double mean = 0.0;  ///< of a slope, or of the rate whose logarithm is meant
  double sd = 0.0;
};
constexpr RatePrior usual_rate{.mean = 0.1, .sd = 2.0};
constexpr RatePrior usual_slope{.mean = 0.0, .sd = 1.0};

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

bool is_possible(random::Support support, double value) {
  switch (support) {
    case random::Support::real: return true;
    case random::Support::positive: return value >= 0.0;
    case random::Support::unit: return value >= 0.0 && value <= 1.0;
    case random::Support::count: return value >= 0.0 && value == std::floor(value);
    case random::Support::truth: break;
  }
  return value == 0.0 || value == 1.0;
}

/// `arguments` is empty where they are not known. The edge of the support counts as possible.
bool is_possible(const random::Law& law, random::Arguments arguments, double value) {
  if (!is_possible(law.support, value)) return false;
  const bool at_edge = (law.support == random::Support::positive && value == 0.0) ||
                       (law.support == random::Support::unit && (value == 0.0 || value == 1.0));
  return at_edge || arguments.empty() || std::isfinite(law.log_density(value, arguments));
}

std::string possible_values(random::Support support) {
  switch (support) {
    case random::Support::real: return "set it to a value between the prior's bounds";
    case random::Support::positive: return "set it to 0 or more";
    case random::Support::unit: return "set it to a value from 0 to 1";
    case random::Support::count: return "set it to a whole number, 0 or more";
    case random::Support::truth: break;
  }
  return "set it to 0 or 1";
}

}  // namespace

Value Lowering::prior_value(QuantityId id, std::uint32_t number, const LawCall& law) {
  const Quantity& quantity = model()[id];
  const auto& param = model().statement<ParamStatement>(quantity.statement);
  const Environment inside = environment_of(param.target, quantity, number);
  const Asking asking(*this, law.span);
  return sample(law, inside, element_name(model(), id, number), quantity.name.span, true);
}

/// A value that a parameter is set to by hand may be at the edge of what its prior gives, as 0 is
/// where a factor is switched off, but not beyond.
void Lowering::check_fixed(QuantityId id, std::uint32_t number, const LawCall& law, double value) {
  const Quantity& quantity = model()[id];
  const auto& param = model().statement<ParamStatement>(quantity.statement);
  const Asking asking(*this, law.span);
  const LawArguments given = arguments_of(law, environment_of(param.target, quantity, number));
  std::vector<double> known;
  for (const Value argument : given.values) {
    const std::optional<double> each = builder_.known(argument);
    if (each) known.push_back(*each);
  }
  if (known.size() != given.values.size() || !random::valid(*given.law, known)) known.clear();
  if (is_possible(*given.law, known, value)) return;
  fault("R116",
        fmt::format("`{}` is set to {}, which its prior cannot give",
                    element_name(model(), id, number), to_text(value)),
        law.span, possible_values(given.law->support));
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
  const VariantLine* line = variant_line(model(), plan_.variant.explanation, quantity.name.text);
  if (const auto fixed =
          fixed_by_hand(plan_.variant, quantity.name.text, element_name(model(), id, number))) {
    const bool redrawn = line != nullptr && line->prior.written();
    const LawCall& law = redrawn ? line->prior : param.prior;
    if (law.written()) check_fixed(id, number, law, *fixed);
    return in_base_units(builder_.constant(*fixed));
  }
  if (line != nullptr && line->kind == VariantLine::Kind::value)
    return in_base_units(this->number(line->value, inside));
  if (line != nullptr)
    return prior(line->kind == VariantLine::Kind::prior ? line->prior : param.prior);
  if (param.value != no_node) return in_base_units(this->number(param.value, inside));
  if (param.base != no_node) return in_base_units(this->number(param.base, inside));
  return prior(param.prior);
}

Value Lowering::rate_value(const Rival& rival, const RivalRate& rate) {
  const auto& statement = model().statement<ExplainStatement>(rival.statement);
  const VariantLine* line = rate.line == nothing ? nullptr : &statement.lines[rate.line];
  const Span span = line == nullptr ? statement.name.span : line->param.span;
  if (const auto fixed = fixed_by_hand(plan_.variant, rate.name, rate.name))
    return builder_.constant(*fixed);
  if (line != nullptr && line->value != no_node) return number(line->value, {});
  if (line != nullptr && line->prior.written()) {
    const Asking asking(*this, line->prior.span);
    return sample(line->prior, {}, rate.name, span, true);
  }
  const RatePrior& usual = rate.slope ? usual_slope : usual_rate;
  const Value mean = builder_.constant(rate.slope ? usual.mean : random::log_of(usual.mean));
  return sample({.law = random::find_law("normal"),
                 .values = {mean, builder_.constant(rate.spread * usual.sd)},
                 .spans = {span, span}},
                rate.name, span, true);
}

machine::Program Lowering::parameters() {
  for (const auto& [number, first] : plan_.first_parameter) {
    const QuantityId id{number};
    const std::uint32_t elements = static_cast<std::uint32_t>(model()[id].n_elements(model().sets));
    for (std::uint32_t i = 0; i < elements; ++i)
      builder_.write_output(first + i, definition(id, 0, i));
  }
  for (std::uint32_t i = 0; plan_.rival != nullptr && i < plan_.rival->rates.size(); ++i)
    builder_.write_output(plan_.first_rate + i, rate_value(*plan_.rival, plan_.rival->rates[i]));
  return builder_.finish();
}

}  // namespace casus::language
