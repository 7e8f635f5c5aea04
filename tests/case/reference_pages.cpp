// Printing reference pages.
#include "case/reference_pages.hpp"

#include "base/bug.hpp"
#include "base/codes.hpp"
#include "base/text.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// In a cell of a table a bar ends the cell.
std::string cell(std::string_view text) { return replaced(std::string(text), "|", "\\|"); }

constexpr std::string_view printed_note =
    "This page is printed from the tables of the source; a test holds it to them.\n\n";

// ---- functions

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
  return row.arity == 1 ? fmt::format("`{}(x)`", row.call) : fmt::format("`{}(a, b)`", row.call);
}

std::string operations_table(bool are_functions) {
  std::string text = are_functions
                         ? "| function | gives | units | for example |\n|---|---|---|---|\n"
                         : "| for example | gives | units |\n|---|---|---|\n";
  for (const machine::Operation& row : machine::operations()) {
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

// ---- laws

/// What the table of laws does not say.
struct LawWords {
  std::string_view name;
  std::string_view use;
  std::string_view density;
};

constexpr std::array law_words{
    LawWords{"normal", "The sum of many small causes.",
             "exp(-((x - mean) / sd)^2 / 2) / (sd sqrt(2 pi))"},
    LawWords{"lognormal",
             "The product of many small causes: a positive number that is known up to a factor. "
             "exp(meanlog) is the median.",
             "exp(-((log x - meanlog) / sdlog)^2 / 2) / (x sdlog sqrt(2 pi))"},
    LawWords{"halfnormal", "The size of a normal error: a prior for a number whose sign is given.",
             "2 exp(-(x / sd)^2 / 2) / (sd sqrt(2 pi)), x > 0"},
    LawWords{"uniform", "Anywhere between two numbers alike.", "1 / (high - low)"},
    LawWords{"exponential", "The time to what comes at a constant rate.", "rate exp(-rate x)"},
    LawWords{"gamma", "A positive number; with a whole shape, the time to so many events.",
             "rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape)"},
    LawWords{"beta", "A share or probability; as if a - 1 hits and b - 1 misses had been seen.",
             "x^(a - 1) (1 - x)^(b - 1) / B(a, b)"},
    LawWords{"logitnormal", "A share whose logit is normal.",
             "exp(-((logit x - mean) / sd)^2 / 2) / (x (1 - x) sd sqrt(2 pi))"},
    LawWords{"studentt",
             "Like the normal, with heavier tails: the heavier, the fewer degrees of freedom.",
             "Gamma((df + 1) / 2) / (Gamma(df / 2) sd sqrt(pi df)) "
             "(1 + z^2 / df)^(-(df + 1) / 2), z = (x - mean) / sd"},
    LawWords{"cauchy", "Tails so heavy that it has no mean.",
             "1 / (pi scale (1 + ((x - location) / scale)^2))"},
    LawWords{"bernoulli", "True with a probability.", "p of 1, 1 - p of 0"},
    LawWords{"poisson", "A count of independent events.", "mean^k exp(-mean) / k!"},
    LawWords{"negbinomial",
             "A count whose mean itself varies: the variance is mean + mean^2 / size.",
             "Gamma(k + size) / (k! Gamma(size)) (mean / (mean + size))^k "
             "(size / (mean + size))^size"},
    LawWords{"binomial", "How many of n succeed, each with probability p.",
             "n! / (k! (n - k)!) p^k (1 - p)^(n - k)"},
};

const LawWords& words_of(const random::Law& law) {
  const auto found = std::find_if(law_words.begin(), law_words.end(),
                                  [&](const LawWords& words) { return words.name == law.name; });
  require(found != law_words.end(), "a law without words on the page of laws");
  return *found;
}

std::string_view domain_text(random::Domain domain) {
  using random::Domain;
  switch (domain) {
    case Domain::finite: return "any number";
    case Domain::positive: return "above 0";
    case Domain::non_negative: return "0 or more";
    case Domain::probability: return "0 to 1";
    case Domain::whole: return "0, 1, 2, ...";
    case Domain::above_low: break;
  }
  return "above `low`";
}

std::string_view role_text(random::UnitRole role) {
  switch (role) {
    case random::UnitRole::as_outcome: return "the outcome's";
    case random::UnitRole::per_outcome: return "1 / the outcome's";
    case random::UnitRole::dimensionless: break;
  }
  return "none";
}

std::string_view support_text(random::Support support) {
  using random::Support;
  switch (support) {
    case Support::real: return "any number";
    case Support::positive: return "a number above 0";
    case Support::unit: return "a number between 0 and 1";
    case Support::count: return "0, 1, 2, ...";
    case Support::truth: break;
  }
  return "0 or 1";
}

/// The density between its first and last hundredth, as blocks.
std::string shape_text(const random::Law& law, random::Arguments args) {
  constexpr std::array blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::size_t most = 16;
  const double low = law.quantile(0.01, args);
  const double high = law.quantile(0.99, args);
  const auto n =
      law.discrete() ? std::min(most, static_cast<std::size_t>(std::lround(high - low)) + 1) : most;
  std::vector<double> heights;
  for (std::size_t i = 0; i < n; ++i) {
    const double part = law.discrete() && n > 1
                            ? static_cast<double>(i) / static_cast<double>(n - 1)
                            : (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    double x = low + part * (high - low);
    if (law.discrete()) x = std::round(x);
    heights.push_back(std::exp(law.log_density(x, args)));
  }
  const double top = *std::max_element(heights.begin(), heights.end());
  std::string text;
  for (const double height : heights)
    text += blocks.at(static_cast<std::size_t>(std::lround(7.0 * height / top)));
  return text;
}

std::string number(double value) {
  if (std::isnan(value)) return "none";
  if (std::isinf(value)) return "infinite";
  constexpr double negligible = 1e-12;  // what quadrature leaves of a zero
  return replaced(to_text(std::abs(value) < negligible ? 0.0 : value, 4), "e-0", "e-");
}

std::string examples_table(const random::Law& law) {
  std::string text =
      "| for example | mean | sd | 5 % | median | 95 % | shape, 1 to 99 % |\n"
      "|---|--:|--:|--:|--:|--:|---|\n";
  const std::size_t n_examples = law.parameters.front().examples.size();
  for (std::size_t k = 0; k < n_examples; ++k) {
    std::vector<double> args;
    std::vector<std::string> shown;
    for (const random::Parameter& parameter : law.parameters) {
      args.push_back(parameter.examples.at(k));
      shown.push_back(to_text(parameter.examples.at(k)));
    }
    text += fmt::format("| `{}({})` | {} | {} | {} | {} | {} | `{}` |\n", law.name,
                        join_text(shown, ", "), number(law.mean(args)),
                        number(std::sqrt(law.variance(args))), number(law.quantile(0.05, args)),
                        number(law.quantile(0.5, args)), number(law.quantile(0.95, args)),
                        shape_text(law, args));
  }
  return text;
}

std::string law_text(const random::Law& law) {
  const LawWords& words = words_of(law);
  std::vector<std::string> names;
  for (const random::Parameter& parameter : law.parameters) names.emplace_back(parameter.name);
  std::string text =
      fmt::format("\n## {}({})\n\n{}\n\n", law.name, join_text(names, ", "), words.use);
  text += fmt::format("Outcome: {}{}. {}: `{}`.\n\n", support_text(law.support),
                      law.outcome == random::OutcomeUnit::any ? ", with the unit that is declared"
                                                              : ", without unit",
                      law.discrete() ? "Probability" : "Density", words.density);
  text += "| argument | may be | unit |\n|---|---|---|\n";
  for (const random::Parameter& parameter : law.parameters) {
    text += fmt::format("| `{}` | {} | {} |\n", parameter.name, domain_text(parameter.domain),
                        role_text(parameter.unit));
  }
  text += "\n" + examples_table(law);
  text += fmt::format("\n{} Source: {}.\n",
                      law.sampling == random::Sampling::inverse
                          ? "Drawn by its quantile from one uniform, so that what-ifs stay paired "
                            "draw by draw."
                          : "Drawn by rejection for some arguments, from a varying number of "
                            "uniforms: draws with other arguments are not paired.",
                      law.source);
  return text;
}

constexpr std::string_view laws_of_draws = R"(
## categorical(weights)

One of several labels, each with a chance in proportion to its weight, which is 0 or more. Of draws only:
`draw mood : {calm, tense} ~ categorical(2, 1)` or, by names, `categorical(tense = 1, calm = 2)`;
`draw target ~ categorical(d in District: people[d])` is a label of a set or of a link's row.

Drawn from one uniform over the sums of the weights in the order of the labels. Source: Devroye 1986,
Non-uniform random variate generation, section III.2.1.

## multinomial(n, p)

How much of n falls to each label of a set, with chances in proportion to p. Of draws over a set only:
`draw fallen[d in District] ~ multinomial(n, p[d])`; n is one for all labels of the last set, p is 0 or more.

Drawn by binomials, each of what is left. Source: Devroye 1986, section XI.1.2.
)";

std::string laws_page() {
  std::string text = "# Laws\n\nWhat may stand behind `~`. " + std::string(printed_note);
  text +=
      "Arguments are written in this order, or by name: `param wear ~ beta(a = 2, b = 18)`. A "
      "parameter is drawn\nonce for each parameter set, a `draw` in every step (or `once`, or "
      "`by year`), an `observe` in every step.\n\n";
  std::vector<std::string> links;
  for (const random::Law* law : random::laws()) {
    std::string anchor(law->name);
    for (const random::Parameter& parameter : law->parameters) {
      if (&parameter != &law->parameters.front()) anchor += "-";
      anchor += parameter.name;
    }
    links.push_back(fmt::format("[{}](#{})", law->name, anchor));
  }
  text += join_text(links, " · ") + "\n";
  for (const random::Law* law : random::laws()) text += law_text(*law);
  return text + std::string(laws_of_draws);
}

// ---- diagnostics

struct Phase {
  char letter;
  std::string_view name;
};

constexpr std::array phases{
    Phase{'L', "characters"}, Phase{'P', "sentences"}, Phase{'N', "names"}, Phase{'I', "indices"},
    Phase{'U', "units"},      Phase{'O', "order"},     Phase{'G', "games"}, Phase{'T', "time"},
    Phase{'D', "data"},       Phase{'E', "evidence"},  Phase{'F', "files"}, Phase{'R', "running"},
};

/// What a bad model's file or folder is called, as a reader's would be.
std::string message_of(const fs::path& model) {
  const bool is_folder = fs::is_directory(model);
  const fs::path file =
      is_folder ? model / "expected.text" : fs::path(model).replace_extension("text");
  const std::string name = model.filename().string();
  return is_folder ? replaced(text_of_file(file), name + "/", "")
                   : replaced(text_of_file(file), name, "model.casus");
}

/// The message of the bad model of this code that is told in the fewest lines.
std::string shortest_message(std::string_view code) {
  std::vector<fs::path> models;
  for (const auto& entry : fs::directory_iterator(fs::path(CASUS_ROOT) / "tests/language/bad")) {
    const bool is_model = entry.is_directory() || entry.path().extension() == ".casus";
    if (is_model && entry.path().filename().string().rfind(std::string(code) + "-", 0) == 0)
      models.push_back(entry.path());
  }
  std::sort(models.begin(), models.end());
  std::string shortest;
  for (const fs::path& model : models) {
    const std::string text = message_of(model);
    const auto lines = [](const std::string& of) { return std::count(of.begin(), of.end(), '\n'); };
    // A page about messages should not be about a country.
    const bool is_neutral = text.find("Azerbaijan") == std::string::npos;
    const bool was_neutral = shortest.find("Azerbaijan") == std::string::npos;
    const bool is_better = is_neutral != was_neutral ? is_neutral : lines(text) < lines(shortest);
    if (shortest.empty() || is_better) shortest = text;
  }
  return shortest;
}

/// Without the count of errors at its end.
std::string without_count(const std::string& text) {
  const std::size_t end = text.rfind("\n\n");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string code_text(const Code& code) {
  std::string text = fmt::format("\n### {}\n\n**{}.** {}\n", code.code, code.title, code.meaning);
  const std::string message = shortest_message(code.code);
  if (!message.empty()) text += "\n```text\n" + without_count(message) + "```\n";
  return text;
}

std::string diagnostics_page() {
  std::string text =
      "# Diagnostics\n\nEvery message has a code: what it means, and how it looks. " +
      std::string(printed_note);
  text +=
      "`casus explain D104` shows the same words. An error stops, a warning does not. Codes are "
      "not used again.\n\n";
  std::vector<std::string> links;
  for (const Phase& phase : phases)
    links.push_back(fmt::format("[{}: {}](#{})", phase.letter, phase.name, phase.name));
  text += join_text(links, " · ") + "\n";
  for (const Phase& phase : phases) {
    text += fmt::format("\n## {}\n", phase.name);
    for (const Code& code : codes()) {
      if (code.code.front() == phase.letter) text += code_text(code);
    }
  }
  return text;
}

template <std::size_t size>
std::string examples_of(const std::array<Form, size>& forms) {
  std::string text;
  for (const Form& row : forms) text += std::string(row.example) + "\n";
  return text;
}

}  // namespace

std::vector<ReferencePage> reference_pages() {
  return {{"functions.md", functions_page()},
          {"laws.md", laws_page()},
          {"diagnostics.md", diagnostics_page()}};
}

std::string model_of_forms() {
  return std::string(frame_of_forms) + examples_of(forms_over_labels) +
         examples_of(forms_over_steps) + examples_of(forms_of_dates) +
         examples_of(forms_of_the_past) + examples_of(forms_of_links) + examples_of(forms_of_games);
}

}  // namespace casus::cases
