// Places as editors count them: lines from zero, columns in UTF-16 units; and names of files.
#pragma once

#include "base/source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace casus::editor {

struct Position {
  std::size_t line = 0;
  std::size_t character = 0;  ///< UTF-16 units before it in its line

  friend bool operator==(const Position&, const Position&) = default;
};

/// What a text takes in UTF-16; a byte that is no UTF-8 counts as one unit.
std::size_t utf16_length(std::string_view text);

/// The place of a byte; past the end counts as the end.
Position position_of(const Sources& sources, FileId file, std::uint32_t byte);

/// The byte at a place. What is past the end of a line is its end, past the last line the end.
std::uint32_t byte_at(const Sources& sources, FileId file, Position position);

/// "/a b" of "file:///a%20b"; nullopt for what is no file.
std::optional<std::string> path_of_uri(std::string_view uri);
std::string uri_of_path(std::string_view path);

}  // namespace casus::editor
