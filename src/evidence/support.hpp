// What the statements of a model rest on, and what rests on nothing or on weak sources only.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"
#include "evidence/claims.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace casus::evidence {

/// An id in a `because`.
struct Citation {
  std::string id;
  Span span{};
};

/// A statement of a model and what it cites.
struct Statement {
  std::string name;  ///< "param wear"
  std::vector<Citation> cited{};
  Span span{};
};

/// How firmly a statement stands, by the most reliable source behind it.
enum class Footing : std::uint8_t {
  none,      ///< cites nothing, or nothing that leads to a source
  low_only,  ///< every source behind it is of low or unstated reliability
  sourced    ///< at least one source of medium or high reliability
};

/// "low-reliability sources only"
std::string_view name_of(Footing footing);

/// What one statement rests on. Ids point into the register; each occurs once, in order found.
struct Support {
  std::string statement;
  std::vector<std::string> cited{};  ///< as written, known ids only
  std::vector<std::string>
      claims{};  ///< cited, or behind a cited mechanism, treaty, explanation ...
  std::vector<std::string> sources{};  ///< of these claims, and sources cited themselves
  Reliability best = Reliability::unstated;
  Footing footing = Footing::none;
};

/// One row a statement, in order. An id that the register does not have is a fault (E009) at the
/// citation; the row is made without it.
std::vector<Support> supports(const Register& claims, std::span<const Statement> statements,
                              Diagnostics& diagnostics);

/// The statements that would lose every source if `source` were left out.
std::vector<std::string> resting_only_on(std::span<const Support> rows, std::string_view source);

}  // namespace casus::evidence
