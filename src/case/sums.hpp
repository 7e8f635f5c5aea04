// Sums whose bytes do not depend on how the work was divided. The namespace of this folder is
// `cases`, since `case` is a word of the language.
#pragma once

#include <span>

namespace casus::cases {

/// The sum as a binary tree over the index with leaves of 64 terms: the left part of a node is the
/// largest power of two times 64 that is smaller than its length. The terms of every multiple of a
/// power of two times 64 are one subtree, so that shards of that size may be summed apart.
double tree_sum(std::span<const double> terms);

}  // namespace casus::cases
