// UTF-8 by table 3-7 of the Unicode Standard, eight bytes at a time where they are all ASCII.
#include "table/utf8.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace casus::table {
namespace {

/// The sequences that begin with a byte of [first, last]: their length, and what the second byte
/// may be. The third and fourth are always 80 to BF.
struct Sequence {
  std::uint8_t first;
  std::uint8_t last;
  std::uint8_t length;
  std::uint8_t second_low;
  std::uint8_t second_high;
};

constexpr std::array sequences{
    Sequence{0x01, 0x7F, 1, 0x00, 0x00}, Sequence{0xC2, 0xDF, 2, 0x80, 0xBF},
    Sequence{0xE0, 0xE0, 3, 0xA0, 0xBF}, Sequence{0xE1, 0xEC, 3, 0x80, 0xBF},
    Sequence{0xED, 0xED, 3, 0x80, 0x9F}, Sequence{0xEE, 0xEF, 3, 0x80, 0xBF},
    Sequence{0xF0, 0xF0, 4, 0x90, 0xBF}, Sequence{0xF1, 0xF3, 4, 0x80, 0xBF},
    Sequence{0xF4, 0xF4, 4, 0x80, 0x8F},
};

bool within(char byte, std::uint8_t low, std::uint8_t high) {
  const auto value = static_cast<std::uint8_t>(byte);
  return value >= low && value <= high;
}

/// Length of the sequence at the front of `bytes`; 0 when it is malformed.
std::size_t sequence_length(std::string_view bytes) {
  for (const Sequence& sequence : sequences) {
    if (!within(bytes[0], sequence.first, sequence.last)) continue;
    if (sequence.length == 1) return 1;
    if (bytes.size() < sequence.length) return 0;
    if (!within(bytes[1], sequence.second_low, sequence.second_high)) return 0;
    for (std::size_t i = 2; i < sequence.length; ++i) {
      if (!within(bytes[i], 0x80, 0xBF)) return 0;
    }
    return sequence.length;
  }
  return 0;
}

/// Eight bytes of 01 to 7F: none has its top bit set, also not after taking one from each.
bool eight_ascii(const char* bytes) {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, sizeof word);
  const std::uint64_t top_bits = 0x8080808080808080U;
  const std::uint64_t ones = 0x0101010101010101U;
  return ((word | (word - ones)) & top_bits) == 0;
}

}  // namespace

std::size_t valid_prefix(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (bytes.size() - at >= 8 && eight_ascii(bytes.data() + at)) {
      at += 8;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(at));
    if (length == 0) return at;
    at += length;
  }
  return at;
}

}  // namespace casus::table
