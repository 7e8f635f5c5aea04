// The seam to threads: portable code asks for blocks of work to be done and does not know by whom.
#pragma once

#include <cstddef>
#include <functional>

namespace casus {

class Parallel {
 public:
  Parallel() = default;
  Parallel(const Parallel&) = delete;
  Parallel& operator=(const Parallel&) = delete;
  virtual ~Parallel() = default;

  /// Calls `work(block)` once for every block in [0, n_blocks), in any order and on any thread.
  /// Returns when all are done; if calls threw, one of the exceptions is rethrown.
  virtual void for_each(std::size_t n_blocks, const std::function<void(std::size_t)>& work) = 0;

  /// How many blocks may run at the same time.
  virtual std::size_t width() const = 0;
};

/// One after another on the calling thread.
class Serial final : public Parallel {
 public:
  void for_each(std::size_t n_blocks, const std::function<void(std::size_t)>& work) override {
    for (std::size_t block = 0; block < n_blocks; ++block) work(block);
  }
  std::size_t width() const override { return 1; }
};

}  // namespace casus
