// Content-Length.
#include "editor/wire.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace casus::editor {
namespace {

constexpr std::string_view length_name = "content-length:";
constexpr std::string_view blank_line = "\r\n\r\n";
constexpr std::size_t longest_message = 256U << 20U;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The number behind `Content-Length:` in a header.
std::optional<std::size_t> length_of(std::string_view header) {
  std::string small(header);
  std::transform(small.begin(), small.end(), small.begin(), lower);
  const std::size_t at = small.rfind(length_name);
  if (at == std::string::npos) return std::nullopt;
  std::size_t begin = at + length_name.size();
  while (begin < header.size() && header[begin] == ' ') ++begin;
  std::size_t length = 0;
  const auto read = std::from_chars(header.data() + begin, header.data() + header.size(), length);
  if (read.ec != std::errc{} || length > longest_message) return std::nullopt;
  return length;
}

}  // namespace

std::optional<std::string> Unframer::next() {
  while (true) {
    const std::size_t end = bytes_.find(blank_line);
    if (end == std::string::npos) return std::nullopt;
    const std::size_t begin = end + blank_line.size();
    const std::optional<std::size_t> length = length_of(std::string_view(bytes_).substr(0, end));
    if (!length) {
      bytes_.erase(0, begin);
      continue;
    }
    if (bytes_.size() - begin < *length) return std::nullopt;
    std::string message = bytes_.substr(begin, *length);
    bytes_.erase(0, begin + *length);
    return message;
  }
}

std::string framed(std::string_view message) {
  return fmt::format("Content-Length: {}\r\n\r\n{}", message.size(), message);
}

}  // namespace casus::editor
