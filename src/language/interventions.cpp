// Which lines of a start and a what-if hold in which steps.
#include "language/interventions.hpp"

#include "language/step_range.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

using Kind = Quantity::Kind;

namespace {

QuantityId target_of(const Model& model, const Intervention& line) {
  return model.quantity_named.at(line.target.name.text);
}

bool is_move(const Model& model, const Intervention& line) {
  return model[target_of(model, line)].kind == Kind::move;
}

/// Nobody comes to reckon with the move: as the line says, or because rows know nothing of each
/// other.
bool never_learnt(const Model& model, const Intervention& line) {
  return line.unforeseen || model.steps.kind == Steps::Kind::rows;
}

/// A move that others do not reckon with when it is first made, and do from then on.
bool surprises_once(const Model& model, const Intervention& line) {
  return is_move(model, line) && !line.commits && !never_learnt(model, line);
}

void add_lines(const Model& model, const std::vector<Intervention>& block,
               std::vector<LineSteps>& lines) {
  for (const Intervention& line : block) {
    if (line.at != no_node) {
      const std::uint32_t step = first_step_meeting(model, line.at);
      if (meets_time(model, line.at)) lines.push_back({&line, step, step});
      continue;
    }
    const StepRange range = steps_of(model, line.range);
    if (!range.empty) lines.push_back({&line, range.first, range.last});
  }
}

/// Whether a menu of the games with this move offers this option.
bool is_offered(const Model& model, QuantityId move, std::uint32_t option) {
  for (std::size_t g = 0; g < model.games.size(); ++g) {
    for (const GameMove& in : model.games[g].moves) {
      if (in.move != move) continue;
      const bool here = std::any_of(in.menus.begin(), in.menus.end(), [&](std::uint32_t menu) {
        const auto& options = model.options[g][menu];
        return std::find(options.begin(), options.end(), option) != options.end();
      });
      if (here) return true;
    }
  }
  return false;
}

}  // namespace

std::vector<LineSteps> intervention_lines(const Model& model, const Variant& variant) {
  std::vector<LineSteps> lines;
  for (const std::uint32_t number : model.starts) {
    const auto& start = model.statement<StartStatement>(number);
    if (start.name.text == variant.start) add_lines(model, start.lines, lines);
  }
  for (const std::uint32_t number : model.whatifs) {
    const auto& whatif = model.statement<WhatifStatement>(number);
    if (whatif.name.text == variant.whatif) add_lines(model, whatif.lines, lines);
  }
  return lines;
}

std::uint32_t first_result_step(const Model& model, const Variant& variant) {
  for (const std::uint32_t number : model.starts) {
    const auto& start = model.statement<StartStatement>(number);
    if (start.name.text == variant.start)
      return std::min(first_step_meeting(model, start.at), model.steps.count - 1);
  }
  return 0;
}

std::vector<ActiveLine> active_in(const Model& model, const std::vector<LineSteps>& lines,
                                  std::uint32_t step) {
  std::vector<ActiveLine> result;
  for (const LineSteps& at : lines) {
    if (step < at.first || step > at.last) continue;
    ActiveLine active{at.line, target_of(model, *at.line), ActiveLine::Mode::replace};
    if (is_move(model, *at.line)) {
      const bool surprise =
          !at.line->commits && (never_learnt(model, *at.line) || step == at.first);
      active.mode = surprise ? ActiveLine::Mode::surprise : ActiveLine::Mode::expected;
    }
    result.push_back(active);
  }
  return result;
}

std::vector<std::uint32_t> boundaries(const Model& model, const std::vector<LineSteps>& lines) {
  std::vector<std::uint32_t> result{0, model.steps.count};
  for (const LineSteps& at : lines) {
    result.push_back(at.first);
    result.push_back(at.last + 1);
    if (surprises_once(model, *at.line)) result.push_back(at.first + 1);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  while (result.back() > model.steps.count) result.pop_back();
  return result;
}

void check_offered(const Model& model, const std::vector<LineSteps>& lines, Diagnostics& found) {
  for (const LineSteps& at : lines) {
    if (!is_move(model, *at.line)) continue;
    const QuantityId move = target_of(model, *at.line);
    const Meaning& label = model.meaning(at.line->value);
    const bool none = label.kind == Meaning::Kind::no_move;
    if (!none && label.kind != Meaning::Kind::label) continue;  // told when the game is built
    if (!none && is_offered(model, move, label.target)) continue;
    found.add({.code = "G023",
               .message = fmt::format("no menu of `{}` offers this", at.line->target.name.text),
               .primary = {model.tree[at.line->value].span, {}}});
  }
}

void check_measured(const Model& model, const std::vector<LineSteps>& lines,
                    const std::vector<MeasuredValue>& measured, Diagnostics& found) {
  for (const LineSteps& at : lines) {
    const QuantityId set = target_of(model, *at.line);
    for (const MeasuredValue& value : measured) {
      if (value.quantity != set) continue;
      if (!bindings_for(model, at.line->target, set, value.element)) continue;
      found.add({.code = "O109",
                 .message = fmt::format(
                     "a what-if sets `{}` from a date on, and this measure does not say when",
                     element_name(model, set, value.element)),
                 .primary = {value.span, {}},
                 .related = {{at.line->target.name.span, "set here"}},
                 .help = fmt::format("write `{0} at end` or `{0} at DATE`", value.word)});
    }
  }
}

}  // namespace casus::language
