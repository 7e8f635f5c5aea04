// Memory that will be written soon.
#pragma once

#include <cstddef>
#include <span>

namespace casus::machine {

/// Asks for the memory of numbers that will be overwritten: stores are done in order, so that one
/// whose memory is far holds up all behind it.
template <class Number>
void will_write(std::span<Number> numbers) {
  constexpr std::size_t bytes_in_line = 64;
  constexpr std::size_t step = bytes_in_line / sizeof(Number);
  for (std::size_t i = 0; i < numbers.size(); i += step) __builtin_prefetch(&numbers[i], 1);
}

}  // namespace casus::machine
