// Units: what is accepted, what is refused, with which words and where.
#include "base/render.hpp"
#include "language/compile.hpp"
#include "language/parser.hpp"
#include "language/units_linear.hpp"
#include "support/memory_inputs.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace casus::language {
namespace {

constexpr std::string_view by_month =
    "casus 1\ncase \"T\"\n    time from 2000-01 to 2001-12 by month\n";

/// Quantities of several units, for one-line questions.
constexpr std::string_view quantities = R"(
set Side = north, south
set Offer = 0 to 1 by 0.25
data people unit "person"
data crowd unit "thousand person"
data money unit "USD"
data spending[Side] unit "USD / year"
data area unit "km^2"
data share unit "1"
data delay unit "month"
data hazard unit "1 / month"
)";

struct Checked {
  Sources sources{};
  Diagnostics found{};

  std::string problems() const { return render(sources, found); }
  std::vector<std::string> codes() const {
    std::vector<std::string> result;
    for (const Diagnostic& each : found.sorted()) result.emplace_back(each.code);
    return result;
  }
  Diagnostic first() const { return found.empty() ? Diagnostic{} : found.sorted().front(); }
  std::string text(Span span) const {
    if (found.empty()) return {};
    return sources.text(span.file).substr(span.begin, span.end - span.begin);
  }
  /// The source text under the first diagnostic.
  std::string marked() const { return text(first().primary.span); }
  /// "text: label" of every other place of the first diagnostic.
  std::vector<std::string> related() const {
    std::vector<std::string> result;
    const Diagnostic shown = first();
    for (const Label& each : shown.related) result.push_back(text(each.span) + ": " + each.text);
    return result;
  }
};

Checked check_text(const std::string& text) {
  Checked checked;
  const FileId file = checked.sources.add("model.casus", text);
  Tree tree = parse_text(file, checked.sources, checked.found);
  if (checked.found.has_errors()) return checked;
  MemoryInputs inputs;
  check(std::move(tree), inputs, checked.found);
  return checked;
}

/// `data x unit "u"` is short for a column of a file.
Checked model(std::string_view statements, std::string_view head = by_month) {
  std::string text = std::string(head) + std::string(quantities) + std::string(statements);
  for (std::size_t at = text.find("\ndata "); at != text.npos; at = text.find("\ndata ", at + 1)) {
    const std::size_t end = text.find('\n', at + 1);
    const std::size_t unit = text.find(" unit", at);
    if (unit < end && text.substr(at, end - at).find(" = ") == std::string::npos &&
        text.substr(at, end - at).find(" from ") == std::string::npos)
      text.insert(unit, " from \"d.csv\"");
  }
  return check_text(text);
}

Checked let(std::string_view expression) {
  return model("let x = " + std::string(expression) + "\n");
}

struct Bad {
  std::string_view expression;
  std::string_view code;
  std::string_view message;
  std::string_view marked;
};

// ---- expressions that are right

TEST(Units, AcceptExpressions) {
  const std::vector<std::string_view> good{
      "people + people - 2 * people",
      "people + 5",
      "5 - people",
      "people * 2 / 3",
      "money + dt * sum(s in Side: spending[s])",
      "money / spending[north] + dt",
      "people + clamp(people, 0, 2 * people)",
      "sqrt(area) + 3 \"km\"",
      "area ^ 0.5 + 1 \"km\"",
      "area ^ (1 / 2) + 1 \"km\"",
      "area ^ (1 / 3) * area ^ (1 / 6) + 1 \"km\"",
      "area ^ -1 * 2 \"km^2\" + share",
      "(people / 1 \"person\") ^ share",
      "0.9 ^ (dt / 1 year)",
      "exp(-dt / 18 months)",
      "log(money / 2 \"USD\") + 0.5",
      "min(people, 3, 2 * people) + max(1, people)",
      "abs(-people) + people",
      "mod(people, 12) + people",
      "logistic(share) + normal_cdf(0.3) + tanh(share) + floor(2.5)",
      "(people if money > 3 \"USD\" else 0)",
      "people * (money > 3) + people",
      "people + (0.5 if share == 1 else 0.25) * people",
      "sum(s in Side: spending[s]) - max(s in Side: spending[s])",
      "product(s in Side: spending[s] / spending[south])",
      "count(s in Side if spending[s] > 0) + share",
      "max(s in Side if share > 0: spending[s]) default 0",
      "since(2000-05) + during(2000-02, 2001-01) + half_life(6 months)",
      "1 \"1 / month\" + hazard",
      "delay + 30 months - 1 year + dt",
      "delay * hazard + share",
      "(delay if share > 0 else 0)",
      "delay > 30 days",
      "people * 1 \"thousand person / person\" / 1000 + crowd",
      "money / 1 \"USD\" + 2 ^ 10 + sqrt(2)"};
  for (const std::string_view expression : good) {
    const Checked checked = let(expression);
    EXPECT_TRUE(checked.found.empty()) << expression << "\n" << checked.problems();
  }
}

