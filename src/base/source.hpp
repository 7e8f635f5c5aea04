// Texts that a person wrote, and places in them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace casus {

/// Index of a text in `Sources`.
enum class FileId : std::uint32_t {};

/// Bytes [begin, end) of one text.
struct Span {
  FileId file{};
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

/// The smallest span that holds both; they are in the same text.
Span join(Span first, Span last);

/// A place as a person counts: line and column from one, columns in characters, not bytes.
struct Place {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

/// Every text read so far, so that a message can show the line it is about. Lines end in "\n" or
/// "\r\n". Texts are shorter than 4 GiB.
class Sources {
 public:
  FileId add(std::string name, std::string text);

  const std::string& name(FileId file) const { return texts_.at(index(file)).name; }
  const std::string& text(FileId file) const { return texts_.at(index(file)).text; }

  /// A byte past the end counts as the end, one inside a character as its first.
  Place place(FileId file, std::uint32_t byte) const;

  /// The line that holds `byte`, without its line break.
  std::string_view line_at(FileId file, std::uint32_t byte) const;

  /// Line `line` (from one), empty when the text has fewer.
  Span line_span(FileId file, std::uint32_t line) const;

  std::size_t size() const { return texts_.size(); }

 private:
  struct Text {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };

  static std::size_t index(FileId file) { return static_cast<std::size_t>(file); }

  std::vector<Text> texts_;
};

}  // namespace casus
