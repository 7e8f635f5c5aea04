// Building in one region for as long as a scope lasts.
#pragma once

#include "machine/builder.hpp"

namespace casus::games {

/// Makes `region` current; the destructor gives back the one before.
class Within {
 public:
  Within(machine::Builder& builder, machine::Region region)
      : builder_(builder), entered_(builder.current() != region) {
    if (entered_) builder_.resume(region);
  }
  ~Within() {
    if (entered_) builder_.leave();
  }
  Within(const Within&) = delete;
  Within& operator=(const Within&) = delete;

 private:
  machine::Builder& builder_;
  bool entered_;
};

}  // namespace casus::games