// ---- expressions that are wrong

TEST(Units, RefuseExpressions) {
  const std::vector<Bad> bad{
      {"people + money", "U101", "cannot add person and USD", "+"},
      {"money + spending[north]", "U101", "cannot add USD and USD / year", "+"},
      {"money - spending[north]", "U101", "cannot subtract USD / year from USD", "-"},
      {"people + crowd", "U101", "cannot add person and thousand person", "+"},
      {"people + share", "U101", "cannot add person and a number without unit", "+"},
      {"people + (share > 0)", "U101", "cannot add person and a number without unit", "+"},
      {"people + since(2000-05)", "U101", "cannot add person and a number without unit", "+"},
      {"sqrt(area) + area", "U101", "cannot add km and km^2", "+"},
      {"area ^ (1 / 4) + area", "U101", "cannot add km^(1/2) and km^2", "+"},
      {"people < money", "U102", "cannot compare person with USD", "<"},
      {"people == money", "U102", "cannot compare person with USD", "=="},
      {"exp(money)", "U103", "`exp` needs a number without unit, found USD", "money"},
      {"log(1 + dt)", "U103", "`log` needs a number without unit, found year", "1 + dt"},
      {"share * floor(people)", "U103", "`floor` needs a number without unit, found person",
       "people"},
      {"min(people, 3, money)", "U108", "cannot choose between person and USD", "money"},
      {"clamp(people, 0, money)", "U108", "cannot choose between person and USD", "money"},
      {"mod(people, money)", "U108", "cannot choose between person and USD", "money"},
      {"(people if share > 0 else money)", "U108", "cannot choose between person and USD", "money"},
      {"(1 if people > money else 0)", "U102", "cannot compare person with USD", ">"},
      {"people ^ share", "U109",
       "the base of a power that varies needs a number without unit, found person", "people"},
      {"2 ^ people", "U109", "an exponent needs a number without unit, found person", "people"},
      {"half_life(money)", "U110", "`half_life` needs a span of time, found USD", "money"},
      {"half_life(30)", "U110", "`half_life` needs a span of time, found a number without unit",
       "30"},
      {"product(s in Side: spending[s])", "U112",
       "a product over a set needs a number without unit, found USD / year", "spending[s]"},
      {"sum(s in Side: spending[s] + money)", "U101", "cannot add USD / year and USD", "+"},
      {"max(s in Side if share > 0: spending[s]) default money", "U108",
       "cannot choose between USD / year and USD", "money"},
      {"delay > 24", "U107",
       "what stands beside it is declared in \"month\", and this number would count in years",
       "24"},
      {"max(delay, 6)", "U107",
       "what stands beside it is declared in \"month\", and this number would count in years", "6"},
  };
  for (const Bad& each : bad) {
    const Checked checked = let(each.expression);
    ASSERT_EQ(checked.codes(), std::vector<std::string>{std::string(each.code)})
        << each.expression << "\n"
        << checked.problems();
    EXPECT_EQ(checked.first().message, each.message) << each.expression;
    EXPECT_EQ(checked.marked(), each.marked) << each.expression;
  }
}

