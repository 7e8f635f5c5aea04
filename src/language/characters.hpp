// Unicode as far as a lexer needs it.
#pragma once

#include <cstddef>
#include <string_view>

namespace casus::language {

struct Character {
  char32_t code = 0;
  std::size_t length = 0;  ///< bytes; 0 when the bytes there are no UTF-8 (Unicode 15, table 3-7)
};

/// The character at byte `at` of `text`, which must exist.
Character decode(std::string_view text, std::size_t at);

/// Letters and `_`. Beyond ASCII everything counts as a letter but punctuation, mathematical and
/// other symbols, spaces and controls.
bool starts_word(char32_t code);

/// Letters, digits and `_`.
bool continues_word(char32_t code);

/// The end of the word that begins at byte `at` of valid UTF-8; `at` when none begins there.
std::size_t after_word(std::string_view text, std::size_t at);

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A character that editors and word processors put where the language wants another.
struct Lookalike {
  char32_t code;
  std::string_view name;
  std::string_view instead;
};

/// nullptr when `code` is none.
const Lookalike* find_lookalike(char32_t code);

}  // namespace casus::language
