// Damage of every size.
#include "fuzz/mutation.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace casus::fuzz {
namespace {

/// What readers of texts stumble over.
constexpr std::array<std::string_view, 44> snags{"\n",
                                                 "\n    ",
                                                 "\n        ",
                                                 "\t",
                                                 " ",
                                                 "",
                                                 "#",
                                                 "\"",
                                                 "'",
                                                 "\\",
                                                 "\r",
                                                 "\r\n",
                                                 "(",
                                                 ")",
                                                 "[",
                                                 "]",
                                                 "{",
                                                 "}",
                                                 "((((((",
                                                 "))))))",
                                                 ",",
                                                 ":",
                                                 ":=",
                                                 "=",
                                                 "==",
                                                 "~",
                                                 "-",
                                                 "^",
                                                 "/",
                                                 "%",
                                                 "1e308",
                                                 "1e-320",
                                                 "1e999",
                                                 "9999999999999999999",
                                                 "0x10",
                                                 "2000-13",
                                                 "2000-02-30",
                                                 "1.",
                                                 ".5",
                                                 "\xC3\xA9",
                                                 "\xE2\x88\x92",
                                                 "\xEF\xBB\xBF",
                                                 "\xFF",
                                                 "if else"};

std::vector<std::string> split_statements(const std::string& text) {
  std::vector<std::string> statements;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const bool goes_on = text[at] == ' ' || text[at] == '\n';
    if (statements.empty() || !goes_on) statements.emplace_back();
    statements.back() += text.substr(at, end - at);
    at = end;
  }
  return statements;
}

}  // namespace

Mutation::Mutation(const std::vector<std::string>& texts, const std::vector<std::string>& words)
    : words_(words) {
  for (const std::string& text : texts) {
    if (!text.empty()) statements_.push_back(split_statements(text));
  }
}

/// One to eight neighbours, or single ones of other texts, mostly under a heading.
std::string Mutation::some_statements(Dice& dice) const {
  std::string text;
  if (dice.chance(70)) text = "casus 1\ncase \"C\"\n    time 4 steps\n";
  const std::vector<std::string>& from = dice.one_of(statements_);
  const std::size_t first = dice.below(from.size());
  for (std::size_t i = first; i < std::min(from.size(), first + 1 + dice.below(8)); ++i)
    text += from[i];
  if (dice.chance(30)) text += dice.one_of(dice.one_of(statements_));
  return text;
}

void Mutation::damage(std::string& text, Dice& dice) const {
  const std::size_t at = dice.below(text.size() + 1);
  const std::size_t length = std::min(text.size() - at, 1 + dice.below(dice.chance(80) ? 8 : 60));
  switch (dice.below(8)) {
    case 0: text.erase(at, length); break;
    case 1: text.insert(at, text.substr(dice.below(text.size() + 1), length)); break;
    case 2: text.insert(at, dice.one_of(snags)); break;
    case 3: text.replace(at, length, dice.one_of(snags)); break;
    case 4: text.insert(at, " " + dice.one_of(words_) + " "); break;
    case 5: text.replace(at, length, dice.one_of(words_)); break;
    case 6: text.insert(at, 1, static_cast<char>(dice.below(256))); break;
    default:
      // A snag many times over.
      for (std::size_t n = dice.below(dice.chance(95) ? 8 : 400); n > 0; --n)
        text.insert(at, dice.one_of(snags));
  }
}

std::string Mutation::text(std::uint64_t seed) const {
  Dice dice(seed);
  std::string text = some_statements(dice);
  for (std::size_t n = dice.below(5); n > 0; --n) damage(text, dice);
  return text;
}

}  // namespace casus::fuzz
