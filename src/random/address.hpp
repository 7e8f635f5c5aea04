// Random addresses: every uniform is a function of where it is used, so nothing is carried, and
// adding a draw, a thread or a block shifts no other draw.
#pragma once

#include "random/philox.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace casus::random {

/// The version of the scheme on this page; results carry it.
inline constexpr int scheme_version = 1;

/// What the draws of a key are for. Numbers are part of the scheme and never reused.
enum class Purpose : std::uint32_t {
  history = 0,    ///< draws and moves inside a simulated path
  parameter = 1,  ///< parameter sets from their priors
  resample = 2,   ///< choice of parents in a filter
  proposal = 3,   ///< proposals and acceptance in a fit
  abduction = 4,  ///< uniforms of recorded moves, given what was recorded
  datum = 5,      ///< simulated data, for recovery and predictive checks
  synthesis = 6,  ///< anything drawn for tests and demonstrations
};

/// What one key stands for. `epoch` counts repetitions of one purpose (a refresh of a fit),
/// `replication` whole independent runs under one seed.
struct KeyAddress {
  Purpose purpose = Purpose::history;
  std::uint32_t epoch = 0;
  std::uint32_t parameter_set = 0;
  std::uint32_t replication = 0;
};

/// Two words of Philox at counter (purpose, epoch, parameter set, replication) under the seed.
constexpr Key key_of(std::uint64_t seed, KeyAddress at) {
  const Counter words =
      philox({static_cast<std::uint32_t>(at.purpose), at.epoch, at.parameter_set, at.replication},
             {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)});
  return {words[0], words[1]};
}

/// The 32-bit address of a name with its labels, such as "attack" or "fortune[shusha]": FNV-1a
/// (Fowler, Noll & Vo) with the finisher of MurmurHash3 (Appleby), because FNV's last letter
/// reaches few high bits. Two names of one case may collide: the caller must look.
constexpr std::uint32_t site_of(std::string_view name) {
  std::uint32_t hash = 0x811C9DC5;
  for (const char letter : name) {
    hash = (hash ^ static_cast<std::uint32_t>(static_cast<unsigned char>(letter))) * 0x01000193;
  }
  hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
  hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
  return hash ^ (hash >> 16);
}

/// (k + 1/2) 2^-52 with k the upper 52 of the 64 bits (high, low): never 0, never 1, and 1 - u is
/// exact.
constexpr double uniform_of(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t k = ((static_cast<std::uint64_t>(high) << 32) | low) >> 12;
  return (static_cast<double>(k) + 0.5) * 0x1p-52;
}

/// One place that draws: the uniforms of one site in one sub-step of one step of one history.
/// Limits: step < 2^28, sub_step < 16.
struct Stream {
  Key key{};
  std::uint32_t slot = 0;  ///< the history's slot; slots 2 n and 2 n + 1 share one Philox counter
  std::uint32_t step = 0;
  std::uint32_t sub_step = 0;
  std::uint32_t site = 0;

  constexpr Counter counter(std::uint32_t attempt) const {
    return {slot >> 1, step * 16 + sub_step, site, attempt};
  }

  /// Uniform number `attempt` of this place, strictly between 0 and 1.
  constexpr double uniform(std::uint32_t attempt = 0) const {
    const Counter words = philox(counter(attempt), key);
    const std::size_t first = (slot & 1U) == 0 ? 0 : 2;
    return uniform_of(words[first], words[first + 1]);
  }
};

/// Hands out the uniforms of one stream: attempt 0, 1, 2, ...
class Draws {
 public:
  constexpr explicit Draws(const Stream& stream) : stream_(stream) {}

  constexpr double next() { return stream_.uniform(used_++); }
  constexpr std::uint32_t used() const { return used_; }

 private:
  Stream stream_;
  std::uint32_t used_ = 0;
};

}  // namespace casus::random
