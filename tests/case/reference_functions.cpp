// The page of functions, operators and calls with a form of their own.
#include "case/reference_pages.hpp"
#include "machine/operation.hpp"

#include <array>
#include <fmt/format.h>

namespace casus::cases {
namespace {

/// In a cell of a table a bar ends the cell.
std::string cell(std::string_view text) { return replaced(std::string(text), "|", "\\|"); }

std::string_view units_text(machine::UnitRule rule) {
  using machine::UnitRule;
  switch (rule) {
    case UnitRule::same: return "one unit for all";
    case UnitRule::product: return "the units' product";
    case UnitRule::quotient: return "the units' quotient";
    case UnitRule::power: return "the unit to that power; a constant exponent";
    case UnitRule::square_root: return "the unit's root";
    case UnitRule::dimensionless: return "plain numbers";
    case UnitRule::keep: return "kept";
    case UnitRule::compare: return "one unit; a truth";
    case UnitRule::truth: return "truths";
    case UnitRule::none: break;
  }
  return "one unit for both values";
}

/// Of functions the call with its operands, of operators an example.
std::string written(const machine::Operation& row) {
  if (row.call.empty()) return fmt::format("`{}`", row.example);
  const std::string_view operands = row.arity == 1 ? "x" : row.arity == 2 ? "a, b" : "x, low, high";
  return fmt::format("`{}({})`", row.call, operands);
}

std::string operations_table(bool are_functions) {
  std::string text = are_functions
                         ? "| function | gives | units | for example |\n|---|---|---|---|\n"
                         : "| for example | gives | units |\n|---|---|---|\n";
  for (const machine::Operation& row : machine::operations()) {
    if (row.op > machine::Op::select) break;  // pairs, which nobody writes
    if (row.example.empty() || row.call.empty() == are_functions) continue;
    text += fmt::format("| {} | {} | {} |", cell(written(row)), row.meaning, units_text(row.units));
    if (are_functions) text += fmt::format(" `{}` |", row.example);
    text += "\n";
  }
  return text;
}

/// A call with a form of its own.
struct Form {
  std::string_view form;
  std::string_view means;
  std::string_view example;  ///< a statement
};

constexpr std::array forms_over_labels{
    Form{"sum(d in S if C: x)", "the sum over the labels that meet C; 0 of none",
         "let land = sum(d in District if held[d] > 0.5: area[d])"},
    Form{"product(d in S: x)", "the product; 1 of none; plain numbers",
         "let spared = product(d in District: 1 - held[d])"},
    Form{"max(d in S: x) default e", "the greatest; `default` where there may be none",
         "let best = max(d in District if held[d] > 0.9: area[d]) default 0"},
    Form{"min(d in S: x) default e", "the least", "let least = min(d in District: area[d])"},
    Form{"any(d in S: C)", "whether C holds for one; false of none",
         "let some = any(d in District: held[d] > 0.5)"},
    Form{"all(d in S: C)", "whether C holds for each; true of none",
         "let whole = all(d in District: held[d] > 0.5)"},
    Form{"count(d in S if C)", "how many there are", "let near = count(e in borders(north))"},
};

constexpr std::array forms_over_steps{
    Form{"any(C)", "whether C holds in some step", "measure a1 = any(attack == strike)"},
    Form{"all(C)", "whether it holds in each", "measure a2 = all(attack == hold) from 2001"},
    Form{"share(A while B)", "steps with A among those with B",
         "measure a3 = share(attack == strike while stock > 1)"},
    Form{"rate(A while B)", "how often A, in a unit of time",
         "measure a4 = rate(attack == strike)"},
    Form{"total(x)", "the sum over steps; of a truth, how many",
         "measure a5 = total(attack == strike) from 2001 to 2003"},
    Form{"mean(x)", "the mean over steps", "measure a6 = mean(stock)"},
    Form{"highest(x)", "the greatest value", "measure a7 = highest(stock while attack == hold)"},
    Form{"lowest(x)", "the least value", "measure a8 = lowest(stock)"},
    Form{"first date C", "the first step with C, or never",
         "measure a9 = first date attack == strike"},
    Form{"last date C", "the last step with C, or never",
         "measure a10 = last date attack == strike"},
};

constexpr std::array forms_of_dates{
    Form{"since(DATE)", "1 from the step with that date on, else 0", "let later = since(2002-06)"},
    Form{"since(EVENT)", "1 from the event's first step on", "let after_coup = since(coup)"},
    Form{"during(DATE, DATE)", "1 in the steps that meet the range",
         "let then_only = during(2002-01, 2002-06)"},
    Form{"during(EVENT)", "1 in the event's steps", "let in_coup = during(coup)"},
    Form{"pulse(EVENT)", "the sum of the event's magnitudes in the step",
         "let shock_now = pulse(coup)"},
    Form{"half_life(TIME)", "the factor by which something halves in that time, in one step",
         "let fading = half_life(6 months)"},
};

constexpr std::array forms_of_the_past{
    Form{"averaged(x, TIME)", "the exponential average of x, from the first x on",
         "let trend = averaged(stock, 2 years)"},
    Form{"lagged(x, TIME)", "x as it was a whole number of steps ago; before that the first x",
         "let earlier = lagged(stock, 6 months)"},
    Form{"slope(x, TIME)", "how much x has grown since then, in a unit of time",
         "let growth = slope(stock, 1 year)"},
};

constexpr std::array forms_of_links{
    Form{"LINK(d, e)", "the weight of a pair of labels; 0 where they are not linked",
         "let reach = sum(e in borders(north): borders(north, e) * held[e])"},
};

constexpr std::array forms_of_games{
    Form{"prob(E)", "the probability of E in the step's game; 0 when it is not played",
         "let risk = prob(attack == strike)"},
    Form{"prob(E given F)", "its probability among the paths with F",
         "let firm = prob(reply == fight given attack == strike)"},
    Form{"worth(P) otherwise e", "what the game is worth to a player, with costs",
         "let hope = worth(Aland) otherwise 0"},
    Form{"GAME.worth(P) otherwise e", "the same, where several games fit",
         "let hope_too = crisis.worth(Aland) otherwise 0"},
    Form{"value(option) otherwise e",
         "the mover's expected payoff after that option, without costs; in payoffs without "
         "`otherwise`",
         "let temptation = value(attack == strike) otherwise 0"},
};

constexpr std::string_view frame_of_forms = R"(casus 1
case "Every form"
    time from 2000-01 to 2004-12 by month
set District = north, south, east
link borders(District, District) from "borders.csv" columns a, b symmetric
event coup at 2002-03
data area[District] = 40 unit "km^2"
state held[d in District] = 0.5 unit "1"
state stock = 1 unit "1"
game crisis rationality 2
    attack by Aland: hold, strike
    reply  by Bland: yield, fight    if attack == strike
    payoff Aland = (1 if reply == yield else 0)
    payoff Bland = (1 if attack == hold else 0)
)";

template <std::size_t size>
std::string forms_table(const std::array<Form, size>& forms) {
  std::string text = "| form | means | for example |\n|---|---|---|\n";
  for (const Form& row : forms)
    text += fmt::format("| `{}` | {} | `{}` |\n", row.form, row.means, row.example);
  return text;
}

template <std::size_t size>
std::string examples_of(const std::array<Form, size>& forms) {
  std::string text;
  for (const Form& row : forms) text += std::string(row.example) + "\n";
  return text;
}

}  // namespace