TEST(Units, NameBothSidesAndTheirPlaces) {
  const Checked checked = let("people + money / dt");
  EXPECT_EQ(checked.first().message, "cannot add person and USD / year");
  EXPECT_EQ(checked.related(), (std::vector<std::string>{"people: has unit person",
                                                         "money / dt: has unit USD / year"}));
}

TEST(Units, HelpWithCountingWordsAndPlainNumbers) {
  EXPECT_EQ(let("people + crowd").first().help,
            "only time converts by itself: multiply the part in thousand person by `1_000 \"1 / "
            "thousand\"`");
  EXPECT_TRUE(let("people + crowd * 1_000 \"1 / thousand\"").found.empty());
  EXPECT_EQ(let("money + share").first().help, "a number is given a unit so: `1 \"USD\"`");
  EXPECT_EQ(let("exp(money)").first().help,
            "divide by a value with the same unit, for example by `1 \"USD\"`");
}

// ---- definitions

TEST(Units, CatchTheForgottenStep) {
  const Checked right = model("state stock = 0 unit \"USD\" then stock + dt * spending[north]\n");
  EXPECT_TRUE(right.found.empty()) << right.problems();
  const Checked wrong = model("state stock = 0 unit \"USD\" then stock + spending[north]\n");
  ASSERT_EQ(wrong.codes(), std::vector<std::string>{"U101"});
  EXPECT_EQ(wrong.first().message, "cannot add USD and USD / year");
  EXPECT_EQ(wrong.marked(), "+");
  EXPECT_EQ(wrong.first().help, "multiply the part in USD / year by a time, for one step by `dt`");
  const Checked whole = model("state stock = 0 unit \"USD\" then spending[north]\n");
  ASSERT_EQ(whole.codes(), std::vector<std::string>{"U104"});
  EXPECT_EQ(whole.first().message, "`stock` has unit USD, its next value has unit USD / year");
  EXPECT_EQ(whole.marked(), "spending[north]");
  EXPECT_EQ(whole.related(), std::vector<std::string>{"stock: has unit USD"});
}

TEST(Units, CompareDefinitionsWithWhatIsDeclared) {
  EXPECT_TRUE(model("let x = people / area unit \"person / km^2\"\n").found.empty());
  EXPECT_TRUE(model("let x = 3 unit \"person\"\n").found.empty());
  const Checked let_wrong = model("let x = people unit \"USD\"\n");
  EXPECT_EQ(let_wrong.first().message, "`x` has unit USD, its definition has unit person");
  EXPECT_EQ(let_wrong.marked(), "people");
  const Checked start = model("state s = people unit \"USD\"\n");
  EXPECT_EQ(start.first().message, "`s` has unit USD, its start value has unit person");
  const Checked measure = model("measure m = people at end unit \"USD\"\n");
  EXPECT_EQ(measure.first().message, "`m` has unit USD, its definition has unit person");
  const Checked truth = model("let x = people > 3 unit \"USD\"\n");
  EXPECT_EQ(truth.first().message, "`x` has unit USD, its definition has no unit");
  const Checked fixed = model("data cap = 2 * people unit \"USD\"\n");
  EXPECT_EQ(fixed.codes(), std::vector<std::string>{"U104"});
}

TEST(Units, InferThroughLets) {
  const Checked good = model(
      "let a = b * dt\nlet b = c / area\nlet c = spending[north]\n"
      "let d = a + 1 \"USD / km^2\"\n");
  EXPECT_TRUE(good.found.empty()) << good.problems();
  const Checked bad = model("let d = a + people\nlet a = b * dt\nlet b = spending[north]\n");
  ASSERT_EQ(bad.codes(), std::vector<std::string>{"U101"});
  EXPECT_EQ(bad.first().message, "cannot add USD and person");
  EXPECT_EQ(bad.related(),
            (std::vector<std::string>{"a: has unit USD", "people: has unit person",
                                      "b * dt: the unit of `a` follows from this",
                                      "spending[north]: the unit of `b` follows from "
                                      "this"}));
}

