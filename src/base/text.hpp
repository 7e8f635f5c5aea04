// Numbers to text and back without the locale, and small work on strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// Shortest text that reads back as the same double; "nan", "inf", "-inf".
std::string to_text(double value);

/// At most `digits` significant digits, for tables that people read: "1230" for 1234 at three,
/// "1.23e+12" from a thousand million on.
std::string to_text(double value, int digits);

/// The whole of `text` as a finite or infinite number; nullopt when it is none. Accepts a leading
/// '+'. What is too large for a double is no number; what is too small is zero.
std::optional<double> parse_number(std::string_view text);

std::string_view trim(std::string_view text);
std::string join_text(const std::vector<std::string>& parts, std::string_view separator);

/// The candidate most like `word`, or nullopt when none is close: at most a third of its length, or
/// one, in edits (insert, delete, replace, swap neighbours; a change of case is a quarter of one).
/// Of equals those that begin alike, then the first.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// The edits between two words, counted as for `nearest`.
double edits_between(std::string_view a, std::string_view b);

/// "hold, raid or offensive"; empty when there are no words.
std::string one_of(const std::vector<std::string>& words);

}  // namespace casus
