// Tables of words.
#include "language/keywords.hpp"

#include <algorithm>
#include <array>

namespace casus::language {
namespace {

constexpr std::array glue{
    "and", "at",  "because", "by",   "cases", "default", "else", "from",  "given",     "if",
    "in",  "not", "or",      "then", "to",    "unit",    "when", "while", "otherwise",
};

constexpr std::array game_lines{"cost", "ends", "payoff", "rationality"};

constexpr std::array values{"dt", "true", "false", "none", "end"};

constexpr std::array forms{
    "sum",   "product", "max",   "min",       "any",      "all",    "count",
    "share", "rate",    "total", "mean",      "highest",  "lowest", "prob",
    "since", "during",  "pulse", "half_life", "averaged", "lagged", "slope",
};

constexpr std::array time_words{
    "day", "days", "week", "weeks", "month", "months", "year", "years",
};

constexpr std::array planned{
    Planned{"hindsight", "the what-ifs there are start from the record up to their date"},
    Planned{"matrix", "write the game as moves, one after the other"},
    Planned{"repeat", "choose a shorter step in `time`"},
    Planned{"simultaneous", "let one player move first"},
};

template <std::size_t size>
bool holds(const std::array<const char*, size>& words, std::string_view word) {
  return std::any_of(words.begin(), words.end(), [word](const char* each) { return word == each; });
}

}  // namespace

const std::vector<std::string>& statement_words() {
  static const std::vector<std::string> words{"casus",   "case",  "include", "set",      "link",
                                              "data",    "event", "param",   "function", "state",
                                              "let",     "draw",  "observe", "game",     "treaty",
                                              "explain", "rival", "whatif",  "start",    "measure"};
  return words;
}

bool is_statement_word(std::string_view word) {
  const std::vector<std::string>& words = statement_words();
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool begins_game_line(std::string_view word) { return holds(game_lines, word); }

bool is_reserved_value(std::string_view word) { return holds(values, word); }

bool is_reserved(std::string_view word) {
  return holds(glue, word) || is_reserved_value(word) || is_statement_word(word);
}

bool is_built_in_form(std::string_view word) { return holds(forms, word); }

bool is_time_word(std::string_view word) { return holds(time_words, word); }

const Planned* find_planned(std::string_view word) {
  const auto row = std::find_if(planned.begin(), planned.end(),
                                [word](const Planned& each) { return word == each.word; });
  return row == planned.end() ? nullptr : &*row;
}

}  // namespace casus::language
