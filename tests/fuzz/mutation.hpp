// Texts near to right ones, by the number of a seed: for machines without libFuzzer.
#pragma once

#include "fuzz/dice.hpp"

#include <string>
#include <vector>

namespace casus::fuzz {

/// Takes a few statements of right texts and damages their bytes, words and lines.
class Mutation {
 public:
  /// `texts` are cases; `words` those of the language. Neither is empty.
  Mutation(const std::vector<std::string>& texts, const std::vector<std::string>& words);

  std::string text(std::uint64_t seed) const;

 private:
  std::string some_statements(Dice& dice) const;
  void damage(std::string& text, Dice& dice) const;

  std::vector<std::vector<std::string>> statements_;  ///< by text, with their indented lines
  std::vector<std::string> words_;
};

}  // namespace casus::fuzz
