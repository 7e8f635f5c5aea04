// Numbers to text and back, and small work on strings.
#include "base/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <fast_float/fast_float.h>
#include <fmt/format.h>
#include <system_error>

namespace casus {
namespace {

// Costs of edits in quarters, so that a change of case can be the cheapest.
constexpr std::size_t edit = 4;
constexpr std::size_t change_of_case = 1;

/// No name that a person mistypes is longer; the cost of comparing grows with the square.
constexpr std::size_t longest_word = 200;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::size_t replacement(char a, char b) {
  if (a == b) return 0;
  return lower(a) == lower(b) ? change_of_case : edit;
}

/// Restricted Damerau-Levenshtein distance (Damerau 1964, Levenshtein 1966) in quarters of edits.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j * edit;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i * edit;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + replacement(a[i - 1], b[j - 1]);
      row[j] = std::min({last[j] + edit, row[j - 1] + edit, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before_last[j - 2] + edit);
      }
    }
  }
  return row[b.size()];
}

/// For what has no digits.
std::optional<std::string> text_of_special(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return std::nullopt;
}

/// People misspell the first letter least.
bool begins_as(std::string_view candidate, std::string_view word) {
  return candidate.substr(0, 1) == word.substr(0, 1);
}

}  // namespace

std::string to_text(double value) {
  return text_of_special(value).value_or(fmt::format("{}", value));
}

std::string to_text(double value, int digits) {
  if (const std::optional<std::string> special = text_of_special(value)) return *special;
  constexpr double smallest_plain = 1e-4;
  constexpr double first_scientific = 1e9;
  const int precision = std::max(digits, 1);
  const double rounded = parse_number(fmt::format("{:.{}e}", value, precision - 1)).value_or(value);
  const double size = std::abs(rounded);
  const bool plain = size == 0.0 || (size >= smallest_plain && size < first_scientific);
  return plain ? fmt::format("{}", rounded) : fmt::format("{:.{}g}", value, precision);
}

std::optional<double> parse_number(std::string_view text) {
  const bool has_plus = !text.empty() && text.front() == '+';
  if (has_plus) text.remove_prefix(1);
  if (has_plus && !text.empty() && text.front() == '-') return std::nullopt;
  double value = 0.0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = fast_float::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || std::isnan(value)) return std::nullopt;
  const bool has_digits = text.find_first_of("0123456789") != std::string_view::npos;
  if (std::isinf(value) && has_digits) return std::nullopt;
  return value;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string join_text(const std::vector<std::string>& parts, std::string_view separator) {
  std::string result;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) result += separator;
    result += part;
  }
  return result;
}

std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates) {
  if (word.empty() || word.size() > longest_word) return std::nullopt;
  const std::size_t most_edits = std::max<std::size_t>(1, word.size() / 3);
  // A word of one letter has nothing left in common after one edit.
  std::size_t limit = std::min(most_edits * edit, word.size() * edit - 1);
  const std::string* best = nullptr;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > word.size() + most_edits) continue;
    const std::size_t cost = distance(word, candidate);
    const bool tied = best != nullptr && cost == limit;
    if (cost > limit || (tied && !(begins_as(candidate, word) && !begins_as(*best, word))))
      continue;
    best = &candidate;
    limit = cost;
  }
  if (best == nullptr) return std::nullopt;
  return *best;
}

double edits_between(std::string_view a, std::string_view b) {
  return static_cast<double>(distance(a, b)) / static_cast<double>(edit);
}

std::string one_of(const std::vector<std::string>& words) {
  if (words.size() < 2) return join_text(words, "");
  const std::vector<std::string> most(words.begin(), words.end() - 1);
  return fmt::format("{} or {}", join_text(most, ", "), words.back());
}

}  // namespace casus
