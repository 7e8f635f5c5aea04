// posterior.nc: parameters, their sampler, constants.
#include "case/netcdf_fit.hpp"

#include "case/netcdf_results.hpp"
#include "case/version.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

using language::Quantity;

std::vector<double> counted_to(std::size_t n) {
  std::vector<double> numbers(n);
  std::iota(numbers.begin(), numbers.end(), 0.0);
  return numbers;
}

/// All rows of a block, in declared units; `rows` (n × n_parameters) are in base units.
std::vector<double> values_of(const Fit& fit, const ParameterBlock& block,
                              std::span<const double> rows) {
  const auto& columns = fit.lowered.parameter_columns;
  std::vector<double> values;
  for (std::size_t row = 0; row < rows.size(); row += columns.size()) {
    for (std::size_t i = block.first; i < block.first + block.n; ++i)
      values.push_back(rows[row + i] / columns[i].scale);
  }
  return values;
}

/// Parameters that vary, over `over` and their own sets; `rows` as above.
void add_parameters(NetcdfPlace& place, const Fit& fit, const std::vector<int>& over,
                    std::span<const double> rows) {
  for (const ParameterBlock& block : parameter_blocks(place.model(), fit)) {
    if (!block.varies) continue;
    const language::ParameterColumn& column = fit.lowered.parameter_columns[block.first];
    place.parameter(column, over).put(values_of(fit, block, rows));
  }
}

void add_draws_of(const NetcdfGroup& root, const language::Model& model, const Fit& fit,
                  const FitDraws& draws) {
  const NetcdfGroup group = root.group("posterior");
  group.attribute("weighting",
                  "equally weighted: the sets of a run, whose weights are in the group smc, were "
                  "resampled systematically; draws in order of sets");
  group.attribute("chains", "independent runs of the sampler, not weighted by their evidence");
  NetcdfPlace posterior(group, model);
  add_parameters(posterior, fit, add_draws(posterior, draws), draws.parameters);

  NetcdfPlace stats(root.group("sample_stats"), model);
  const std::vector<int> over = add_draws(stats, draws);
  const NetcdfVariable of_set = stats.variable("record_log_likelihood", NetcdfType::number, over);
  of_set.attribute("long_name", "log-likelihood of the record as the sampler estimated it");
  of_set.put(draws.log_likelihoods);
  const NetcdfVariable set = stats.variable("set", NetcdfType::whole, over);
  set.attribute("long_name", "number of the set in its run: the coordinate of the group smc");
  set.put(std::vector<double>(draws.sets.begin(), draws.sets.end()));

  const NetcdfGroup before = root.group("prior");
  before.attribute("draws", "those that the sampler began with");
  NetcdfPlace prior(before, model);
  add_parameters(prior, fit, add_draws(prior, draws), draws.prior);
}

using Field = double (*)(const inference::DateRecord&);
struct DateVariable {
  const char* name;
  const char* meaning;
  NetcdfType type;
  Field value;
};

constexpr std::array of_dates{
    DateVariable{"log_evidence", "log probability of the record up to the end of the step",
                 NetcdfType::number, [](const auto& date) { return date.log_evidence; }},
    DateVariable{"effective_sets", "effective number of parameter sets, before they moved",
                 NetcdfType::number, [](const auto& date) { return date.effective_size; }},
    DateVariable{"effective_particles", "mean effective number of the particles of a set",
                 NetcdfType::number, [](const auto& date) { return date.state_effective_size; }},
    DateVariable{"tempered", "stages before the last inside the step", NetcdfType::whole,
                 [](const auto& date) { return double{1} * date.n_tempered; }},
    DateVariable{"moves", "Metropolis-Hastings moves of each set", NetcdfType::whole,
                 [](const auto& date) { return double{1} * date.n_moves; }},
    DateVariable{"acceptance", "share of the last moves that were accepted", NetcdfType::number,
                 [](const auto& date) { return date.acceptance; }},
    DateVariable{"ancestors", "draws from the prior that the sets descend from", NetcdfType::whole,
                 [](const auto& date) { return double{1} * date.n_ancestors; }},
    DateVariable{"particles", "of a set, from here on", NetcdfType::whole,
                 [](const auto& date) { return double{1} * date.n_particles; }},
    DateVariable{"draws", "that stood for each particle in the step", NetcdfType::whole,
                 [](const auto& date) { return double{1} * date.n_draws; }}};

void add_dates(NetcdfPlace& place, const Fit& fit, int chain) {
  std::vector<std::uint32_t> steps;
  for (const inference::DateRecord& date : fit.dates) steps.push_back(date.step);
  const int time = add_time(place, steps, "");
  for (const DateVariable& row : of_dates) {
    std::vector<double> values;
    for (const FitRun& run : fit.runs)
      for (const inference::DateRecord& date : run.dates) values.push_back(row.value(date));
    const NetcdfVariable variable = place.variable(row.name, row.type, {chain, time});
    variable.attribute("long_name", row.meaning);
    variable.attribute("coordinates", "date step");
    variable.put(values);
  }
}

