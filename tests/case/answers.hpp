// The known answers of a case: what its `expected.csv` says.
#pragma once

#include "language/lowered.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

/// A number that a run must come near, in one of two kinds.
struct Answer {
  std::string measure{};
  std::string statistic;          ///< a figure's name ("mean", "share", "q50"); empty: the first
  std::string value;              ///< a number, or the name of a step
  double tolerance = 0.0;         ///< of exact and sampled answers: largest difference allowed
  bool sampled = false;           ///< `tolerance` is four standard errors of the stated histories
  std::optional<double> error{};  ///< of answers that were estimated: their own standard error
  std::size_t line = 0;           ///< in the file
};

/// The answers of one run, and how to make it.
struct AnsweredRun {
  language::Variant variant{};
  std::size_t n_histories = 0;
  std::size_t per_set = 0;
  std::uint64_t seed = 1;
  std::vector<Answer> answers{};
};

/// Every folder below `cases/` and `tests/cases/` that has answers, in order of names.
std::vector<std::filesystem::path> folders_with_answers();

/// Reads `expected.csv` of a folder. What cannot be read fails the test.
///
/// With a column `tolerance`: `measure,value,tolerance` and, where a row needs them, `statistic`,
/// `histories`, `seed`, `set` ("p=0.3", several with blanks between), `whatif`, `explain`. Without
/// `histories` no draw matters and a few do; with them `tolerance` is four standard errors.
///
/// With a column `se`: `measure,statistic,value,se`, estimated by another program from the prior of
/// the explanation `all`.
std::vector<AnsweredRun> read_answers(const std::filesystem::path& folder);

}  // namespace casus::cases
