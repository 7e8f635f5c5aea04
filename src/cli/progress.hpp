// How far long work is, on standard error: a bar on a terminal, now and then a line in a log,
// nothing for short work.
#pragma once

#include "base/progress.hpp"

#include <memory>

namespace casus::cli {

/// `quiet` shows nothing; Ctrl-C is seen in any case.
std::unique_ptr<Progress> make_progress(bool quiet);

}  // namespace casus::cli
