// Half-typed texts: whatever stands in the editor, every question has an answer.
#include "editor/client.hpp"

#include <array>
#include <random>

namespace casus::editor {
namespace {

class Typing : public Client {
 protected:
  /// Asks everything at a place; answers are valid whatever they are.
  void ask_all(const Json& place) {
    for (const std::string what : {"hover", "definition", "references", "completion",
                                   "prepareRename", "documentHighlight"}) {
      (void)answer("textDocument/" + what, place);
    }
    Json renaming = place;
    renaming["newName"] = "fresh_name";
    (void)answer("textDocument/rename", renaming);
    (void)answer("textDocument/documentSymbol", place);
    (void)answer("textDocument/formatting", place);
  }

  /// The last place of a text.
  static Json end_of(const std::string& path, const std::string& text) {
    Sources sources;
    const FileId file = sources.add("", text);
    const Position end = position_of(sources, file, static_cast<std::uint32_t>(text.size()));
    return place(path, end.line, end.character);
  }

  /// Places of diagnostics lie in the texts.
  void examine(const std::string& path, const std::string& text) {
    const auto n_lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const Json& each : diagnostics(path)) {
      EXPECT_LT(each["range"]["start"]["line"].get<std::size_t>(), n_lines) << text;
      EXPECT_LE(each["range"]["start"], each["range"]["end"]) << text;
    }
  }
};

TEST_F(Typing, EveryBeginningOfAText) {
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  const std::string whole = part_text();
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    change(part_path, whole.substr(0, size));
    ask_all(end_of(part_path, whole.substr(0, size)));
    if (size % 8 == 0) examine(part_path, whole.substr(0, size));
  }
  EXPECT_EQ(diagnostics(part_path), Json::array());
}

TEST_F(Typing, RandomChanges) {
  constexpr std::array<std::string_view, 16> parts{
      "",         "\n",    "\r\n", "    ", "\"",     "(",     "]",  "\xF0\x9F\x98\x80",
      "\xC3\xA9", "cases", " = ",  "in",   "attack", "whole", "\t", "case \"x\"\n"};
  start();
  open(main_path, main_text());
  open(part_path, part_text());
  std::mt19937_64 engine(11);
  for (int round = 0; round < 300; ++round) {
    const bool main = engine() % 2 == 0;
    std::string text = main ? main_text() : part_text();
    std::size_t at = 0;
    for (std::size_t n = 1 + engine() % 3; n > 0; --n) {
      at = engine() % (text.size() + 1);
      while (at > 0 && at < text.size() &&
             (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) {
        --at;
      }
      text.insert(at, parts.at(engine() % parts.size()));
    }
    const char* const path = main ? main_path : part_path;
    change(path, text);
    ask_all(end_of(path, text.substr(0, at)));
    examine(path, text);
  }
}

}  // namespace
}  // namespace casus::editor
