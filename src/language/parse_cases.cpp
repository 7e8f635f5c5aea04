// `cases` and the arms below it.
#include "language/parse_expression.hpp"
#include "language/slips.hpp"

#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

/// The arms of one `cases` as they are read.
struct Arms {
  Choice choice{};
  std::vector<NodeId> children{};
  Span otherwise{};  ///< of the word, once seen
  bool closed = false;
};

void read_arm(Parser& in, Arms& arms) {
  if (arms.closed) {
    in.fail({.code = "P018",
             .message = "an arm after `otherwise` is never reached",
             .primary = {in.here(), ""},
             .related = {{arms.otherwise, "this arm takes everything"}},
             .help = "put `otherwise` last"});
    return;
  }
  if (in.at_word("else") || in.at_word("default")) {
    return in.unexpected("a condition or `otherwise`", "the last arm is written `otherwise : x`");
  }
  if (in.at_word("if") || in.at_word("when")) {
    return in.unexpected("a condition", "an arm is written `condition : value`");
  }
  arms.closed = in.at_word("otherwise");
  if (arms.closed) {
    arms.otherwise = in.take().span;
    in.expect(TokenKind::colon, "`:` after `otherwise`");
    arms.choice.otherwise = read_value(in);
    return;
  }
  const NodeId condition = read_expression(in);
  in.expect_after_value(TokenKind::colon, "`:` and the value after the condition");
  const NodeId value = read_value(in);
  arms.choice.arms.push_back({.condition = condition, .value = value});
  arms.children.insert(arms.children.end(), {condition, value});
}

/// True when a `:` stands on the line ahead, outside brackets, as in an arm.
bool is_arm_ahead(const Parser& in) {
  constexpr std::size_t farthest = 200;
  std::size_t n_open = 0;
  for (std::size_t ahead = 0; ahead < farthest; ++ahead) {
    const Token& token = in.peek(ahead);
    if (token.kind == TokenKind::end || (ahead > 0 && token.starts_line)) return false;
    if (token.kind == TokenKind::open_round || token.kind == TokenKind::open_square) ++n_open;
    if (token.kind == TokenKind::close_round || token.kind == TokenKind::close_square) {
      n_open -= n_open > 0 ? 1U : 0U;
    }
    if (token.kind == TokenKind::colon && n_open == 0) return true;
  }
  return false;
}

/// An arm that its column keeps out of the `cases` above it.
void fail_on_crooked_arm(Parser& in, std::uint32_t column, const Span& first) {
  if (in.failed() || in.at_end() || !in.peek().starts_line || !is_arm_ahead(in)) return;
  in.fail({.code = "P008",
           .message = fmt::format("this arm begins in column {}, the arms of its `cases` in {}",
                                  in.peek().column, column),
           .primary = {in.here(), ""},
           .related = {{first, "the first arm"}},
           .help = "begin all arms of `cases` in the same column"});
}

NodeId read_cases(Parser& in) {
  const Parser::Nested nested(in);
  const std::uint32_t begin = in.begin();
  in.take();
  if (!in.at_end() && !in.peek().starts_line) {
    in.fail({.code = "P017",
             .message = "the arms of `cases` stand on lines of their own",
             .primary = {in.here(), ""},
             .help = "begin the first arm on the next line, indented deeper"});
  } else if (in.at_end()) {
    in.unexpected("arms on deeper lines below `cases`", "write `condition : value` on each line");
  }
  if (in.failed()) return no_node;
  const Layout around = in.layout();
  const std::uint32_t column = in.peek().column;
  const Span first = in.here();
  Arms arms{};
  bool complained = false;
  while (!in.at_end() && in.peek().starts_line && in.peek().column == column) {
    in.begin_item(column);
    if (complained && arms.closed) {
      in.skip_item();
    } else {
      const bool late = arms.closed;
      read_arm(in, arms);
      complained = complained || late;
      in.finish_item();
    }
    in.set_layout(around);
  }
  fail_on_crooked_arm(in, column, first);
  arms.children.push_back(arms.choice.otherwise);
  return in.add(std::move(arms.choice), in.since(begin), arms.children);
}

}  // namespace

NodeId read_value(Parser& in) { return in.at_word("cases") ? read_cases(in) : read_expression(in); }

}  // namespace casus::language
