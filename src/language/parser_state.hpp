// What all parts of the parser share: where they are in the tokens, the tree they build, and how
// they fail. After a failure nothing more can be read until the item is over, so that no part has
// to ask whether the part before it succeeded.
#pragma once

#include "base/diagnostic.hpp"
#include "language/syntax.hpp"
#include "language/token.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace casus::language {

/// Where the present item ends: before the next line that begins at or before `column`, other
/// than the one with which the item began.
struct Layout {
  std::uint32_t column = 1;
  std::size_t first = 0;  ///< the item's first token
};

class Parser {
 public:
  /// `text` is the text `lexed` was made of and must stay where it is.
  Parser(const Lexed& lexed, std::string_view text, Tree& tree, Diagnostics& found)
      : lexed_(lexed), text_(text), tree_(tree), found_(found) {}

  // ---- looking

  /// The next token, or the one `ahead` after it; of kind `end` when the item ends before it.
  const Token& peek() const { return peek(0); }
  const Token& peek(std::size_t ahead) const;
  bool at_end() const { return peek().kind == TokenKind::end; }
  bool at_file_end() const { return next().kind == TokenKind::end; }
  bool at(TokenKind kind) const { return peek().kind == kind; }
  bool at_word(std::string_view word) const { return is_word(peek(), word); }
  bool is_word(const Token& token, std::string_view word) const {
    return token.kind == TokenKind::word && text_of(token) == word;
  }
  /// The token before the next one.
  const Token& previous() const { return lexed_.tokens[position_ == 0 ? 0 : position_ - 1]; }
  const Token& before_previous() const { return lexed_.tokens[position_ < 2 ? 0 : position_ - 2]; }

  std::string_view text_of(const Token& token) const { return text_of(token.span); }
  std::string_view text_of(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  /// The words or the content of the quotes.
  Word word_of(const Token& token) const;

  bool in_brackets() const { return n_open_ > 0; }

  /// The place of `peek()`; behind the last token when the item is over.
  Span here() const;
  std::uint32_t begin() const { return here().begin; }
  /// From the next token to the last on its line.
  Span line_ahead() const;
  /// From byte `begin` to the end of the token taken last.
  Span since(std::uint32_t begin) const;

  // ---- taking

  /// The next token, which is passed unless the item is over.
  const Token& take();
  /// A minus that stands before its operand alone.
  void take_sign();
  bool previous_is_sign() const { return position_ > 0 && position_ == after_sign_; }
  bool accept(TokenKind kind);
  bool accept_word(std::string_view word);
  /// Fails with "expected `expected`, found ..." when the next token is of another kind.
  bool expect(TokenKind kind, std::string_view expected);
  bool expect_word(std::string_view word);
  /// The same where an expression has just ended, and might have been meant to go on.
  bool expect_after_value(TokenKind kind, std::string_view expected);
  /// `=` of a definition.
  bool expect_assign(std::string_view after);

  // ---- failing

  void fail(Diagnostic diagnostic);
  void unexpected(std::string_view expected) { unexpected(expected, {}); }
  void unexpected(std::string_view expected, std::string help);
  void unexpected_after_value(std::string_view expected);
  /// "`(`", "the end of the line", for messages.
  std::string describe(const Token& token) const;
  bool failed() const { return failed_; }
  std::size_t n_errors() const { return n_errors_; }

  // ---- items

  Layout layout() const { return layout_; }
  void set_layout(Layout layout) { layout_ = layout; }
  /// The next token begins an item whose lines are deeper than `column`.
  void begin_item(std::uint32_t column) { layout_ = {.column = column, .first = position_}; }
  /// The item goes on to the end of this line at most.
  void limit_to_line() { layout_.column = any_column; }
  /// Reports what is left of the item and passes it. Reading may go on.
  void finish_item();
  /// Passes the rest of the item.
  void skip_item();

  // ---- building

  /// Adds a node; fails when the tree grows too deep.
  NodeId add(Expression expression, Span span, std::initializer_list<NodeId> children);
  NodeId add(Expression expression, Span span, const std::vector<NodeId>& children);
  Tree& tree() { return tree_; }

  /// One more level of nesting until the end of the scope; fails beyond the limit.
  class Nested {
   public:
    explicit Nested(Parser& in);
    ~Nested() { --in_.depth_; }
    Nested(const Nested&) = delete;
    Nested& operator=(const Nested&) = delete;

   private:
    Parser& in_;
  };

  /// Brackets, choices, signs and arms inside each other, and operators in one chain.
  static constexpr std::uint32_t deepest = 256;

 private:
  const Token& next() const { return lexed_.tokens[position_]; }
  bool ends_item(std::size_t position) const;
  bool rest_is_broken() const;
  void fail_too_deep();
  void count_bracket(TokenKind kind);
  NodeId add_at_depth(Expression expression, Span span, std::uint32_t depth);
  std::uint32_t depth_of(NodeId node) const;

  const Lexed& lexed_;
  std::string_view text_;
  Tree& tree_;
  Diagnostics& found_;
  static constexpr std::uint32_t any_column = 0xffffffffU;

  std::size_t position_ = 0;
  std::size_t after_sign_ = 0;  ///< the token behind the sign taken last
  std::uint32_t n_open_ = 0;    ///< brackets of this item that are open
  Layout layout_{};
  bool failed_ = false;
  std::size_t n_errors_ = 0;
  std::uint32_t depth_ = 0;
  std::vector<std::uint32_t> depths_{};  ///< of the nodes from `first_node_` on
  std::size_t first_node_ = tree_.size();
};

}  // namespace casus::language