// Every place that had a part in the conflict is shown, however long the way (Kennedy 1996).
TEST(Units, ShowTheWholeWayToAConflict) {
  const Checked bad = model(
      "param k ~ lognormal(0, 1)\n"
      "let heads = k * people\n"
      "let cost = heads + money\n"
      "let spread = sqrt(k)\n"
      "let twice = 2 * spread\n"
      "let wrong = twice + area\n");
  ASSERT_EQ(bad.codes(), std::vector<std::string>{"U101"}) << bad.problems();
  EXPECT_EQ(bad.first().message, "cannot add USD^(1/2) / person^(1/2) and km^2");
  EXPECT_EQ(bad.related(), (std::vector<std::string>{
                               "k * people: the unit of `heads` follows from this",
                               "+: the unit of `k` follows from this",
                               "sqrt(k): the unit of `spread` follows from this",
                               "2 * spread: the unit of `twice` follows from this",
                               "twice: has unit USD^(1/2) / person^(1/2)", "area: has unit km^2"}));
  const Checked paid = model(
      "let price = prize / people\nlet prize = money\n"
      "game g rationality (1 \"1 / person\")\n    a by A: x, y\n"
      "    payoff A = price * people\n");
  ASSERT_EQ(paid.codes(), std::vector<std::string>{"U106"}) << paid.problems();
  EXPECT_EQ(paid.related(), (std::vector<std::string>{
                                "prize / people: the unit of `price` follows from this",
                                "money: the unit of `prize` follows from this",
                                "price * people: the unit of what `A` gets follows from this"}));
}

TEST(Units, ReadRationalExponentsInDeclarations) {
  EXPECT_TRUE(model("param k ~ lognormal(0, 1) unit \"km^0.5\"\nlet a = k ^ 4 + area\n"
                    "let b = sqrt(k) * k ^ 1.5 + 1 \"km^(1/2) km^0.5\" unit \"km^(1/1)\"\n")
                  .found.empty());
  const Checked bad = model("let a = sqrt(people) unit \"person^0.25\"\n");
  EXPECT_EQ(bad.first().message, "`a` has unit person^(1/4), its definition has unit person^(1/2)");
}

TEST(Units, InferFromUses) {
  EXPECT_TRUE(model("param k ~ lognormal(0, 1)\nlet a = k * people + money\n").found.empty());
  const Checked bad =
      model("param k ~ lognormal(0, 1)\nlet a = k * people + money\nlet b = k + people\n");
  ASSERT_EQ(bad.codes(), std::vector<std::string>{"U101"});
  EXPECT_EQ(bad.first().message, "cannot add USD / person and person");
  EXPECT_EQ(bad.marked(), "+");
}

TEST(Units, InferRationalExponents) {
  EXPECT_TRUE(
      model("param side ~ lognormal(0, 1)\nlet a = side ^ 2 + area\nlet b = side + 1 \"km\"\n")
          .found.empty());
  const Checked bad = model("param k ~ lognormal(0, 1)\nlet a = k ^ 4 + area\nlet b = k + area\n");
  EXPECT_EQ(bad.first().message, "cannot add km^(1/2) and km^2");
}

TEST(Units, ShowUnitsThatNothingDetermines) {
  const Checked bad = model("param k ~ lognormal(0, 1)\nlet a = k * people + k * money\n");
  EXPECT_EQ(bad.first().message,
            "cannot add person times an unknown unit and USD times an unknown unit");
}

TEST(Units, CheckFunctionsAtEachCall) {
  EXPECT_TRUE(model("function twice(v) = v + v\n"
                    "let a = twice(people) + people\nlet b = twice(money) + money\n"
                    "let c = twice(3) + money\n")
                  .found.empty());
  EXPECT_TRUE(model("function inner(v) = sqrt(v * v)\nfunction outer(v) = inner(v) + inner(2 * v)\n"
                    "let a = outer(people) + people\n")
                  .found.empty());
  const Checked bad = model("function both(v, w) = 2 * (v + w)\nlet a = both(people, money)\n");
  ASSERT_EQ(bad.codes(), std::vector<std::string>{"U101"});
  EXPECT_EQ(bad.first().message, "cannot add person and USD in `both`");
  EXPECT_EQ(bad.marked(), "both(people, money)");
  EXPECT_EQ(bad.related(),
            (std::vector<std::string>{"v: has unit person", "+: here", "w: has unit USD"}));
  const Checked own = model("function f(v) = v + exp(money)\nlet a = f(1)\nlet b = f(people)\n");
  ASSERT_EQ(own.codes(), std::vector<std::string>{"U103"}) << own.problems();
  EXPECT_EQ(own.marked(), "money");
  EXPECT_TRUE(model("function f(v) = f(v) + f(2 * v)\nlet a = people\n").found.empty());
}