void add_sampler(const NetcdfGroup& root, const language::Model& model, const Fit& fit) {
  NetcdfPlace place(root.group("smc"), model);
  const int chain = place.coordinate("chain", counted_to(fit.runs.size()), NetcdfType::whole);
  const int set = place.coordinate("set", counted_to(fit.settings.n_sets), NetcdfType::whole);
  add_dates(place, fit, chain);
  std::vector<double> evidences;
  std::vector<double> weights;
  for (const FitRun& run : fit.runs) {
    evidences.push_back(run.log_evidence);
    weights.insert(weights.end(), run.weights.begin(), run.weights.end());
  }
  place.variable("run_log_evidence", NetcdfType::number, {chain}).put(evidences);
  const NetcdfVariable weight = place.variable("weight", NetcdfType::number, {chain, set});
  weight.attribute("long_name", "of the set in its run: they sum to one");
  weight.put(weights);
  const NetcdfVariable pooled = place.variable("pooled_weight", NetcdfType::number, {chain, set});
  pooled.attribute("long_name", "of the set among those of all runs, weighted by their evidence");
  pooled.put(fit.weights);
  place.variable("record_log_likelihood", NetcdfType::number, {chain, set})
      .put(fit.log_likelihoods);
  add_parameters(place, fit, {chain, set}, fit.parameters);
}

void add_constants(const NetcdfGroup& root, const language::Model& model, const Fit& fit) {
  NetcdfPlace place(root.group("constant_data"), model);
  std::vector<std::uint32_t> steps(model.steps.count);
  std::iota(steps.begin(), steps.end(), 0U);
  const int time = add_time(place, steps, "");
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    if (quantity.kind != Quantity::Kind::data || model.series[q].values.empty()) continue;
    const auto& data = model.statement<language::DataStatement>(quantity.statement);
    std::vector<int> over;
    if (model.series[q].by_step) over.push_back(time);
    for (const int each : place.dimensions_of(quantity)) over.push_back(each);
    std::vector<double> values = model.series[q].values;
    for (double& value : values) value /= quantity.unit ? quantity.unit->scale : 1.0;
    const NetcdfVariable variable = place.variable_of(language::id_of<language::QuantityId>(q), "",
                                                      data.clauses.unit.text, over);
    if (quantity.type.kind == language::TypeKind::label) {
      const std::vector<std::string>& labels = model[quantity.type.domain].labels;
      std::vector<double> places(labels.size() + 1);
      std::iota(places.begin(), places.end(), -1.0);
      variable.attribute("flag_values", places);
      variable.attribute("flag_meanings", flag_words(labels));
    }
    variable.put(values);
  }
  for (const ParameterBlock& block : parameter_blocks(model, fit)) {
    if (block.varies) continue;
    const language::ParameterColumn& column = fit.lowered.parameter_columns[block.first];
    const auto row = std::span(fit.parameters).first(fit.lowered.parameter_columns.size());
    place.parameter(column, {}).put(values_of(fit, block, row));
  }
}

}  // namespace

std::vector<int> add_draws(NetcdfPlace& place, const FitDraws& draws) {
  const int chain = place.coordinate("chain", counted_to(draws.n_chains), NetcdfType::whole);
  return {chain, place.coordinate("draw", counted_to(draws.n_draws), NetcdfType::whole)};
}

std::vector<ParameterBlock> parameter_blocks(const language::Model& model, const Fit& fit) {
  const auto& columns = fit.lowered.parameter_columns;
  std::vector<ParameterBlock> blocks;
  for (std::size_t first = 0; first < columns.size();) {
    ParameterBlock block{.first = first, .n = n_columns_of(model, columns[first])};
    for (std::size_t at = 0; at < fit.parameters.size() && !block.varies; at += columns.size()) {
      for (std::size_t i = first; i < first + block.n; ++i)
        block.varies = block.varies || fit.parameters[at + i] != fit.parameters[i];
    }
    blocks.push_back(block);
    first += block.n;
  }
  return blocks;
}

NetcdfImage posterior_nc(const LoadedCase& loaded, const Job& job, const Fit& fit,
                         const FitChecks& checks) {
  NetcdfMaker maker;
  const NetcdfGroup root = maker.root();
  describe_origin(root, loaded, job);
  root.attribute("explanation", job.plan.baselines.front().explanation);
  root.attribute("inference_library", "casus");
  root.attribute("inference_library_version", version());
  root.attribute("sampling", fit.is_exact ? "sequential Monte Carlo over dates (IBIS), exact "
                                            "likelihoods"
                                          : "sequential Monte Carlo over dates (SMC^2), particle "
                                            "likelihoods");
  add_draws_of(root, loaded.model, fit, checks.draws);
  add_observed(root, loaded.model, fit, checks);
  add_constants(root, loaded.model, fit);
  add_sampler(root, loaded.model, fit);
  return maker.finish();
}

}  // namespace casus::cases
