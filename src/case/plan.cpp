// Which runs a command makes.
#include "case/calibrate.hpp"
#include "case/compare.hpp"
#include "case/fit.hpp"
#include "case/maximum.hpp"
#include "case/recover.hpp"
#include "case/score.hpp"
#include "case/sensitivity.hpp"
#include "case/shard.hpp"
#include "case/stop.hpp"
#include "case/study.hpp"
#include "case/tune.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>

namespace casus::cases {
namespace {

/// Options and the baseline of a request.
Job basic_plan(std::string command, const LoadedCase& loaded, const Request& request,
               bool needs_measures) {
  Diagnostics found;
  Job job{.command = std::move(command), .request = request, .plan = {}};
  const auto options = ensemble_options(request, found);
  const auto variant = variant_of(loaded, request, found);
  if (loaded.model.measures.empty() && needs_measures) {
    found.add({.code = "R109",
               .message = fmt::format("{} has no measures", loaded.name),
               .primary = {},
               .help = "say what to report: measure NAME = any(CONDITION) from DATE to DATE",
               .has_place = false});
  }
  if (options && request.shard) job.share = share_of(request, *request.shard, found);
  stop_on_errors(found);
  job.plan.options = *options;
  job.plan.baselines.push_back(*variant);
  return job;
}

/// A case may call `all` the explanation that frees every motive: overlapping stories are one
/// encompassing model, and what-ifs are of that model unless another is asked for.
constexpr std::string_view encompassing = "all";

bool has_encompassing(const language::Model& model) {
  const std::vector<std::string> names = explanation_names(model);
  return std::find(names.begin(), names.end(), encompassing) != names.end();
}

/// Where what-ifs begin and what they are of, when the request does not say: so that `whatif` and
/// `study` give the same numbers.
Request with_defaults(const LoadedCase& loaded, const Request& request) {
  Request asked = request;
  const std::vector<std::string> starts = start_names(loaded.model);
  if (asked.from.empty() && !starts.empty()) asked.from = starts.front();
  if (asked.explanation.empty() && has_encompassing(loaded.model)) asked.explanation = encompassing;
  return asked;
}

}  // namespace

Job plan_run(const LoadedCase& loaded, const Request& request) {
  return basic_plan("run", loaded, request, true);
}

Job plan_score(const LoadedCase& loaded, const Request& request) {
  return basic_plan("score", loaded, request, false);
}

Job plan_fit(const LoadedCase& loaded, const Request& request) {
  return basic_plan("fit", loaded, request, false);
}

Job plan_compare(const LoadedCase& loaded, const Request& request) {
  return basic_plan("compare", loaded, request, false);
}

Job plan_calibrate(const LoadedCase& loaded, const Request& request) {
  return basic_plan("calibrate", loaded, request, false);
}

Job plan_sensitivity(const LoadedCase& loaded, const Request& request) {
  Request of_block = request;
  of_block.n_histories = request.n_rows * request.per_set;
  Job job = basic_plan("sensitivity", loaded, of_block, true);
  job.request = request;
  return job;
}

Job plan_maximum(const LoadedCase& loaded, const Request& request) {
  return basic_plan("maximum", loaded, request, false);
}

Job plan_tune(const LoadedCase& loaded, const Request& request) {
  return basic_plan("tune", loaded, request, false);
}

Job plan_recover(const LoadedCase& loaded, const Request& request) {
  return basic_plan("recover", loaded, request, false);
}

Job plan_whatif(const LoadedCase& loaded, const Request& request) {
  Job job = basic_plan("whatif", loaded, with_defaults(loaded, request), true);
  Diagnostics found;
  const auto whatifs = whatifs_of(loaded, request, found);
  stop_on_errors(found);
  job.plan.whatifs = *whatifs;
  return job;
}

Job plan_study(const LoadedCase& loaded, const Request& request) {
  Job job = basic_plan("study", loaded, with_defaults(loaded, request), true);
  job.may_reuse = true;
  if (!job.plan.baselines.front().start.empty()) {
    language::Variant started = job.plan.baselines.front();
    job.plan.baselines.front().start.clear();
    job.plan.baselines.push_back(std::move(started));
  }
  job.plan.whatifs = whatif_names(loaded.model);
  plan_record(loaded, job);
  return job;
}

}  // namespace casus::cases
