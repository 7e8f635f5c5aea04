// Which statement of a case each part of its programs comes from.
#pragma once

#include "case/load.hpp"
#include "language/lowered.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace casus::cases {

/// An element of what a statement defines, and where it stands; nowhere when no statement says it.
struct StatementName {
  std::string element;  ///< "strength[Armenia]"
  std::optional<Span> span{};
};

/// "strength[Armenia]", "strength × 2"; `elements` are those of one line, each once.
std::string common_name(std::span<const std::string> elements);

class StatementNames {
 public:
  StatementNames(const language::Model& model, const language::Lowered& lowered);

  StatementName of(const machine::Origin& origin) const;
  /// The measure that takes the accumulator; of several the first.
  StatementName of_fold(std::uint32_t accumulator) const;
  /// The measure of an output of the measures program.
  StatementName of_measure_output(std::uint32_t output) const;

  std::span<const std::string> accumulators() const { return accumulators_; }
  std::span<const std::string> measure_outputs() const { return measure_outputs_; }

 private:
  void name_measures(const language::Lowered& lowered);
  StatementName measure_at(Span inside) const;

  const language::Model& model_;
  std::vector<std::string> accumulators_;     ///< names of their measures
  std::vector<std::string> measure_outputs_;  ///< the same
  std::vector<std::optional<Span>> accumulator_spans_;
  std::vector<std::optional<Span>> measure_output_spans_;
};

}  // namespace casus::cases
