// The faults of one file, at most five of them: a wrong file should not bury the others.
#pragma once

#include "base/diagnostic.hpp"
#include "table/steps.hpp"

#include <cstddef>
#include <optional>
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
  static constexpr std::size_t limit = 5;

  std::string_view file_;
  Diagnostics& diagnostics_;
  std::size_t n_found_ = 0;
  Span first_hidden_{};
};

/// Faults of one kind of which the first stands for all: a file with gaps has many.
class Repeated {
 public:
  void add(Diagnostic fault);

  /// The first, with the number of the others in its message; nothing when there was none.
  void report(Faults& faults);

 private:
  std::optional<Diagnostic> first_;
  std::size_t n_more_ = 0;
};

/// D204 for the file called `name`, all of whose rows are dated outside the steps.
Diagnostic all_outside(std::string_view name, Span first_row, Span wanted_by,
                       const StepDates& steps);

}  // namespace casus::table
