// Conditions that can never hold together, judged from words compared with labels.
#pragma once

#include "language/model.hpp"

#include <string>
#include <vector>

namespace casus::language {

/// A part of a condition: a word compared with another, or the name of a truth.
struct Conjunct {
  std::string what;
  std::string other;
  bool holds = true;
  bool is_label = false;  ///< `other` is one of the values that `what` can take
};

/// The parts that all hold where the condition does, as far as they are comparisons of words.
std::vector<Conjunct> conjuncts_of(const Model& model, NodeId condition);

/// Provably no step has all of both.
bool contradict(const std::vector<Conjunct>& a, const std::vector<Conjunct>& b);

}  // namespace casus::language
