// The faults of one file, at most twenty of them: a wrong file should not bury the others.
#pragma once

#include "base/diagnostic.hpp"

#include <cstddef>
#include <string_view>

namespace casus::table {

/// Passes faults on to a `Diagnostics` up to the limit and counts the rest, of which the destructor
/// leaves a note (D010) at the first one not shown.
class Faults {
 public:
  /// `file` is the file's name in the note; it and `diagnostics` must outlive this.
  Faults(std::string_view file, Diagnostics& diagnostics)
      : file_(file), diagnostics_(diagnostics) {}
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;
  ~Faults();

  void add(Diagnostic fault);

  bool any() const { return n_found_ > 0; }
  std::size_t count() const { return n_found_; }

 private:
  static constexpr std::size_t limit = 20;

  std::string_view file_;
  Diagnostics& diagnostics_;
  std::size_t n_found_ = 0;
  Span first_hidden_{};
};

}  // namespace casus::table
