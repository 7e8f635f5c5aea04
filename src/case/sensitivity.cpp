// Blocks of parameter sets that differ in one parameter, and what the measures make of them.
#include "case/sensitivity.hpp"

#include "base/text.hpp"
#include "case/lowered.hpp"
#include "case/posterior.hpp"
#include "case/prior_scale.hpp"
#include "case/stop.hpp"
#include "language/half_steps.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

using machine::Op;

bool draws_something(const machine::Program& program) {
  return std::any_of(program.code.begin(), program.code.end(), [](const auto& word) {
    return word.op == Op::uniform || word.op == Op::sample;
  });
}

bool is_random(const language::Lowered& lowered) {
  return draws_something(lowered.initial) ||
         std::any_of(lowered.segments.begin(), lowered.segments.end(),
                     [](const auto& segment) { return draws_something(segment.program); });
}

language::Lowered lowered_for(const language::Model& model, language::Variant variant) {
  variant.outputs = false;
  variant.at_probabilities = true;
  return lower_or_stop(model, variant);
}

/// What one aspect of a measure is in each parameter set of an ensemble.
std::vector<inference::NoisyValue> values_of(const Terms& terms, std::size_t per_set) {
  std::vector<inference::NoisyValue> values;
  const auto n = static_cast<double>(per_set);
  for (std::size_t first = 0; first < terms.numerator.size(); first += per_set) {
    double above = 0.0;
    double below = 0.0;
    for (std::size_t i = first; i < first + per_set; ++i) {
      above += terms.numerator[i];
      below += terms.denominator[i];
    }
    inference::NoisyValue at{.value = below == 0.0 ? std::numeric_limits<double>::quiet_NaN()
                                                   : above / below};
    double squares = 0.0;
    for (std::size_t i = first; i < first + per_set; ++i) {
      const double rest = terms.numerator[i] - at.value * terms.denominator[i];
      squares += rest * rest;
    }
    if (per_set > 1) at.noise = n / (n - 1.0) * squares / (below * below);
    values.push_back(at);
  }
  return values;
}

/// The design: draws A and B of the free coordinates.
class Sets {
 public:
  Sets(const CasePrior& prior, std::size_t n_rows, std::uint64_t seed)
      : n_free_(prior.n_free()), n_rows_(n_rows), draws_(2 * n_rows * n_free_) {
    for (std::size_t set = 0; set < 2 * n_rows; ++set) {
      const random::Key key =
          random::key_of(seed, {.purpose = random::Purpose::parameter,
                                .parameter_set = static_cast<std::uint32_t>(set)});
      prior.sample(key, std::span(draws_).subspan(set * n_free_, n_free_));
    }
  }

  /// Block 0 is A, 1 is B, 2 + i is A with coordinate i from B: parameters (n_rows × n).
  std::vector<double> block(std::size_t number, const CasePrior& prior, std::size_t n) const {
    std::vector<double> parameters(n_rows_ * n);
    for (std::size_t row = 0; row < n_rows_; ++row) {
      std::vector<double> free = draw(number == 1 ? n_rows_ + row : row);
      if (number >= 2) free[number - 2] = draw(n_rows_ + row)[number - 2];
      prior.parameters(free, std::span(parameters).subspan(row * n, n));
    }
    return parameters;
  }

 private:
  std::vector<double> draw(std::size_t set) const {
    const auto first = draws_.begin() + static_cast<std::ptrdiff_t>(set * n_free_);
    return {first, first + static_cast<std::ptrdiff_t>(n_free_)};
  }

  std::size_t n_free_;
  std::size_t n_rows_;
  std::vector<double> draws_;  ///< (2 n_rows × n_free)
};

class Study {
 public:
  Study(const LoadedCase& loaded, const Job& job, Sensitivity& result, Workers workers)
      : loaded_(loaded),
        job_(job),
        result_(result),
        workers_(workers),
        prior_(result.lowered),
        sets_(prior_, result.n_rows, job.request.seed) {}

