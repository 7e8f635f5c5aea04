// The program from its words to its exit code.
#pragma once

#include <string>
#include <vector>

namespace casus::cli {

/// Runs the command that `words` (without the program's name) say. Catches everything: what users
/// can mend gives 2, Ctrl-C 130, a fault of casus 70.
int run_application(const std::vector<std::string>& words);

}  // namespace casus::cli
