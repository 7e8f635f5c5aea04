// One history at a time on the reference machine.
#pragma once

#include "case/ensemble.hpp"

#include <optional>

namespace casus::cases {

/// Where one history stands between steps.
struct HistoryState {
  std::span<const double> parameters;  ///< (n_parameters)
  std::span<double> states;            ///< (n_states)
  std::span<double> accumulators;      ///< (n_accumulators)
  random::Key key{};
  std::uint32_t slot = 0;
};

/// Runs histories of one variant; one for each thread. The functions return what failed.
class HistoryRunner {
 public:
  explicit HistoryRunner(const language::Lowered& lowered) : lowered_(lowered) {}

  using Result = std::optional<machine::NotFinite>;

  /// `parameters` (n_parameters) of one set.
  Result draw_parameters(random::Key key, bool at_median, std::span<double> parameters);

  /// Start values of states and accumulators.
  Result begin(HistoryState& history);

  /// One step; `segment` is the one that holds it. Accumulators move from the first result step on.
  Result step(HistoryState& history, std::size_t segment, std::uint32_t step);

  /// Output `i` of the step just run goes to `outputs[i * stride]`.
  void copy_outputs(std::size_t segment, std::span<double> outputs, std::size_t stride) const;

  /// Runs the history again from its first step to the first value that is not finite where an
  /// accumulator takes it: what is behind a measure that is no number.
  struct Taken {
    std::size_t segment = 0;
    machine::NotFinite fault;
  };
  std::optional<Taken> first_bad_taken(HistoryState& history);

  /// After the last step: `measures` (n_measure_outputs).
  Result measure(HistoryState& history, std::span<double> measures);

 private:
  std::optional<std::uint32_t> bad_taken(std::size_t segment, std::uint32_t step) const;
  machine::Frame frame_of(HistoryState& history, std::uint32_t step) const;

  const language::Lowered& lowered_;
  machine::Reference machine_;
};

/// The segment that holds `step`.
std::size_t segment_of(const language::Lowered& lowered, std::uint32_t step);

/// Steps from 0 to the last one.
std::uint32_t step_count(const language::Lowered& lowered);

}  // namespace casus::cases
