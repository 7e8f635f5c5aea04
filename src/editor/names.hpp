// What each word of a case's files means: where it is declared and where else it stands.
#pragma once

#include "editor/view.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace casus::editor {

struct Symbol {
  enum class Kind : std::uint8_t {
    unknown,
    global,   ///< a set, a quantity, a function, a link, a game, a treaty
    variant,  ///< an explanation, a what-if, a start
    local,    ///< bound in one statement, or a `let` of a game
    label,
    claim,
    law,
    word,  ///< of the language, or a function of it
    file,
    column,
  };
  Kind kind = Kind::unknown;
  std::string text{};
  std::uint32_t statement = 0;  ///< of a local

  friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// A word at its place.
struct Occurrence {
  Span span{};
  Symbol symbol{};
  bool declares = false;
};

class Names {
 public:
  explicit Names(const CaseView& view);

  /// The word at a place, also just behind it; nullptr when there is none.
  const Occurrence* at(FileId file, std::uint32_t byte) const;
  /// What the name means outside of any statement.
  Symbol find(const std::string& name) const { return meaning_of(name, nullptr); }
  std::vector<Occurrence> all_of(const Symbol& symbol) const;
  /// The statement that declares a global or a variant.
  std::optional<std::uint32_t> statement_of(const Symbol& symbol) const;

  /// Names that the case declares anywhere, labels left out.
  const std::map<std::string, std::uint32_t>& globals() const { return globals_; }
  const std::set<std::string>& labels() const { return labels_; }
  std::vector<std::string> locals_of(std::uint32_t statement) const;

 private:
  friend class Collector;

  void read_tokens(const CaseView& view, const CaseFile& file);
  Symbol meaning_of(const std::string& text, const StatementRange* statement) const;

  std::map<std::string, std::uint32_t> globals_{};  ///< with their statements
  std::map<std::string, std::uint32_t> variants_{};
  std::set<std::pair<std::uint32_t, std::string>> locals_{};
  std::set<std::string> labels_{};
  /// What the tree says about the words at some places: (file, first byte).
  std::map<std::pair<FileId, std::uint32_t>, Occurrence> told_{};
  std::vector<Occurrence> all_{};  ///< in order of places
};

/// Labels that a set, a state or a move of this name can have; empty when there is none.
std::vector<std::string> labels_of(const language::Model& model, const std::string& name);

}  // namespace casus::editor
