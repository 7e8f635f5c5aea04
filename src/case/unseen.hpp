// Ctrl-C for work whose stages nobody is to see: one of many alike.
#pragma once

#include "base/progress.hpp"

namespace casus::cases {

class Unseen final : public Progress {
 public:
  explicit Unseen(const Progress& outer) : outer_(outer) {}
  void stage(std::string_view /*name*/, std::uint64_t /*total*/) override {}
  void advance(std::uint64_t /*units*/) override {}
  void finish() override {}
  bool stop_requested() const override { return outer_.stop_requested(); }

 private:
  const Progress& outer_;
};

}  // namespace casus::cases
