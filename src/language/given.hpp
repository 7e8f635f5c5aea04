// Which choices and observed variables the record decides in which steps.
#pragma once

#include "language/record.hpp"

#include <vector>

namespace casus::language {

/// What the record decides in a step. Steps that are alike have the same program.
struct Given {
  enum class Moves : std::uint8_t {
    free,  ///< nothing is recorded of the game
    some,  ///< cells admit several of its leaves
    all,   ///< cells admit one leaf at most
  };
  std::vector<Moves> games{};  ///< by game; empty: the record is not used
  /// By quantity, observed by a law or exactly: whether each of its elements has a datum that
  /// counts.
  std::vector<bool> observed{};
  bool decides = true;  ///< false: the record is scored only

  bool is_used() const { return !games.empty(); }
  friend bool operator==(const Given&, const Given&) = default;
};

/// By step. Of thousands of steps most are like the one before, and share what is said of it.
class GivenSteps {
 public:
  bool empty() const { return kind_of_.empty(); }
  std::size_t size() const { return kind_of_.size(); }
  const Given& operator[](std::size_t step) const { return kinds_[kind_of_[step]]; }
  /// Whether a step is like the one before.
  bool goes_on(std::size_t step) const { return kind_of_[step] == kind_of_[step - 1]; }

  void add(const Given& given);
  /// From this step on the record is scored only.
  void decide_until(std::size_t step);

 private:
  std::vector<Given> kinds_{};            ///< each unlike the one before
  std::vector<std::uint32_t> kind_of_{};  ///< by step
};

/// From `until` on the record is not used. Observed variables that nothing else in the model reads
/// count as without data: what they are does not matter.
GivenSteps given_by_step(const Model& model, std::uint32_t until);

struct ScoreColumn;

/// What of the record is scored, with the steps before `until` that have it: recorded choices game
/// by game in the order of their moves, then observed variables, then totals.
std::vector<ScoreColumn> score_columns(const Model& model, std::uint32_t until);

}  // namespace casus::language
