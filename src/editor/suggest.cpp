// Completion.
#include "editor/declared.hpp"
#include "editor/features.hpp"
#include "editor/reference.hpp"
#include "language/keywords.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::editor {
namespace {

using language::TokenKind;

class Suggester {
 public:
  Suggester(const CaseView& view, const Names& names) : view_(view), names_(names) {}

  std::vector<Suggestion> take() { return std::move(list_); }

  void add(std::string text, SuggestionKind kind, std::string detail) {
    list_.push_back({.text = std::move(text), .kind = kind, .detail = std::move(detail)});
  }

  bool add_labels(const std::string& name) {
    const std::vector<std::string> labels = labels_of(view_.model, name);
    for (const std::string& label : labels) add(label, SuggestionKind::label, "of " + name);
    return !labels.empty();
  }

  void add_claims() {
    if (!view_.claims) return;
    for (const evidence::Entry& entry : view_.claims->entries()) {
      add(entry.id, SuggestionKind::reference,
          entry.statement.empty() ? entry.title : entry.statement);
    }
  }

  void add_laws() {
    for (const random::Law* law : random::laws()) {
      add(std::string(law->name), SuggestionKind::function,
          find_page(law->name).value_or(Page{}).form);
    }
  }

  void add_sets() {
    for (const language::Statement& statement : view_.model.tree.statements) {
      const auto* set = std::get_if<language::SetStatement>(&statement);
      if (set != nullptr) add(set->name.text, SuggestionKind::variable, "set");
    }
  }

  void add_parties() {
    std::vector<std::string> seen;
    for (const language::Statement& statement : view_.model.tree.statements) {
      const auto* game = std::get_if<language::GameStatement>(&statement);
      if (game == nullptr) continue;
      for (const language::MoveMenu& menu : game->moves) {
        if (std::find(seen.begin(), seen.end(), menu.player.text) != seen.end()) continue;
        seen.push_back(menu.player.text);
        add(menu.player.text, SuggestionKind::label, "player");
      }
    }
  }

  void add_statements() {
    for (const std::string& word : language::statement_words()) {
      add(word, SuggestionKind::keyword, find_page(word).value_or(Page{}).form);
    }
  }

  void add_names(const std::vector<std::string>& locals) {
    for (const std::string& name : locals) add(name, SuggestionKind::variable, "bound here");
    for (const auto& [name, number] : names_.globals()) {
      const Declared of = declared(view_.model.tree.statements[number]);
      add(name, SuggestionKind::variable,
          of.name.text == name ? std::string(of.keyword)
                               : fmt::format("of {} {}", of.keyword, of.name.text));
    }
    for (const machine::Operation& row : machine::operations()) {
      if (row.call.empty()) continue;
      add(std::string(row.call), SuggestionKind::function, std::string(row.meaning));
    }
    for (const WordRow& row : word_rows()) {
      if (language::is_statement_word(row.word)) continue;
      add(std::string(row.word), SuggestionKind::keyword, std::string(row.form));
    }
  }

 private:
  const CaseView& view_;
  const Names& names_;
  std::vector<Suggestion> list_{};
};

/// The list behind `because`.
bool in_claims(const Typed& before) {
  std::size_t back = 0;
  while (before.kind(back) == TokenKind::comma && before.kind(back + 1) == TokenKind::word) {
    back += 2;
  }
  return before.word(back) == "because";
}

bool compares_or_sets(TokenKind kind) {
  return kind == TokenKind::equal || kind == TokenKind::not_equal || kind == TokenKind::define ||
         kind == TokenKind::assign;
}

/// Labels of what stands before `==`, `:=`, `in (`, or of the set that an index runs over.
bool add_labels(const Typed& before, Suggester& into) {
  if (compares_or_sets(before.kind(0))) return into.add_labels(before.name_before(0));
  const auto open = before.open_bracket();
  if (!open) return false;
  const bool begins_item = *open == 0 || before.kind(0) == TokenKind::comma;
  if (!begins_item) return false;
  if (before.kind(*open) == TokenKind::open_round && before.word(*open + 1) == "in") {
    return into.add_labels(before.name_before(*open + 1));
  }
  return false;
}

/// Behind the colon of `data x : Set`, of which a state may have one too.
bool names_a_set(const Typed& before) {
  if (before.kind(0) != TokenKind::colon || before.open_bracket()) return false;
  return before.line().starts_with("data ") || before.line().starts_with("state ");
}

/// Whether the end of `typed` is behind a `#` that stands in no quotes.
bool is_comment(const std::string& typed) {
  bool quoted = false;
  for (const char c : typed) {
    if (c == '"') quoted = !quoted;
    if (c == '#' && !quoted) return true;
  }
  return false;
}

}  // namespace

std::vector<Suggestion> suggestions(const CaseView& view, const Names& names, const Typed& typed) {
  Suggester into(view, names);
  if (is_comment(typed.line())) return into.take();
  const bool begins = typed.line().find(' ') == std::string::npos;
  if (begins) {
    into.add_statements();
  } else if (typed.kind(0) == TokenKind::tilde) {
    into.add_laws();
  } else if (in_claims(typed)) {
    into.add_claims();
  } else if (typed.word(0) == "by") {
    into.add_parties();
  } else if (names_a_set(typed) || (typed.word(0) == "in" && typed.kind(1) == TokenKind::word)) {
    into.add_sets();
  } else if (!add_labels(typed, into)) {
    into.add_names(typed.locals());
  }
  return into.take();
}

}  // namespace casus::editor
