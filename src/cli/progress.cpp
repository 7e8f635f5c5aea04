// Drawing progress at most so often.
#include "cli/progress.hpp"

#include "base/text.hpp"
#include "cli/interrupt.hpp"
#include "cli/terminal.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fmt/format.h>
#include <mutex>
#include <string>

namespace casus::cli {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// How often something is shown, the first time included.
struct Pace {
  double bar = 0.2;
  double first_bar = 1.0;
  double line = 10.0;
};

constexpr Pace pace;

std::string duration_text(double seconds) {
  if (seconds < 90.0) return fmt::format("{:.0f} s", std::max(seconds, 1.0));
  if (seconds < 5400.0) return fmt::format("{:.0f} min", seconds / 60.0);
  return fmt::format("{:.1f} h", seconds / 3600.0);
}

std::string rate_text(double rate) {
  constexpr double million = 1e6;
  constexpr double thousand = 1e3;
  if (rate >= million) return fmt::format("{} M steps/s", to_text(rate / million, 3));
  if (rate >= thousand) return fmt::format("{} k steps/s", to_text(rate / thousand, 3));
  return fmt::format("{} steps/s", to_text(rate, 3));
}

std::string bar_text(double share) {
  constexpr int width = 24;
  const int full = static_cast<int>(share * width);
  std::string bar;
  for (int i = 0; i < width; ++i) bar += i < full ? "█" : "░";
  return bar;
}

class Shown final : public Progress {
 public:
  explicit Shown(bool quiet) : is_quiet_(quiet), has_bar_(error_is_terminal()) {}

  void stage(std::string_view name, std::uint64_t total) override {
    const std::lock_guard lock(mutex_);
    name_ = name;
    total_ = total;
    done_ = 0;
    begin_ = Clock::now();
    next_ = begin_ + seconds(has_bar_ ? pace.first_bar : pace.line);
  }

  void advance(std::uint64_t units) override {
    done_ += units;
    if (is_quiet_) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock || Clock::now() < next_) return;
    show();
    next_ = Clock::now() + seconds(has_bar_ ? pace.bar : pace.line);
  }

  void finish() override {
    const std::lock_guard lock(mutex_);
    if (is_bar_shown_) to_error("\r\x1b[K");
    is_bar_shown_ = false;
  }

  bool stop_requested() const override { return interrupted(); }

 private:
  static Clock::duration seconds(double value) {
    return std::chrono::duration_cast<Clock::duration>(Seconds(value));
  }

  void show() {
    const double passed = Seconds(Clock::now() - begin_).count();
    const auto done = static_cast<double>(done_.load());
    const double share = std::min(done / std::max(static_cast<double>(total_), 1.0), 1.0);
    const double rate = done / std::max(passed, 1e-9);
    const double left = share > 0.0 ? passed * (1.0 - share) / share : 0.0;
    const std::string numbers =
        fmt::format("{:3.0f} %  {}  {} left", 100.0 * share, rate_text(rate), duration_text(left));
    if (has_bar_) {
      to_error(fmt::format("\r\x1b[K{} {} {}", name_, bar_text(share), numbers));
      is_bar_shown_ = true;
    } else {
      to_error(fmt::format("{} {}\n", name_, numbers));
    }
  }

  const bool is_quiet_;
  const bool has_bar_;
  std::mutex mutex_;
  std::string name_;
  std::uint64_t total_ = 0;
  std::atomic<std::uint64_t> done_{0};
  Clock::time_point begin_;
  Clock::time_point next_;
  bool is_bar_shown_ = false;
};

}  // namespace

std::unique_ptr<Progress> make_progress(bool quiet) { return std::make_unique<Shown>(quiet); }

}  // namespace casus::cli
