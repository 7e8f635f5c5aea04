// A model, lowered and ready to run, and its histories on either machine.
#pragma once

#include "case/history.hpp"
#include "case/load.hpp"
#include "language/lowered.hpp"
#include "machine/lanes/block.hpp"

#include <string_view>
#include <vector>

namespace casus::bench {

/// What is measured.
struct Question {
  std::string_view path;           ///< of the model, from the project's root
  bool outputs = false;            ///< whether every output of every step is wanted
  std::uint32_t per_set = 16;      ///< histories of a parameter set
  std::uint32_t n_reference = 64;  ///< histories on the reference machine, which is slow
};

/// Throws `std::runtime_error` with the faults of a wrong model.
class BenchModel {
 public:
  explicit BenchModel(const Question& question);

  const Question& question() const { return question_; }
  const language::Lowered& lowered() const { return lowered_; }
  std::uint32_t n_steps() const { return n_steps_; }

  /// Parameters of the sets of histories [0, n), drawn as `casus run` draws them.
  std::vector<double> parameters(std::uint32_t n) const;

  /// `n_lanes` in a block; 0: what suits the model.
  machine::LaneRun lane_run(std::uint32_t n_lanes) const;

  /// Histories [0, n) of a block; `parameters` must outlive it.
  machine::LaneBlock seated(const machine::LaneRun& run, const std::vector<double>& parameters,
                            std::uint32_t n) const;

  /// Histories [0, n) through all steps on the reference machine. Returns the sum of their
  /// last states, each times its number from 1 on.
  double run_reference(const std::vector<double>& parameters, std::uint32_t n) const;

  /// The same of the histories that a block has run.
  double checksum(const machine::LaneBlock& block, std::uint32_t n) const;

 private:
  Question question_;
  Sources sources_;
  cases::LoadedCase loaded_;
  language::Lowered lowered_;
  std::uint32_t n_steps_ = 0;
};

/// The key of the draws of a parameter set.
random::Key key_of_set(std::uint32_t set);

/// All steps of a block that is seated; false when a number is not finite.
bool run_block(machine::LaneBlock& block, std::uint32_t n_steps,
               const machine::OutputRows& outputs);

}  // namespace casus::bench
