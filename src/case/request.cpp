// From words of the command line to what the model calls so.
#include "case/request.hpp"

#include "base/text.hpp"
#include "case/memory.hpp"
#include "language/plan.hpp"
#include "language/step_range.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

using language::Quantity;

constexpr std::uint64_t most_sets = std::numeric_limits<std::uint32_t>::max();

void refuse(std::string_view code, std::string message, std::string help, Diagnostics& found) {
  found.add({.code = code,
             .message = std::move(message),
             .primary = {},
             .help = std::move(help),
             .has_place = false});
}

/// "did you mean 'guarantee'?", or the names there are.
std::string instead(const std::string& name, const std::vector<std::string>& names) {
  if (const auto meant = nearest(name, names)) return fmt::format("did you mean '{}'?", *meant);
  return names.empty() ? "" : fmt::format("there is {}", one_of(names));
}

template <class Statement>
std::vector<std::string> names_of(const language::Model& model,
                                  const std::vector<std::uint32_t>& numbers) {
  std::vector<std::string> names;
  names.reserve(numbers.size());
  for (const std::uint32_t at : numbers) {
    names.push_back(model.statement<Statement>(at).name.text);
  }
  return names;
}

/// The start of this name, or at this date.
std::optional<std::string> find_start(const language::Model& model, const std::string& from) {
  const std::vector<std::string> names = start_names(model);
  if (is_among(from, names)) return from;
  if (from == model.steps.label(0)) return std::string{};
  const std::optional<Date> date = parse_date(from);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& start = model.statement<language::StartStatement>(model.starts[i]);
    const std::uint32_t step = language::first_step_meeting(model, start.at);
    const bool is_there = step < model.steps.count &&
                          (model.steps.label(step) == from ||
                           (date && date->month != 0 && model.steps.step_of(*date) == step));
    if (is_there) return names[i];
  }
  return std::nullopt;
}

/// "1994-06 (line_of_1994)"
std::vector<std::string> starts_with_dates(const language::Model& model) {
  std::vector<std::string> texts;
  for (const std::uint32_t at : model.starts) {
    const auto& start = model.statement<language::StartStatement>(at);
    const std::uint32_t step = language::first_step_meeting(model, start.at);
    texts.push_back(fmt::format("{} ({})", start.name.text,
                                model.steps.label(std::min(step, model.steps.count - 1))));
  }
  return texts;
}

/// Names that --set takes: of parameters and constants, whole or by element.
std::vector<std::string> settable(const language::Model& model) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < model.quantities.size(); ++i) {
    const Quantity& quantity = model.quantities[i];
    const bool is_fixed_or_drawn =
        quantity.kind == Quantity::Kind::parameter || quantity.kind == Quantity::Kind::constant;
    if (!is_fixed_or_drawn || quantity.statement == language::nothing) continue;
    const language::Statement& statement = model.tree.statements[quantity.statement];
    if (!std::holds_alternative<language::ParamStatement>(statement)) continue;
    names.push_back(quantity.name.text);
    if (quantity.shape.empty()) continue;
    const auto n = static_cast<std::uint32_t>(quantity.n_elements(model.sets));
    for (std::uint32_t element = 0; element < n; ++element) {
      names.push_back(
          language::element_name(model, language::id_of<language::QuantityId>(i), element));
    }
  }
  for (const language::Rival& rival : model.rivals) {
    for (const language::RivalRate& rate : rival.rates) names.push_back(rate.name);
  }
  return names;
}

