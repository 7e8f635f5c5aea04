// A model turned into programs for one explanation, one intervention and one start.
#pragma once

#include "base/parallel.hpp"
#include "language/model.hpp"
#include "machine/program.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::language {

/// Which of a case's variants to build. Empty names: none.
struct Variant {
  std::string explanation{};
  std::string whatif{};
  std::string start{};
  /// `--set name=value`: parameters, and constants, fixed by hand (in declared units). Elements are
  /// written "x[label]".
  std::vector<std::pair<std::string, double>> fixed{};
  bool outputs = true;  ///< false: only measures are wanted, and nothing else is computed
  bool measures = true;
  /// Whether the record decides what it holds, and programs put out its scores (see `ScoreColumn`).
  bool given = false;
  /// Whether the parameters program reads a probability for each prior, as states, in place of
  /// drawing it: the parameter is the prior's quantile there (see `Lowered::free_parameters`).
  bool at_probabilities = false;
  /// Whether programs put out what a record of their histories would hold (see `happened.hpp`). Not
  /// together with `given` or `paths`.
  bool happened = false;
  /// Whether programs put out draws of observed totals behind the outputs, one for each column of
  /// scores (base units, in the step that ends its span; else 0). Not together with `given`,
  /// `happened` or `paths`.
  bool totals = false;
  bool paths = false;  ///< whether programs put out the probability of every path of every game
  /// Of `given`: the first step whose record is not used.
  std::uint32_t given_until = 0xffffffffU;
  /// Of `given`: from this step on the record is scored and decides nothing: histories go on free.
  std::uint32_t free_from = 0xffffffffU;
  /// Whether what measures gather is also a state, behind the others, so that it follows the line
  /// of descent where histories get other parents (see `Lowered::first_gathered`).
  bool gathers = false;
};

/// A value that results can show, by step.
struct OutputColumn {
  std::string name;  ///< "stock[Armenia]"
  QuantityId quantity{};
  std::uint32_t element = 0;
  std::string unit{};                 ///< as results print it
  double scale = 1.0;                 ///< base value / scale = printed value
  std::vector<std::string> labels{};  ///< of label-valued columns; value -1 is "none"
  bool truth = false;
};

/// Something recorded whose log probability, given all that was recorded before it, a step puts out
/// for each history: 0 in steps in which nothing of it is recorded, -infinity where the history
/// cannot comply. The columns of one game come in the order of its moves, and their scores are the
/// terms of the chain rule; an observed variable's score is its log density in its declared unit.
struct ScoreColumn {
  enum class Of : std::uint8_t { record, observed, total };
  Of of{};
  std::string name;                 ///< "attack", "deaths", "income[Aland]", "total(deaths)"
  std::uint32_t statement = 0;      ///< its `observe`
  std::uint32_t item = 0;           ///< column of Model::record, or element of an observed variable
  QuantityId quantity{nothing};     ///< of an observed variable
  std::vector<bool> is_recorded{};  ///< by step
  /// Of a total: the number recorded, in declared units; NaN where parameters are part of it.
  double recorded = std::numeric_limits<double>::quiet_NaN();
};

/// A path through a game, from its opening to an end.
struct PathColumn {
  std::string name;  ///< "strike > concede", the options on the way
  std::uint32_t game = 0;
};

struct ParameterColumn {
  std::string name;              ///< "rate[Armenia]"
  QuantityId quantity{nothing};  ///< none of a rival's rates
  std::string unit{};
  double scale = 1.0;
};

/// What one measure leaves in a history, and how histories are summarised.
struct MeasureColumn {
  enum class Kind : std::uint8_t {
    number,
    truth,  ///< share of histories
    date,   ///< a step; +infinity is "never"
    label,
    ratio,  ///< two numbers: the sums of both over histories are divided
  };
  std::string name;  ///< "hazard[2016]"
  Kind kind{};
  std::uint32_t value = 0;               ///< output of the measures program
  std::uint32_t denominator = 0;         ///< second output, of a ratio
  std::optional<std::uint32_t> given{};  ///< output that must be true for a history to count
  std::string unit{};
  double scale = 1.0;
  std::vector<std::string> labels{};
  QuantityId quantity{};
};

/// One program for the steps [first, last].
struct Segment {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  machine::Program program;
};

struct Lowered {
  /// Once per parameter set: outputs are the parameters in base units. Reads no state; `sample` and
  /// `quantile` are at Purpose::parameter addresses, step 0, slot 0.
  machine::Program parameters;
  /// Once per history, with step = first step: writes every state.
  machine::Program initial;
  /// In order, without gaps, from the first step to the last.
  std::vector<Segment> segments;
  /// Once per history after the last step; reads accumulators as `state`. Writes outputs.
  machine::Program measures;

  machine::SeriesTable series;
  std::vector<machine::Accumulator> accumulators;
  std::vector<std::string> state_names;
  std::uint32_t first_gathered = 0;  ///< behind the states, in a variant that gathers: accumulators
  std::vector<ParameterColumn> parameter_columns;
  std::vector<std::string> free_parameters;  ///< by state of the parameters program, their names
  std::vector<OutputColumn> output_columns;  ///< by output number of the segments' programs
  std::vector<MeasureColumn> measure_columns;
  std::vector<ScoreColumn> score_columns;  ///< of a variant that is given the record or makes one
  std::uint32_t first_score = 0;           ///< output number of the first score
  std::vector<PathColumn> path_columns;    ///< outputs behind the scores; 0 where not played
  std::uint32_t n_measure_outputs = 0;
  std::uint32_t first_result_step = 0;  ///< the step of `start`; 0 without one
};

/// Never fails on a checked model except for what only shows here: cyclic definitions, terms that
/// write one element twice, limits (O and R codes).
Lowered lower(const Model& model, const Variant& variant, Diagnostics& found);

/// Finds what `lower` finds of the baseline and of each explanation, start and what-if alone.
/// Lowers the baseline, and of the others what is not as there. Finds the same in the same order,
/// however many blocks run at a time.
void try_variants(const Model& model, Parallel& parallel, Diagnostics& found);

}  // namespace casus::language
