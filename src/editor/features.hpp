// What an editor asks about a place in a case file. Answers are plain values; server.cpp makes
// messages of them.
#pragma once

#include "base/files.hpp"
#include "editor/names.hpp"

#include <string>
#include <vector>

namespace casus::editor {

/// What there is to say about a word, in Markdown: its declaration, unit and description, the
/// claims it rests on with their sources, or its page. Empty when there is nothing.
std::string hover(const CaseView& view, const Names& names, const Occurrence& word);

/// A place in a text of the case.
struct Target {
  std::string path;
  Span span{};  ///< of `view.sources`; the beginning of a file that casus did not read otherwise
  bool read = false;
};

/// Where a word comes from: its declarations, its claim, its file.
std::vector<Target> definitions(const CaseView& view, const Names& names, const Occurrence& word);

/// Kinds of the protocol's CompletionItemKind.
enum class SuggestionKind : std::uint8_t {
  function = 3,
  variable = 6,
  keyword = 14,
  reference = 18,
  label = 20,
};

struct Suggestion {
  std::string text;
  SuggestionKind kind = SuggestionKind::variable;
  std::string detail{};
};

/// What stands before a place where somebody types, without the word that is being typed.
class Typed {
 public:
  Typed(const CaseView& view, const Names& names, FileId file, std::uint32_t byte);

  std::size_t size() const { return tokens_.size(); }
  /// Counted from the last token, which is 0; `end` and an empty word before the first.
  language::TokenKind kind(std::size_t back) const;
  std::string word(std::size_t back) const;
  /// The name before token `back`, also where an index in brackets stands between.
  std::string name_before(std::size_t back) const;
  /// How far back the bracket is that is open here; nullopt when none is near.
  std::optional<std::size_t> open_bracket() const;

  const std::string& line() const { return line_; }
  const std::vector<std::string>& locals() const { return locals_; }

 private:
  const std::string& text_;
  std::vector<language::Token> tokens_{};
  std::string line_;  ///< up to the place
  std::vector<std::string> locals_{};
};

/// What may stand there, by the names of a case: as it is, or as it could last be read.
std::vector<Suggestion> suggestions(const CaseView& view, const Names& names, const Typed& typed);

struct OutlineItem {
  std::string name;
  std::string keyword;
  Span whole{};
  Span span{};  ///< of the name
  std::vector<OutlineItem> children{};
};

/// The statements of a file, and the moves of its games.
std::vector<OutlineItem> outline(const CaseView& view, FileId file);

struct Renaming {
  std::string problem{};       ///< why it cannot be; empty when it can
  std::vector<Span> places{};  ///< to be written anew
};

/// Whether a word is the name of something that the case itself declares.
bool can_rename(const Occurrence& word);

/// Where to write `name` instead. The name must be free, and the case must read the same
/// afterwards: `files` are the files as they are now.
Renaming rename(const CaseView& view, const Names& names, const Occurrence& word,
                const std::string& name, const Files& files);

}  // namespace casus::editor
