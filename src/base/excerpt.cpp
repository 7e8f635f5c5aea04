// Cutting source lines down to what a person can look at.
#include "base/excerpt.hpp"

#include <algorithm>
#include <vector>

namespace casus {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

/// Characters kept before the span in a cut line, room permitting.
constexpr std::size_t context = 40;

unsigned byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

bool continues(std::string_view text, std::size_t i) {
  return i < text.size() && (byte_at(text, i) & 0xC0U) == 0x80U;
}

/// Bytes that the first byte of a UTF-8 sequence announces; 0 when it cannot be a first byte.
std::size_t announced(unsigned first) {
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return 2;
  if (first >= 0xE0U && first <= 0xEFU) return 3;
  if (first >= 0xF0U && first <= 0xF4U) return 4;
  return 0;
}

/// The bytes of the character at `begin`: up to the next byte that begins another one.
std::string_view character_at(std::string_view text, std::size_t begin) {
  std::size_t end = begin + 1;
  while (continues(text, end)) ++end;
  return text.substr(begin, end - begin);
}

/// U+202A to U+202E and U+2066 to U+2069.
bool reorders(std::string_view c) {
  if (c.size() != 3 || byte_at(c, 0) != 0xE2U) return false;
  const unsigned second = byte_at(c, 1);
  const unsigned third = byte_at(c, 2);
  return (second == 0x80U && third >= 0xAAU && third <= 0xAEU) ||
         (second == 0x81U && third >= 0xA6U && third <= 0xA9U);
}

std::string_view printable_character(std::string_view c) {
  const unsigned first = byte_at(c, 0);
  if (first == '\t') return " ";
  if (first == '\n') return c.substr(0, 1);
  const bool control =
      first < 0x20U || first == 0x7FU || (first == 0xC2U && byte_at(c, c.size() - 1) < 0xA0U);
  const bool valid = c.size() == announced(first);
  return control || !valid || reorders(c) ? replacement : c;
}

/// Characters [first, last) of a line.
struct Window {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// What is shown of a line of `n` characters around a span that begins at `begin`, ends at `end`.
Window window_around(std::size_t n, std::size_t begin, std::size_t end) {
  if (n <= widest_excerpt) return {.first = 0, .last = n};
  constexpr std::size_t room = widest_excerpt - 2;  // an ellipsis on each side
  if (end <= room) return {.first = 0, .last = room};
  const std::size_t first = std::min(begin - std::min(begin, context), n - room);
  return {.first = first, .last = first + room};
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view character = character_at(text, i);
    result += printable_character(character);
    i += character.size();
  }
  return result;
}

Excerpt excerpt_of(const Sources& sources, Span span) {
  const Span line = sources.line_span(span.file, sources.place(span.file, span.begin).line);
  const std::string_view text =
      std::string_view(sources.text(span.file)).substr(line.begin, line.end - line.begin);
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); i += character_at(text, i).size()) starts.push_back(i);

  // The number of characters that begin before a byte of the text.
  const auto characters_before = [&](std::uint32_t byte) {
    const std::size_t offset = std::clamp(byte, line.begin, line.end) - line.begin;
    const auto after = std::lower_bound(starts.begin(), starts.end(), offset);
    return static_cast<std::size_t>(after - starts.begin());
  };
  const std::size_t begin = characters_before(span.begin);
  const std::size_t end = std::max(characters_before(span.end), begin + 1);
  const Window window = window_around(starts.size(), begin, end);

  const auto byte_of = [&](std::size_t character) {
    return character < starts.size() ? starts[character] : text.size();
  };
  const bool cut_before = window.first > 0;
  const std::size_t first_byte = byte_of(window.first);
  Excerpt excerpt;
  if (cut_before) excerpt.line += ellipsis;
  excerpt.line += printable(text.substr(first_byte, byte_of(window.last) - first_byte));
  if (window.last < starts.size()) excerpt.line += ellipsis;
  excerpt.indent = begin - window.first + (cut_before ? 1 : 0);
  excerpt.width = std::max<std::size_t>(1, std::min(end, std::max(window.last, begin + 1)) - begin);
  return excerpt;
}

}  // namespace casus
