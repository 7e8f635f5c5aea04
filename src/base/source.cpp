// Texts and the arithmetic of lines and columns.
#include "base/source.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <limits>

namespace casus {
namespace {

/// In UTF-8 every character has exactly one byte that is not of the form 10xxxxxx.
bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

std::uint32_t size_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

std::vector<std::uint32_t> starts_of_lines(std::string_view text) {
  std::vector<std::uint32_t> starts{0};
  for (std::uint32_t byte = 0; byte < size_of(text); ++byte) {
    if (text[byte] == '\n') starts.push_back(byte + 1);
  }
  return starts;
}

/// The line that holds `byte`, from zero.
std::size_t line_of(const std::vector<std::uint32_t>& starts, std::uint32_t byte) {
  const auto next = std::upper_bound(starts.begin(), starts.end(), byte);
  return static_cast<std::size_t>(next - starts.begin()) - 1;
}

}  // namespace

Span join(Span first, Span last) {
  require(first.file == last.file, "joined spans are in different texts");
  return {.file = first.file,
          .begin = std::min(first.begin, last.begin),
          .end = std::max(first.end, last.end)};
}

FileId Sources::add(std::string name, std::string text) {
  require(text.size() < std::numeric_limits<std::uint32_t>::max(), "a text of 4 GiB or more");
  std::vector<std::uint32_t> starts = starts_of_lines(text);
  texts_.push_back(
      {.name = std::move(name), .text = std::move(text), .line_starts = std::move(starts)});
  return static_cast<FileId>(texts_.size() - 1);
}

Place Sources::place(FileId file, std::uint32_t byte) const {
  const Text& source = texts_.at(index(file));
  const std::size_t line = line_of(source.line_starts, std::min(byte, size_of(source.text)));
  const Span span = line_span(file, static_cast<std::uint32_t>(line) + 1);
  std::uint32_t end = std::min(byte, span.end);
  while (end > span.begin && end < span.end && !begins_character(source.text[end])) --end;
  const std::string_view before =
      std::string_view(source.text).substr(span.begin, end - span.begin);
  const auto characters = std::count_if(before.begin(), before.end(), begins_character);
  return {.line = static_cast<std::uint32_t>(line) + 1,
          .column = static_cast<std::uint32_t>(characters) + 1};
}

std::string_view Sources::line_at(FileId file, std::uint32_t byte) const {
  const Text& source = texts_.at(index(file));
  const std::size_t line = line_of(source.line_starts, std::min(byte, size_of(source.text)));
  const Span span = line_span(file, static_cast<std::uint32_t>(line) + 1);
  return std::string_view(source.text).substr(span.begin, span.end - span.begin);
}

Span Sources::line_span(FileId file, std::uint32_t line) const {
  const Text& source = texts_.at(index(file));
  const std::uint32_t size = size_of(source.text);
  if (line == 0 || line > source.line_starts.size()) {
    return {.file = file, .begin = size, .end = size};
  }
  const std::uint32_t begin = source.line_starts[line - 1];
  if (line == source.line_starts.size()) return {.file = file, .begin = begin, .end = size};
  std::uint32_t end = source.line_starts[line] - 1;
  if (end > begin && source.text[end - 1] == '\r') --end;
  return {.file = file, .begin = begin, .end = end};
}

}  // namespace casus