/// Whether the work can be done in the way that is asked for.
bool is_workable(const Request& request, Diagnostics& found) {
  constexpr std::uint64_t most_lanes = 4096;
  if (request.n_lanes % machine::lane_group != 0 || request.n_lanes > most_lanes) {
    refuse("R103", fmt::format("blocks of {} histories are not possible", request.n_lanes),
           fmt::format("take a multiple of {} up to {}", machine::lane_group, most_lanes), found);
    return false;
  }
  if (machine::kernels_of(request.kernels) == nullptr) {
    const std::vector<std::string_view> targets = machine::kernel_targets();
    refuse("R103", fmt::format("this processor has no '{}'", request.kernels),
           fmt::format("it has {}", join_text({targets.begin(), targets.end()}, ", ")), found);
    return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> explanation_names(const language::Model& model) {
  return names_of<language::ExplainStatement>(model, model.explanations);
}

std::vector<std::string> whatif_names(const language::Model& model) {
  return names_of<language::WhatifStatement>(model, model.whatifs);
}

std::vector<std::string> start_names(const language::Model& model) {
  return names_of<language::StartStatement>(model, model.starts);
}

std::optional<EnsembleOptions> ensemble_options(const Request& request, Diagnostics& found) {
  const std::uint64_t per_set = request.per_set;
  const std::uint64_t n = request.n_histories;
  if (n == 0 || per_set == 0) {
    refuse("R107", n == 0 ? "no histories to run" : "parameter sets without histories",
           "--histories and --per-set are at least 1", found);
    return std::nullopt;
  }
  if (n % per_set != 0) {
    const std::uint64_t less = n / per_set * per_set;
    refuse("R107", fmt::format("{} histories are not whole parameter sets of {}", n, per_set),
           less == 0 ? fmt::format("run {}, or fewer a set (--per-set)", per_set)
                     : fmt::format("run {} or {}", less, less + per_set),
           found);
    return std::nullopt;
  }
  if (n / per_set > most_sets || per_set > most_sets) {
    refuse("R107", fmt::format("{} histories are more than can be numbered", n),
           "run fewer histories", found);
    return std::nullopt;
  }
  if (!is_workable(request, found)) return std::nullopt;
  return EnsembleOptions{.n_sets = static_cast<std::uint32_t>(n / per_set),
                         .per_set = static_cast<std::uint32_t>(per_set),
                         .seed = request.seed,
                         .at_median = request.at_median,
                         .keep_bands = request.bands,
                         .n_lanes = static_cast<std::uint32_t>(request.n_lanes),
                         .kernels = machine::kernels_of(request.kernels)};
}

std::optional<language::Variant> variant_of(const LoadedCase& loaded, const Request& request,
                                            Diagnostics& found) {
  const language::Model& model = loaded.model;
  const std::size_t n_before = found.error_count();
  const bool is_baseline = request.explanation == "none";
  language::Variant variant{.explanation = is_baseline ? "" : request.explanation,
                            .fixed = request.fixed,
                            .outputs = request.bands};
  const std::vector<std::string> explanations = explanation_names(model);
  if (!variant.explanation.empty() && !is_among(variant.explanation, explanations)) {
    refuse("R105", fmt::format("no explanation '{}' in {}", request.explanation, loaded.name),
           instead(request.explanation, explanations), found);
  }
  if (!request.from.empty()) {
    const auto start = find_start(model, request.from);
    if (start) variant.start = *start;
    if (!start) {
      const auto meant = nearest(request.from, start_names(model));
      const std::vector<std::string> all = starts_with_dates(model);
      refuse("R105", fmt::format("no start '{}' in {}", request.from, loaded.name),
             meant         ? fmt::format("did you mean '{}'?", *meant)
             : all.empty() ? "the case has no `start`"
                           : fmt::format("a run may begin at {}", one_of(all)),
             found);
    }
  }
  const std::vector<std::string> names = settable(model);
  for (const auto& [name, value] : request.fixed) {
    if (is_among(name, names)) continue;
    refuse("R106", fmt::format("no parameter '{}' in {}", name, loaded.name), instead(name, names),
           found);
  }
  if (found.error_count() > n_before) return std::nullopt;
  return variant;
}

std::optional<std::vector<std::string>> whatifs_of(const LoadedCase& loaded, const Request& request,
                                                   Diagnostics& found) {
  const std::vector<std::string> all = whatif_names(loaded.model);
  if (all.empty()) {
    refuse("R109", fmt::format("{} has no what-ifs", loaded.name),
           "write one: whatif NAME \"what differs\", with its lines indented below", found);
    return std::nullopt;
  }
  if (request.whatifs.empty()) return all;
  bool all_known = true;
  std::vector<std::string> names;
  for (const std::string& name : request.whatifs) {
    if (!is_among(name, all)) {
      refuse("R105", fmt::format("no what-if '{}' in {}", name, loaded.name), instead(name, all),
             found);
      all_known = false;
    } else if (!is_among(name, names)) {
      names.push_back(name);
    }
  }
  if (!all_known) return std::nullopt;
  return names;
}

void check_memory(const language::Lowered& lowered, const EnsembleOptions& options,
                  std::size_t n_baselines, std::size_t n_whatifs, Diagnostics& found) {
  const double needed = memory_of_runs(lowered, options, n_baselines, n_whatifs);
  const double there = machine_memory();
  if (needed <= 0.75 * there) return;
  constexpr double gigabyte = 1e9;
  refuse("R108",
         fmt::format("this would need {} GB of memory, and the machine has {} GB",
                     to_text(needed / gigabyte, 3), to_text(there / gigabyte, 3)),
         "run fewer histories (--histories), or in shards (--shard 1/4)", found);
}

bool is_among(std::string_view name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace casus::cases
