// Subsets of motives under the posterior of all.
#include "case/inclusion.hpp"

#include "case/lowered.hpp"
#include "inference/evidence.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace casus::cases {
namespace {

using language::ExplainStatement;
using language::Model;
using language::ParamStatement;
using language::VariantLine;

/// A name that no explanation of a case can have.
constexpr std::string_view subset_name = "(some motives)";

constexpr std::uint32_t replications_of_all = 1U << 19;

bool has_base(const Model& model, const std::string& param) {
  return std::any_of(model.tree.statements.begin(), model.tree.statements.end(),
                     [&](const language::Statement& statement) {
                       const auto* const one = std::get_if<ParamStatement>(&statement);
                       return one != nullptr && one->target.name.text == param &&
                              one->base != language::no_node;
                     });
}

/// For each motive of these explanations the line that frees it.
std::vector<VariantLine> motive_lines(const Model& model, const std::vector<std::string>& names) {
  std::vector<VariantLine> lines;
  for (const std::uint32_t at : model.explanations) {
    const auto& explain = model.statement<ExplainStatement>(at);
    if (std::find(names.begin(), names.end(), explain.name.text) == names.end()) continue;
    for (const VariantLine& line : explain.lines) {
      const bool is_there = std::any_of(lines.begin(), lines.end(), [&](const VariantLine& other) {
        return other.param.text == line.param.text;
      });
      const bool is_free = line.kind != VariantLine::Kind::value;
      if (is_free && !is_there && has_base(model, line.param.text)) lines.push_back(line);
    }
  }
  return lines;
}

/// Variants of a case that free some of its motives.
class Subsets {
 public:
  Subsets(const Model& model, const EncompassingSettings& settings)
      : model_(model), settings_(settings), lines_(motive_lines(model, settings.explanations)) {
    model_.explanations.push_back(static_cast<std::uint32_t>(model_.tree.statements.size()));
    ExplainStatement explain;
    explain.name.text = std::string(subset_name);
    model_.tree.statements.emplace_back(std::move(explain));
    model_.tree.statement_spans.push_back({});
  }

  const std::vector<VariantLine>& lines() const { return lines_; }

  language::Lowered lowered(const std::vector<bool>& has) {
    auto& explain = std::get<ExplainStatement>(model_.tree.statements.back());
    explain.lines.clear();
    for (std::size_t i = 0; i < has.size(); ++i) {
      if (has[i]) explain.lines.push_back(lines_[i]);
    }
    return lower_or_stop(
        model_, scored_variant({.explanation = std::string(subset_name), .fixed = settings_.fixed},
                               settings_.until));
  }

 private:
  Model model_;
  const EncompassingSettings& settings_;
  std::vector<VariantLine> lines_;
};

std::vector<std::vector<bool>> subsets_of(std::size_t n, std::size_t most_joint) {
  std::vector<std::vector<bool>> subsets;
  const auto size_of = [](const std::vector<bool>& has) {
    return static_cast<std::size_t>(std::count(has.begin(), has.end(), true));
  };
  if (n <= most_joint) {
    for (std::size_t bits = 0; bits < (std::size_t{1} << n); ++bits) {
      std::vector<bool> has(n);
      for (std::size_t i = 0; i < n; ++i) has[i] = ((bits >> i) & 1U) != 0;
      subsets.push_back(std::move(has));
    }
    std::stable_sort(subsets.begin(), subsets.end(),
                     [&](const auto& a, const auto& b) { return size_of(a) < size_of(b); });
    return subsets;
  }
  subsets.emplace_back(n, false);
  for (std::size_t i = 0; i < n; ++i) {
    subsets.emplace_back(n, false);
    subsets.back()[i] = true;
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      subsets.emplace_back(n, false);
      subsets.back()[i] = subsets.back()[j] = true;
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    subsets.emplace_back(n, true);
    subsets.back()[i] = false;
  }
  subsets.emplace_back(n, true);
  return subsets;
}

/// Log of the mean evidence of subsets with the motive over that of those without, run by run.
Estimate inclusion_of(const Encompassing& model, std::size_t motive, std::size_t n_runs) {
  std::vector<double> factors;
  for (std::size_t run = 0; run < n_runs; ++run) {
    std::vector<double> with;
    std::vector<double> without;
    for (const MotiveSubset& subset : model.subsets) {
      if (!subset.is_known) return {};
      (subset.has[motive] ? with : without).push_back(subset.side.by_run[run]);
    }
    factors.push_back(inference::log_mean(with) - inference::log_mean(without));
  }
  const inference::Evidence pooled = inference::pooled(factors);
  return {.value = pooled.log_evidence, .error = pooled.standard_error};
}

/// Factors against the last subset, which has every motive.
void set_against_all(Encompassing& model) {
  const std::vector<double> whole = model.subsets.back().side.by_run;
  for (MotiveSubset& subset : model.subsets) {
    OneSide& side = subset.side;
    for (std::size_t run = 0; run < whole.size(); ++run) side.by_run[run] -= whole[run];
    const inference::Evidence pooled = inference::pooled(side.by_run);
    side.log_factor = {.value = pooled.log_evidence, .error = pooled.standard_error};
  }
}

Estimate from_all(const Encompassing& model, std::size_t motive) {
  for (const MotiveSubset& subset : model.subsets) {
    const bool is_meant = !subset.has[motive] && std::count(subset.has.begin(), subset.has.end(),
                                                            false) == std::ptrdiff_t{1};
    if (is_meant && subset.is_known)
      return {.value = -subset.side.log_factor.value, .error = subset.side.log_factor.error};
  }
  return {};
}

const Fit* fit_that_frees(std::span<const Fit* const> fits, const language::Lowered& lowered) {
  const auto frees = [&](const Fit* fit) {
    return fit->lowered.free_parameters == lowered.free_parameters &&
           std::isfinite(fit->evidence.log_evidence);
  };
  const auto at = std::find_if(fits.begin(), fits.end(), frees);
  return at == fits.end() ? nullptr : *at;
}

}  // namespace

Encompassing encompassing(const Model& model, std::span<const Fit* const> fits,
                          const EncompassingSettings& settings, Workers workers) {
  Subsets variants(model, settings);
  const std::size_t n = variants.lines().size();
  Encompassing result;
  if (n < 2) return result;
  for (const VariantLine& line : variants.lines()) result.motives.push_back(line.param.text);
  result.is_joint = n <= settings.most_joint;
  language::Lowered whole = variants.lowered(std::vector<bool>(n, true));
  const Fit* of_all = fit_that_frees(fits, whole);
  std::optional<Fit> made;
  if (of_all == nullptr) {
    FitSettings own = settings.fit;
    own.first_replication += replications_of_all;
    own.label = "every motive";
    made = fit_lowered(std::move(whole), model.steps, own, workers);
    of_all = &*made;
  }
  for (const std::vector<bool>& has : subsets_of(n, settings.most_joint)) {
    MotiveSubset subset{.has = has};
    const language::Lowered lowered = variants.lowered(has);
    subset.side = one_side(
        *of_all, log_ratios(*of_all, {lowered, of_all->runs.front()},
                            carried_by_name(*of_all, lowered, nullptr), model.steps, workers));
    subset.is_known = is_reliable(subset.side);
    result.subsets.push_back(std::move(subset));
  }
  set_against_all(result);
  for (std::size_t motive = 0; motive < n; ++motive) {
    result.inclusions.push_back({.motive = result.motives[motive],
                                 .log_factor = inclusion_of(result, motive, of_all->runs.size()),
                                 .from_all = from_all(result, motive)});
  }
  return result;
}

}  // namespace casus::cases