// ---- no cascades

TEST(Units, SayOneThingAboutOneFault) {
  const Checked twice = model("let a = (people + money) + exp(people) + (area < dt)\n");
  EXPECT_EQ(twice.codes(), std::vector<std::string>{"U101"});
  const Checked used = model(
      "let a = people + money\nlet b = a + people\nlet c = a + money\nlet d = exp(a) * b + c\n");
  EXPECT_EQ(used.codes(), std::vector<std::string>{"U101"}) << used.problems();
  const Checked two = model("let a = people + money\nlet b = people + area\n");
  EXPECT_EQ(two.codes(), (std::vector<std::string>{"U101", "U101"}));
}

// ---- laws

TEST(Units, CheckLaws) {
  const std::vector<std::string_view> good{
      "draw z ~ normal(people, 2)\nlet x = z + people\n",
      "draw z ~ normal(people, sd = people / 10) unit \"person\"\n",
      "draw z ~ gamma(2, 1 / people) unit \"person\"\n",
      "draw z ~ exponential(0.5) unit \"person\"\n",
      "draw z ~ beta(2, 3)\nlet x = exp(z)\n",
      "draw z ~ bernoulli(0.5)\nlet x = z * people + people\n",
      "draw z ~ uniform(low = 1 month, high = 2 months) unit \"month\"\n",
      "param wear ~ beta(2, 18) unit \"1 / year\"\nlet x = wear * dt + share\n",
      "param lag ~ normal(30, 3) unit \"month\"\nlet x = lag + dt\n",
      "observe seen from \"s.csv\" ~ poisson(people) unit \"person\"\n",
      "observe seen from \"s.csv\" ~ negbinomial(mean = people, size = 2)\nlet x = seen + "
      "people\n"};
  for (const std::string_view text : good) {
    const Checked checked = model(text);
    EXPECT_TRUE(checked.found.empty()) << text << "\n" << checked.problems();
  }
  const std::vector<Bad> bad{
      {"draw z ~ normal(people, money)\n", "U105",
       "`z` has unit person, argument `sd` of `normal` has unit USD", "money"},
      {"draw z ~ normal(sd = money, mean = people)\n", "U105",
       "`z` has unit USD, argument `mean` of `normal` has unit person", "people"},
      {"draw z ~ gamma(people, 1) unit \"person\"\n", "U105",
       "argument `shape` of `gamma` needs a number without unit, found person", "people"},
      {"draw z ~ exponential(people) unit \"person\"\n", "U105",
       "`z` has unit person, argument `rate` of `exponential` has unit person", "people"},
      {"draw z ~ beta(2, 3) unit \"person\"\n", "U105",
       "`beta` gives numbers without unit, and `z` has unit person", "beta"},
      {"draw z ~ bernoulli(p = hazard)\n", "U105",
       "argument `p` of `bernoulli` needs a number without unit, found 1 / year", "hazard"},
      {"param p ~ normal(people, 1) unit \"USD\"\n", "U105",
       "`p` has unit USD, argument `mean` of `normal` has unit person", "people"},
      {"draw z ~ normal(30, 1) unit \"month\"\n", "U107",
       "`z` is declared in \"month\", and this number would count in years", "30"},
      {"draw z ~ lognormal(log(30), 1) unit \"month\"\n", "U107",
       "`z` is declared in \"month\", and this number would count in years", "lognormal"},
  };
  for (const Bad& each : bad) {
    const Checked checked = model(each.expression);
    ASSERT_EQ(checked.codes(), std::vector<std::string>{std::string(each.code)})
        << each.expression << "\n"
        << checked.problems();
    EXPECT_EQ(checked.first().message, each.message) << each.expression;
    EXPECT_EQ(checked.marked(), each.marked) << each.expression;
  }
}

