// A bounded arena.
#include "case/threads.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/partitioner.h>
#include <oneapi/tbb/task_arena.h>

namespace casus::cases {
namespace {

/// What the first thread has on Linux: expressions nest as deeply on the others.
constexpr std::size_t stack_bytes = std::size_t{8} << 20U;

class Threads final : public Parallel {
 public:
  explicit Threads(int n_threads)
      : n_threads_(n_threads),
        limit_(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(n_threads)),
        stack_(tbb::global_control::thread_stack_size, stack_bytes),
        arena_(n_threads) {}

  void for_each(std::size_t n_blocks, const std::function<void(std::size_t)>& work) override {
    arena_.execute(
        [&] { tbb::parallel_for(std::size_t{0}, n_blocks, work, tbb::simple_partitioner{}); });
  }

  std::size_t width() const override { return static_cast<std::size_t>(n_threads_); }

 private:
  int n_threads_;
  tbb::global_control limit_;  ///< allows more threads than the machine runs at once
  tbb::global_control stack_;
  tbb::task_arena arena_;
};

}  // namespace

std::unique_ptr<Parallel> make_threads(std::size_t n_threads) {
  constexpr std::size_t most = 4096;
  if (n_threads == 0) return std::make_unique<Threads>(tbb::info::default_concurrency());
  return std::make_unique<Threads>(static_cast<int>(n_threads < most ? n_threads : most));
}

}  // namespace casus::cases
