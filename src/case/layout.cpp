// Padding and rounding.
#include "case/layout.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <optional>

namespace casus::cases {
namespace {

constexpr double large =
    1e9;  // beyond it, and below its inverse, digits are counted from the front

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

enum class Sign : unsigned char { negative_only, both };

/// A number to `decimals` places; what rounds to zero has no sign.
std::string fixed(double value, int decimals, Sign sign) {
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  if (sign == Sign::both && !is_zero && text.front() != '-') text.insert(0, "+");
  return text;
}

std::string short_number(double value, Sign sign) {
  constexpr int digits = 4;
  const std::string text = to_text(value, digits);
  return sign == Sign::both && value > 0.0 ? "+" + text : text;
}

/// How many places behind the point an error of two digits reaches; nothing when values are too
/// large or errors too small for that form.
std::optional<int> decimals_of(const Estimate& estimate) {
  const bool is_extreme =
      std::abs(estimate.value) >= large || estimate.error >= large || estimate.error <= 1.0 / large;
  if (is_extreme || !(estimate.error > 0.0)) return std::nullopt;
  return std::max(1 - static_cast<int>(std::floor(std::log10(estimate.error))), 0);
}

std::string rounded(const Estimate& estimate, Sign sign) {
  if (std::isnan(estimate.value)) return "-";
  if (!(estimate.error > 0.0)) return short_number(estimate.value, sign);
  const std::optional<int> decimals = decimals_of(estimate);
  if (!decimals) {
    return fmt::format("{} ± {}", short_number(estimate.value, sign), to_text(estimate.error, 2));
  }
  return fmt::format("{} ± {}", fixed(estimate.value, *decimals, sign),
                     fixed(estimate.error, *decimals, Sign::negative_only));
}

Estimate hundredfold(const Estimate& estimate) {
  return {.value = 100.0 * estimate.value, .error = 100.0 * estimate.error};
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

std::string cut_to(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string(text);
  std::size_t n_kept = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    if (begins_character(text[end]) && n_kept++ + 1 == width) break;
    ++end;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> widths(columns_.size());
  for (const std::vector<std::string>& row : rows_) {
    require(row.size() <= columns_.size(), "a row of a text table has more cells than columns");
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string padding(widths[i] - width_of(row[i]), ' ');
      if (i > 0) line += "  ";
      line += columns_[i] == Align::right ? padding + row[i] : row[i] + padding;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string with_error(const Estimate& estimate) { return rounded(estimate, Sign::negative_only); }

std::string signed_with_error(const Estimate& estimate) { return rounded(estimate, Sign::both); }

std::string percent(const Estimate& estimate) {
  return rounded(hundredfold(estimate), Sign::negative_only) +
         (std::isnan(estimate.value) ? "" : " %");
}

std::string points(const Estimate& estimate) {
  return rounded(hundredfold(estimate), Sign::both) + (std::isnan(estimate.value) ? "" : " points");
}

std::string value_alone(const Estimate& estimate) {
  if (std::isnan(estimate.value)) return "-";
  const std::optional<int> decimals = decimals_of(estimate);
  return decimals ? fixed(estimate.value, *decimals, Sign::negative_only)
                  : short_number(estimate.value, Sign::negative_only);
}

std::string percent_alone(const Estimate& estimate) {
  return value_alone(hundredfold(estimate)) + (std::isnan(estimate.value) ? "" : " %");
}

std::string grouped(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string counted(std::size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

}  // namespace casus::cases
