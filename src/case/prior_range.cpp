// Carrying posteriors from one width of the priors to another.
#include "case/prior_range.hpp"

#include "case/lowered.hpp"
#include "case/prior_scale.hpp"
#include "case/request.hpp"
#include "random/special.hpp"

#include <algorithm>
#include <cmath>

namespace casus::cases {
namespace {

using language::ExplainStatement;
using language::Model;
using language::ParamStatement;
using language::VariantLine;

/// Samplers under rescaled priors share no draws with those under the case's own.
constexpr std::uint32_t replications_of_scales = 1U << 20;

/// The model with the priors of one kind rescaled: the others get their own back.
Model rescaled(const Model& model, const PriorScale& scale) {
  const std::vector<std::string> motives = motive_names(model);
  const auto is_meant = [&](const std::string& name) {
    return is_among(name, motives) == (scale.which == Rescaled::motives);
  };
  Model made = with_prior_scale(model, scale.factor).model;
  for (std::size_t i = 0; i < model.tree.statements.size(); ++i) {
    language::Statement& statement = made.tree.statements[i];
    if (auto* param = std::get_if<ParamStatement>(&statement)) {
      if (is_meant(param->target.name.text)) continue;
      param->prior = std::get<ParamStatement>(model.tree.statements[i]).prior;
    } else if (auto* explain = std::get_if<ExplainStatement>(&statement)) {
      const auto& own = std::get<ExplainStatement>(model.tree.statements[i]);
      for (std::size_t line = 0; line < own.lines.size(); ++line) {
        if (!is_meant(own.lines[line].param.text)) explain->lines[line] = own.lines[line];
      }
    }
  }
  return made;
}

/// The law from which an explanation draws a parameter.
std::string law_of(const Model& model, const std::string& explanation, const std::string& param) {
  std::string law;
  for (const language::Statement& statement : model.tree.statements) {
    if (const auto* one = std::get_if<ParamStatement>(&statement)) {
      if (one->target.name.text == param && one->prior.written()) law = one->prior.law.text;
    }
  }
  for (const std::uint32_t at : model.explanations) {
    const auto& explain = model.statement<ExplainStatement>(at);
    if (explain.name.text != explanation) continue;
    for (const VariantLine& line : explain.lines) {
      if (line.param.text == param && line.prior.written()) law = line.prior.law.text;
    }
  }
  return law;
}

/// The normal score, under the rescaled prior, of the value that has score z under the first:
/// exactly so for normal, lognormal, logitnormal, halfnormal and exponential priors. For the others
/// it is a guess at where to look, and costs effective sets only.
double same_value(const std::string& law, double factor, double z) {
  const auto upper_score = [](double rest) {
    return -random::inverse_normal(std::clamp(rest, 1e-300, 1.0 - 1e-16));
  };
  if (law == "halfnormal") {
    const double half =
        random::normal_cdf(-random::inverse_half_normal(random::normal_cdf(z)) / factor);
    return upper_score(2.0 * half);
  }
  if (law == "exponential") {
    return upper_score(std::pow(random::normal_cdf(-z), 1.0 / factor));
  }
  return z / factor;
}

/// z' = shift + stretch * z for one free coordinate.
struct Warp {
  std::size_t free = 0;
  double shift = 0.0;
  double stretch = 1.0;
};

/// Where a normal posterior would go: what the record says of the value stays, the prior's share
/// changes. `g` takes scores to those of the same value, to first order around the mean.
Warp warp_of(const Fit& fit, std::size_t free, const std::string& law, double factor) {
  const std::size_t n = fit.lowered.free_parameters.size();
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t set = 0; set < fit.n_sets(); ++set) {
    const double z = fit.free[set * n + free];
    mean += fit.weights[set] * z;
    square += fit.weights[set] * z * z;
  }
  constexpr double least_variance = 1e-8;
  const double variance = std::max(least_variance, square - mean * mean);
  constexpr double delta = 0.01;
  const double there = same_value(law, factor, mean);
  const double slope =
      (same_value(law, factor, mean + delta) - same_value(law, factor, mean - delta)) /
      (2.0 * delta);
  const double precision = std::max(0.0, 1.0 / variance - 1.0);
  const double scaled_precision = precision / (slope * slope);
  const double weighted = precision * (there - slope * mean) / (slope * slope) +
                          (precision > 0.0 ? mean / variance / slope : 0.0);
  const double new_variance = 1.0 / (1.0 + scaled_precision);
  const double stretch = std::sqrt(new_variance / variance);
  const double new_mean = precision > 0.0 ? new_variance * weighted : mean;
  return {.free = free, .shift = new_mean - stretch * mean, .stretch = stretch};
}

CarryOver warped(const std::vector<Warp>& warps) {
  return [warps](std::size_t /*set*/, std::span<const double> from, std::span<double> to) {
    std::copy(from.begin(), from.end(), to.begin());
    double factor = 0.0;
    for (const Warp& warp : warps) {
      const double z = from[warp.free];
      const double moved = warp.shift + warp.stretch * z;
      to[warp.free] = moved;
      factor += 0.5 * (z * z - moved * moved) + std::log(warp.stretch);
    }
    return factor;
  };
}

/// The free coordinates whose priors are rescaled.
std::vector<Warp> warps_of(const Model& model, const std::string& explanation, const Fit& fit,
                           const PriorScale& scale) {
  const std::vector<std::string> motives = motive_names(model);
  std::vector<Warp> warps;
  const std::vector<std::string>& names = fit.lowered.free_parameters;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string param = names[i].substr(0, names[i].find('['));
    if (is_among(param, motives) != (scale.which == Rescaled::motives)) continue;
    warps.push_back(warp_of(fit, i, law_of(model, explanation, param), scale.factor));
  }
  return warps;
}

