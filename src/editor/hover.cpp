// Hovering, definitions, outlines.
#include "base/text.hpp"
#include "editor/declared.hpp"
#include "editor/features.hpp"
#include "editor/reference.hpp"
#include "language/includes.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::editor {
namespace {

using Kind = Symbol::Kind;

std::string text_at(const CaseView& view, Span span) {
  return view.sources.text(span.file).substr(span.begin, span.end - span.begin);
}

std::string code(const std::string& text) { return fmt::format("```casus\n{}\n```\n", text); }

/// "**c041** what it says (the source, high reliability)"
std::string claim_text(const evidence::Register& claims, const std::string& id) {
  const evidence::Entry* entry = claims.find(id);
  if (entry == nullptr) return fmt::format("**{}** is not in the file of claims", id);
  const std::string& words = entry->statement.empty() ? entry->title : entry->statement;
  std::string text = fmt::format("**{}** {}", id, words);
  const evidence::Entry* source = claims.find(entry->source);
  if (source != nullptr) {
    text += fmt::format(" ({}, {} reliability)", source->title.empty() ? source->id : source->title,
                        evidence::name_of(source->reliability));
  } else if (!entry->claims.empty()) {
    text += fmt::format(" (from {})", join_text(entry->claims, ", "));
  }
  return text;
}

std::string rests_on(const CaseView& view, const language::Clauses& clauses) {
  if (clauses.because.claims.empty()) return {};
  std::string text = "\nRests on:\n";
  for (const language::Word& word : clauses.because.claims) {
    text += fmt::format("- {}\n", view.claims ? claim_text(*view.claims, word.text)
                                              : fmt::format("**{}**", word.text));
  }
  return text;
}

/// "move of Azerbaijan in the game crisis: hold, clash" when the name is one of the game's moves.
std::string move_text(const CaseView& view, const language::GameStatement& game,
                      const std::string& name) {
  for (const language::MoveMenu& menu : game.moves) {
    if (menu.name.text != name) continue;
    return fmt::format("move of {} in the game `{}`: {}\n", menu.player.text, game.name.text,
                       join_text(labels_of(view.model, name), ", "));
  }
  for (const language::EndsLine& ends : game.ends) {
    if (ends.name.text == name) return fmt::format("ends of the game `{}`\n", game.name.text);
  }
  for (const language::GameLet& let : game.lets) {
    if (let.name.text == name) return fmt::format("let of the game `{}`\n", game.name.text);
  }
  return {};
}

/// The line of a place, without the blanks before it.
std::string line_of(const CaseView& view, Span span) {
  return std::string(trim(view.sources.line_at(span.file, span.begin)));
}

std::string labels_text(const CaseView& view, const std::string& name) {
  constexpr std::size_t most = 12;
  std::vector<std::string> labels = labels_of(view.model, name);
  if (labels.empty()) return {};
  const std::size_t n_labels = labels.size();
  if (n_labels > most) labels.resize(most);
  return fmt::format("\n{} labels: {}{}\n", n_labels, join_text(labels, ", "),
                     n_labels > most ? ", ..." : "");
}

std::string declaration(const CaseView& view, const Names& names, const Occurrence& word) {
  const auto number = names.statement_of(word.symbol);
  if (!number) return {};
  const language::Statement& statement = view.model.tree.statements[*number];
  const Declared of = declared(statement);
  const auto* game = std::get_if<language::GameStatement>(&statement);
  const bool inside = word.symbol.text != of.name.text;
  const std::vector<Occurrence> all = names.all_of(word.symbol);
  const auto first =
      std::find_if(all.begin(), all.end(), [](const Occurrence& each) { return each.declares; });
  const Span span = first == all.end() ? view.model.tree.statement_spans[*number] : first->span;
  std::string text = code(line_of(view, span));
  if (word.symbol.kind == Kind::local && game == nullptr) {
    return text + fmt::format("bound in this {}\n", of.keyword);
  }
  if (game != nullptr && inside) {
    text += move_text(view, *game, word.symbol.text);
  } else {
    text += std::string(of.keyword);
    if (of.clauses != nullptr && !of.clauses->unit.empty()) {
      text += fmt::format(", unit {}", of.clauses->unit.text);
    }
    text += '\n';
  }
  if (of.clauses == nullptr) return text;
  if (!of.clauses->description.empty() && !inside) text += '\n' + of.clauses->description + '\n';
  if (!inside) text += labels_text(view, word.symbol.text);
  return text + rests_on(view, *of.clauses);
}

std::string label_text(const CaseView& view, const std::string& label) {
  std::vector<std::string> owners;
  for (const language::Domain& domain : view.model.domains) {
    const bool has =
        std::find(domain.labels.begin(), domain.labels.end(), label) != domain.labels.end();
    if (has && std::find(owners.begin(), owners.end(), domain.name) == owners.end()) {
      owners.push_back(domain.name);
    }
  }
  return owners.empty() ? fmt::format("`{}`: a label\n", label)
                        : fmt::format("`{}`: a label of {}\n", label, join_text(owners, ", "));
}

std::string page_text(const std::string& name) {
  const std::optional<Page> page = find_page(name);
  if (!page) return {};
  return code(page->form) + fmt::format("{}\n\n{}\n", page->sort, page->meaning);
}

}  // namespace

std::string hover(const CaseView& view, const Names& names, const Occurrence& word) {
  switch (word.symbol.kind) {
    case Kind::global:
    case Kind::variant:
    case Kind::local: return declaration(view, names, word);
    case Kind::label: return label_text(view, word.symbol.text);
    case Kind::claim: return view.claims ? claim_text(*view.claims, word.symbol.text) + '\n' : "";
    case Kind::law:
    case Kind::word: return page_text(word.symbol.text);
    default: return {};
  }
}

std::vector<Target> definitions(const CaseView& view, const Names& names, const Occurrence& word) {
  const auto target = [&view](Span span) {
    return Target{.path = view.sources.name(span.file), .span = span, .read = true};
  };
  if (word.symbol.kind == Kind::claim) {
    const evidence::Entry* entry = view.claims ? view.claims->find(word.symbol.text) : nullptr;
    return entry == nullptr ? std::vector<Target>{} : std::vector{target(entry->span)};
  }
  if (word.symbol.kind == Kind::file) {
    return {Target{
        .path = language::resolve_path(view.sources.name(word.span.file), word.symbol.text)}};
  }
  std::vector<Target> found;
  for (const Occurrence& each : names.all_of(word.symbol)) {
    if (each.declares) found.push_back(target(each.span));
  }
  return found;
}

std::vector<OutlineItem> outline(const CaseView& view, FileId file) {
  std::vector<OutlineItem> items;
  for (const StatementRange& range : view.statements) {
    if (range.span.file != file) continue;
    const language::Statement& statement = view.model.tree.statements[range.statement];
    const Declared of = declared(statement);
    OutlineItem item{.name = of.name.text,
                     .keyword = std::string(of.keyword),
                     .whole = range.span,
                     .span = of.name.span};
    const bool inside = item.span.file == file && item.span.begin >= range.span.begin &&
                        item.span.end <= range.span.end;
    if (!inside || item.name.empty()) item.span = range.span;
    if (item.name.empty()) item.name = text_at(view, range.span).substr(0, 60);
    if (const auto* game = std::get_if<language::GameStatement>(&statement)) {
      for (const language::MoveMenu& menu : game->moves) {
        item.children.push_back({.name = menu.name.text,
                                 .keyword = "move of " + menu.player.text,
                                 .whole = menu.name.span,
                                 .span = menu.name.span});
      }
    }
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace casus::editor
