// Model texts checked, lowered and run on the reference machine, history by history.
#pragma once

#include "language/lowered.hpp"
#include "support/memory_inputs.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::language {

/// Which uniforms a history gets.
struct Draw {
  std::uint64_t seed = 1;
  std::uint32_t set = 0;   ///< parameter set
  std::uint32_t slot = 0;  ///< history in its set
  bool at_median = false;
};

/// One history: what results would show.
class History {
 public:
  /// An output by step. Throws when there is no such column.
  const std::vector<double>& path(std::string_view column) const;
  /// An output's last value, or its value in a step.
  double at_end(std::string_view column) const { return path(column).back(); }
  double at(std::string_view column, std::size_t step) const { return path(column).at(step); }
  /// Labels of an output by step; "none" where it has none.
  std::vector<std::string> labels(std::string_view column) const;
  /// Scores of a column of the record by step, of a variant that is given it.
  const std::vector<double>& scores(std::string_view column) const;
  /// The measure's first output, in the unit it prints.
  double measure(std::string_view name) const;
  double denominator(std::string_view name) const;
  /// Whether the history counts for a measure with `given`.
  bool counts(std::string_view name) const;
  /// In declared units.
  double parameter(std::string_view name) const;

 private:
  friend class Runner;
  const MeasureColumn& measure_column(std::string_view name) const;

  std::vector<OutputColumn> output_columns_;
  std::vector<MeasureColumn> measure_columns_;
  std::vector<ParameterColumn> parameter_columns_;
  std::vector<ScoreColumn> score_columns_;
  std::vector<std::vector<double>> outputs_;  ///< by column, by step
  std::vector<std::vector<double>> scores_;   ///< by column, by step
  std::vector<double> measures_;              ///< by output of the measures program
  std::vector<double> parameters_;            ///< in base units
};

/// A variant of a model, ready to run.
class Runner {
 public:
  explicit Runner(Lowered lowered) : lowered_(std::move(lowered)) {}

  History run(const Draw& draw = {}) const;
  /// The mean of a measure over `n` histories, each with a parameter set of its own.
  double mean(std::string_view measure, std::uint32_t n) const;
  const Lowered& lowered() const { return lowered_; }

 private:
  Lowered lowered_;
};

/// A text through parser and checks.
class Checked {
 public:
  /// A text, and files in `folder` for what it includes.
  explicit Checked(std::string_view text, MemoryAnswers answers = {}, std::string folder = {});

  /// "O110 stock" for each diagnostic of checking and lowering, in source order: its code and the
  /// text it marks.
  std::vector<std::string> faults(const Variant& variant = {}) const;

  /// Throws with the rendered diagnostics when the variant has any.
  Runner variant(const Variant& variant) const;
  Runner whatif(std::string name) const { return variant({.whatif = std::move(name)}); }
  Runner explanation(std::string name) const { return variant({.explanation = std::move(name)}); }
  History run(const Draw& draw = {}) const;

  const Model& model() const { return model_; }

 private:
  Sources sources_;
  Diagnostics found_;
  Model model_;
};

/// A case over plain steps around the statements of `body`.
Checked over_steps(std::uint32_t steps, std::string_view body, MemoryAnswers answers = {});

/// A case over a calendar: `time` is "from 2000-01 to 2000-12 by month".
Checked over_time(std::string_view time, std::string_view body, MemoryAnswers answers = {});

}  // namespace casus::language