  void run() {
    const std::size_t n_blocks = result_.parameters.size() + 2;
    const std::vector<MovedDates> moves = moves_of_dates();
    const std::optional<language::Model> halved = language::with_half_steps(loaded_.model);
    const std::size_t n_of_block = result_.n_rows * result_.per_set;
    const std::size_t n_others = 2 + moves.size() + (halved ? 2 : 0);
    workers_.progress.stage(
        "histories", (n_blocks + n_others) * n_of_block * std::uint64_t{loaded_.model.steps.count});
    std::vector<inference::PickFreeze> designs(result_.measures.size());
    for (std::size_t block = 0; block < n_blocks; ++block) {
      const Ensemble ensemble = simulated(result_.lowered, prior_, loaded_.model.steps, block);
      for (std::size_t i = 0; i < designs.size(); ++i) add(designs[i], block, ensemble, i);
      if (block == 0) as_it_is_ = ratios(ensemble);
    }
    for (std::size_t i = 0; i < designs.size(); ++i) finish(result_.measures[i], designs[i]);
    set_under_priors(1, as_it_is_);
    run_under_priors(0);
    run_under_priors(2);
    for (const MovedDates& moved : moves) run_moved(moved);
    if (halved) run_half_steps(*halved);
    workers_.progress.finish();
  }

 private:
  Ensemble simulated(const language::Lowered& lowered, const CasePrior& prior,
                     const language::Steps& steps, std::size_t block) const {
    EnsembleOptions options = job_.plan.options;
    options.n_sets = static_cast<std::uint32_t>(result_.n_rows);
    options.first_set = static_cast<std::uint32_t>(block * result_.n_rows);
    options.per_set = static_cast<std::uint32_t>(result_.per_set);
    options.keep_bands = false;
    const std::vector<double> parameters =
        sets_.block(block, prior, lowered.parameter_columns.size());
    Ensemble ensemble = simulate(lowered, options, {.parameters = parameters}, workers_);
    Diagnostics found;
    report_failures(lowered, steps, ensemble, found);
    stop_on_errors(found);
    return ensemble;
  }

  Terms terms(const Ensemble& ensemble, const MeasureSensitivity& of) const {
    const language::MeasureColumn& column = result_.lowered.measure_columns[of.measure];
    return MeasureValues(ensemble.measures, column).terms(of.aspect);
  }

  void add(inference::PickFreeze& design, std::size_t block, const Ensemble& ensemble,
           std::size_t measure) const {
    auto values = values_of(terms(ensemble, result_.measures[measure]), result_.per_set);
    if (block == 0) {
      design.a = std::move(values);
    } else if (block == 1) {
      design.b = std::move(values);
    } else {
      design.mixed.push_back(std::move(values));
    }
  }

  void finish(MeasureSensitivity& measure, const inference::PickFreeze& design) const {
    measure.indices = inference::sobol_indices(design);
    const double of_history = measure.indices.noise * static_cast<double>(result_.per_set);
    const double all = of_history + std::max(0.0, measure.indices.variance);
    measure.chance = all > 0.0 ? of_history / all : 0.0;
  }

  std::vector<Ratio> ratios(const Ensemble& ensemble) const {
    std::vector<Ratio> all;
    for (const MeasureSensitivity& measure : result_.measures) {
      const Terms at = terms(ensemble, measure);
      all.push_back(ratio_of(at.numerator, at.denominator, result_.per_set));
    }
    return all;
  }

  /// The measures of another form of the case, with the first block of sets; without numbers where
  /// it cannot be run to its end, which is kept under the form's name.
  std::vector<Ratio> ratios_under(const std::string& name, const language::Model& model) {
    try {
      const language::Lowered lowered = lowered_for(model, job_.plan.baselines.front());
      return ratios(simulated(lowered, CasePrior(lowered), model.steps, 0));
    } catch (const Stop& stop) {
      const std::string why = stop.diagnostics.sorted().front().message;
      result_.failed.push_back(fmt::format("{}: {}", name, why));
      std::vector<Ratio> unknown = as_it_is_;
      for (Ratio& ratio : unknown) ratio.value = std::numeric_limits<double>::quiet_NaN();
      return unknown;
    }
  }

  void set_under_priors(std::size_t factor, const std::vector<Ratio>& all) {
    for (std::size_t i = 0; i < all.size(); ++i)
      result_.measures[i].under_priors.at(factor) = estimate_of(all[i]);
  }

  void run_under_priors(std::size_t factor) {
    RescaledModel rescaled = with_prior_scale(loaded_.model, prior_factors.at(factor));
    const std::string name = "priors x " + to_text(prior_factors.at(factor));
    set_under_priors(factor, ratios_under(name, rescaled.model));
    result_.unscaled = std::move(rescaled.kept);
  }

  std::vector<MovedDates> moves_of_dates() const {
    std::vector<MovedDates> moves;
    for (const std::string& name : dated_names(loaded_.model)) {
      for (const int months : date_moves) moves.push_back({.name = name, .months = months});
      moves.push_back({.name = name});
    }
    return moves;
  }

