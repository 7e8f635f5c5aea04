// Unknown units and the solution of their equations.
#include "language/units_linear.hpp"

#include <set>
#include <utility>

namespace casus::language {

UnitTerm UnitTerm::power(Rational exponent) const {
  UnitTerm result;
  if (exponent.numerator == 0) return result;
  result.known = known.power(exponent);
  for (const auto& [unknown, own] : unknowns) result.unknowns[unknown] = own * exponent;
  return result;
}

UnitTerm operator*(const UnitTerm& a, const UnitTerm& b) {
  UnitTerm result = a;
  result.known = a.known * b.known;
  for (const auto& [unknown, exponent] : b.unknowns) {
    Rational& total = result.unknowns[unknown];
    total = total + exponent;
    if (total.numerator == 0) result.unknowns.erase(unknown);
  }
  return result;
}

UnitTerm operator/(const UnitTerm& a, const UnitTerm& b) { return a * b.power({-1, 1}); }

UnitTerm UnitSystem::fresh() {
  const auto unknown = UnknownUnit{static_cast<std::uint32_t>(solutions_.size())};
  solutions_.emplace_back();
  UnitTerm term;
  term.unknowns[unknown] = {1, 1};
  return term;
}

UnitTerm UnitSystem::resolved(const UnitTerm& term) {
  UnitTerm result;
  result.known = term.known;
  for (const auto& [unknown, exponent] : term.unknowns) {
    std::optional<Solution>& solution = solutions_[static_cast<std::size_t>(unknown)];
    if (solution) {
      const std::vector<UnknownUnit> with = solved_in(solution->value);
      UnitTerm value = resolved(solution->value);
      result = result * value.power(exponent);
      solution->value = std::move(value);
      solution->with.insert(solution->with.end(), with.begin(), with.end());
    } else {
      UnitTerm itself;
      itself.unknowns[unknown] = exponent;
      result = result * itself;
    }
  }
  return result;
}

bool UnitSystem::equate(const UnitTerm& a, const UnitTerm& b, Span where) {
  const UnitTerm both = a / b;
  UnitTerm rest = resolved(both);
  if (rest.unknowns.empty()) return rest.known.dimensionless();
  const auto [newest, exponent] = *rest.unknowns.rbegin();
  rest.unknowns.erase(newest);
  solutions_[static_cast<std::size_t>(newest)] =
      Solution{rest.power(Rational{-1, 1} / exponent), where, solved_in(both)};
  return true;
}

std::vector<UnknownUnit> UnitSystem::solved_in(const UnitTerm& term) const {
  std::vector<UnknownUnit> result;
  for (const auto& [unknown, exponent] : term.unknowns) {
    if (solutions_[static_cast<std::size_t>(unknown)]) result.push_back(unknown);
  }
  return result;
}

std::vector<UnitSystem::Step> UnitSystem::trail(const UnitTerm& term) const {
  std::vector<Step> steps;
  std::set<UnknownUnit> seen;
  std::vector<UnknownUnit> open = solved_in(term);
  while (!open.empty()) {
    const UnknownUnit unknown = open.back();
    open.pop_back();
    if (!seen.insert(unknown).second) continue;
    const Solution& solution = *solutions_[static_cast<std::size_t>(unknown)];
    steps.push_back({unknown, solution.where});
    open.insert(open.end(), solution.with.begin(), solution.with.end());
  }
  return steps;
}

}  // namespace casus::language