// ---- what converts

TEST(Units, AskForTheUnitOfNumbersThatWouldCountInYears) {
  const Checked bare = model("let x = 30 unit \"month\"\n");
  ASSERT_EQ(bare.codes(), std::vector<std::string>{"U107"});
  EXPECT_EQ(bare.first().message,
            "`x` is declared in \"month\", and this number would count in years");
  EXPECT_EQ(bare.marked(), "30");
  EXPECT_EQ(bare.first().help, "write `30 months`");
  EXPECT_TRUE(model("let x = 30 months unit \"month\"\n").found.empty());
  EXPECT_TRUE(model("let x = 2 years unit \"month\"\n").found.empty());
  EXPECT_TRUE(model("state x = 0 unit \"month\" then x + dt\n").found.empty()) << "zero is zero";
  EXPECT_EQ(model("let x = 0.1 unit \"1 / month\"\n").first().help, "write `0.1 \"1 / month\"`");
  EXPECT_EQ(model("state x = 1 unit \"month\"\n").first().help, "write `1 month`");
  EXPECT_TRUE(model("let x = 3 unit \"year\"\n").found.empty());
}

TEST(Units, ConvertNumbersOfParametersAndDataOnce) {
  EXPECT_TRUE(model("param lag = 30 unit \"month\"\ndata gap = 3 unit \"week\"\n").found.empty());
  EXPECT_TRUE(model("param lag ~ lognormal(log(30), 0.2) base 28 unit \"month\"\n").found.empty());
  const Checked value = model("param lag = 30 months unit \"month\"\n");
  ASSERT_EQ(value.codes(), std::vector<std::string>{"U111"});
  EXPECT_EQ(value.first().message,
            "`lag` is declared in \"month\", and what it is made of counts in years already");
  EXPECT_EQ(value.marked(), "30 months");
  const Checked prior = model("param lag ~ normal(delay, 1) unit \"month\"\n");
  EXPECT_EQ(prior.codes(), std::vector<std::string>{"U111"});
  EXPECT_TRUE(model("param lag = 30 months unit \"year\"\n").found.empty());
}

// ---- time

TEST(Units, GiveTheStepTheUnitOfTime) {
  constexpr std::string_view days = "casus 1\ncase \"T\"\n    time 0 to 10 by 0.5 unit \"day\"\n";
  EXPECT_TRUE(model("let x = dt + 3 days\n", days).found.empty());
  constexpr std::string_view own =
      "casus 1\ncase \"T\"\n    time 0 to 10 by 1 unit \"generation\"\n";
  EXPECT_EQ(model("let x = dt + 1 year\n", own).first().message, "cannot add generation and year");
  constexpr std::string_view plain = "casus 1\ncase \"T\"\n    time 40 steps\n";
  EXPECT_TRUE(model("let x = dt + share + half_life(3)\n", plain).found.empty());
}

TEST(Units, KnowMeasuresOverSteps) {
  const Checked good = model(
      "measure a = rate(people > 3) unit \"1 / month\"\n"
      "measure b = share(people > 3)\n"
      "measure c = total(people) unit \"person\"\n"
      "measure d = first date people > 3\n"
      "measure e = (last date people > 3) - (first date people > 5) unit "
      "\"month\"\n"
      "measure f = (first date people > 3) in 2000-03 to 2000-05\n");
  EXPECT_TRUE(good.found.empty()) << good.problems();
  const Checked gap =
      model("measure e = (last date people > 3) - (first date people > 5) unit \"person\"\n");
  EXPECT_EQ(gap.first().message, "`e` has unit person, its definition has unit year");
  const Checked rate = model("measure a = rate(people > 3) unit \"person\"\n");
  EXPECT_EQ(rate.first().message, "`a` has unit person, its definition has unit 1 / year");
  const Checked total = model("measure c = mean(people) unit \"USD\"\n");
  EXPECT_EQ(total.codes(), std::vector<std::string>{"U104"});
}

