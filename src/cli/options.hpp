// What the command line said.
#pragma once

#include "base/diagnostic.hpp"
#include "case/request.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace casus::cli {

struct Options {
  std::vector<std::string> names{};  ///< the arguments in order: a case, then what-ifs
  cases::Request request{};
  std::string out{};          ///< folder of results; empty: the default
  std::size_t n_threads = 0;  ///< 0: as many as the machine runs at once
  bool json = false;
  bool quiet = false;
  double checkpoint_seconds = 5.0;  ///< fit: the least time between two checkpoints
  bool fresh = false;               ///< fit: begin anew, whatever was kept
  bool again = false;               ///< study: run even if nothing changed
  std::string segment{};      ///< program: of which step, start or measures; empty: the last step
  bool instructions = false;  ///< program: every word
  bool by_element = false;    ///< program: elements of a statement apart
  bool maximum = false;       ///< fit: the most probable values, with standard errors
  bool check = false;         ///< fmt: say what is not in order, and change nothing
  bool sources = false;       ///< check: every assumption must rest on a source
};

/// A fault of the command line: it has no place in a text.
Stop usage_fault(std::string_view code, std::string message, std::string help);

}  // namespace casus::cli
