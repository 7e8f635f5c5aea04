// UTF-8, letters, and characters that look like others.
#include "language/characters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace casus::language {
namespace {

/// One row of Unicode 15, table 3-7: first bytes with the same form, and the range of the second.
struct Form {
  std::uint8_t first_from, first_to;
  std::uint8_t length;
  std::uint8_t second_from, second_to;
};

constexpr std::array forms{
    Form{0xC2, 0xDF, 2, 0x80, 0xBF}, Form{0xE0, 0xE0, 3, 0xA0, 0xBF},
    Form{0xE1, 0xEC, 3, 0x80, 0xBF}, Form{0xED, 0xED, 3, 0x80, 0x9F},
    Form{0xEE, 0xEF, 3, 0x80, 0xBF}, Form{0xF0, 0xF0, 4, 0x90, 0xBF},
    Form{0xF1, 0xF3, 4, 0x80, 0xBF}, Form{0xF4, 0xF4, 4, 0x80, 0x8F},
};

std::uint8_t byte(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<std::uint8_t>(text[at]) : std::uint8_t{0};
}

struct Range {
  char32_t from, to;
};

/// What beyond ASCII is no part of a word. Blocks, not categories: enough to keep invisible and
/// look-alike characters out of names.
constexpr std::array not_letters{
    Range{0x80, 0xA9},     Range{0xAB, 0xB4},       Range{0xB6, 0xB9},        Range{0xBB, 0xBF},
    Range{0xD7, 0xD7},     Range{0xF7, 0xF7},       Range{0x2000, 0x206F},    Range{0x20A0, 0x20CF},
    Range{0x2190, 0x2BFF}, Range{0x2E00, 0x2E7F},   Range{0x3000, 0x3004},    Range{0x3008, 0x3020},
    Range{0xE000, 0xF8FF}, Range{0xFE00, 0xFE6F},   Range{0xFEFF, 0xFF0F},    Range{0xFF1A, 0xFF20},
    Range{0xFFE0, 0xFFFF}, Range{0x1F000, 0x1FAFF}, Range{0xE0000, 0x10FFFF},
};

constexpr std::array lookalikes{
    Lookalike{0x00A0, "a no-break space", "an ordinary space"},
    Lookalike{0x00AB, "a typographic quote", "\""},
    Lookalike{0x00B7, "a middle dot", "*"},
    Lookalike{0x00BB, "a typographic quote", "\""},
    Lookalike{0x00D7, "a multiplication sign", "*"},
    Lookalike{0x00F7, "a division sign", "/"},
    Lookalike{0x2007, "a figure space", "an ordinary space"},
    Lookalike{0x2009, "a thin space", "an ordinary space"},
    Lookalike{0x200B, "an invisible space", "nothing"},
    Lookalike{0x2010, "a hyphen", "-"},
    Lookalike{0x2011, "a no-break hyphen", "-"},
    Lookalike{0x2013, "an en dash", "-"},
    Lookalike{0x2014, "an em dash", "-"},
    Lookalike{0x2018, "a typographic quote", "\""},
    Lookalike{0x2019, "a typographic quote", "\""},
    Lookalike{0x201A, "a typographic quote", "\""},
    Lookalike{0x201C, "a typographic quote", "\""},
    Lookalike{0x201D, "a typographic quote", "\""},
    Lookalike{0x201E, "a typographic quote", "\""},
    Lookalike{0x202F, "a narrow no-break space", "an ordinary space"},
    Lookalike{0x2192, "an arrow", "a word"},
    Lookalike{0x2212, "a typographic minus", "-"},
    Lookalike{0x2227, "a logical sign", "and"},
    Lookalike{0x2228, "a logical sign", "or"},
    Lookalike{0x223C, "a typographic tilde", "~"},
    Lookalike{0x2260, "a mathematical sign", "!="},
    Lookalike{0x2264, "a mathematical sign", "<="},
    Lookalike{0x2265, "a mathematical sign", ">="},
    Lookalike{0xFEFF, "a byte order mark inside the text", "nothing"},
};

}  // namespace

Character decode(std::string_view text, std::size_t at) {
  const std::uint8_t first = byte(text, at);
  if (first < 0x80) return {.code = first, .length = 1};
  const auto form = std::find_if(forms.begin(), forms.end(), [first](const Form& row) {
    return first >= row.first_from && first <= row.first_to;
  });
  if (form == forms.end()) return {};
  const std::uint8_t second = byte(text, at + 1);
  if (second < form->second_from || second > form->second_to) return {};
  // The first byte of a sequence of n bytes carries 7 - n bits.
  char32_t code = first & ((1U << (7U - form->length)) - 1U);
  for (std::size_t i = 1; i < form->length; ++i) {
    const std::uint8_t next = byte(text, at + i);
    if ((next & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (next & 0x3FU);
  }
  return {.code = code, .length = form->length};
}

bool starts_word(char32_t code) {
  if (code < 0x80) {
    return (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') || code == U'_';
  }
  return std::none_of(not_letters.begin(), not_letters.end(), [code](const Range& range) {
    return code >= range.from && code <= range.to;
  });
}

bool continues_word(char32_t code) { return starts_word(code) || (code >= U'0' && code <= U'9'); }

std::size_t after_word(std::string_view text, std::size_t at) {
  if (at >= text.size() || !starts_word(decode(text, at).code)) return at;
  while (at < text.size()) {
    const Character character = decode(text, at);
    if (!continues_word(character.code)) break;
    at += character.length;
  }
  return at;
}

const Lookalike* find_lookalike(char32_t code) {
  const auto row = std::find_if(lookalikes.begin(), lookalikes.end(),
                                [code](const Lookalike& each) { return each.code == code; });
  return row == lookalikes.end() ? nullptr : &*row;
}

}  // namespace casus::language
