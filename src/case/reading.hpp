// What a record would say of a step, read off the outputs of a free variant.
#pragma once

#include "language/lowered.hpp"
#include "language/model.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace casus::cases {

/// In place of a label's position: no move was made, no outcome came about.
inline constexpr double no_label = -1.0;

/// Finds outputs of a variant by quantity and element.
class OutputNumbers {
 public:
  explicit OutputNumbers(const language::Lowered& lowered);

  std::size_t of(language::QuantityId quantity, std::uint32_t element) const {
    return numbers_.at({language::index(quantity), element});
  }

 private:
  std::map<std::pair<std::size_t, std::uint32_t>, std::size_t> numbers_;
};

/// Of one column of scores.
class Reading {
 public:
  /// Of a total, which is an output itself.
  Reading(std::size_t output, double scale) : scale_(scale), outputs_{output} {}

  /// `scale`: base value / scale = declared value.
  Reading(const language::Model& model, const OutputNumbers& outputs,
          const language::ScoreColumn& column, double scale);

  /// A number in declared units, the position of a label, or `no_label`. Output i of the step is
  /// `outputs[i * stride]`.
  double value(const double* outputs, std::size_t stride) const;

 private:
  struct Leaf {
    std::vector<double> moves;
    bool holds = false;
  };
  struct OfGame {
    std::vector<std::size_t> outputs;
    std::vector<Leaf> leaves;
  };

  void add_games(const language::Model& model, const OutputNumbers& outputs, std::uint32_t number);
  double event(const double* outputs, std::size_t stride) const;

  language::RecordColumn::Of of_ = language::RecordColumn::Of::move;
  double scale_ = 1.0;
  std::vector<std::size_t> outputs_;
  std::vector<OfGame> games_;
};

}  // namespace casus::cases
