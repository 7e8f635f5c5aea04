// Where a fit stands between two dates, on the disk: one killed at any moment goes on from there to
// the same numbers.
#pragma once

#include "case/job.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Version of the file; others are refused.
inline constexpr int checkpoint_version = 2;

/// What decides the numbers of a fit, name by name: version, command, case, programs, arithmetic.
using FitIdentity = std::vector<std::pair<std::string, std::string>>;
FitIdentity identity_of(const LoadedCase& loaded, const Job& job, const language::Lowered& lowered);

/// The checkpoint beside a folder of results: results/war-fit.checkpoint.
std::filesystem::path checkpoint_beside(const std::filesystem::path& folder);

struct CheckpointOptions {
  std::filesystem::path file{};
  double seconds = 5.0;  ///< the least time between two; 0: at every date
  bool fresh = false;    ///< what is there does not count
  /// Takes a line for the user: resumed, not kept.
  std::function<void(const std::string&)> say{};
};

/// Removes the file: the work is done.
void forget(const CheckpointOptions& options);

/// Bytes of the samplers that are done, of the one at work between two dates, and of what those who
/// look on have gathered.
struct FitState {
  std::vector<std::uint8_t> done{};
  std::vector<std::uint8_t> sampler{};
  std::vector<std::uint8_t> gathered{};
};

class FitCheckpoint {
 public:
  FitCheckpoint(CheckpointOptions options, FitIdentity identity)
      : options_(std::move(options)), identity_(std::move(identity)), last_(Clock::now()) {}

  /// What was kept, if anything. Throws `Stop` when it is another fit's (R120) or damaged (R121).
  std::optional<FitState> load() const;
  /// Throws `Stop`: the file is whole, and yet no sampler's (R121).
  [[noreturn]] void refuse() const;

  /// Whether so much time has passed since the last that keeping takes a small share of it.
  bool is_due() const;
  /// Replaces the file in whole. What cannot be written is said once and not tried again: the fit
  /// goes on without.
  void keep(const FitState& state);

  void say(const std::string& line) const {
    if (options_.say) options_.say(line);
  }

 private:
  using Clock = std::chrono::steady_clock;

  CheckpointOptions options_;
  FitIdentity identity_;
  Clock::time_point last_;
  Clock::duration cost_{};
  bool is_given_up_ = false;
};

}  // namespace casus::cases
