// The programs of one variant of a case, and one of them word by word and statement by statement,
// with what it costs. Nothing is run.
#pragma once

#include "case/load.hpp"
#include "language/lowered.hpp"
#include "machine/lanes/listing.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

struct ProgramQuestion {
  language::Variant variant;
  /// Which program: that of a step by date or number, from 1, or `start` or `measures`; empty: of
  /// the last step.
  std::string at{};
  bool by_element = false;  ///< strength[Armenia] and strength[Azerbaijan] apart
};

/// One program of the run. Costs are nanoseconds for each history and each of its steps.
struct ProgramPart {
  std::string name;  ///< "start", "2000-01 to 2019-12", "measures"
  std::uint32_t first_step = 0;
  std::uint32_t last_step = 0;
  std::size_t n_words = 0;
  double cost = 0.0;

  double n_steps() const { return last_step - first_step + 1.0; }
};

/// What is computed as often as values of one rate can change.
struct RatePart {
  machine::Rate rate{};
  std::size_t n_words = 0;
  std::uint32_t n_columns = 0;
  double cost = 0.0;
};

/// A word of the program, or a number of the step, which is no word.
struct ReportedLine {
  machine::Rate rate{};
  bool is_word = true;
  machine::ListedWord line;
};

/// What a statement of the case, or one element of it, became.
struct StatementCost {
  std::string name;            ///< "strength[Armenia]", "strength × 2"
  std::optional<Span> span{};  ///< nothing for what no statement says: the case itself, outputs
  std::vector<std::size_t> lines{};  ///< indices into `ProgramReport::lines`
  std::size_t n_words = 0;
  machine::Rate rate{};  ///< the finest of its words
  double cost = 0.0;
};

struct ProgramReport {
  std::string title;
  std::string folder;  ///< of the case's main file, as names of sources begin
  language::Variant variant;
  std::vector<ProgramPart> parts;  ///< in the order in which a history meets them
  std::size_t shown = 0;           ///< the part that the rest is about

  std::uint32_t n_lanes = 0;  ///< histories of a block
  std::uint32_t per_set = 0;
  std::size_t bytes = 0;  ///< that a step of a block reads or writes
  std::vector<RatePart> rates;
  std::vector<ReportedLine> lines;
  std::vector<StatementCost> statements;  ///< in the order of files and lines

  const ProgramPart& part() const { return parts[shown]; }
  /// Of the program that is shown, between 0 and 1.
  double share(double cost) const { return part().cost > 0.0 ? cost / part().cost : 0.0; }
  /// Nanoseconds of a history from its start to its measures.
  double cost_of_history() const;
};

/// Throws `Stop` when the case has no such step (R116) or the variant cannot be built.
ProgramReport program_report(const LoadedCase& loaded, const Sources& sources,
                             const ProgramQuestion& question);

}  // namespace casus::cases
