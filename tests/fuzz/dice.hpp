// Random choices whose sequence the standard fixes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace casus::fuzz {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return engine_() % n; }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <class Choices>
  const auto& one_of(const Choices& choices) {
    return choices[below(std::size(choices))];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace casus::fuzz
