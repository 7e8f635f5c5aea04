// What random models know of dates: data, events, links, windows of measures, ranges of what-ifs.
#pragma once

#include "fuzz/random_expression.hpp"
#include "fuzz/random_model.hpp"

#include <string>
#include <vector>

namespace casus::fuzz {

struct Clock {
  bool is_calendar = false;
  std::size_t n_steps = 0;  ///< that records may fill; a calendar goes on

  /// "2000-07", or "7".
  std::string date(std::size_t step) const;
};

struct Move {
  std::string name, player;
  std::vector<std::string> options;
};

class Timely {
 public:
  Timely(Dice& dice, Scope& scope, const Clock& clock)
      : dice_(dice), scope_(scope), clock_(clock) {}

  /// Statements, and the files they read; what may be read of them is in scope.
  std::string inputs(Texts& texts);
  /// Measures named "z1" and so on.
  std::string measures();
  /// Lines of a what-if about a move.
  std::string intervention(const Move& move);
  /// After the first step.
  std::string date();
  std::string range();

 private:
  std::string data(const std::string& name, Texts& texts);
  std::string label_data(const std::string& name, Texts& texts);
  std::string event();
  std::string link(Texts& texts);
  std::string number() { return Expressions(dice_, scope_).number(1); }
  std::string truth() { return Expressions(dice_, scope_).truth(1); }

  Dice& dice_;
  Scope& scope_;
  const Clock& clock_;
};

}  // namespace casus::fuzz