TEST(Units, GivePulsesTheUnitOfTheirSizes) {
  EXPECT_TRUE(model("event aid at 2000-03 = 2, 2000-05 = 3\nlet x = pulse(aid) + money\n"
                    "let y = pulse(aid) - money\n")
                  .found.empty());
  const Checked sizes = model(
      "param size = 2 unit \"USD\"\nevent aid at 2000-03 = size\n"
      "let x = pulse(aid) + people\n");
  ASSERT_EQ(sizes.codes(), std::vector<std::string>{"U101"});
  EXPECT_EQ(sizes.first().message, "cannot add USD and person");
}

// ---- what sets states and variants

TEST(Units, CheckTreatiesAndInterventions) {
  const std::string state = "state stock = 0 unit \"USD\"\nparam lag = 30 unit \"month\"\n";
  EXPECT_TRUE(model(state + "treaty peace when money > 3\n    stock := money for 5 years then 0\n")
                  .found.empty());
  const Checked term = model(state + "treaty peace when money > 3\n    stock := people\n");
  EXPECT_EQ(term.first().message, "`stock` has unit USD, the treaty's term has unit person");
  const Checked span =
      model(state + "treaty peace when money > 3\n    stock := money for 5 then 0\n");
  EXPECT_EQ(span.codes(), std::vector<std::string>{"U110"});
  const Checked whatif = model(state + "whatif w \"\"\n    at 2000-05 stock := spending[north]\n");
  EXPECT_EQ(whatif.first().message, "`stock` has unit USD, the value put here has unit USD / year");
  const Checked bare = model(state + "whatif w \"\"\n    from 2000-05 delay := 12\n");
  EXPECT_EQ(bare.codes(), std::vector<std::string>{"U107"});
  const Checked explain = model(state + "explain e \"\"\n    lag = 24\n");
  EXPECT_TRUE(explain.found.empty()) << explain.problems();
  const Checked other = model(state + "explain e \"\"\n    lag ~ normal(money, 1)\n");
  EXPECT_EQ(other.codes(), std::vector<std::string>{"U105"});
}

// ---- games

constexpr std::string_view game = R"(
game crisis rationality sharp
    attack by North: hold, strike
    reply by South: fight, concede if attack == strike
    let gain = 0.5 * money
    cost attack by North: strike = COST
    payoff North = gain * (attack == strike)
    payoff South = (-0.3 if reply == fight else 0)
)";

Checked play(const std::string& sharp, const std::string& cost, const std::string& more = {}) {
  std::string text(game);
  text.replace(text.find("COST"), 4, cost);
  return model(sharp + text + more);
}

TEST(Units, CheckGames) {
  const std::string sharp = "param sharp ~ lognormal(0, 1)\n";
  EXPECT_TRUE(play(sharp, "0.2 * money").found.empty()) << play(sharp, "0.2 * money").problems();
  EXPECT_TRUE(play("param sharp = 4 unit \"1 / USD\"\n", "2").found.empty());
  const Checked cost = play(sharp, "people");
  ASSERT_EQ(cost.codes(), std::vector<std::string>{"U106"});
  EXPECT_EQ(cost.first().message, "what `North` gets has unit USD, this cost has unit person");
  EXPECT_EQ(cost.marked(), "people");
  const Checked plain = play("param sharp = 4 unit \"1\"\n", "2");
  ASSERT_EQ(plain.codes(), std::vector<std::string>{"U106"});
  EXPECT_EQ(plain.first().message,
            "a rationality times a payoff has no unit, and the rationality has no unit and the "
            "payoff of `North` unit USD");
  EXPECT_EQ(plain.marked(), "sharp");
  EXPECT_EQ(plain.first().help,
            "give the rationality the inverse unit, for example `(4 \"1 / USD\")`");
}