ScaleChange by_runs(const language::Lowered& lowered, const language::Steps& steps, const Fit& fit,
                    const FitSettings& settings, Workers workers) {
  const Fit other = fit_lowered(lowered, steps, settings, workers);
  const inference::Evidence& a = other.evidence;
  const inference::Evidence& b = fit.evidence;
  return {.by = ScaleChange::By::runs,
          .log_change = {.value = a.log_evidence - b.log_evidence,
                         .error = std::hypot(a.standard_error, b.standard_error)}};
}

}  // namespace

std::vector<std::string> motive_names(const Model& model) {
  std::vector<std::string> names;
  for (const std::uint32_t at : model.explanations) {
    for (const VariantLine& line : model.statement<ExplainStatement>(at).lines) {
      const bool is_free = line.kind != VariantLine::Kind::value;
      if (is_free && !is_among(line.param.text, names)) names.push_back(line.param.text);
    }
  }
  return names;
}

std::vector<ScaleChange> scale_changes(const Model& model, const std::string& explanation,
                                       const Fit& fit, const PriorRangeSettings& settings,
                                       Workers workers) {
  std::vector<ScaleChange> changes;
  for (const PriorScale& scale : prior_scales) {
    const std::vector<Warp> warps = warps_of(model, explanation, fit, scale);
    if (warps.empty()) {
      changes.push_back(
          {.by = ScaleChange::By::nothing, .log_change = {.value = 0.0, .error = 0.0}});
      continue;
    }
    const Model other = rescaled(model, scale);
    const language::Lowered lowered = lower_or_stop(
        other,
        scored_variant({.explanation = explanation, .fixed = settings.fixed}, settings.until));
    ScaleChange change{.by = ScaleChange::By::bridge};
    change.side = one_side(
        fit, log_ratios(fit, {lowered, fit.runs.front()}, warped(warps), model.steps, workers));
    change.log_change = change.side.log_factor;
    const bool holds = is_reliable(change.side) && fit.runs.size() > 1;
    if (!holds) change.by = ScaleChange::By::unknown;
    if (!holds && settings.runs) {
      const OneSide side = change.side;
      FitSettings own = settings.fit;
      own.first_replication +=
          static_cast<std::uint32_t>(changes.size() + 1) * replications_of_scales;
      change = by_runs(lowered, model.steps, fit, own, workers);
      change.side = side;
    }
    changes.push_back(change);
  }
  return changes;
}

}  // namespace casus::cases
