// Reading one cell, and guessing what the writer of a wrong one meant.
#include "table/number.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace casus::table {
namespace {

constexpr std::string_view digits = "0123456789";

/// A cell as it is quoted in a message.
std::string shown(std::string_view cell) {
  constexpr std::size_t longest = 40;
  if (cell.size() <= longest) return fmt::format("'{}'", cell);
  std::size_t end = longest;
  while ((static_cast<unsigned char>(cell[end]) & 0xC0U) == 0x80U) --end;
  return fmt::format("'{}...'", cell.substr(0, end));
}

std::string_view without_sign(std::string_view text) {
  const bool has_sign = !text.empty() && (text.front() == '-' || text.front() == '+');
  return has_sign ? text.substr(1) : text;
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

/// Written like a number, so that only its size can be the fault: 1e999, or 400 digits.
bool is_too_large(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  if (exponent == std::string_view::npos) return is_digits(without_sign(text));
  return parse_number(text.substr(0, exponent)).has_value() &&
         is_digits(without_sign(text.substr(exponent + 1)));
}

bool is_non_finite(std::string_view text) {
  std::string word(without_sign(text));
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  constexpr std::array<std::string_view, 3> words{"nan", "inf", "infinity"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string without_commas(std::string_view text) {
  std::string result(text);
  result.erase(std::remove_if(result.begin(), result.end(),
                              [](char c) { return c == ',' || c == ' ' || c == '\''; }),
               result.end());
  return result;
}

/// $160, 160 USD, EUR 160
bool is_money(std::string_view text) {
  constexpr std::array<std::string_view, 7> signs{"$", "€", "£", "¥", "USD", "EUR", "GBP"};
  return std::any_of(signs.begin(), signs.end(), [text](std::string_view sign) {
    return (text.starts_with(sign) && parse_number(trim(text.substr(sign.size())))) ||
           (text.ends_with(sign) && parse_number(trim(text.substr(0, text.size() - sign.size()))));
  });
}

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ' ' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

std::string help_for(std::string_view text) {
  constexpr std::array<std::string_view, 8> missing{"NA", "N/A", "n/a", "-",
                                                    ".",  "..",  "?",   "null"};
  if (std::find(missing.begin(), missing.end(), text) != missing.end()) {
    return "leave out the row of a value that is not known";
  }
  if (!text.empty() && text.back() == '%') {
    return "leave out the sign; whether 5 or 0.05 stands for 5 % is for the model to say";
  }
  const std::size_t comma = text.find(',');
  if (comma != std::string_view::npos && is_digits(text.substr(comma + 1))) {
    std::string with_point(text);
    with_point[comma] = '.';
    if (parse_number(with_point) && text.size() - comma == 4) {
      return fmt::format("write {} if the comma separates thousands, {} if it is a decimal comma",
                         without_commas(text), with_point);
    }
    if (parse_number(with_point)) {
      return fmt::format("write numbers with a decimal point: {}", with_point);
    }
  }
  const std::string plain = without_commas(text);
  if (plain.size() < text.size() && parse_number(plain)) {
    return fmt::format("write numbers without separators of thousands: {}", plain);
  }
  if (is_money(text)) return "leave out the currency, which the model's unit names";
  if (is_word(text)) {
    return "numbers look like 1250 or -0.5; leave out the row of a value that is not known; labels "
           "of a set are read by `data NAME : SET from ...`";
  }
  return "numbers look like 1250 or -0.5; leave out the row of a value that is not known";
}

/// 15/07/2000, 15.7.2000, 2000/07/15: spreadsheets write dates by the country.
std::string help_for_date(std::string_view text) {
  const bool is_foreign = text.find_first_not_of("0123456789/.") == std::string_view::npos &&
                          text.find_first_of("/.") != std::string_view::npos;
  return is_foreign ? "write the year first, with hyphens: 2020, 2020-09 or 2020-09-27; a "
                      "spreadsheet shows dates so when the column's format is YYYY-MM-DD"
                    : "write 2020, 2020-09 or 2020-09-27";
}

}  // namespace

std::optional<double> read_number(const Table& table, std::size_t row, std::size_t column,
                                  double scale, Faults& faults) {
  const std::string_view text = trim(table.text(row, column));
  const std::optional<double> number = parse_number(text);
  if (number && std::isfinite(*number * scale)) return *number * scale;
  const std::string where = fmt::format("column '{}' of {}", table.header(column), table.name());
  const Label place{table.span(row, column)};
  if (text.empty()) {
    faults.add({.code = "D102",
                .message = fmt::format("no number in {}", where),
                .primary = place,
                .help = "leave out the row of a value that is not known"});
  } else if (is_non_finite(text)) {
    faults.add({.code = "D103",
                .message = fmt::format("not a finite number: {} in {}", shown(text), where),
                .primary = place,
                .help = "leave out the row of a value that is not known"});
  } else if (number || is_too_large(text)) {
    faults.add({.code = "D103",
                .message = fmt::format("too large a number: {} in {}", shown(text), where),
                .primary = place,
                .help = "numbers go up to 1.8e308"});
  } else {
    faults.add({.code = "D101",
                .message = fmt::format("not a number: {} in {}", shown(text), where),
                .primary = place,
                .help = help_for(text)});
  }
  return std::nullopt;
}

std::optional<Date> read_date(const Table& table, std::size_t row, std::size_t column,
                              Faults& faults) {
  const std::string_view text = trim(table.text(row, column));
  const std::optional<Date> date = parse_date(text);
  if (!date) {
    faults.add({.code = "D104",
                .message = fmt::format("not a date: {} in column '{}' of {}", shown(text),
                                       table.header(column), table.name()),
                .primary = {table.span(row, column)},
                .help = help_for_date(text)});
  }
  return date;
}

}  // namespace casus::table
