// What all programs of one run share: where states, parameters, outputs and accumulators live, and
// which definitions an intervention replaces when.
#pragma once

#include "language/given.hpp"
#include "language/lowered.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace casus::language {

/// One line of a what-if or start that holds in a step.
struct ActiveLine {
  const Intervention* line = nullptr;
  QuantityId target{nothing};
  enum class Mode : std::uint8_t {
    replace,   ///< a new definition; the old name means the old one
    surprise,  ///< the move is taken, nobody expected it
    expected,  ///< the move is taken and everybody knows
  };
  Mode mode{};

  friend bool operator==(const ActiveLine&, const ActiveLine&) = default;
};

/// The steps in which a line of an intervention holds.
struct LineSteps {
  const Intervention* line = nullptr;
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// What an accumulator folds: an expression of the step under bound names.
struct FoldedExpression {
  NodeId body = no_node;
  NodeId condition = no_node;
  std::vector<Binding> bound{};
  bool end_of_step = false;  ///< state names mean their values at the step's end
  bool counts_only = false;  ///< the body is "true": counts steps in which the condition holds
};

/// A value that a measure reads outside the steps of a history.
struct MeasuredValue {
  QuantityId quantity{};
  std::uint32_t element = 0;
  Span span{};         ///< where the measure reads it, or something that does
  std::string word{};  ///< what stands there
};

struct Plan {
  const Model& model;
  Variant variant;
  Lowered lowered{};

  const Rival* rival = nullptr;  ///< the variant's explanation, when it is one
  std::uint32_t first_rate = 0;  ///< number of its first parameter
  std::map<std::uint32_t, std::uint32_t>
      first_parameter{};  ///< QuantityId -> number of its first element
  std::map<std::uint32_t, std::uint32_t> first_state{};  ///< states, `once` and yearly draws
  std::map<std::uint32_t, std::uint32_t> first_timer{};  ///< treaty statement -> its terms' timers
  std::vector<std::uint32_t> first_memory{};  ///< by Model::memories -> its first hidden state
  std::map<std::uint32_t, std::uint32_t>
      first_series{};  ///< data by step -> its first element's series
  std::map<std::vector<double>, std::uint32_t> series_of{};  ///< other series by content
  std::map<std::uint32_t, std::uint32_t> series_of_node{};   ///< of `since` and `during`, by NodeId
  std::vector<FoldedExpression> folded{};                    ///< by accumulator
  std::map<std::uint32_t, std::string> sites{};              ///< random address -> name
  std::vector<MeasuredValue> measured{};
  GivenSteps given{};  ///< empty when the record is not used

  /// The series with these values (n_steps), made when there is none yet.
  std::uint32_t series(const std::vector<double>& values);
  /// The series that is true (1) in these steps.
  std::uint32_t series(const std::vector<bool>& truths);
  std::uint32_t add_series(const std::vector<double>& values);
};

/// "stock[Armenia]": a quantity's element by its labels.
std::string element_name(const Model& model, QuantityId id, std::uint32_t element);

/// The names that the right side of `x[d in S] := e` may use for an element of x; nothing when the
/// left side does not cover the element.
std::optional<std::vector<Binding>> bindings_for(const Model& model, const Indexed& target,
                                                 QuantityId id, std::uint32_t element);

/// The hidden states that each element of a memory takes: one of an average, else one for each step
/// that the run can look back.
std::uint32_t states_of(const Model& model, const Memory& memory);

/// The names bound around a memory for its element number `element`.
std::vector<Binding> bindings_of(const Model& model, const Memory& memory, std::uint32_t element);

/// The labels' positions of element number `element`, in row-major order.
std::vector<std::uint32_t> positions_of(const Model& model, const Quantity& quantity,
                                        std::uint32_t element);

}  // namespace casus::language
