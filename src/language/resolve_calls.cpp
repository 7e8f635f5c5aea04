// Calls: a model's functions, built-in operations, calendar functions, and questions to a game.
#include "base/text.hpp"
#include "language/declare.hpp"
#include "language/resolver.hpp"
#include "language/step_range.hpp"
#include "language/walk.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <string_view>

namespace casus::language {

namespace {

/// What to write instead of something that is no date.
std::string date_help(const Tree& tree, NodeId node) {
  const auto* number = std::get_if<Number>(&tree[node].expression);
  if (number == nullptr || number->value < 1.0 || number->value > 9999.0)
    return "write 2020, 2020-09 or 2020-09-27";
  const double year = std::floor(number->value);
  const Date month{.year = static_cast<std::int32_t>(year),
                   .month = static_cast<std::int32_t>(1.0 + 12.0 * (number->value - year))};
  return fmt::format("a year has no fraction: write a month, such as {}", to_text(month));
}

bool is_calendar(const std::string& name) {
  return name == "since" || name == "during" || name == "pulse" || name == "half_life";
}

std::optional<Memory::Kind> find_memory(std::string_view name) {
  if (name == "averaged") return Memory::Kind::averaged;
  if (name == "lagged") return Memory::Kind::lagged;
  if (name == "slope") return Memory::Kind::slope;
  return {};
}

/// Why a value may not be kept here from step to step; empty where it may.
std::string_view why_no_memory(const Scope& scope) {
  if (scope.arguments != nullptr) return "inside a function it would be another value in each call";
  if (index(scope.game) != nothing) return "inside a game it would be another value on each path";
  if (scope.intervention) return "a what-if keeps the values that the case itself keeps";
  if (scope.fixed_only) return "what stands here is known before the first step";
  if (scope.measure) return "a measure says at which steps it asks";
  return {};
}

/// What other languages call it.
struct Foreign {
  std::string_view name;
  std::string_view help;
};

constexpr std::array foreign_functions{
    Foreign{"ln", "the natural logarithm is `log`"},
    Foreign{"log10", "write `log(x) / log(10)`"},
    Foreign{"log2", "write `log(x) / log(2)`"},
    Foreign{"pow", "a power is written `a ^ b`"},
    Foreign{"round", "write `floor(x + 0.5)`"},
    Foreign{"ceil", "write `-floor(-x)`"},
    Foreign{"sigmoid", "write `logistic`"},
    Foreign{"tan", "write `sin(x) / cos(x)`"},
    Foreign{"clip", "write `clamp(x, low, high)`"},
    Foreign{"random", "write `draw x ~ uniform(0, 1)` in a statement of its own"},
    Foreign{"rand", "write `draw x ~ uniform(0, 1)` in a statement of its own"},
    Foreign{"if", "write `(a if condition else b)`"},
    Foreign{"ifelse", "write `(a if condition else b)`"},
    Foreign{"sum", "name what is added up, `sum(d in Set: x[d])`; over steps it is `total(x)`"},
    Foreign{"average", "over steps, in a measure, write `mean(x)`"},
    Foreign{"avg", "over steps, in a measure, write `mean(x)`"},
    Foreign{"ever", "in a measure, write `any(condition)`"},
    Foreign{"probability",
            "in a measure `any(condition)` gives a share of histories; of a move in "
            "its step, write `prob(move == option)`"},
};

std::string counted(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

}  // namespace

Type Resolver::visit(NodeId node, const Call& at, const Scope& scope) {
  const std::string& name = at.function.text;
  if (name == "worth" || name == "value") return game_call(node, at, scope);
  if (is_calendar(name)) return calendar_call(node, at, scope);
  if (find_memory(name)) return memory_call(node, at, scope);
  for (std::size_t i = 0; i < model_.functions.size(); ++i) {
    if (model_.functions[i].name.text == name)
      return function_call(node, at, id_of<FunctionId>(i), scope);
  }
  for (std::size_t i = 0; i < model_.links.size(); ++i) {
    if (model_.links[i].name.text == name) return link_call(node, at, i, scope);
  }
  return operation_call(node, at, scope);
}

/// `borders(d, e)`: the weight of a pair.
Type Resolver::link_call(NodeId node, const Call& at, std::size_t link, const Scope& scope) {
  const Link& asked = model_.links[link];
  const Type type{TypeKind::number, {}};
  if (at.arguments.size() != 2) {
    fault("I108", fmt::format("the weight of `{}` is that of two labels", asked.name.text),
          model_.tree[node].span,
          fmt::format("write `{0}(d, e)`, or reduce over it: `sum(e in {0}(d): ...)`",
                      asked.name.text));
    return type;
  }
  index_of(at.arguments.front(), asked.from, scope, SetId{nothing});
  index_of(at.arguments.back(), asked.to, scope, SetId{nothing});
  set_meaning(node, {Meaning::Kind::link, static_cast<std::uint32_t>(link), type});
  return type;
}

Type Resolver::function_call(NodeId node, const Call& at, FunctionId id, const Scope& scope) {
  const Function& function = model_.functions[index(id)];
  const auto& statement = model_.statement<FunctionStatement>(function.statement);
  set_meaning(node, {Meaning::Kind::function, static_cast<std::uint32_t>(index(id)), {}});
  for (const NodeId argument : at.arguments) number(argument, scope);
  if (at.arguments.size() != statement.parameters.size()) {
    found_.add({.code = "N105",
                .message = fmt::format("`{}` takes {}, found {}", at.function.text,
                                       counted(statement.parameters.size(), "argument"),
                                       at.arguments.size()),
                .primary = {model_.tree[node].span, {}},
                .related = {{function.name.span, "defined here"}}});
  }
  return {TypeKind::number, {}};
}

Type Resolver::operation_call(NodeId node, const Call& at, const Scope& scope) {
  const machine::Operation* operation = machine::find_function(at.function.text);
  if (operation == nullptr) {
    for (const NodeId argument : at.arguments) {
      const bool word = std::get_if<Name>(&model_.tree[argument].expression) != nullptr;
      if (!word) expression(argument, scope);  // a word may be a label of what is called wrongly
    }
    unknown_function(at);
    return {};
  }
  set_meaning(node, {Meaning::Kind::operation, static_cast<std::uint32_t>(operation->op), {}});
  for (const NodeId argument : at.arguments) number(argument, scope);
  const bool folds = operation->op == machine::Op::minimum || operation->op == machine::Op::maximum;
  if (folds ? at.arguments.size() < 2 : at.arguments.size() != operation->arity) {
    fault("N105",
          fmt::format("`{}` takes {}{}, found {}", at.function.text, folds ? "at least " : "",
                      counted(operation->arity, "argument"), at.arguments.size()),
          model_.tree[node].span);
  }
  return {TypeKind::number, {}};
}

void Resolver::unknown_function(const Call& at) {
  std::vector<std::string> names{"since", "during",  "pulse",    "half_life", "worth",
                                 "value", "prob",    "sum",      "any",       "all",
                                 "count", "product", "averaged", "lagged",    "slope"};
  for (const Function& function : model_.functions) names.push_back(function.name.text);
  for (const machine::Operation& operation : machine::operations()) {
    if (!operation.call.empty()) names.emplace_back(operation.call);
  }
  const std::optional<std::string> near = nearest(at.function.text, names);
  std::string help = near ? fmt::format("did you mean `{}`?", *near) : std::string{};
  const auto array = model_.quantity_named.find(at.function.text);
  if (array != model_.quantity_named.end())
    help = model_[array->second].shape.empty()
               ? fmt::format("a product needs its sign: `{} * (...)`", at.function.text)
               : fmt::format("an element is written `{}[label]`", at.function.text);
  for (const Foreign& row : foreign_functions) {
    if (row.name == at.function.text) help = row.help;
  }
  if (random::find_law(at.function.text) != nullptr) {
    help = fmt::format("`{0}` is a law: `param x ~ {0}(...)`, or `draw x ~ {0}(...)` in every step",
                       at.function.text);
  }
  fault("N104", fmt::format("there is no function `{}`", at.function.text), at.function.span,
        std::move(help));
}

Type Resolver::calendar_call(NodeId node, const Call& at, const Scope& scope) {
  set_meaning(node, {Meaning::Kind::calendar, 0, {TypeKind::number, {}}});
  const std::string& name = at.function.text;
  const std::size_t wanted = name == "during" && at.arguments.size() == 2 ? 2 : 1;
  if (at.arguments.size() != wanted) {
    fault("N105",
          fmt::format("`{}` takes {}, found {}", name,
                      name == "during" ? "two dates or an event" : counted(wanted, "argument"),
                      at.arguments.size()),
          model_.tree[node].span);
    return {TypeKind::number, {}};
  }
  if (name == "half_life") {
    number(at.arguments.front(), scope);
    return {TypeKind::number, {}};
  }
  for (const NodeId argument : at.arguments) {
    const auto* word = std::get_if<Name>(&model_.tree[argument].expression);
    const auto event =
        word != nullptr ? model_.quantity_named.find(word->word.text) : model_.quantity_named.end();
    if (event != model_.quantity_named.end() &&
        model_[event->second].kind == Quantity::Kind::event && wanted == 1) {
      set_meaning(argument,
                  {Meaning::Kind::quantity, static_cast<std::uint32_t>(index(event->second)), {}});
      continue;
    }
    if (name == "pulse") {
      fault("T102", "`pulse` takes the name of an event", model_.tree[argument].span,
            "declare it: `event name at 1992-05-14, 1993-06-18`");
      continue;
    }
    date(argument);
  }
  if (wanted == 2) {
    const std::optional<Date> from = written_date(model_.tree, at.arguments.front());
    const std::optional<Date> to = written_date(model_.tree, at.arguments.back());
    if (from && to && to->last_day() < from->first_day()) {
      fault("T002", "this range ends before it begins", model_.tree[node].span);
    }
  }
  return {TypeKind::number, {}};
}

Type Resolver::memory_call(NodeId node, const Call& at, const Scope& scope) {
  const Type type{TypeKind::number, {}};
  const std::string& name = at.function.text;
  if (at.arguments.size() != 2) {
    fault("N105", fmt::format("`{}` takes 2 arguments, found {}", name, at.arguments.size()),
          model_.tree[node].span, fmt::format("write for example `{}(x, 6 months)`", name));
    return type;
  }
  if (const std::string_view why = why_no_memory(scope); !why.empty()) {
    fault("O114", fmt::format("`{}` may not stand here: {}", name, why), model_.tree[node].span,
          "give it a `let` of its own, and use that");
    return type;
  }
  number(at.arguments.front(), scope);
  Memory memory{.kind = *find_memory(name), .call = node};
  if (memory.kind == Memory::Kind::averaged)
    number(at.arguments.back(), scope);
  else
    memory.n_steps = steps_back(at.arguments.back(), name);
  memory.bound = names_used(node, scope);
  set_meaning(node,
              {Meaning::Kind::memory, static_cast<std::uint32_t>(model_.memories.size()), type});
  model_.memories.push_back(std::move(memory));
  return type;
}

/// The bound names of a scope that an expression uses.
std::vector<BoundName> Resolver::names_used(NodeId node, const Scope& scope) const {
  std::set<std::string> used;
  walk(model_.tree, node, [&](NodeId part) {
    const auto* name = std::get_if<Name>(&model_.tree[part].expression);
    if (name != nullptr && model_.meaning(part).kind == Meaning::Kind::bound)
      used.insert(name->word.text);
  });
  std::vector<BoundName> names = scope.bound;
  const auto is_idle = [&used](const BoundName& each) { return !used.contains(each.name); };
  names.erase(std::remove_if(names.begin(), names.end(), is_idle), names.end());
  return names;
}

/// A written span of time as a number of steps.
std::uint32_t Resolver::steps_back(NodeId delay, std::string_view what) {
  const Scope nowhere;
  number(delay, nowhere);
  const Expression& at = model_.tree[delay].expression;
  std::optional<double> time;
  if (const auto* plain = std::get_if<Number>(&at)) time = plain->value;
  if (const auto* with_unit = std::get_if<NumberWithUnit>(&at)) {
    std::string problem;
    const std::optional<WrittenUnit> unit = parse_unit(with_unit->unit.text, problem);
    time = with_unit->value * (unit ? unit->scale : 1.0);
  }
  if (!time) {
    fault("T108", fmt::format("`{}` looks back by a span of time that is written out", what),
          model_.tree[delay].span, "write for example `6 months`");
    return 1;
  }
  constexpr double rounding = 1e-9;
  constexpr double most_steps = 100'000.0;
  const double exact = *time / model_.steps.dt;
  const double whole = std::round(exact);
  if (whole >= 1.0 && whole <= most_steps && std::abs(exact - whole) <= rounding * whole)
    return static_cast<std::uint32_t>(whole);
  const std::string& by = model_.steps.by;
  const auto below = static_cast<long>(std::clamp(std::floor(exact), 1.0, most_steps));
  fault("T108",
        fmt::format("`{}` looks back by whole steps, and this is {} of them", what,
                    to_text(exact, 4)),
        model_.tree[delay].span,
        by.empty() ? std::string("write a multiple of the step")
                   : fmt::format("a step is a {0}: write for example `{1} {0}{2}`", by, below,
                                 below == 1 ? "" : "s"));
  return 1;
}

/// A bound name whose labels are dates; false for what is none.
bool Resolver::bound_date(NodeId node, const Scope& scope) {
  const auto* word = node == no_node ? nullptr : std::get_if<Name>(&model_.tree[node].expression);
  const std::optional<Meaning> meaning =
      word != nullptr ? meaning_of(word->word, scope) : std::optional<Meaning>{};
  if (!meaning || meaning->kind != Meaning::Kind::bound) return false;
  set_meaning(node, *meaning);
  const SetId set{meaning->target};
  if (are_dates(model_, set)) return true;
  fault("T103", fmt::format("a label of `{}` is no date", model_[set].name.text),
        model_.tree[node].span, "bind a set of years: `set Year = 1992 to 2023 by 1`");
  return true;
}

void Resolver::date(NodeId node) {
  if (node == no_node) return;
  const bool calendar = model_.steps.kind == Steps::Kind::calendar;
  if (calendar && written_date(model_.tree, node)) return;
  if (!calendar && std::get_if<Number>(&model_.tree[node].expression) != nullptr) return;
  const auto* word = std::get_if<Name>(&model_.tree[node].expression);
  if (word != nullptr && word->word.text == "end") return;
  fault(
      "T103", calendar ? "expected a date" : "expected a time as a number", model_.tree[node].span,
      calendar ? date_help(model_.tree, node) : "a case that counts its own time has no calendar");
}

/// The dates of a range in a measure. Those that its labels give may lie outside the run: there are
/// no steps then.
void Resolver::range_in(const DateRange& range, const Scope& scope) {
  const bool from = bound_date(range.from, scope);
  const bool to = bound_date(range.to, scope);
  if (!from && !to) return this->range(range);
  if (!from) date(range.from);
  if (!to) date(range.to);
}

void Resolver::range(const DateRange& range) {
  const std::size_t before = found_.error_count();
  date(range.from);
  date(range.to);
  if (found_.error_count() != before || !range.written()) return;
  const NodeId shown = range.from == no_node ? range.to : range.from;
  const bool both = range.from != no_node && range.to != no_node;
  if (both && first_step_after(model_, range.to) <= first_step_meeting(model_, range.from) &&
      meets_time(model_, range.from) && meets_time(model_, range.to)) {
    return fault("T002", "this range ends before it begins", model_.tree[range.from].span);
  }
  if (!steps_of(model_, range).empty) return;
  fault("T105", "this range lies outside the case's time", model_.tree[shown].span,
        model_.steps.range_text());
}

/// A single date must lie in the case's time.
void Resolver::inside_time(NodeId date) {
  if (date == no_node || found_.has_errors() || meets_time(model_, date)) return;
  fault("T105", "this date lies outside the case's time", model_.tree[date].span,
        model_.steps.range_text());
}

Type Resolver::visit(NodeId /*node*/, const OverSteps& at, const Scope& scope) {
  if (!scope.measure) {
    fault("N111", "a reduction over steps stands only in a measure", model_.tree[at.body].span,
          "to reduce over a set, bind a name: `sum(d in District: x[d])`");
  }
  Scope inner = scope;
  inner.measure = false;
  const bool of_truth = at.kind == StepsKind::any || at.kind == StepsKind::all ||
                        at.kind == StepsKind::share || at.kind == StepsKind::rate ||
                        at.kind == StepsKind::first_date || at.kind == StepsKind::last_date;
  if (of_truth)
    truth(at.body, inner);
  else
    number(at.body, inner);
  if (at.condition != no_node) truth(at.condition, inner);
  range_in(at.range, scope);
  if (at.kind == StepsKind::any || at.kind == StepsKind::all) return {TypeKind::truth, {}};
  if (at.kind == StepsKind::first_date || at.kind == StepsKind::last_date)
    return {TypeKind::date, {}};
  return {TypeKind::number, {}};
}

Type Resolver::visit(NodeId node, const AtDate& at, const Scope& scope) {
  if (!scope.measure) {
    fault("N111", "`at` stands only in a measure", model_.tree[node].span);
  }
  if (!bound_date(at.date, scope)) date(at.date);
  Scope inner = scope;
  inner.measure = false;
  return expression(at.body, inner);
}

Type Resolver::visit(NodeId node, const InRange& at, const Scope& scope) {
  range_in(at.range, scope);
  const Type type = expression(at.body, scope);
  if (type.kind != TypeKind::date && type.kind != TypeKind::unknown) {
    fault("N208", fmt::format("only a date lies in a range of dates, found {}", describe(type)),
          model_.tree[node].span);
  }
  return {TypeKind::truth, {}};
}

void Resolver::law(const LawCall& call, const Scope& scope) {
  const random::Law* law = random::find_law(call.law.text);
  for (const NodeId argument : call.arguments) number(argument, scope);
  if (law == nullptr && is_law_of_draws(call.law.text)) {
    return fault("N125", fmt::format("`{}` is a law of draws only", call.law.text), call.law.span,
                 "write it in a `draw` of its own");
  }
  if (law == nullptr) {
    std::vector<std::string> names;
    for (const random::Law* at : random::laws()) names.emplace_back(at->name);
    const std::optional<std::string> near = nearest(call.law.text, names);
    return fault("N106", fmt::format("there is no law `{}`", call.law.text), call.law.span,
                 near ? fmt::format("did you mean `{}`?", *near)
                      : fmt::format("the laws are {}", one_of(names)));
  }
  std::vector<std::string> names;
  for (const random::Parameter& parameter : law->parameters) names.emplace_back(parameter.name);
  std::string signature = fmt::format("{}({})", law->name, join_text(names, ", "));
  if (call.arguments.size() != names.size()) {
    return fault("N105",
                 fmt::format("`{}` takes {}, found {}", call.law.text,
                             counted(names.size(), "argument"), call.arguments.size()),
                 call.span, fmt::format("write `{}`", signature));
  }
  std::set<std::string> given;
  for (std::size_t i = 0; i < call.argument_names.size(); ++i) {
    const Word& word = call.argument_names[i];
    const std::string& name = word.empty() ? names[i] : word.text;
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      fault("N112", fmt::format("`{}` has no argument `{}`", call.law.text, name), word.span,
            fmt::format("write `{}`", signature));
    } else if (!given.insert(name).second) {
      fault("N112", fmt::format("argument `{}` of `{}` is given twice", name, call.law.text),
            word.empty() ? call.span : word.span, fmt::format("write `{}`", signature));
    }
  }
}

}  // namespace casus::language
