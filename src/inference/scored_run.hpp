// A run whose steps say how probable what was observed is.
#pragma once

#include "base/parallel.hpp"
#include "base/progress.hpp"
#include "machine/lanes/run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace casus::inference {

/// Output j of a step program is the log score of observation column j in that step: of its
/// probability or density, given what the history has come to. -inf: the history cannot comply.
/// A column that a program does not write, or whose score is zero, says nothing in its steps.
struct ScoredRun {
  machine::RunPrograms programs{};
  std::uint32_t n_columns = 0;
};

/// Whether no score depends on anything a history draws: then one lane a parameter set gives its
/// likelihood, exactly.
bool is_exact(const ScoredRun& run);

std::uint32_t first_step(const ScoredRun& run);
std::uint32_t last_step(const ScoredRun& run);

/// A number that stopped being finite, or a score that is NaN or +inf.
struct Fault {
  std::size_t set = 0;  ///< of the sets that ran together
  std::uint32_t particle = 0;
  std::uint32_t step = 0;
  const machine::Program* program = nullptr;  ///< what ran
  std::uint32_t origin = 0;                   ///< of `program`
  std::vector<double> parameters{};           ///< of the set
  std::string what{};                         ///< "log of -0.3", "score 2 is nan"
};

/// Who does the work, and who waits for it.
struct Workers {
  Parallel& parallel;
  Progress& progress;

  void stop_if_asked() const {
    if (progress.stop_requested()) throw Interrupted{};
  }
};

}  // namespace casus::inference
