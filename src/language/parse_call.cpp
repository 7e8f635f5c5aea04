// What is written like a call: functions, laws, `prob`, and reductions over labels and over steps.
#include "base/text.hpp"
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace casus::language {
namespace {

/// "write `normal(mean, sd)`"
std::string signature_help(const Word& name) {
  const random::Law* law = random::find_law(name.text);
  if (law == nullptr) return "a law is written with its arguments: `normal(0, 1)`";
  std::vector<std::string> arguments;
  for (const random::Parameter& each : law->parameters) arguments.emplace_back(each.name);
  return fmt::format("write `{}({})`", law->name, join_text(arguments, ", "));
}

template <class Kind>
struct Form {
  std::string_view word;
  Kind kind;
};

constexpr std::array over_labels{
    Form<ReduceKind>{"sum", ReduceKind::sum},     Form<ReduceKind>{"product", ReduceKind::product},
    Form<ReduceKind>{"max", ReduceKind::max},     Form<ReduceKind>{"min", ReduceKind::min},
    Form<ReduceKind>{"any", ReduceKind::any},     Form<ReduceKind>{"all", ReduceKind::all},
    Form<ReduceKind>{"count", ReduceKind::count},
};

constexpr std::array over_steps{
    Form<StepsKind>{"any", StepsKind::any},         Form<StepsKind>{"all", StepsKind::all},
    Form<StepsKind>{"share", StepsKind::share},     Form<StepsKind>{"rate", StepsKind::rate},
    Form<StepsKind>{"total", StepsKind::total},     Form<StepsKind>{"mean", StepsKind::mean},
    Form<StepsKind>{"highest", StepsKind::highest}, Form<StepsKind>{"lowest", StepsKind::lowest},
};

template <class Kind, std::size_t size>
std::optional<Kind> find_form(const std::array<Form<Kind>, size>& forms, std::string_view word) {
  for (const Form<Kind>& form : forms) {
    if (form.word == word) return form.kind;
  }
  return std::nullopt;
}

/// True when `word ( name in set` begins a reduction over labels. `any(x in S)` is a question about
/// steps; nothing but a reduction can follow `sum(x in S`.
bool binder_ahead(Parser& in, ReduceKind kind) {
  const bool binder = in.peek(2).kind == TokenKind::word && in.is_word(in.peek(3), "in") &&
                      in.peek(4).kind == TokenKind::word;
  if (!binder) return false;
  if (kind != ReduceKind::any && kind != ReduceKind::all) return true;
  const Token& next = in.peek(5);
  return next.kind == TokenKind::colon || next.kind == TokenKind::comma ||
         next.kind == TokenKind::open_round || in.is_word(next, "if");
}

Binder read_binder(Parser& in) {
  Binder binder{.name = read_name(in, "a name, as in `d in District`")};
  in.expect_word("in");
  binder.set = read_name(in, "a set or a link");
  if (!in.accept(TokenKind::open_round)) return binder;
  do binder.link.push_back(read_expression(in));
  while (in.accept(TokenKind::comma));
  in.expect_after_value(TokenKind::close_round, "`)` after the link's label");
  return binder;
}

/// `: body`, which stands inside the brackets.
NodeId read_reduced(Parser& in, std::string_view word) {
  if (in.accept(TokenKind::colon)) return read_expression(in);
  if (in.at(TokenKind::close_round)) {
    in.fail({.code = "P025",
             .message = fmt::format("`{}` does not say of what", word),
             .primary = {in.here(), "expected `:` and an expression"},
             .help = fmt::format("write `{}(d in District: x[d])`", word)});
  } else {
    in.unexpected_after_value("`:` and the expression to reduce");
  }
  return no_node;
}

NodeId read_reduce(Parser& in, ReduceKind kind) {
  const std::uint32_t begin = in.begin();
  const std::string_view word = in.text_of(in.take());
  in.take();
  Reduce reduce{.kind = kind, .binders = {}};
  do reduce.binders.push_back(read_binder(in));
  while (in.accept(TokenKind::comma));
  if (in.accept_word("if")) reduce.condition = read_expression(in);
  if (kind != ReduceKind::count) {
    reduce.body = read_reduced(in, word);
  } else if (in.at(TokenKind::colon)) {
    in.fail({.code = "P025",
             .message = "`count` counts labels and has no `:`",
             .primary = {in.here(), ""},
             .help = "write the condition after `if`: `count(d in District if held[d] > 0)`"});
  }
  in.expect_after_value(TokenKind::close_round, "`)`");
  if (in.accept_word("default")) reduce.otherwise = read_signed(in);
  std::vector<NodeId> children{reduce.condition, reduce.body, reduce.otherwise};
  for (const Binder& binder : reduce.binders) {
    children.insert(children.end(), binder.link.begin(), binder.link.end());
  }
  return in.add(std::move(reduce), in.since(begin), children);
}

DateRange read_optional_range(Parser& in) {
  DateRange range{};
  if (!in.accept_word("from")) return range;
  range.from = read_asked_date(in);
  if (in.accept_word("to")) range.to = read_asked_date(in);
  return range;
}

NodeId read_over_steps(Parser& in, StepsKind kind) {
  const std::uint32_t begin = in.begin();
  in.take();
  in.take();
  OverSteps steps{.kind = kind, .body = read_expression(in)};
  if (in.accept_word("while")) steps.condition = read_expression(in);
  in.expect_after_value(TokenKind::close_round, "`)`");
  steps.range = read_optional_range(in);
  return in.add(steps, in.since(begin), {steps.body, steps.condition});
}

struct Arguments {
  std::vector<NodeId> values;
  std::vector<Word> names;
};

Word read_argument_name(Parser& in, bool named) {
  if (in.peek().kind != TokenKind::word || in.peek(1).kind != TokenKind::assign) return {};
  if (named) {
    Word name = in.word_of(in.take());
    in.take();
    return name;
  }
  in.take();
  in.fail(
      {.code = "P019",
       .message = "arguments of functions have no names",
       .primary = {in.here(), ""},
       .help = "write `==` to compare; only laws such as `normal(mean = 0, sd = 1)` take names"});
  return {};
}

/// From the opening bracket to the closing one. Names stand only where `named`.
Arguments read_arguments(Parser& in, bool named) {
  Arguments arguments;
  in.take();
  if (in.accept(TokenKind::close_round)) return arguments;
  bool names_begun = false;
  do {
    const Span place = in.here();
    arguments.names.push_back(read_argument_name(in, named));
    const bool has_name = !arguments.names.back().empty();
    if (names_begun && !has_name) {
      in.fail({.code = "P019",
               .message = "an argument without a name after one with a name",
               .primary = {place, ""},
               .help = "name this argument too"});
    }
    names_begun = has_name;
    arguments.values.push_back(read_inline_choice(in));
  } while (in.accept(TokenKind::comma));
  in.expect_after_value(TokenKind::close_round, "`,` or `)` after the argument");
  return arguments;
}

NodeId read_probability(Parser& in, std::uint32_t begin, Word qualifier) {
  in.take();
  in.take();
  Probability probability{.qualifier = std::move(qualifier), .event = read_expression(in)};
  if (in.accept_word("given")) probability.given = read_expression(in);
  in.expect_after_value(TokenKind::close_round, "`)`");
  const std::initializer_list<NodeId> children{probability.event, probability.given};
  return in.add(probability, in.since(begin), children);
}

NodeId read_call(Parser& in, std::uint32_t begin, Word qualifier) {
  Call call{.function = in.word_of(in.take()), .qualifier = std::move(qualifier)};
  Arguments arguments = read_arguments(in, false);
  call.arguments = std::move(arguments.values);
  call.argument_names = std::move(arguments.names);
  const bool of_a_game = call.function.text == "worth" || call.function.text == "value";
  if (of_a_game && in.accept_word("otherwise")) call.otherwise = read_signed(in);
  std::vector<NodeId> children = call.arguments;
  children.push_back(call.otherwise);
  return in.add(std::move(call), in.since(begin), children);
}

}  // namespace

NodeId read_called(Parser& in) {
  const std::uint32_t begin = in.begin();
  const std::string_view word = in.text_of(in.peek());
  if (word == "prob") return read_probability(in, begin, {});
  const std::optional<ReduceKind> reduce = find_form(over_labels, word);
  if (reduce && binder_ahead(in, *reduce)) return read_reduce(in, *reduce);
  if (reduce == ReduceKind::count) {
    in.take();
    in.take();
    in.unexpected("labels to count, as in `count(d in District if held[d] > 0)`");
    return no_node;
  }
  if (const std::optional<StepsKind> steps = find_form(over_steps, word)) {
    return read_over_steps(in, *steps);
  }
  const Planned* planned = find_planned(word);
  if (planned != nullptr) {
    fail_on_planned(in, word, planned->meanwhile);
    return no_node;
  }
  return read_call(in, begin, {});
}

NodeId read_qualified(Parser& in) {
  const std::uint32_t begin = in.begin();
  Word qualifier = read_name(in, "a game");
  in.take();
  const bool call = in.peek(1).kind == TokenKind::open_round;
  if (call && in.at_word("prob")) return read_probability(in, begin, std::move(qualifier));
  if (call && (in.at_word("worth") || in.at_word("value"))) {
    return read_call(in, begin, std::move(qualifier));
  }
  in.unexpected("`worth(...)`, `value(...)` or `prob(...)` after the game's name");
  return no_node;
}

NodeId read_first_date(Parser& in) {
  const std::uint32_t begin = in.begin();
  const bool first = in.at_word("first");
  in.take();
  in.take();
  OverSteps steps{.kind = first ? StepsKind::first_date : StepsKind::last_date,
                  .body = read_expression(in)};
  steps.range = read_optional_range(in);
  return in.add(steps, in.since(begin), {steps.body});
}

namespace {

/// `d in District: weight[d]`, where a law chooses among labels.
void read_choices(Parser& in, LawCall& law) {
  in.take();
  law.over.push_back(read_binder(in));
  law.arguments.push_back(read_reduced(in, "categorical"));
  law.argument_names.emplace_back();
  in.expect_after_value(TokenKind::close_round, "`)`");
}

}  // namespace

LawCall read_law(Parser& in) {
  const std::uint32_t begin = in.begin();
  LawCall law{.law = read_name(in, "a law such as `normal(0, 1)`")};
  if (!in.at(TokenKind::open_round)) {
    in.unexpected("`(` and the law's arguments", signature_help(law.law));
    return law;
  }
  const bool chooses = in.peek(1).kind == TokenKind::word && in.is_word(in.peek(2), "in");
  if (chooses && law.law.text == "categorical") {
    read_choices(in, law);
  } else {
    Arguments arguments = read_arguments(in, true);
    law.arguments = std::move(arguments.values);
    law.argument_names = std::move(arguments.names);
  }
  law.span = in.since(begin);
  return law;
}

}  // namespace casus::language
