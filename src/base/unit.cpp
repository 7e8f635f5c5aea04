// The algebra of units and how they are shown.
#include "base/unit.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace casus {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

/// Throws unless `value` has a negative in the type too, so that what follows may change its sign.
std::int64_t within_range(std::int64_t value, bool overflowed) {
  if (overflowed || value == lowest) throw std::overflow_error("exponent too large");
  return value;
}

std::int64_t product(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  const bool overflowed = __builtin_mul_overflow(a, b, &result);
  return within_range(result, overflowed);
}

std::int64_t sum(std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  const bool overflowed = __builtin_add_overflow(a, b, &result);
  return within_range(result, overflowed);
}

Rational reduced(Rational r) {
  require(r.denominator != 0, "a fraction with denominator zero");
  within_range(r.numerator, false);
  within_range(r.denominator, false);
  const std::int64_t divisor = std::gcd(r.numerator, r.denominator);
  const std::int64_t sign = r.denominator < 0 ? -1 : 1;
  return {.numerator = sign * r.numerator / divisor, .denominator = sign * r.denominator / divisor};
}

std::string with_exponent(const std::string& name, Rational exponent) {
  if (exponent == Rational{1, 1}) return name;
  if (exponent.denominator == 1) return fmt::format("{}^{}", name, exponent.numerator);
  return fmt::format("{}^({}/{})", name, exponent.numerator, exponent.denominator);
}

/// "million" stands before what it counts.
bool counts(std::string_view name) {
  constexpr std::array<std::string_view, 5> counting{"hundred", "thousand", "million", "billion",
                                                     "trillion"};
  return std::find(counting.begin(), counting.end(), name) != counting.end();
}

}  // namespace

Rational operator+(Rational a, Rational b) {
  a = reduced(a);
  b = reduced(b);
  const std::int64_t divisor = std::gcd(a.denominator, b.denominator);
  return reduced({.numerator = sum(product(a.numerator, b.denominator / divisor),
                                   product(b.numerator, a.denominator / divisor)),
                  .denominator = product(a.denominator, b.denominator / divisor)});
}

Rational operator-(Rational a, Rational b) { return a + b * Rational{-1, 1}; }

Rational operator*(Rational a, Rational b) {
  // Reducing crosswise first keeps the products as small as the result.
  const Rational left = reduced({reduced(a).numerator, reduced(b).denominator});
  const Rational right = reduced({reduced(b).numerator, reduced(a).denominator});
  return {.numerator = product(left.numerator, right.numerator),
          .denominator = product(left.denominator, right.denominator)};
}

Rational operator/(Rational a, Rational b) {
  require(b.numerator != 0, "a fraction divided by zero");
  return a * Rational{.numerator = b.denominator, .denominator = b.numerator};
}

Unit operator*(const Unit& a, const Unit& b) {
  Unit result = a;
  for (const auto& [name, exponent] : b.exponents_) {
    Rational& total = result.exponents_[name];
    total = total + exponent;
    if (total.numerator == 0) result.exponents_.erase(name);
  }
  return result;
}

Unit operator/(const Unit& a, const Unit& b) { return a * b.power({-1, 1}); }

Unit Unit::power(Rational exponent) const {
  Unit result;
  if (exponent.numerator == 0) return result;
  for (const auto& [name, own] : exponents_) result.exponents_[name] = own * exponent;
  return result;
}

std::string to_text(const Unit& unit) {
  std::vector<std::string> above;
  std::vector<std::string> below;
  std::size_t n_counting = 0;
  for (const auto& [name, exponent] : unit.exponents()) {
    if (exponent.numerator < 0) {
      below.push_back(with_exponent(name, exponent * Rational{-1, 1}));
      continue;
    }
    const std::size_t place = counts(name) ? n_counting++ : above.size();
    above.insert(above.begin() + static_cast<std::ptrdiff_t>(place), with_exponent(name, exponent));
  }
  std::string text = above.empty() ? "1" : fmt::format("{}", fmt::join(above, " "));
  for (const std::string& factor : below) text += " / " + factor;
  return text;
}

}  // namespace casus
