// What is wrong with something the user wrote, as data. Rendering is in render.hpp, the list of all
// codes with their explanations in codes.hpp.
#pragma once

#include "base/source.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace casus {

enum class Severity : std::uint8_t { error, warning, note };

/// A place that takes part in a diagnostic and what to say about it there.
struct Label {
  Span span;
  std::string text{};
};

/// One thing wrong. The first letter of the code is the phase: L lexing, P parsing, N names,
/// I indices, U units, O order, G games, T time, D data, E evidence, F files, R run.
struct Diagnostic {
  std::string_view code;         ///< stable; a row of codes.hpp, for example "U102"
  std::string message;           ///< stands alone; lower case, no full stop
  Label primary;                 ///< the smallest span that shows the fault
  std::vector<Label> related{};  ///< other places that took part, in source order
  std::string help{};            ///< what to change, if we know
  Severity severity = Severity::error;
  bool has_place = true;  ///< false when no text can be shown (a missing file, an option)
};

/// Everything found so far, in the order found; `sorted` gives source order.
class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { all_.push_back(std::move(diagnostic)); }
  void append(const Diagnostics& other) {
    all_.insert(all_.end(), other.all_.begin(), other.all_.end());
  }

  /// True when an error, not only warnings, was found.
  bool has_errors() const;
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  std::size_t error_count() const;

  /// In source order, each (code, place) once.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> all_;
};

/// Ends a command because of what the user wrote or because of the machine it runs on (exit code
/// 2). Thrown at the hallway only: phases return through `Diagnostics&`.
struct Stop {
  Diagnostics diagnostics;
};

}  // namespace casus
