// What a case of rows may not ask: dates, the length of a step, and one step after another.
#include "language/declare.hpp"

#include <array>
#include <fmt/format.h>
#include <string_view>

namespace casus::language {

namespace {

/// Calls that ask about time.
constexpr std::array of_dates{"since", "during", "pulse", "half_life"};
constexpr std::array of_the_past{"averaged", "lagged", "slope"};

template <std::size_t size>
bool is_among(const std::array<const char*, size>& words, std::string_view word) {
  for (const char* each : words) {
    if (word == each) return true;
  }
  return false;
}

class Refusal {
 public:
  Refusal(const Tree& tree, Diagnostics& found) : tree_(tree), found_(found) {}

  void run() {
    for (const Statement& statement : tree_.statements) {
      std::visit([this](const auto& at) { read(at); }, statement);
    }
    for (std::uint32_t node = 0; node < tree_.size(); ++node) {
      span_ = tree_[NodeId{node}].span;
      std::visit([this](const auto& at) { visit(at); }, tree_[NodeId{node}].expression);
    }
  }

 private:
  /// Something that dates or the length of a step would be needed for.
  void timeless(Span span, std::string message, std::string help) {
    found_.add({.code = "T107",
                .message = std::move(message),
                .primary = {span, {}},
                .help = std::move(help)});
  }

  /// Something that would tie rows together.
  void apart(Span span, std::string message, std::string help) {
    found_.add({.code = "O113",
                .message = std::move(message),
                .primary = {span, {}},
                .help = std::move(help)});
  }

  void range(const DateRange& range, std::string_view what) {
    if (!range.written()) return;
    timeless(tree_[range.from == no_node ? range.to : range.from].span,
             fmt::format("{} is over dates, and the rows of this case have none", what),
             "choose rows by a column of theirs: `mean(x while year >= 1945)`");
  }

  // ---- statements

  template <class Other>
  void read(const Other& /*statement*/) {}

  void read(const StateStatement& state) {
    apart(state.target.name.span,
          fmt::format("`{}` is a state, and the rows of this case do not follow each other",
                      state.target.name.text),
          "write what a row knows as `data`, and what follows from it as `let`");
  }

  void read(const TreatyStatement& treaty) {
    apart(treaty.name.span,
          fmt::format("`{}` would set states, and a case of rows has none", treaty.name.text),
          "leave it out");
  }

  void read(const EventStatement& event) {
    timeless(event.name.span,
             fmt::format("`{}` has dates, and the rows of this case have none", event.name.text),
             "give the rows a column that says where it holds");
  }

  void read(const StartStatement& start) {
    timeless(start.name.span, "a start is at a date, and the rows of this case have none",
             "leave it out");
  }

  void read(const WhatifStatement& whatif) {
    for (const Intervention& line : whatif.lines) {
      range(line.range, "this change");
      if (line.at == no_node) continue;
      timeless(tree_[line.at].span, "this change is at a date, and the rows of this case have none",
               "leave `at` out");
    }
  }

  void read(const ObserveStatement& observe) {
    range(observe.over, "this total");
    no_dates(observe.date_column);
  }

  void read(const DataStatement& data) {
    no_dates(data.date_column);
    if (!data.linear && !data.allow_gaps && !data.extend_before && !data.extend_after) return;
    timeless(data.target.name.span,
             fmt::format("`{}` says how it goes on between dates, and rows have none",
                         data.target.name.text),
             "leave `linear` and `held` out");
  }

  void no_dates(const Word& column) {
    if (column.empty()) return;
    timeless(column.span, "the rows of this case have no dates", "leave `date` out");
  }

  void read(const DrawStatement& draw) {
    if (draw.when == DrawStatement::When::step) return;
    apart(draw.target.name.span,
          fmt::format("`{}` would be one draw for several rows, which are independent",
                      draw.target.name.text),
          "write a `param` with a prior for what all rows share");
  }

  void read(const GameStatement& game) {
    for (const MoveMenu& menu : game.moves) {
      for (const MoveMenu::Option& option : menu.options) {
        if (option.per.empty()) continue;
        timeless(option.per.span, "a row has no length, so nobody waits in it",
                 "write `(status quo)`, or put a constant into the payoffs");
      }
    }
  }

  // ---- expressions

  template <class Other>
  void visit(const Other& /*expression*/) {}

  void visit(const Name& at) {
    if (at.word.quoted || at.word.text != "dt") return;
    timeless(span_, "`dt` is the length of a step, and a row has none", "leave it out");
  }

  void visit(const Call& at) {
    const std::string& name = at.function.text;
    if (is_among(of_dates, name))
      timeless(span_,
               fmt::format("`{}` asks about time, and the rows of this case have none", name),
               "give the rows a column that says where it holds");
    if (is_among(of_the_past, name))
      apart(
          span_,
          fmt::format("`{}` looks back, and the rows of this case do not follow each other", name),
          "give the rows a column with the earlier value");
  }

  void visit(const AtDate& /*at*/) {
    timeless(span_, "`at` asks for a date, and the rows of this case have none",
             "reduce over rows: `mean(x)`, or `mean(x while id == 17)` for one of them");
  }

  void visit(const InRange& /*at*/) {
    timeless(span_, "this is a range of dates, and the rows of this case have none", {});
  }

  void visit(const OverSteps& at) {
    range(at.range, "this reduction");
    const bool dated = at.kind == StepsKind::first_date || at.kind == StepsKind::last_date;
    if (dated || at.kind == StepsKind::rate)
      timeless(span_, "the rows of this case have no dates and no length",
               "count them: `share(x)`, `total(x)`");
  }

  const Tree& tree_;
  Diagnostics& found_;
  Span span_{};
};

}  // namespace

void refuse_time(const Tree& tree, Diagnostics& found) { Refusal(tree, found).run(); }

}  // namespace casus::language
