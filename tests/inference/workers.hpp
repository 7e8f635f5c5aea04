// Who does the work in tests: one thread, or two.
#pragma once

#include "inference/scored_run.hpp"

#include <functional>
#include <thread>

namespace casus::inference {

class TwoThreads final : public Parallel {
 public:
  void for_each(std::size_t n_blocks, const std::function<void(std::size_t)>& work) override {
    std::thread other([&] {
      for (std::size_t block = 1; block < n_blocks; block += 2) work(block);
    });
    for (std::size_t block = 0; block < n_blocks; block += 2) work(block);
    other.join();
  }
  std::size_t width() const override { return 2; }
};

struct Alone {
  Serial serial;
  Silent silent;
  Workers workers{serial, silent};
};

struct Together {
  TwoThreads threads;
  Silent silent;
  Workers workers{threads, silent};
};

}  // namespace casus::inference
