// What is said about units that do not agree.
#include "base/text.hpp"
#include "language/units.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus::language {

namespace {

constexpr std::string_view year = "year";

struct CountingWord {
  std::string_view word;
  std::string_view number;
};
constexpr std::array counting_words{
    CountingWord{"hundred", "100"}, CountingWord{"thousand", "1_000"},
    CountingWord{"million", "1_000_000"}, CountingWord{"billion", "1_000_000_000"},
    CountingWord{"trillion", "1_000_000_000_000"}};

const CountingWord* find_counting(std::string_view word) {
  const auto row = std::find_if(counting_words.begin(), counting_words.end(),
                                [word](const CountingWord& each) { return each.word == word; });
  return row == counting_words.end() ? nullptr : &*row;
}

/// "years" for the base unit of time in running text.
std::string counted_in(const Unit& unit) {
  return unit == Unit(year) ? std::string("years") : to_text(unit);
}

std::string part_in(const UnitTerm& term) {
  return term.dimensionless() ? "the part without unit" : "the part in " + to_text(term.known);
}

/// `30 months`, or `30 "1 / month"` where the unit is no single span of time.
std::string with_unit(const std::string& number, const std::string& unit) {
  if (!time_unit_in_years(unit)) return fmt::format("{} \"{}\"", number, unit);
  const bool plural = number != "1" && unit.back() != 's';
  return fmt::format("{} {}{}", number, unit, plural ? "s" : "");
}

/// A place that is not yet shown; the primary one where it has nothing to say yet.
void add_place(Diagnostic& diagnostic, Span span, std::string text) {
  if (span == diagnostic.primary.span) {
    if (diagnostic.primary.text.empty()) diagnostic.primary.text = std::move(text);
    return;
  }
  const bool known = std::any_of(diagnostic.related.begin(), diagnostic.related.end(),
                                 [&](const Label& each) { return each.span == span; });
  if (!known) diagnostic.related.push_back({span, std::move(text)});
}

}  // namespace

std::string UnitChecker::name_of(const UnitTerm& unit) {
  const UnitTerm term = system_.resolved(unit);
  if (term.dimensionless()) return "a number without unit";
  if (term.unknowns.empty()) return to_text(term.known);
  return term.known.dimensionless() ? "an unknown unit"
                                    : fmt::format("{} times an unknown unit", to_text(term.known));
}

std::string UnitChecker::having(const UnitTerm& unit) {
  const UnitTerm term = system_.resolved(unit);
  if (term.dimensionless()) return "no unit";
  return term.unknowns.empty() ? "unit " + to_text(term.known) : name_of(term);
}

bool UnitChecker::equate(const UnitTerm& a, const UnitTerm& b, Span where) {
  return frame_.faulty || system_.equate(a, b, where);
}

/// Inside a function the fault is the caller's: the function has been read by itself before.
void UnitChecker::fault(Diagnostic diagnostic) {
  if (frame_.faulty) return;
  frame_.faulty = true;
  const auto call = std::find_if(frame_.calls.begin(), frame_.calls.end(),
                                 [](const ActiveCall& each) { return each.span.has_value(); });
  if (call != frame_.calls.end()) {
    diagnostic.message +=
        fmt::format(" in `{}`", model_.functions[index(call->function)].name.text);
    diagnostic.related.insert(diagnostic.related.begin(), {diagnostic.primary.span, "here"});
    diagnostic.primary = {*call->span, "called here"};
  }
  std::stable_sort(
      diagnostic.related.begin(), diagnostic.related.end(), [](const Label& a, const Label& b) {
        return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
      });
  found_.add(std::move(diagnostic));
}

void UnitChecker::conflict(std::string_view code, std::string message, Span primary,
                           const std::vector<Side>& sides) {
  Diagnostic diagnostic{.code = code,
                        .message = std::move(message),
                        .primary = {primary, {}},
                        .help = help_for(sides)};
  for (const Side& side : sides) add_place(diagnostic, side.span, "has " + having(side.form.unit));
  for (const Side& side : sides) add_trail(diagnostic, side.form.unit);
  fault(std::move(diagnostic));
}

/// Every equation that had a part in finding `unit`, in the order of the text (Kennedy 1996).
void UnitChecker::add_trail(Diagnostic& diagnostic, const UnitTerm& unit) const {
  for (const UnitSystem::Step& step : system_.trail(unit))
    add_place(diagnostic, step.where, fmt::format("{} follows from this", unit_of(step.unknown)));
}

/// "the unit of `x`" for the unknown that stands for it.
std::string UnitChecker::unit_of(UnknownUnit unknown) const {
  const auto is_it = [unknown](const UnitTerm& term) {
    return !term.unknowns.empty() && term.unknowns.begin()->first == unknown;
  };
  const auto quantity = std::find_if(units_.begin(), units_.end(), is_it);
  if (quantity != units_.end()) {
    const auto number = static_cast<std::size_t>(quantity - units_.begin());
    return fmt::format("the unit of `{}`", model_.quantities[number].name.text);
  }
  for (const auto& [whose, term] : payoffs_) {
    if (is_it(term))
      return fmt::format("the unit of what `{}` gets",
                         model_.games[whose.first].players[whose.second]);
  }
  return "a unit that this depends on";
}

