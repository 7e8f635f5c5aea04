// Units of measurement: a free abelian group over names with rational exponents (Kennedy 1996),
// with one base unit of time, the year. Time units convert exactly (month = 1/12, week = 7/365.25,
// day = 1/365.25 year); nothing else converts, so `million USD` and `USD` are different units.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace casus {

/// A reduced fraction; the denominator is positive.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  friend bool operator==(const Rational&, const Rational&) = default;
};

// All four reduce. They throw std::overflow_error when the result does not fit, Bug on a division
// by zero.
Rational operator+(Rational a, Rational b);
Rational operator-(Rational a, Rational b);
Rational operator*(Rational a, Rational b);
Rational operator/(Rational a, Rational b);

class Unit {
 public:
  Unit() = default;  ///< dimensionless
  explicit Unit(std::string_view name) { exponents_[std::string(name)] = {1, 1}; }

  bool dimensionless() const { return exponents_.empty(); }
  const std::map<std::string, Rational>& exponents() const { return exponents_; }

  friend Unit operator*(const Unit& a, const Unit& b);
  friend Unit operator/(const Unit& a, const Unit& b);
  Unit power(Rational exponent) const;

  friend bool operator==(const Unit&, const Unit&) = default;

 private:
  std::map<std::string, Rational> exponents_;  ///< no zero exponents
};

/// A unit as written. `scale` is the number of base units in one written unit (base unit of time:
/// the year), so value in base units = written value * scale: 1/12 for "month", 12 for "1 / month".
struct WrittenUnit {
  Unit unit;
  double scale = 1.0;
  std::string text;
};

/// Reads "million USD2022 / year", "1 / month", "person^2", "km^(1/2)", "USD / (person month)",
/// "1". A word is letters, digits after the first, and '_'. Factors multiply, side by side or with
/// '*';
/// '/' divides by the next factor only. On failure sets `problem` to a message and returns nullopt.
std::optional<WrittenUnit> parse_unit(std::string_view text, std::string& problem);

/// "person / year", "USD / person / year", "1 / km^(1/2)"; "1" when dimensionless. `parse_unit`
/// reads it back as the same unit.
std::string to_text(const Unit& unit);

/// 1/12 for "month" and "months", nullopt when `word` is no unit of time. In years.
std::optional<double> time_unit_in_years(std::string_view word);

}  // namespace casus
