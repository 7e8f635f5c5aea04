// Simulated records, fitted by every explanation.
#include "case/recover.hpp"

#include "case/compare.hpp"
#include "case/fit.hpp"
#include "case/score.hpp"
#include "case/stop.hpp"
#include "case/synthetic.hpp"
#include "case/unseen.hpp"
#include "inference/weights.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

/// Fits of simulated records share no draws with those of the case's own.
constexpr std::uint32_t replications_of_records = 1U << 24;

constexpr double least_share = 0.7;

RecoveredRecord compared(const language::Model& model, const RecoverSettings& settings,
                         const std::vector<std::string>& names, std::uint32_t first_replication,
                         Workers workers) {
  RecoveredRecord record;
  CompareSettings common{.fixed = settings.fixed, .until = settings.until};
  for (std::size_t i = 0; i < names.size(); ++i) {
    FitSettings own = settings.fit;
    own.first_replication =
        first_replication + static_cast<std::uint32_t>(i) * settings.fit.n_repeats;
    own.may_be_impossible = true;
    const Fit fit =
        fit_lowered(lowered_explanation(model, names[i], common), model.steps, own, workers);
    record.log_evidences.push_back(fit.evidence.log_evidence);
  }
  return record;
}

class Recovering {
 public:
  Recovering(const language::Model& model, const RecoverSettings& settings, Workers workers)
      : model_(model), settings_(settings), workers_(workers) {}

  Recovery run() {
    Recovery recovery{.names = names_to_compare(model_, settings_.names, "")};
    names_ = recovery.names;
    workers_.progress.stage("records", names_.size() * settings_.n_records);
    for (std::size_t truth = 0; truth < names_.size(); ++truth) {
      const Synthesis synthesis(
          model_, {.explanation = variant_name(names_[truth]), .fixed = settings_.fixed},
          settings_.until);
      for (std::uint32_t number = 0; number < settings_.n_records; ++number) {
        if (workers_.progress.stop_requested()) throw Interrupted{};
        recovery.records.push_back(record(synthesis, truth, number));
        workers_.progress.advance(1);
      }
    }
    workers_.progress.finish();
    return recovery;
  }

 private:
  /// One that could not be made, or in which a number stopped being finite, has no evidence.
  RecoveredRecord record(const Synthesis& synthesis, std::size_t truth, std::uint32_t number) {
    const SyntheticAddress at{.seed = settings_.fit.seed,
                              .number = number,
                              .replication = static_cast<std::uint32_t>(truth)};
    const std::optional<language::Model> made = synthesis.record(synthesis.draw(at).parameters, at);
    if (!made) return {.truth = truth};
    const auto n_fits = static_cast<std::uint32_t>(names_.size()) * settings_.fit.n_repeats;
    const std::uint32_t place = static_cast<std::uint32_t>(truth) * settings_.n_records + number;
    Unseen inner(workers_.progress);
    RecoveredRecord found{.truth = truth};
    try {
      found = compared(*made, settings_, names_, replications_of_records + place * n_fits,
                       {.parallel = workers_.parallel, .progress = inner});
      found.truth = truth;
    } catch (const Stop& stop) {
      if (stop.diagnostics.sorted().front().code != "R001") throw;
    }
    return found;
  }

  const language::Model& model_;
  const RecoverSettings& settings_;
  Workers workers_;
  std::vector<std::string> names_;
};

}  // namespace

std::size_t RecoveredRecord::first() const {
  const auto best = std::max_element(log_evidences.begin(), log_evidences.end());
  if (best == log_evidences.end() || *best == inference::impossible) return nobody;
  return static_cast<std::size_t>(best - log_evidences.begin());
}

std::size_t Recovery::count(std::size_t truth, std::size_t first) const {
  return static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(), [&](const RecoveredRecord& record) {
        return record.truth == truth && record.first() == first;
      }));
}

std::size_t Recovery::n_records(std::size_t truth) const {
  std::size_t n = 0;
  for (std::size_t i = 0; i < names.size(); ++i) n += count(truth, i);
  return n;
}

double Recovery::share_of_truth(std::size_t truth) const {
  return static_cast<double>(count(truth, truth)) / static_cast<double>(n_records(truth));
}

bool Recovery::is_separable() const {
  for (std::size_t truth = 0; truth < names.size(); ++truth) {
    if (!(share_of_truth(truth) >= least_share)) return false;
  }
  return true;
}

RecoverSettings recover_settings(const LoadedCase& loaded, const Request& request) {
  const CompareSettings common = compare_settings(loaded, request);
  constexpr std::uint64_t most = 100'000;
  if (request.n_records == 0 || request.n_records > most) {
    stop("R107", fmt::format("{} records of each explanation are not possible", request.n_records),
         "take 1 to 100,000");
  }
  return {.names = common.names,
          .fixed = common.fixed,
          .until = common.until,
          .fit = common.fit,
          .n_records = static_cast<std::uint32_t>(request.n_records)};
}

Recovery recover_explanations(const language::Model& model, const RecoverSettings& settings,
                              Workers workers) {
  return Recovering(model, settings, workers).run();
}

}  // namespace casus::cases
