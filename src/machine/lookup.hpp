// Numbers of things, found again by what the things are: open addressing, with linear probing
// (Knuth, The Art of Computer Programming 3, section 6.4, algorithm L).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace casus::machine {

/// Keeps no things itself, only their numbers: who asks says whether a number is of the thing that
/// is meant. A set of thousands costs a few allocations.
class Lookup {
 public:
  /// No thing has this number.
  static constexpr std::uint32_t none = 0xffffffffU;

  /// The number of a thing that hashes to `hash`, `none` when there is no such thing.
  template <class IsMeant>
  std::uint32_t find(std::uint32_t hash, const IsMeant& is_meant) const {
    return slots_.empty() ? none : slots_[place(hash, is_meant)].number;
  }

  /// Makes `number` that of the thing, in place of the one it had.
  template <class IsMeant>
  void set(std::uint32_t hash, std::uint32_t number, const IsMeant& is_meant) {
    if (2 * (n_taken_ + 1) > slots_.size()) grow();
    Slot& slot = slots_[place(hash, is_meant)];
    if (slot.number == none) ++n_taken_;
    slot = {.hash = hash, .number = number};
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = none;
  };

  /// Where the thing is, or else would be; at least half of the slots are free.
  template <class IsMeant>
  std::size_t place(std::uint32_t hash, const IsMeant& is_meant) const {
    const std::size_t last = slots_.size() - 1;
    std::size_t at = hash & last;
    while (slots_[at].number != none && !(slots_[at].hash == hash && is_meant(slots_[at].number))) {
      at = (at + 1) & last;
    }
    return at;
  }

  void grow() {
    constexpr std::size_t fewest = 256;
    const std::vector<Slot> before = std::move(slots_);
    slots_ = std::vector<Slot>(before.empty() ? fewest : 2 * before.size());
    for (const Slot& slot : before) {
      if (slot.number == none) continue;
      slots_[place(slot.hash, [](std::uint32_t) { return false; })] = slot;
    }
  }

  std::vector<Slot> slots_;  ///< a power of two of them
  std::size_t n_taken_ = 0;
};

}  // namespace casus::machine