std::string functions_page() {
  std::string text =
      "# Functions and operators\n\nWhat may stand in an expression. " + std::string(printed_note);
  text +=
      "Every example of the first two tables is true. How expressions are put together is in\n"
      "[the language](../language.md#expressions), what they cost in "
      "[what a model costs](../performance.md).\n\n";
  text += "## Operators\n\n" + operations_table(false);
  text += "\nA truth counts as 0 or 1 in arithmetic. Comparisons do not chain.\n";
  text += "\n## Functions\n\n" + operations_table(true);
  text += "\nYour own: `function win(edge) = logistic(sharp * edge)`.\n";
  text += "\n## Over labels\n\n" + forms_table(forms_over_labels);
  text += "\n## Over steps, in measures\n\n" + forms_table(forms_over_steps);
  text += "\nA range may follow (`from`, `to`, `at`), and `while` inside.\n";
  text += "\n## Of dates\n\n" + forms_table(forms_of_dates);
  text += "\n## Of earlier steps\n\n" + forms_table(forms_of_the_past);
  text += "\n## Of links\n\n" + forms_table(forms_of_links);
  text += "\n## Of games\n\n" + forms_table(forms_of_games);
  text += "\n`dt` is the length of a step.\n";
  return text;
}

std::string model_of_forms() {
  return std::string(frame_of_forms) + examples_of(forms_over_labels) +
         examples_of(forms_over_steps) + examples_of(forms_of_dates) +
         examples_of(forms_of_the_past) + examples_of(forms_of_links) + examples_of(forms_of_games);
}

}  // namespace casus::cases
