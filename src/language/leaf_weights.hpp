// What data tell of the paths of a game: by leaf, how probable the path makes them.
#pragma once

#include "machine/builder.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace casus::language {

/// Instructions that take in one datum after another: of each the log probability given those
/// before it, and in the end the weight that every leaf has in a draw. Sums are taken in logs, so
/// that data improbable on every path still tell which path they are less improbable on.
class LeafWeights {
 public:
  using Builder = machine::Builder;
  using Value = machine::Value;

  /// The masses are the leaves' probabilities before any of the data; known zeros are left out.
  LeafWeights(Builder& builder, std::vector<Value> masses);

  /// The probability of being in one of these leaves.
  Value mass(const std::vector<std::size_t>& leaves) const;

  /// Takes in a datum that counts where `has` holds. `told`, called inside a region that runs
  /// there, gives its log probability by leaf. Returns its score, 0 where it does not count or
  /// where no leaf was possible before; nothing, and it is not taken in, when the data would tell
  /// more than a few classes of leaves apart.
  std::optional<Value> hear(Value has, const std::function<std::vector<Value>()>& told);

  /// By leaf: how probable it makes the data, divided by how probable they are at all; 0 for what
  /// is impossible. Where no leaf can give the data, as if there had been none.
  std::vector<Value> weights() const;

 private:
  struct Class {  ///< leaves of which the same is known
    Value log_weight{};
    Value mass{};
  };
  std::vector<Class> classes(const std::vector<Value>& log_weights) const;
  Value log_total(const std::vector<Class>& classes) const;
  Value is_possible(Value mass) const;
  Value is_log_of_zero(Value value) const;

  Builder& builder_;
  std::vector<Value> masses_;
  std::vector<Value> log_weights_;
  Value log_total_{};
};

}  // namespace casus::language
