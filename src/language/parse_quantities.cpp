// Parameters, functions, states, lets, draws and measures.
#include "language/clauses.hpp"
#include "language/excerpts.hpp"
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <array>
#include <fmt/format.h>

namespace casus::language {
namespace {

constexpr std::array param_clauses{ClauseWord{"base"}};
constexpr std::array state_clauses{ClauseWord{"then"}, ClauseWord{"outside"}};
constexpr std::array draw_clauses{ClauseWord{"by"}, ClauseWord{"once"}};
constexpr std::array measure_clauses{ClauseWord{"given"}};

/// What follows the start value when `then` was forgotten.
void fail_on_missing_then(Parser& in) {
  const bool value =
      in.at_word("cases") ||
      (in.peek().starts_line && in.peek().kind == TokenKind::word &&
       !is_reserved(in.text_of(in.peek())) && !in.at_word("outside") && !in.at_word("then"));
  if (!value) return;
  in.fail({.code = "P022",
           .message = fmt::format("expected `then` before the state's next value, found {}",
                                  in.describe(in.peek())),
           .primary = {in.here(), ""},
           .help = "a state is written `state x = START` and `then NEXT`"});
}

DrawStatement::When read_frequency(Parser& in) {
  if (in.accept_word("year")) return DrawStatement::When::year;
  in.unexpected("`year` after `by`", "a draw is made in every step, `by year`, or `once`");
  return DrawStatement::When::step;
}

}  // namespace

Statement read_param(Parser& in) {
  ParamStatement param{.target = read_target(in, "a name for the parameter")};
  if (in.accept(TokenKind::tilde)) {
    param.prior = read_law(in);
  } else if (in.at(TokenKind::equal) || in.at(TokenKind::define) || in.at(TokenKind::assign)) {
    in.expect_assign("the name");
    param.value = read_expression(in);
  } else {
    in.unexpected("`~` and a law, or `=` and a value",
                  fmt::format("write `param {0} ~ normal(0, 1)` to draw it, `param {0} = 3` to fix "
                              "it",
                              excerpt(param.target.name.text)));
  }
  ClauseReader clauses(in, "param", param_clauses, param.clauses, false);
  while (!clauses.next().empty()) param.base = read_expression(in);
  return param;
}

Statement read_function(Parser& in) {
  const std::string_view name = in.text_of(in.peek());
  const Planned* planned = find_planned(name);
  const bool taken =
      is_built_in_form(name) || (planned != nullptr && in.peek(1).kind == TokenKind::open_round);
  if (in.at(TokenKind::word) && taken) {
    in.fail({.code = "P010",
             .message = fmt::format("`{}` is built in and cannot be defined again", name),
             .primary = {in.here(), ""},
             .help = "choose another name"});
  }
  FunctionStatement function{.name = read_name(in, "a name for the function"), .parameters = {}};
  function.parameters = read_parameters(in);
  in.expect_assign("the arguments");
  function.body = read_value(in);
  read_common_clauses(in, "function", function.clauses);
  return function;
}

Statement read_state(Parser& in) {
  StateStatement state{.target = read_target(in, "a name for the state")};
  if (in.accept(TokenKind::colon)) state.of = read_label_type(in);
  if (in.at(TokenKind::open_brace)) {
    in.unexpected("`:` before the labels", "write `state phase : {peace, war} = war`");
  }
  in.expect_assign(state.of.written() ? "the labels" : "the name");
  state.initial = read_value(in);
  ClauseReader clauses(in, "state", state_clauses, state.clauses, false);
  fail_on_missing_then(in);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "then") state.next = read_value(in);
    if (word == "outside") state.outside = read_name(in, "data over the larger set");
  }
  return state;
}

Statement read_let(Parser& in) {
  LetStatement let{.target = read_target(in, "a name for the value")};
  if (in.at(TokenKind::tilde)) {
    in.unexpected("`=` after the name", "chance is written `draw x ~ normal(0, 1)`");
  }
  in.expect_assign("the name");
  let.value = read_value(in);
  read_common_clauses(in, "let", let.clauses);
  return let;
}

Statement read_draw(Parser& in) {
  DrawStatement draw{.target = read_target(in, "a name for the draw"), .law = {}};
  if (in.accept(TokenKind::colon)) {
    if (in.at(TokenKind::word)) {
      const std::string name = excerpt(draw.target.name.text);
      in.unexpected("`{` and the labels",
                    fmt::format("a label of a set is drawn by `draw {} ~ categorical(s in {}: 1)`",
                                name, excerpt(in.text_of(in.peek()))));
    }
    draw.labels = read_braced_labels(in);
  }
  in.expect(TokenKind::tilde, "`~` and a law");
  draw.law = read_law(in);
  ClauseReader clauses(in, "draw", draw_clauses, draw.clauses, false);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    draw.when = word == "once" ? DrawStatement::When::once : read_frequency(in);
  }
  return draw;
}

Statement read_measure(Parser& in) {
  MeasureStatement measure{.target = read_target(in, "a name for the measure")};
  in.expect_assign("the name");
  measure.value = read_value(in);
  ClauseReader clauses(in, "measure", measure_clauses, measure.clauses, false);
  while (!clauses.next().empty()) {
    if (in.at_word("record") && in.is_word(in.peek(1), "until")) {
      fail_on_planned(in, "given record until", "the record ends where its file ends");
    }
    measure.given = read_expression(in);
  }
  return measure;
}

}  // namespace casus::language
