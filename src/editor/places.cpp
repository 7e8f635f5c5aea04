// UTF-8 to UTF-16 places, and percent signs.
#include "editor/places.hpp"

#include "language/characters.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::editor {
namespace {

constexpr std::string_view scheme = "file://";

struct Step {
  std::size_t bytes;
  std::size_t units;
};

Step step_at(std::string_view text, std::size_t at) {
  constexpr char32_t first_of_two_units = 0x10000;
  const language::Character character = language::decode(text, at);
  if (character.length == 0) return {1, 1};
  return {character.length, character.code >= first_of_two_units ? 2U : 1U};
}

std::optional<int> hex(char c) {
  constexpr int ten = 10;
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + ten;
  if (c >= 'A' && c <= 'F') return c - 'A' + ten;
  return std::nullopt;
}

bool is_plain(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("/-_.~").find(c) != std::string_view::npos;
}

}  // namespace

std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Step step = step_at(text, at);
    at += step.bytes;
    units += step.units;
  }
  return units;
}

Position position_of(const Sources& sources, FileId file, std::uint32_t byte) {
  const Place place = sources.place(file, byte);
  const Span line = sources.line_span(file, place.line);
  const std::uint32_t end = std::clamp(byte, line.begin, line.end);
  const std::string_view text = sources.text(file);
  return {place.line - 1U, utf16_length(text.substr(line.begin, end - line.begin))};
}

std::uint32_t byte_at(const Sources& sources, FileId file, Position position) {
  constexpr std::size_t most_lines = 0xfffffffeU;
  const std::string_view text = sources.text(file);
  const auto number = static_cast<std::uint32_t>(std::min(position.line, most_lines) + 1);
  const Span line = sources.line_span(file, number);
  std::size_t at = line.begin;
  for (std::size_t units = 0; at < line.end && units < position.character;) {
    const Step step = step_at(text, at);
    at += step.bytes;
    units += step.units;
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(at, line.end));
}

std::optional<std::string> path_of_uri(std::string_view uri) {
  constexpr int sixteen = 16;
  if (uri.substr(0, scheme.size()) != scheme) return std::nullopt;
  uri.remove_prefix(scheme.size());
  uri.remove_prefix(std::min(uri.find('/'), uri.size()));  // the machine, if it is named
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    const auto high = uri[i] == '%' && i + 2 < uri.size() ? hex(uri[i + 1]) : std::nullopt;
    const auto low = high ? hex(uri[i + 2]) : std::nullopt;
    if (low) {
      path += static_cast<char>(*high * sixteen + *low);
      i += 2;
    } else {
      path += uri[i];
    }
  }
  if (path.empty()) return std::nullopt;
  return path;
}

std::string uri_of_path(std::string_view path) {
  std::string uri(scheme);
  for (const char c : path) {
    uri += is_plain(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return uri;
}

}  // namespace casus::editor
