// Random expressions over what a model has declared so far.
#pragma once

#include "fuzz/dice.hpp"

#include <string>
#include <utility>
#include <vector>

namespace casus::fuzz {

struct Set {
  std::string name;
  std::vector<std::string> labels;
};

/// A name with labels for values, such as a state, a drawn label or a move.
struct Labelled {
  std::string name;
  std::vector<std::string> labels;
};

/// What an expression may mention.
struct Scope {
  std::vector<Set> sets{};
  std::vector<std::string> numbers{};
  std::vector<std::pair<std::string, std::string>> arrays{};  ///< name and set
  std::vector<std::string> truths{};
  std::vector<Labelled> labelled{};
  std::vector<std::pair<std::string, std::string>> indices{};  ///< name and the set of its labels
  std::vector<std::string> functions{};                        ///< of one number
  std::vector<std::pair<std::string, std::string>> bound{};    ///< name and set
  std::size_t n_binders = 0;                                   ///< so far, for new names

  const Set& set(const std::string& name) const;
};

/// Expressions that stay finite and small, but for one in fifty.
class Expressions {
 public:
  Expressions(Dice& dice, Scope& scope) : dice_(dice), scope_(scope) {}

  std::string number(std::size_t depth);
  std::string truth(std::size_t depth);
  /// Strictly between 0 and 1; above 0; a whole number, 0 or more.
  std::string share(std::size_t depth) { return "logistic(" + number(depth) + ")"; }
  std::string positive(std::size_t depth) { return "(0.1 + abs(" + number(depth) + "))"; }
  std::string count(std::size_t depth) { return "floor(3 * abs(tanh(" + number(depth) + ")))"; }
  std::string literal();
  /// A law with arguments, "normal(0.3, 1)".
  std::string law(std::size_t depth);
  /// The same with a density.
  std::string density(std::size_t depth);

 private:
  std::string leaf();
  std::string element();
  std::string label_of(const std::string& set);
  std::string call(std::size_t depth);
  std::string reduction(std::size_t depth);
  std::string choice(std::size_t depth);
  std::string daring(std::size_t depth);

  Dice& dice_;
  Scope& scope_;
};

}  // namespace casus::fuzz
