// Which of the compiled targets this processor can run. For files that were compiled once per
// target by hwy/foreach_target.h, after it has come to an end.
#pragma once

#include "hwy/highway.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::machine {

/// The entries of a table made by HWY_EXPORT that this processor can run, the fastest first. A
/// table of several targets begins with an entry that chooses among the others, then has one for
/// each bit of Highway's set of targets, at last that for any processor; a table of one target is
/// its entry.
template <class Entry, std::size_t size>
std::vector<Entry> runnable(std::span<const Entry, size> table) {
  if (table.size() == 1) return {table[0]};
  const auto supported =
      static_cast<std::uint64_t>(HWY_CHOSEN_TARGET_SHIFT(hwy::SupportedTargets()));
  std::vector<Entry> result;
  for (std::size_t i = 1; i + 1 < table.size(); ++i) {
    if (table[i] != nullptr && (supported >> i) % 2 == 1) result.push_back(table[i]);
  }
  result.push_back(table.back());
  return result;
}

}  // namespace casus::machine
