// Blocks of work on the machine's threads, by oneTBB.
#pragma once

#include "base/parallel.hpp"

#include <memory>

namespace casus::cases {

/// At most `n_threads` blocks at the same time; 0 takes as many as the machine runs at once.
std::unique_ptr<Parallel> make_threads(std::size_t n_threads);

}  // namespace casus::cases
