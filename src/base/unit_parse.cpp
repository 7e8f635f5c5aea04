// Units as people write them:
//   unit     = factor { ["*" | "/"] factor }
//   factor   = ( word | "1" | "(" unit ")" ) [ "^" exponent ]
//   exponent = integer [ "." digits ] | "(" integer [ "/" integer ] ")"
#include "base/text.hpp"
#include "base/unit.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace casus {
namespace {

/// A span of time as a fraction of a year: numerator / denominator.
struct TimeWord {
  std::string_view word;
  double numerator;
  double denominator;
};

// 1461 days are four years of 365.25 days.
constexpr std::array time_words{TimeWord{"year", 1, 1}, TimeWord{"month", 1, 12},
                                TimeWord{"week", 28, 1461}, TimeWord{"day", 4, 1461}};

const TimeWord* find_time_word(std::string_view word) {
  for (const TimeWord& row : time_words) {
    if (word == row.word) return &row;
    const bool plural = word.size() == row.word.size() + 1 && word.back() == 's';
    if (plural && word.substr(0, row.word.size()) == row.word) return &row;
  }
  return nullptr;
}

/// By multiplication, which is exact as long as the result is a whole number that a double holds.
double whole_power(double base, std::int64_t exponent) {
  double result = 1.0;
  double square = base;
  for (std::int64_t left = exponent; left > 0; left /= 2) {
    if (left % 2 == 1) result *= square;
    square *= square;
  }
  return result;
}

/// The n-th root of a number from one on, by halving: a library's power function would not give the
/// same digits everywhere.
double root(double x, std::int64_t n) {
  if (n == 2) return std::sqrt(x);
  double low = 1.0;
  double high = x;
  for (;;) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high) return low;
    (whole_power(middle, n) <= x ? low : high) = middle;
  }
}

/// base ^ exponent for a base from one on and a non-negative exponent.
double power_of(double base, Rational exponent) {
  const std::int64_t whole = exponent.numerator / exponent.denominator;
  const std::int64_t rest = exponent.numerator % exponent.denominator;
  if (rest == 0) return whole_power(base, whole);
  return whole_power(base, whole) * whole_power(root(base, exponent.denominator), rest);
}

/// Replaces the words of time in `unit` by years.
WrittenUnit in_base_units(const Unit& unit) {
  WrittenUnit result;
  double above = 1.0;
  double below = 1.0;
  for (const auto& [name, exponent] : unit.exponents()) {
    const TimeWord* const time = find_time_word(name);
    result.unit =
        result.unit * Unit(time == nullptr ? std::string_view(name) : "year").power(exponent);
    if (time == nullptr) continue;
    const bool negative = exponent.numerator < 0;
    const Rational size = negative ? exponent * Rational{-1, 1} : exponent;
    above *= power_of(negative ? time->denominator : time->numerator, size);
    below *= power_of(negative ? time->numerator : time->denominator, size);
  }
  result.scale = above / below;
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool continues_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

constexpr const char* too_large = "an exponent in a unit is too large";

/// Keeps the first problem; after it the text counts as read, so that every rule ends at once.
class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  Unit whole() {
    Unit unit = product(0);
    if (!at_end()) fail_here();
    return unit;
  }

  const std::string& problem() const { return problem_; }

 private:
  static constexpr int deepest = 32;
  static constexpr std::size_t most_digits = 9;
  static constexpr std::int64_t largest_decimal = 1'000'000'000;

  bool at_end() const { return position_ == text_.size(); }
  char here() const { return at_end() ? '\0' : text_[position_]; }

  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    position_ = text_.size();
  }

  void fail_here() {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    const std::size_t begin = position_++;
    take_while(continues);
    fail(fmt::format("unexpected '{}' in a unit", text_.substr(begin, position_ - begin)));
  }

  bool accept(char wanted) {
    while (here() == ' ' || here() == '\t') ++position_;
    if (at_end() || here() != wanted) return false;
    ++position_;
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) fail(fmt::format("missing '{}' in a unit", wanted));
  }

  std::string_view take_while(bool (*holds)(char)) {
    const std::size_t begin = position_;
    while (!at_end() && holds(text_[position_])) ++position_;
    return text_.substr(begin, position_ - begin);
  }

  Unit product(int depth) {
    Unit unit = factor(depth);
    while (true) {
      const bool divides = accept('/');
      if (!divides && !accept('*') && (at_end() || here() == ')')) return unit;
      const Unit next = factor(depth);
      unit = divides ? unit / next : unit * next;
    }
  }

  Unit factor(int depth) {
    const Unit unit = base(depth);
    return accept('^') ? unit.power(exponent()) : unit;
  }

  Unit base(int depth) {
    if (accept('(')) return in_brackets(depth + 1);
    if (is_letter(here())) return word();
    if (is_digit(here())) {
      const std::string_view number = take_while([](char c) { return is_digit(c) || c == '.'; });
      if (number != "1") fail("a unit has a number other than 1");
    } else if (at_end()) {
      fail(trim(text_).empty() ? "a unit is empty" : "a unit ends too early");
    } else {
      fail_here();
    }
    return {};
  }

  Unit word() {
    const std::string_view written = take_while(continues_word);
    if (written == "per") fail("'per' is written '/'");
    return Unit(written);
  }

  Unit in_brackets(int depth) {
    if (depth > deepest) {
      fail("a unit has too many brackets inside each other");
      return {};
    }
    Unit unit = product(depth);
    expect(')');
    return unit;
  }

  Rational exponent() {
    if (!accept('(')) return decimal();
    const std::int64_t numerator = integer();
    const std::int64_t denominator = accept('/') ? integer() : 1;
    expect(')');
    if (denominator == 0) fail("an exponent has denominator zero");
    return denominator == 0 ? Rational{} : Rational{numerator, 1} / Rational{denominator, 1};
  }

  /// `2`, `-1`, `0.5`
  Rational decimal() {
    const bool negative = here() == '-';
    const Rational whole{.numerator = integer(), .denominator = 1};
    if (here() != '.') return whole;
    ++position_;
    const std::string_view digits = take_while(is_digit);
    if (digits.empty()) fail("an exponent ends with its point");
    if (digits.size() > most_digits) fail(too_large);
    Rational part{};
    std::int64_t size = 1;
    for (const char digit : digits) {
      if (size >= largest_decimal) break;
      size *= 10;
      part = part + Rational{digit - '0', size};
    }
    return negative ? whole - part : whole + part;
  }

  std::int64_t integer() {
    const bool negative = accept('-');
    const std::string_view digits = take_while(is_digit);
    if (digits.empty()) fail("an exponent is not a whole number or a fraction in brackets");
    if (digits.size() > most_digits) {
      fail(too_large);
      return 0;
    }
    std::int64_t value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    return negative ? -value : value;
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::string problem_;
};

}  // namespace

std::optional<double> time_unit_in_years(std::string_view word) {
  const TimeWord* const time = find_time_word(word);
  if (time == nullptr) return std::nullopt;
  return time->numerator / time->denominator;
}

std::optional<WrittenUnit> parse_unit(std::string_view text, std::string& problem) {
  try {
    UnitParser parser(text);
    WrittenUnit unit = in_base_units(parser.whole());
    unit.text = trim(text);
    problem = parser.problem();
    if (problem.empty() && !std::isnormal(unit.scale)) problem = too_large;
    if (problem.empty()) return unit;
  } catch (const std::overflow_error&) {
    problem = too_large;
  }
  return std::nullopt;
}

}  // namespace casus
