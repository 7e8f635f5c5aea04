// The seam to whoever waits: how far long work is, and whether it should stop.
#pragma once

#include <cstdint>
#include <string_view>

namespace casus {

class Progress {
 public:
  Progress() = default;
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  virtual ~Progress() = default;

  /// A stage of `total` units of work begins; it ends with the next stage or with `finish`.
  virtual void stage(std::string_view name, std::uint64_t total) = 0;

  /// Called from any thread.
  virtual void advance(std::uint64_t units) = 0;

  virtual void finish() = 0;

  /// True once the user asked to stop (Ctrl-C); long work looks often and throws `Interrupted`.
  virtual bool stop_requested() const = 0;
};

/// Ends long work at the user's wish; nothing has been written (exit code 130).
struct Interrupted {};

/// Tells nobody, never stops.
class Silent final : public Progress {
 public:
  void stage(std::string_view /*name*/, std::uint64_t /*total*/) override {}
  void advance(std::uint64_t /*units*/) override {}
  void finish() override {}
  bool stop_requested() const override { return false; }
};

}  // namespace casus
