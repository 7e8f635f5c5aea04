// The words that belong to the language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casus::language {

/// Begins a statement: `param`, `game`, ...
bool is_statement_word(std::string_view word);

/// Statement words in the order of the documentation.
const std::vector<std::string>& statement_words();

/// Begins a line of a game, and is a name elsewhere: `payoff`, `cost`, ...
bool begins_game_line(std::string_view word);

/// Cannot be the name of anything, and a label only in quotes.
bool is_reserved(std::string_view word);

/// Reserved, and yet a value: `dt`, `true`, `false`, `none`, `end`.
bool is_reserved_value(std::string_view word);

/// Calls with a form of their own, such as `sum` and `prob`; no function may take their name.
bool is_built_in_form(std::string_view word);

/// `month`, `months`, ...
bool is_time_word(std::string_view word);

/// Announced but not there yet, with what to do meanwhile; nullptr for any other word.
struct Planned {
  std::string_view word;
  std::string_view meanwhile;
};
const Planned* find_planned(std::string_view word);

}  // namespace casus::language
