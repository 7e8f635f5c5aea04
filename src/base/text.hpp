// Numbers to text and back without the locale, and small work on strings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// Shortest text that reads back as the same double; "nan", "inf", "-inf".
std::string to_text(double value);

/// `digits` significant digits, for tables that people read.
std::string to_text(double value, int digits);

/// The whole of `text` as a finite or infinite number; nullopt when it is none. Accepts a leading
/// '+'.
std::optional<double> parse_number(std::string_view text);

std::string_view trim(std::string_view text);
std::string join_text(const std::vector<std::string>& parts, std::string_view separator);

/// The candidate most like `word` (edit distance at most a third of its length), or nullopt.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

/// "hold, raid or offensive"
std::string one_of(const std::vector<std::string>& words);

}  // namespace casus
