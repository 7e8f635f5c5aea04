#include "case/judgement.hpp"

#include "base/text.hpp"
#include "case/layout.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

Estimate less(const Estimate& a, const Estimate& b) {
  return {.value = a.value - b.value, .error = std::hypot(a.error, b.error)};
}

/// By runs, samplers of each are independent; by bridges, ways to the reference are.
bool leads_by_bridge(const Explanations& compared, std::size_t i) {
  return i == compared.reference || compared.all[i].bridge.holds();
}

/// Whether each scale of the priors gives a factor of the same sign.
std::string objection_of_scales(const Explanations& compared, std::size_t one, std::size_t other) {
  const std::size_t n = compared.all[one].changes.size();
  if (n == 0 || compared.all[other].changes.size() != n) return "other prior scales not tried";
  const double written = factor_between(compared, one, other).value;
  for (std::size_t scale = 0; scale < n; ++scale) {
    const double factor = factor_between(compared, one, other, scale).value;
    const PriorScale& under = prior_scales.at(scale);
    const std::string words =
        fmt::format("priors of {} x {}", under.which == Rescaled::motives ? "motives" : "others",
                    to_text(under.factor));
    if (std::isnan(factor)) return words + " not known: --thorough";
    if (factor * written <= 0.0) return words + " turn the sign";
  }
  return "";
}

/// The likeliest of those that are rivals, or that are not; nothing when there is none.
std::optional<std::size_t> likeliest(const Explanations& compared, bool rivals) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    if (compared.all[i].is_rival != rivals) continue;
    const double evidence = compared.all[i].log_evidence.value;
    if (!best || evidence > compared.all[*best].log_evidence.value) best = i;
  }
  return best;
}

}  // namespace

Estimate factor_between(const Explanations& compared, std::size_t one, std::size_t other) {
  const Explained& a = compared.all[one];
  const Explained& b = compared.all[other];
  if (one == other) return {.value = 0.0, .error = 0.0};
  if (other == compared.reference) return a.log_factor;
  if (leads_by_bridge(compared, one) && leads_by_bridge(compared, other))
    return less(a.log_factor, b.log_factor);
  return less(a.log_evidence, b.log_evidence);
}

Estimate factor_between(const Explanations& compared, std::size_t one, std::size_t other,
                        std::size_t scale) {
  const auto& a = compared.all[one].changes;
  const auto& b = compared.all[other].changes;
  if (a.empty() || b.empty()) return {};
  const bool is_known =
      a[scale].by != ScaleChange::By::unknown && b[scale].by != ScaleChange::By::unknown;
  if (!is_known) return {};
  const Estimate written = factor_between(compared, one, other);
  const Estimate change = less(a[scale].log_change, b[scale].log_change);
  return {.value = written.value + change.value, .error = std::hypot(written.error, change.error)};
}

Judgement judged(const Explanations& compared, std::size_t one, std::size_t other) {
  const auto is_impossible = [&](std::size_t i) {
    return compared.all[i].log_evidence.value == inference::impossible;
  };
  if (is_impossible(one))
    return {.verdict = Verdict::behind, .reason = "it makes the record impossible"};
  const Estimate factor = factor_between(compared, one, other);
  if (is_impossible(other)) return {.verdict = Verdict::ahead};
  if (!std::isfinite(factor.error)) return {.reason = "no error: --repeats 5"};
  if (!(std::abs(factor.value) > 2.0 * factor.error)) return {.reason = "within twice the error"};
  std::string objection = objection_of_scales(compared, one, other);
  if (!objection.empty()) return {.reason = std::move(objection)};
  return {.verdict = factor.value > 0.0 ? Verdict::ahead : Verdict::behind};
}

std::optional<Keep> keep_of_strategy(const Explanations& compared) {
  const std::optional<std::size_t> strategic = likeliest(compared, false);
  const std::optional<std::size_t> rival = likeliest(compared, true);
  if (!strategic || !rival) return {};
  const auto n = std::count_if(compared.all.begin(), compared.all.end(),
                               [](const Explained& each) { return each.is_rival; });
  return Keep{.strategic = *strategic,
              .rival = *rival,
              .n_rivals = static_cast<std::size_t>(n),
              .factor = factor_between(compared, *strategic, *rival),
              .judgement = judged(compared, *strategic, *rival)};
}

std::string log_text(const Estimate& estimate, bool is_signed) {
  if (std::isinf(estimate.value)) return estimate.value < 0.0 ? "impossible" : "-";
  const std::string value =
      is_signed ? fmt::format("{:+.2f}", estimate.value) : fmt::format("{:.2f}", estimate.value);
  return std::isfinite(estimate.error) ? fmt::format("{} ± {:.2f}", value, estimate.error) : value;
}

std::string range_text(const Explanations& compared, std::size_t one, std::size_t other) {
  const std::size_t n = compared.all[one].changes.size();
  if (one == other || n == 0 || compared.all[other].changes.size() != n) return "";
  double low = factor_between(compared, one, other).value;
  double high = low;
  for (std::size_t scale = 0; scale < n; ++scale) {
    const double factor = factor_between(compared, one, other, scale).value;
    if (std::isnan(factor)) return "not known";
    low = std::min(low, factor);
    high = std::max(high, factor);
  }
  return fmt::format("{:+.2f} to {:+.2f}", low, high);
}

std::string keep_text(const Explanations& compared) {
  const std::optional<Keep> keep = keep_of_strategy(compared);
  if (!keep) return "";
  const std::string& strategic = compared.all[keep->strategic].name;
  const std::string& rival = compared.all[keep->rival].name;
  const std::string range = range_text(compared, keep->strategic, keep->rival);
  std::string text = fmt::format("strategy against {}: {} against {}{}, {}{}\n  ",
                                 counted(keep->n_rivals, "account") + " without it", strategic,
                                 rival, keep->n_rivals > 1 ? ", the likeliest of these" : "",
                                 log_text(keep->factor, true),
                                 range.empty() ? "" : fmt::format(" (other priors: {})", range));
  switch (keep->judgement.verdict) {
    case Verdict::ahead: return text + "strategy earns its keep, on this coding of the record\n";
    case Verdict::behind: return text + "strategy does not earn its keep\n";
    default: break;
  }
  return text +
         fmt::format("whether strategy earns its keep is undecided: {}\n", keep->judgement.reason);
}

}  // namespace casus::cases
