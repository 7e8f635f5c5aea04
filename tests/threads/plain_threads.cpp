// Threads of the standard library in the place of oneTBB's, whose hand-over of work a thread
// sanitizer cannot see: the library is not built with it.
#include "case/threads.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace casus::cases {
namespace {

class PlainThreads final : public Parallel {
 public:
  explicit PlainThreads(std::size_t n_threads) : n_threads_(n_threads) {}

  void for_each(std::size_t n_blocks, const std::function<void(std::size_t)>& work) override {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr fault;
    const auto run = [&] {
      for (std::size_t block = next++; block < n_blocks; block = next++) {
        try {
          work(block);
        } catch (...) {
          const std::scoped_lock lock(mutex);
          if (!fault) fault = std::current_exception();
          next = n_blocks;
        }
      }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < n_threads_; ++i) threads.emplace_back(run);
    run();
    for (std::thread& thread : threads) thread.join();
    if (fault) std::rethrow_exception(fault);
  }

  std::size_t width() const override { return n_threads_; }

 private:
  std::size_t n_threads_;
};

}  // namespace

std::unique_ptr<Parallel> make_threads(std::size_t n_threads) {
  constexpr std::size_t standard = 2;
  return std::make_unique<PlainThreads>(n_threads == 0 ? standard : n_threads);
}

}  // namespace casus::cases