TEST(Units, KnowAnswersOfGames) {
  const std::string sharp = "param sharp ~ lognormal(0, 1)\n";
  const Checked good = play(sharp, "2",
                            "let a = crisis.worth(North) otherwise 0\nlet b = a + money\n"
                            "let c = crisis.value(strike) otherwise money\n"
                            "let d = exp(prob(attack == strike))\n");
  EXPECT_TRUE(good.found.empty()) << good.problems();
  const Checked worth = play(sharp, "2", "let b = (crisis.worth(North) otherwise 0) + people\n");
  EXPECT_EQ(worth.first().message, "cannot add USD and person");
  const Checked other = play(sharp, "2", "let b = crisis.value(strike) otherwise people\n");
  EXPECT_EQ(other.codes(), std::vector<std::string>{"U108"});
  const Checked prob = play(sharp, "2", "let b = prob(attack == strike) + people\n");
  EXPECT_EQ(prob.codes(), std::vector<std::string>{"U101"});
}

TEST(Units, TakeNumbersOfSetsAsLiterals) {
  EXPECT_TRUE(model("let x = sum(o in Offer: o * money) + money\n").found.empty());
  EXPECT_EQ(model("let x = sum(o in Offer: o * money) + people\n").codes(),
            std::vector<std::string>{"U101"});
}

// ---- exponents

TEST(Units, RefuseExponentsOutOfRange) {
  std::string text = "let x0 = area\n";
  for (int i = 1; i <= 4; ++i) {
    text += "let x" + std::to_string(i) + " = x" + std::to_string(i - 1) + " ^ 999999999\n";
  }
  const Checked checked = model(text);
  EXPECT_EQ(checked.codes(), std::vector<std::string>{"U113"}) << checked.problems();
}

// ---- equations between units

TEST(UnitSystem, SolvesForTheNewestUnknown) {
  UnitSystem system;
  const UnitTerm a = system.fresh();
  const UnitTerm b = system.fresh();
  const UnitTerm person{.known = Unit("person")};
  ASSERT_TRUE(system.equate(a * b.power({2, 1}), person, {}));
  EXPECT_EQ(system.resolved(b), (person / a).power({1, 2}));
  ASSERT_TRUE(system.equate(a, person.power({3, 1}), {}));
  EXPECT_EQ(system.resolved(b), person.power({-1, 1}));
  EXPECT_FALSE(system.equate(b, person, {}));
  EXPECT_EQ(system.resolved(b), person.power({-1, 1})) << "a contradiction changes nothing";
}

TEST(UnitSystem, RemembersWhatASolutionRestsOn) {
  UnitSystem system;
  const UnitTerm a = system.fresh();
  const UnitTerm b = system.fresh();
  const UnitTerm c = system.fresh();
  const UnitTerm d = system.fresh();
  const auto place = [](std::uint32_t begin) { return Span{{}, begin, begin + 1}; };
  ASSERT_TRUE(system.equate(c, b, place(1)));
  ASSERT_TRUE(system.equate(b, a * UnitTerm{.known = Unit("m")}, place(2)));
  ASSERT_TRUE(system.equate(d, {}, place(3)));
  ASSERT_TRUE(system.equate(a, {}, place(4)));
  std::vector<std::uint32_t> places;
  (void)system.resolved(c);
  for (const UnitSystem::Step& step : system.trail(c)) places.push_back(step.where.begin);
  std::sort(places.begin(), places.end());
  EXPECT_EQ(places, (std::vector<std::uint32_t>{1, 2, 4}));
  EXPECT_EQ(system.trail(d).size(), 1U);
  EXPECT_TRUE(system.trail(UnitTerm{.known = Unit("m")}).empty());
}

TEST(UnitSystem, ResolvesLongChains) {
  UnitSystem system;
  std::vector<UnitTerm> unknowns;
  for (int i = 0; i < 2000; ++i) unknowns.push_back(system.fresh());
  for (std::size_t i = unknowns.size() - 1; i > 0; --i)
    ASSERT_TRUE(system.equate(unknowns[i], unknowns[i - 1] * UnitTerm{.known = Unit("m")}, {}));
  ASSERT_TRUE(system.equate(unknowns[0], {}, {}));
  EXPECT_EQ(system.resolved(unknowns.back()), UnitTerm{.known = Unit("m").power({1999, 1})});
}

}  // namespace
}  // namespace casus::language