  void run_moved(const MovedDates& moved) {
    const std::vector<Ratio> all =
        ratios_under(move_text(moved), with_moved_dates(loaded_.model, moved));
    MovedAnswers answers{.moved = moved};
    for (std::size_t i = 0; i < all.size(); ++i)
      answers.changes.push_back(difference_of(all[i], as_it_is_[i]));
    result_.moved.push_back(std::move(answers));
  }

  void run_half_steps(const language::Model& halved) {
    const std::vector<Ratio> all = ratios_under("half steps", halved);
    for (std::size_t i = 0; i < all.size(); ++i)
      result_.measures[i].with_half_steps = estimate_of(all[i]);
  }

  const LoadedCase& loaded_;
  const Job& job_;
  Sensitivity& result_;
  Workers workers_;
  CasePrior prior_;
  Sets sets_;
  std::vector<Ratio> as_it_is_{};  ///< by measure, of block 0
};

/// Whether `asked` names a measure, or all elements of one.
bool is_asked(const std::string& asked, const std::string& column) {
  return asked == column || column.rfind(asked + "[", 0) == 0;
}

void choose_measures(const Request& request, Sensitivity& result) {
  const auto& columns = result.lowered.measure_columns;
  std::vector<std::string> names;
  names.reserve(columns.size());
  for (const language::MeasureColumn& column : columns) names.push_back(column.name);
  for (const std::string& asked : request.measures) {
    const bool is_known = std::any_of(
        names.begin(), names.end(), [&](const std::string& name) { return is_asked(asked, name); });
    if (is_known) continue;
    const auto meant = nearest(asked, names);
    stop("R105", fmt::format("there is no measure '{}'", asked),
         meant ? fmt::format("did you mean {}?", *meant) : "");
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool is_chosen =
        request.measures.empty() ||
        std::any_of(request.measures.begin(), request.measures.end(),
                    [&](const std::string& asked) { return is_asked(asked, names[i]); });
    if (!is_chosen) continue;
    for (const Aspect& aspect : aspects_of(columns[i]))
      result.measures.push_back({.measure = i, .aspect = aspect});
  }
}

void check_numbers(const Request& request, bool is_random, std::size_t n_free) {
  constexpr std::uint64_t most_rows = 1'000'000;
  constexpr std::uint64_t most_sets = 0xffffffffU;
  const bool is_possible = request.n_rows >= 8 && request.n_rows <= most_rows &&
                           request.n_rows * (n_free + 2) <= most_sets &&
                           request.per_set <= most_rows &&
                           (request.per_set >= 2 || (!is_random && request.per_set == 1));
  if (is_possible) return;
  stop("R107", "so many pairs of parameter sets or histories of each are not possible",
       "take 8 to 1,000,000 pairs; 2 histories of each set or more, so that their own chance can "
       "be told from the parameters'");
}

}  // namespace

std::string name_of(const Sensitivity& sensitivity, const MeasureSensitivity& measure) {
  const language::MeasureColumn& column = sensitivity.lowered.measure_columns[measure.measure];
  if (measure.aspect.kind == Aspect::Kind::never || measure.aspect.kind == Aspect::Kind::label)
    return fmt::format("{}: {}", column.name, name_of(measure.aspect, column));
  return column.name;
}

std::vector<std::size_t> in_order(const MeasureSensitivity& measure) {
  const auto& inputs = measure.indices.inputs;
  std::vector<std::size_t> order(inputs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto total = [&](std::size_t i) {
    return std::isnan(inputs[i].total) ? -1.0 : inputs[i].total;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return total(a) > total(b); });
  return order;
}

bool depends_on_parameters(const MeasureSensitivity& measure) {
  constexpr double errors = 3.0;
  return measure.indices.variance > errors * measure.indices.variance_error;
}

bool is_change(const Estimate& change) {
  constexpr double errors = 3.0;
  return std::fabs(change.value) > errors * change.error;
}

Sensitivity sensitivity(const LoadedCase& loaded, const Job& job, Workers workers) {
  Sensitivity result{.lowered = lowered_for(loaded.model, job.plan.baselines.front()),
                     .parameters = {},
                     .measures = {}};
  result.parameters = result.lowered.free_parameters;
  if (result.parameters.empty()) {
    stop("R109", fmt::format("{} has no free parameters", loaded.name),
         "give one a prior, or take an explanation that frees some");
  }
  const bool random = is_random(result.lowered);
  check_numbers(job.request, random, result.parameters.size());
  choose_measures(job.request, result);
  result.n_rows = static_cast<std::size_t>(job.request.n_rows);
  result.per_set = random ? static_cast<std::size_t>(job.request.per_set) : 1;
  Study(loaded, job, result, workers).run();
  return result;
}

}  // namespace casus::cases
