// A fit's evidence and posterior once more, by another way: the whole record at once, by powers of
// its likelihood.
#pragma once

#include "case/ensemble.hpp"
#include "inference/evidence.hpp"
#include "inference/tempered.hpp"

#include <string>
#include <vector>

namespace casus::cases {

struct Fit;

struct Tempering {
  inference::Evidence evidence{};
  std::vector<double> log_evidences{};                       ///< by run
  std::vector<inference::TemperatureRecord> temperatures{};  ///< of the first run
  std::string farthest{};  ///< the free parameter whose two posterior means are farthest apart
  double distance = 0.0;   ///< by how much, in posterior standard deviations
};

/// As many runs as the fit's settings have, of waste-free tempering (Dau and Chopin 2022) with
/// about eight points for each set of the fit. The fit must be exact. Throws `Stop` when a number
/// stops being finite (R001); `Interrupted`.
Tempering temper(const Fit& fit, const language::Steps& steps, Workers workers);

/// What it says beside the fit, for a summary.
std::string tempering_text(const Fit& fit);

/// The first run's powers.
std::string temperatures_csv(const Tempering& tempering);

}  // namespace casus::cases
