// Faults of casus itself.
#pragma once

#include <stdexcept>
#include <string>

namespace casus {

/// Something that cannot happen did. `main` says that the fault is ours and exits with 70.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void require(bool holds, const char* what) {
  if (!holds) throw Bug(what);
}

}  // namespace casus