/// Where one of two units is the other times a time or a counting word.
std::string UnitChecker::help_by_factor(const UnitTerm& first, const UnitTerm& second) {
  const UnitTerm ratio = first / second;
  if (ratio.known.exponents().size() != 1) return {};
  const auto& [name, exponent] = *ratio.known.exponents().begin();
  const bool above = exponent == Rational{1, 1};
  if (!above && exponent != Rational{-1, 1}) return {};
  if (name == year) {
    return fmt::format("multiply {} by a time, for one step by `dt`",
                       part_in(above ? second : first));
  }
  const CountingWord* const word = find_counting(name);
  if (word == nullptr) return {};
  return fmt::format("only time converts by itself: multiply {} by `{} \"1 / {}\"`",
                     part_in(above ? first : second), word->number, word->word);
}

std::string UnitChecker::help_for(const std::vector<Side>& sides) {
  if (sides.size() == 1) {
    const UnitTerm only = system_.resolved(sides[0].form.unit);
    if (!only.unknowns.empty()) return {};
    return fmt::format("divide by a value with the same unit, for example by `1 \"{}\"`",
                       to_text(only.known));
  }
  const UnitTerm first = system_.resolved(sides[0].form.unit);
  const UnitTerm second = system_.resolved(sides[1].form.unit);
  if (!(first / second).unknowns.empty()) return {};
  if (std::string factor = help_by_factor(first, second); !factor.empty()) return factor;
  for (const UnitTerm* one : {&first, &second}) {
    if (one->dimensionless())
      return fmt::format("a number is given a unit so: `1 \"{}\"`",
                         to_text((first.dimensionless() ? second : first).known));
  }
  return {};
}

std::string UnitChecker::help_for_rationality(const UnitTerm& payoff) {
  const UnitTerm inverse = system_.resolved(payoff.power({-1, 1}));
  if (!inverse.unknowns.empty() || inverse.dimensionless())
    return "give the payoffs a unit, or the rationality none";
  return fmt::format("give the rationality the inverse unit, for example `(4 \"{}\")`",
                     to_text(inverse.known));
}

void UnitChecker::dimensionless(std::string_view code, const Side& side, std::string_view what) {
  if (!side.form.has_unit() || equate(side.form.unit, {}, side.span)) return;
  const UnitTerm unit = system_.resolved(side.form.unit);
  conflict(code, fmt::format("{} needs a number without unit, found {}", what, name_of(unit)),
           side.span, {side});
}

/// Whether a literal may stand for `unit`; a fault when it would be taken for base units though the
/// unit was declared as another one.
bool UnitChecker::literal_in_years(const Side& literal, const WrittenUnit* unit,
                                   const std::string& beside) {
  if (unit == nullptr || literal.form.zero) return true;
  fault({.code = "U107",
         .message = fmt::format("{} is declared in \"{}\", and this number would count in {}",
                                beside, unit->text, counted_in(unit->unit)),
         .primary = {literal.span, {}},
         .help = fmt::format("write the number with its unit, for example `{}`",
                             with_unit("30", unit->text))});
  return false;
}

void UnitChecker::assign(const Target& target, NodeId value, std::string_view role,
                         std::string_view code) {
  if (value == no_node) return;
  const Side given = side(value);
  const Form& wanted = target.side.form;
  if (given.form.kind == Form::Kind::literal) {
    if (target.boundary || wanted.converts == nullptr || given.form.zero) return;
    const auto* number = std::get_if<Number>(&model_.tree[value].expression);
    return fault(
        {.code = "U107",
         .message =
             fmt::format("{} is declared in \"{}\", and this number would count in {}", target.name,
                         wanted.converts->text, counted_in(wanted.converts->unit)),
         .primary = {given.span, {}},
         .help = fmt::format(
             "write {}`{}`", number == nullptr ? "a number with its unit, for example " : "",
             with_unit(number == nullptr ? "30" : to_text(number->value), wanted.converts->text))});
  }
  if (!given.form.has_unit() || !wanted.has_unit()) return;
  if (!equate(wanted.unit, given.form.unit, given.span)) {
    return conflict(code,
                    fmt::format("{} has {}, {} has {}", target.name, having(wanted.unit), role,
                                having(given.form.unit)),
                    given.span, {target.side, given});
  }
  converted_twice(target, given);
}

/// Priors and values of a parameter or constant in months are read in months and multiplied by
/// 1/12; what has a unit of its own is in years already.
void UnitChecker::converted_twice(const Target& target, const Side& side) {
  const WrittenUnit* unit = target.side.form.converts;
  if (!target.boundary || unit == nullptr || !side.form.has_unit()) return;
  fault(
      {.code = "U111",
       .message =
           fmt::format("{} is declared in \"{}\", and what it is made of counts in {} already",
                       target.name, unit->text, counted_in(unit->unit)),
       .primary = {side.span, {}},
       .help = fmt::format("declare the unit \"{}\", or use plain numbers", to_text(unit->unit))});
}

void UnitChecker::duration(NodeId node, std::string_view what) {
  if (node == no_node) return;
  const Side given = side(node);
  const UnitTerm time = time_;
  if (given.form.kind == Form::Kind::literal) {
    if (time.dimensionless()) return;
    const auto* number = std::get_if<Number>(&model_.tree[node].expression);
    const bool calendar = time.known == Unit(year);
    return fault(
        {.code = "U110",
         .message = fmt::format("{} needs a span of time, found a number without unit", what),
         .primary = {given.span, {}},
         .help = fmt::format("write for example `{}`",
                             with_unit(number == nullptr ? "30" : to_text(number->value),
                                       calendar ? "month" : to_text(time.known)))});
  }
  if (!given.form.has_unit() || equate(given.form.unit, time, given.span)) return;
  conflict("U110", fmt::format("{} needs a span of time, found {}", what, name_of(given.form.unit)),
           given.span, {given});
}

}  // namespace casus::language
