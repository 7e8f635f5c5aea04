// Words, one by one: what the tree says of them, else what a name like this can be.
#include "editor/names.hpp"

#include "editor/collect.hpp"
#include "editor/reference.hpp"

#include <algorithm>
#include <tuple>

namespace casus::editor {
namespace {

using language::Token;
using language::TokenKind;
using Kind = Symbol::Kind;

auto place_of(const Occurrence& each) { return std::pair(each.span.file, each.span.begin); }

/// The tokens of a file with their texts.
class Reader {
 public:
  Reader(const CaseView& view, const CaseFile& file)
      : text_(view.sources.text(file.id)), tokens_(file.lexed.tokens) {}

  std::string text(std::size_t i) const {
    const Span span = tokens_[i].span;
    return text_.substr(span.begin, span.end - span.begin);
  }
  bool is(std::size_t i, std::string_view word) const {
    return tokens_[i].kind == TokenKind::word && text(i) == word;
  }
  TokenKind kind(std::size_t i) const { return tokens_[i].kind; }

  /// Whether token i stands in the list behind `because`.
  bool is_claim(std::size_t i) {
    const bool follows = i > 0 && (is(i - 1, "because") ||
                                   (kind(i - 1) == TokenKind::comma && i > 1 && i - 2 == claim_));
    if (follows) claim_ = i;
    return follows;
  }
  /// What a word must be by what stands before it.
  Kind kind_by_neighbours(std::size_t i) {
    if (is_claim(i)) return Kind::claim;
    return i > 0 && kind(i - 1) == TokenKind::tilde ? Kind::law : Kind::unknown;
  }
  bool is_file(std::size_t i) const {
    return i > 0 && (is(i - 1, "include") || is(i - 1, "from") || is(i - 1, "claims"));
  }

 private:
  const std::string& text_;
  const std::vector<Token>& tokens_;
  std::size_t claim_ = static_cast<std::size_t>(-1);
};

std::string without_quotes(const std::string& text) {
  return text.size() < 2 ? text : text.substr(1, text.size() - 2);
}

/// The labels that statements write for one name, each once.
struct LabelsOf {
  const std::string& name;
  std::vector<std::string> list{};
  std::string set{};  ///< whose labels they are: `data leader : Leader`

  void add(const language::Word& label) {
    if (std::find(list.begin(), list.end(), label.text) == list.end()) list.push_back(label.text);
  }
  void add(const language::Word& of, const std::vector<language::Word>& labels) {
    if (of.text != name) return;
    for (const language::Word& label : labels) add(label);
  }
  void operator()(const language::SetStatement& at) { add(at.name, at.labels); }
  void add(const language::Word& of, const language::LabelType& type) {
    add(of, type.labels);
    if (of.text == name) set = type.set.text;
  }
  void operator()(const language::StateStatement& at) { add(at.target.name, at.of); }
  void operator()(const language::DataStatement& at) { add(at.target.name, at.of); }
  void operator()(const language::DrawStatement& at) { add(at.target.name, at.labels); }
  void operator()(const language::GameStatement& at) {
    for (const language::MoveMenu& menu : at.moves) {
      if (menu.name.text != name) continue;
      for (const language::MoveMenu::Option& option : menu.options) add(option.label);
    }
  }
  template <class Other>
  void operator()(const Other& /*at*/) {}
};

}  // namespace

Names::Names(const CaseView& view) {
  Collector(view, *this).run();
  for (const language::Set& set : view.model.sets) {
    for (const std::string& label : set.labels) labels_.insert(label);
  }
  for (const CaseFile& file : view.files) read_tokens(view, file);
  std::sort(all_.begin(), all_.end(),
            [](const Occurrence& a, const Occurrence& b) { return place_of(a) < place_of(b); });
}

void Names::read_tokens(const CaseView& view, const CaseFile& file) {
  Reader in(view, file);
  for (std::size_t i = 0; i < file.lexed.tokens.size(); ++i) {
    const Token& token = file.lexed.tokens[i];
    const auto told = told_.find({token.span.file, token.span.begin});
    if (told != told_.end()) {
      all_.push_back(told->second);
    } else if (token.kind == TokenKind::text && in.is_file(i)) {
      all_.push_back({token.span, {.kind = Kind::file, .text = without_quotes(in.text(i))}});
    } else if (token.kind == TokenKind::word) {
      const StatementRange* statement = view.statement_at(token.span.file, token.span.begin);
      const Kind kind = in.kind_by_neighbours(i);
      all_.push_back({token.span, kind == Kind::unknown
                                      ? meaning_of(in.text(i), statement)
                                      : Symbol{.kind = kind, .text = in.text(i)}});
    }
  }
}

Symbol Names::meaning_of(const std::string& text, const StatementRange* statement) const {
  if (statement != nullptr && locals_.contains({statement->statement, text})) {
    return {.kind = Kind::local, .text = text, .statement = statement->statement};
  }
  if (globals_.contains(text)) return {.kind = Kind::global, .text = text};
  if (labels_.contains(text)) return {.kind = Kind::label, .text = text};
  if (find_page(text)) return {.kind = Kind::word, .text = text};
  return {.kind = Kind::unknown, .text = text};
}

const Occurrence* Names::at(FileId file, std::uint32_t byte) const {
  const auto after = std::upper_bound(
      all_.begin(), all_.end(), std::pair(file, byte),
      [](const auto& place, const Occurrence& each) { return place < place_of(each); });
  if (after == all_.begin()) return nullptr;
  const Occurrence& found = *std::prev(after);
  return found.span.file == file && byte <= found.span.end ? &found : nullptr;
}

std::vector<Occurrence> Names::all_of(const Symbol& symbol) const {
  std::vector<Occurrence> found;
  std::copy_if(all_.begin(), all_.end(), std::back_inserter(found),
               [&symbol](const Occurrence& each) { return each.symbol == symbol; });
  return found;
}

std::optional<std::uint32_t> Names::statement_of(const Symbol& symbol) const {
  if (symbol.kind == Kind::local) return symbol.statement;
  const auto& names = symbol.kind == Kind::variant ? variants_ : globals_;
  const auto at = names.find(symbol.text);
  if (symbol.kind != Kind::variant && symbol.kind != Kind::global) return std::nullopt;
  return at == names.end() ? std::nullopt : std::optional(at->second);
}

std::vector<std::string> Names::locals_of(std::uint32_t statement) const {
  std::vector<std::string> names;
  for (auto at = locals_.lower_bound({statement, ""});
       at != locals_.end() && at->first == statement; ++at) {
    names.push_back(at->second);
  }
  return names;
}

std::vector<std::string> labels_of(const language::Model& model, const std::string& name) {
  for (const language::Set& set : model.sets) {
    if (set.name.text == name) return set.labels;
  }
  LabelsOf labels{.name = name};
  for (const language::Statement& statement : model.tree.statements) std::visit(labels, statement);
  if (labels.list.empty() && !labels.set.empty() && labels.set != name)
    return labels_of(model, labels.set);
  return std::move(labels.list);
}

}  // namespace casus::editor
