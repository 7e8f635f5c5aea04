// Units with unknowns in them, and equations between such units, solved one after another.
#pragma once

#include "base/source.hpp"
#include "base/unit.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace casus::language {

enum class UnknownUnit : std::uint32_t {};

/// A product of known and unknown units with rational exponents.
struct UnitTerm {
  Unit known{};
  std::map<UnknownUnit, Rational> unknowns{};  ///< no zero exponents

  bool dimensionless() const { return known.dimensionless() && unknowns.empty(); }
  UnitTerm power(Rational exponent) const;

  friend bool operator==(const UnitTerm&, const UnitTerm&) = default;
};

// These, `power` and the members of UnitSystem throw std::overflow_error as Rational does.
UnitTerm operator*(const UnitTerm& a, const UnitTerm& b);
UnitTerm operator/(const UnitTerm& a, const UnitTerm& b);

/// Linear equations in the exponents. Unit inference after Kennedy 1996, "Programming Languages and
/// Dimensions", chapter 3; over rational exponents his unification becomes Gaussian elimination.
class UnitSystem {
 public:
  UnitTerm fresh();

  /// The term with every unknown replaced that the equations so far determine.
  UnitTerm resolved(const UnitTerm& term);

  /// Adds the equation a = b, found at `where`; false, and nothing changes, when it contradicts the
  /// others. The newest unknown is expressed by the older ones.
  bool equate(const UnitTerm& a, const UnitTerm& b, Span where);

  /// An equation that helped to determine an unknown.
  struct Step {
    UnknownUnit unknown{};
    Span where{};
  };

  /// The equations that determine what `term` resolves to: those of its own unknowns, and of all
  /// that their solutions were found with; each once.
  std::vector<Step> trail(const UnitTerm& term) const;

 private:
  struct Solution {
    UnitTerm value;
    Span where;
    std::vector<UnknownUnit> with{};  ///< whose solutions the value was found with
  };
  std::vector<UnknownUnit> solved_in(const UnitTerm& term) const;

  std::vector<std::optional<Solution>> solutions_;  ///< by unknown; acyclic
};

}  // namespace casus::language
