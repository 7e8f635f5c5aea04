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
  bool again = false;    ///< study: run even if nothing changed
  bool sources = false;  ///< check: every assumption must rest on a source
};

/// A fault of the command line: it has no place in a text.
Stop usage_fault(std::string_view code, std::string message, std::string help);

}  // namespace casus::cli
