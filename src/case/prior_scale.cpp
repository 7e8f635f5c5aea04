// Which argument of which law is its scale.
#include "case/prior_scale.hpp"

#include "language/amend.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace casus::cases {
namespace {

struct ScaleOf {
  std::string_view law;
  std::string_view argument;
  bool is_rate = false;  ///< the inverse of a scale
};

constexpr std::array scales{
    ScaleOf{"normal", "sd"},
    ScaleOf{"lognormal", "sdlog"},
    ScaleOf{"halfnormal", "sd"},
    ScaleOf{"logitnormal", "sd"},
    ScaleOf{"studentt", "sd"},
    ScaleOf{"cauchy", "scale"},
    ScaleOf{"exponential", "rate", true},
    ScaleOf{"gamma", "rate", true},
};

/// Where in a call an argument of its law stands: by its name, else in the law's order.
std::optional<std::size_t> place_of(const language::LawCall& call, std::string_view argument) {
  const random::Law* law = random::find_law(call.law.text);
  if (law == nullptr) return {};
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const std::string& name = call.argument_names[i].text;
    if (name.empty() ? law->parameters[i].name == argument : name == argument) return i;
  }
  return {};
}

bool rescale(language::Model& model, language::LawCall& prior, double factor) {
  const auto scale = std::find_if(scales.begin(), scales.end(),
                                  [&](const ScaleOf& each) { return each.law == prior.law.text; });
  if (scale == scales.end()) return false;
  const std::optional<std::size_t> place = place_of(prior, scale->argument);
  if (!place) return false;
  prior.arguments[*place] =
      language::add_product(model, scale->is_rate ? 1.0 / factor : factor, prior.arguments[*place]);
  return true;
}

}  // namespace

RescaledModel with_prior_scale(const language::Model& model, double factor) {
  RescaledModel result{.model = model, .kept = {}};
  language::Model& made = result.model;
  for (language::Statement& statement : made.tree.statements) {
    if (auto* param = std::get_if<language::ParamStatement>(&statement)) {
      if (param->prior.written() && !rescale(made, param->prior, factor))
        result.kept.push_back(param->target.name.text);
    } else if (auto* explain = std::get_if<language::ExplainStatement>(&statement)) {
      for (language::VariantLine& line : explain->lines) {
        if (!line.prior.written() || rescale(made, line.prior, factor)) continue;
        result.kept.push_back(fmt::format("{} in `{}`", line.param.text, explain->name.text));
      }
    }
  }
  for (language::Rival& rival : made.rivals) {
    for (language::RivalRate& rate : rival.rates) rate.spread *= factor;
  }
  return result;
}

}  // namespace casus::cases
