// Building in one region, for one statement, for as long as a scope lasts.
#pragma once

#include "machine/builder.hpp"

namespace casus::games {

/// Makes `region` and `origin` current; the destructor gives back those before.
class Within {
 public:
  Within(machine::Builder& builder, machine::Region region, std::uint32_t origin)
      : builder_(builder),
        entered_(builder.current() != region),
        origin_before_(builder.set_origin(origin)) {
    if (entered_) builder_.resume(region);
  }
  ~Within() {
    (void)builder_.set_origin(origin_before_);
    if (entered_) builder_.leave();
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  machine::Builder& builder_;
  bool entered_;
  std::uint32_t origin_before_;
};

}  // namespace casus::games
