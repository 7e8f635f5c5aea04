// Numbers and dates, and what people mistake for them.
#include "language/lexer_numbers.hpp"

#include "base/text.hpp"
#include "language/characters.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <utility>

namespace casus::language {
namespace {

constexpr std::string_view forms = "numbers look like 12, 0.5, 1.5e-9 or 1_000";

char at(std::string_view text, std::size_t position) {
  return position < text.size() ? text[position] : '\n';
}

std::size_t after_digits(std::string_view text, std::size_t position, bool underscores) {
  while (is_digit(at(text, position)) || (underscores && at(text, position) == '_')) ++position;
  return position;
}

NumberRead broken(std::size_t end, Diagnostic problem) {
  return {.kind = TokenKind::broken, .end = end, .date = {}, .problem = std::move(problem)};
}

NumberRead broken_number(std::size_t end, std::string_view why) {
  return broken(end, {.code = "L008",
                      .message = "this is not a number",
                      .primary = {{}, std::string(why)},
                      .help = std::string(forms)});
}

/// `3x`; the number ends at `end`.
NumberRead stuck(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t last = after_word(text, end);
  const std::string_view word = text.substr(end, last - end);
  return broken(last,
                {.code = "L009",
                 .message = "a number and a word stick together",
                 .primary = {},
                 .help = fmt::format("write `{}{}{}`", excerpt(text.substr(begin, end - begin)),
                                     is_time_word(word) ? " " : " * ", excerpt(word))});
}

/// The digits and hyphens of something that is no date.
std::string help_for_date(std::string_view written) {
  const std::string_view year = written.substr(0, 4);
  if (written.size() == 9 && written.find('-', 5) == std::string_view::npos) {
    return fmt::format("write `{} to {}`", year, written.substr(5));
  }
  if (written.size() == 6) {
    return fmt::format("write `{0}-0{1}` for the month, `{0} - {1}` for the difference", year,
                       written.substr(5));
  }
  return "dates look like 2020-09 or 2020-09-27; put spaces around a minus";
}

/// Four digits and then parts of digits, each behind a hyphen without a space. nullopt when it is
/// arithmetic, as in `1000-2.5`.
std::optional<NumberRead> read_date(std::string_view text, std::size_t begin) {
  std::size_t end = after_digits(text, begin, false);
  if (end != begin + 4) return std::nullopt;
  while (at(text, end) == '-' && is_digit(at(text, end + 1))) {
    end = after_digits(text, end + 1, false);
  }
  if (end == begin + 4 || at(text, end) == '.' || at(text, end) == '_') return std::nullopt;
  const std::string_view written = text.substr(begin, end - begin);
  const std::size_t last = after_word(text, end);
  const bool ends_here = last == end && at(text, end) != '-';
  const std::optional<Date> date = parse_date(written);
  if (date && ends_here) return NumberRead{.kind = TokenKind::date, .end = end, .date = *date};
  const bool well_formed = written.size() == 7 || (written.size() == 10 && written[7] == '-');
  if (well_formed && ends_here) {
    return broken(end, {.code = "L010",
                        .message = fmt::format("there is no date {}", written),
                        .primary = {},
                        .help = "months go from 01 to 12, days from 01 to the month's end"});
  }
  return broken(last, {.code = "L011",
                       .message = "this is not a date",
                       .primary = {},
                       .help = help_for_date(text.substr(begin, last - begin))});
}

bool has_stray_underscore(std::string_view written) {
  return written.back() == '_' || written.find("__") != std::string_view::npos ||
         written.find("_.") != std::string_view::npos ||
         written.find("_e") != std::string_view::npos;
}

}  // namespace

NumberRead read_number(std::string_view text, std::size_t begin) {
  if (std::optional<NumberRead> date = read_date(text, begin)) return *std::move(date);
  std::size_t end = after_digits(text, begin, true);
  if (at(text, end) == '.' && is_digit(at(text, end + 1))) end = after_digits(text, end + 1, true);
  if (at(text, end) == 'e' || at(text, end) == 'E') {
    const std::size_t sign = at(text, end + 1) == '+' || at(text, end + 1) == '-' ? 1 : 0;
    if (is_digit(at(text, end + 1 + sign))) end = after_digits(text, end + 1 + sign, true);
  }
  if (after_word(text, end) > end) return stuck(text, begin, end);
  if (at(text, end) == '.') {
    return broken_number(after_digits(text, end + 1, true), "there is a `.` too many");
  }
  const std::string_view written = text.substr(begin, end - begin);
  if (has_stray_underscore(written)) {
    return broken_number(end, "`_` stands between two digits only");
  }
  std::string digits;
  std::copy_if(written.begin(), written.end(), std::back_inserter(digits),
               [](char c) { return c != '_'; });
  const std::optional<double> value = parse_number(digits);
  if (!value) return broken_number(end, "it is beyond double precision");
  return {.kind = TokenKind::number, .end = end, .number = *value, .date = {}, .problem = {}};
}

}  // namespace casus::language
