// Every construct of the language, each in a small model whose answer is plain. What a construct
// means in full is tested beside it, in the other files of this folder.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

constexpr std::string_view months = "from 2000-01 to 2003-12 by month";
constexpr std::string_view years = "from 2000 to 2009 by year";

/// The value of measure `m` of a model over ten years.
double measured(const std::string& body, MemoryAnswers answers = {}) {
  return over_time(years, body, std::move(answers)).run().measure("m");
}

double p_of(double gain) { return 1.0 / (1.0 + std::exp(-gain)); }

// ---- sets, links, data, events

TEST(Design, SetsAndSubsets) {
  MemoryAnswers answers;
  answers.labels["Place"] = {"a", "b", "c"};
  answers.labels["Inner"] = {"b", "c"};
  answers.series["weight"] = {.values = {1, 2, 4}};
  const std::string sets = R"(
set State = Armenia, Azerbaijan, Russia
set Rival in State = Armenia, Azerbaijan
set Place from "places.csv" column id where kind == land
set Inner in Place where group in (north, south)
set Offer = 0 to 1 by 0.25
data weight[Place] from "places.csv"
)";
  EXPECT_EQ(measured(sets + "measure m = count(s in State) + 10 * count(r in Rival)\n", answers),
            23);
  EXPECT_EQ(measured(sets + "measure m = sum(p in Inner: weight[p])\n", answers), 6);
  EXPECT_EQ(measured(sets + "measure m = sum(o in Offer: o)\n", answers), 2.5);
  EXPECT_EQ(measured(sets + "measure m = sum(s in State if not s in Rival: 1)\n", answers), 1);
}

TEST(Design, LinksAndValuesOutside) {
  MemoryAnswers answers;
  answers.labels["Place"] = {"a", "b", "sea"};
  answers.labels["Land"] = {"a", "b"};
  answers.links["borders"] = {{"a", "b"}, {"b", "sea"}};
  answers.link_weights["borders"] = {30, 50};
  answers.series["held_outside"] = {.values = {0, 0, 7}};
  const std::string head = R"(
set Place from "places.csv"
set Land in Place where group == land
link borders(Land, Place) from "borders.csv" columns x, y weight km symmetric unit "km"
data held_outside[Place] from "places.csv"
state held[d in Land] = (1 if d == a else 2)    outside held_outside
let front[d in Land] = max(e in borders(d): abs(held[e] - held[d]))
let length[d in Land] = sum(e in borders(d): borders(d, e))
)";
  EXPECT_EQ(measured(head + "measure m = front[a] at end\n", answers), 1);
  EXPECT_EQ(measured(head + "measure m = front[b] at end\n", answers), 5);
  EXPECT_EQ(measured(head + "measure m = length[b] at end\n", answers), 80);
}

TEST(Design, DataAndEvents) {
  MemoryAnswers answers;
  answers.series["price"] = {.by_step = true, .values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}};
  const std::string head = R"(
data price from "oil.csv" unit "USD / barrel" linear
data cap = 0.5 because c1 "a constant with its source"
event coup in Baku at 2002-05-14, 2004 = 0.7, 2006 to 2007
)";
  EXPECT_EQ(measured(head + "measure m = price at 2003\n", answers), 4);
  EXPECT_EQ(measured(head + "measure m = cap\n", answers), 0.5);
  EXPECT_DOUBLE_EQ(measured(head + "measure m = total(pulse(coup))\n", answers), 2.7);
  EXPECT_EQ(measured(head + "measure m = total(during(coup))\n", answers), 4);
  EXPECT_EQ(measured(head + "measure m = total(since(coup))\n", answers), 8);
  EXPECT_EQ(measured(head + "measure m = total(since(2005))\n", answers), 5);
  EXPECT_EQ(measured(head + "measure m = total(during(2003, 2005))\n", answers), 3);
}

TEST(Design, HalfLifeIsTheSamePathByWeekAndByMonth) {
  for (const char* by : {"week", "month", "day"}) {
    const std::string time = std::string("from 2000-01-03 to 2001-12-31 by ") + by;
    const Checked model =
        over_time(time, "state x = 1 then x * half_life(6 months)\nmeasure m = x at end\n");
    const double t = model.model().steps.count * model.model().steps.dt;
    EXPECT_NEAR(model.run().measure("m"), std::exp2(-2.0 * t), 1e-13);
  }
}

// ---- parameters, functions, states, lets, draws

TEST(Design, ParametersOfVariants) {
  const Checked model = over_time(years, R"(
param wear ~ beta(2, 18) unit "1 / year" because c41 "what wears out"
param lever ~ halfnormal(1) base 0
param horizon = 36 unit "month"
param bias[s in State] ~ normal(mean = 0, sd = 1)
set State = a, b
let x = horizon / 1 year + lever
explain leverage "it matters" because c2
    lever = 2
    bias ~ normal(5, 1e-9)
explain open
    lever free
measure m = x at end
measure both = bias[a] + bias[b]
measure wears = wear
)");
  EXPECT_EQ(model.run().measure("m"), 3);
  EXPECT_EQ(model.explanation("leverage").run().measure("m"), 5);
  EXPECT_NEAR(model.explanation("leverage").run().measure("both"), 10, 1e-6);
  EXPECT_GT(model.explanation("open").run().measure("m"), 3);
  EXPECT_NE(model.run({.set = 1}).measure("wears"), model.run({.set = 2}).measure("wears"));
}

TEST(Design, StatesLetsAndFunctions) {
  const std::string head = R"(
function win(edge) = 1 / (1 + exp(-2 * edge))
function worth_of(p, prize) = prize * p - (1 - p)
state phase : {peace, war, absorbed} = war
    then cases
        stock > 3    : absorbed
        phase == war : peace
        otherwise    : phase
state stock = 1 then stock + dt * 1
let doubled = 2 * stock    "in the step, of the stock at its start"
)";
  EXPECT_EQ(measured(head + "measure m = stock at end\n"), 11);
  EXPECT_EQ(measured(head + "measure m = doubled at end\n"), 20);
  EXPECT_EQ(measured(head + "measure m = total(phase == peace)\n"), 3);
  EXPECT_NEAR(measured(head + "measure m = worth_of(win(0), 5)\n"), 2.0, 1e-15);
  EXPECT_EQ(measured(head + "measure m = (phase at end) == absorbed\n"), 1);
}

TEST(Design, LooksBack) {
  const std::string head = "state n = 1 then n + 1\nlet x = n ^ 2\n";
  EXPECT_EQ(measured(head + "let y = lagged(x, 2 years)\nmeasure m = y at end\n"), 64);
  EXPECT_EQ(measured(head + "let y = slope(x, 2 years)\nmeasure m = y at end\n"), 18);
  EXPECT_NEAR(measured(head + "let y = averaged(n, 1 year)\nmeasure m = y at 2001\n"), 1.0, 1e-15);
}

TEST(Design, DrawsAtTheirTimes) {
  const History h = over_time(months, R"(
set Arm = foot, horse
draw each ~ normal(0, 1)
draw yearly ~ uniform(0, 1) by year
draw fixed ~ exponential(2) once
draw mood : {calm, angry} ~ categorical(calm = 1, angry = 1) by year
draw fallen[a in Arm] ~ multinomial(9, 1)
let all = fallen[foot] + fallen[horse]
)")
                        .run();
  EXPECT_NE(h.at("each", 0), h.at("each", 1));
  EXPECT_EQ(h.at("yearly", 0), h.at("yearly", 11));
  EXPECT_NE(h.at("yearly", 11), h.at("yearly", 12));
  EXPECT_EQ(h.at("fixed", 0), h.at("fixed", 47));
  EXPECT_EQ(h.labels("mood")[0], h.labels("mood")[11]);
  for (const double all : h.path("all")) EXPECT_EQ(all, 9.0);
}

TEST(Design, ClampKeepsWithinItsBounds) {
  EXPECT_EQ(measured("let x = clamp(1.5, 0, 1)\nmeasure m = x at end\n"), 1);
  EXPECT_EQ(measured("let x = clamp(-1.5, 0, 1)\nmeasure m = x at end\n"), 0);
  EXPECT_EQ(measured("state n = -3 then n + 1\nlet x = clamp(n, -2, 4)\nmeasure m = total(x)\n"),
            -2 - 2 - 1 + 0 + 1 + 2 + 3 + 4 + 4 + 4);
  // a function of one's own has the name
  EXPECT_EQ(measured("function clamp(x) = 7 * x\nlet x = clamp(2)\nmeasure m = x at end\n"), 14);
}

// ---- games

constexpr std::string_view crisis = R"(
state phase : {peace, war} = peace
param sharp = 2
game crisis while phase == peace rationality sharp
    attack  by Azerbaijan: hold (status quo per year), raid, offensive
    backing by Turkey:     abstain, back               if attack == offensive
    answer  by Russia:     abstain, mediate            if attack != hold
    rationality Russia = 1
    let p = 0.5 + 0.3 * (backing == back) - 0.2 * (answer == mediate)
    cost answer by Russia: mediate = 0.1
    payoff Azerbaijan = cases
        attack == hold : 0.5 * value(offensive)
        otherwise      : p - 0.2
    payoff Turkey = 0.4 * p
    payoff Russia = 1 - p
    ends quiet when attack == hold
    ends drawn_in when backing == back or answer == mediate
)";

TEST(Design, AGame) {
  const std::string head(crisis);
  const double mediates = p_of(0.2 - 0.1);
  EXPECT_NEAR(measured(head + "measure m = prob(answer == mediate given attack == raid) at end\n"),
              mediates, 1e-14);
  const double raid = 0.3 - 0.2 * mediates;
  EXPECT_NEAR(measured(head + "measure m = (value(raid) otherwise 9) at end\n"), raid, 1e-14);
  const double backs = p_of(2 * 0.4 * 0.3);
  EXPECT_NEAR(
      measured(head + "measure m = prob(backing == back given attack == offensive) at end\n"),
      backs, 1e-14);
  const double offensive = raid + 0.3 * backs;
  const double hold = 0.5 * offensive;
  const double all = std::exp(2 * hold) + std::exp(2 * raid) + std::exp(2 * offensive);
  EXPECT_NEAR(measured(head + "measure m = prob(quiet) at end\n"), std::exp(2 * hold) / all, 1e-14);
  const double worth = (hold * std::exp(2 * hold) + raid * std::exp(2 * raid) +
                        offensive * std::exp(2 * offensive)) /
                       all;
  EXPECT_NEAR(measured(head + "measure m = (crisis.worth(Azerbaijan) otherwise 0) at end\n"), worth,
              1e-14);
}

TEST(Design, MovesAndOutcomesOfAStep) {
  const History h =
      over_time(months, std::string(crisis) + "let none_made = backing == none\n").run();
  for (std::size_t step = 0; step < 48; ++step) {
    const std::string attack = h.labels("attack")[step];
    EXPECT_EQ(h.at("quiet", step), attack == "hold" ? 1.0 : 0.0);
    EXPECT_EQ(h.at("none_made", step), attack == "offensive" ? 0.0 : 1.0);
    EXPECT_EQ(h.labels("answer")[step] == "none", attack == "hold");
  }
}

TEST(Design, TwoGamesShareAMove) {
  const std::string both = R"(
state phase : {peace, war} = peace then (war if phase == peace else peace)
game first while phase == peace rationality 0
    act by A: rest, fight
    payoff A = 0
game second while phase == war rationality 1000
    act by A: rest, fight
    payoff A = 1 * (act == fight)
measure m = share(act == fight while phase == war)
)";
  const History h = over_time(months, both).run();
  EXPECT_EQ(h.measure("m") / h.denominator("m"), 1.0);
}

TEST(Design, ErrorStructures) {
  for (const char* errors : {"logit", "probit", "private"}) {
    const double m = measured(std::string("game g rationality 1 errors ") + errors +
                              "\n    a by A: x, y\n    payoff A = 1 * (a == y)\n"
                              "measure m = prob(a == y) at end\n");
    const bool logit = std::string(errors) == "logit";
    EXPECT_NEAR(m, logit ? p_of(1.0) : 0.5 * std::erfc(-0.5), 1e-14) << errors;
  }
}

// ---- treaties

TEST(Design, TreatyWithTerms) {
  const std::string head = R"(
set Place = a, b, c
set Belt in Place = b, c
state held[d in Place] = 1 then held[d] + 1
state peacekeepers = 0 then 5
treaty statement when since(2003) > 0 and during(2003, 2003) > 0 because t10 "signed once"
    held[d in Belt] := 0
    peacekeepers    := 1960 for 3 years then 100
let in_force = statement
)";
  const History h = over_time(years, head).run();
  EXPECT_EQ(h.path("held[a]"), (std::vector<double>{2, 3, 4, 5, 6, 7, 8, 9, 10, 11}));
  EXPECT_EQ(h.path("held[b]"), (std::vector<double>{2, 3, 4, 0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(h.path("peacekeepers"), (std::vector<double>{5, 5, 5, 1960, 1960, 1960, 100, 5, 5, 5}));
  EXPECT_EQ(h.path("in_force"), (std::vector<double>{0, 0, 0, 1, 0, 0, 0, 0, 0, 0}));
}

// ---- what is observed

TEST(Design, Observations) {
  MemoryAnswers answers;
  answers.series["deaths"] = {.by_step = true, .values = std::vector<double>(10, std::nan(""))};
  const History h = over_time(years, R"(
state n = 10
game g rationality 1
    push by A: press, stop
    reply by B: press, stop if push == stop
    payoff A = 0
    payoff B = 0
    ends truce when push == stop and reply == stop
observe deaths from "deaths.csv" column killed ~ negbinomial(mean = 3 * n, size = 2)
observe push from "record.csv" column who
observe ends from "record.csv" column outcome
observe (push == press or reply == press) from "record.csv" column goes_on
observe total(deaths) over 2002 to 2004 = 80 ~ negbinomial(mean = 90, size = 2)
measure m = mean(deaths)
)",
                              answers)
                        .run();
  EXPECT_GT(h.measure("m"), 5.0);
  EXPECT_LT(h.measure("m"), 100.0);
}

TEST(Design, ExactObservations) {
  MemoryAnswers answers;
  answers.series["budget"] = {.by_step = true, .values = std::vector<double>(10, 80.0)};
  const Checked model = over_time(years, R"(
param a = 2
param rent_to_arms = 0.5
data oil_income = 100
draw budget_noise ~ normal(0, 0.26) by year
let budget = exp(a + rent_to_arms * log(oil_income) + budget_noise)
observe budget from "milex.csv" exact
whatif cheap_oil
    from 2005 oil_income := 0.5 * oil_income
)",
                                  answers);
  const double noise = std::log(80.0) - 2.0 - 0.5 * std::log(100.0);
  EXPECT_NEAR(model.variant({.given = true}).run().at("budget_noise", 9), noise, 1e-14);
  const History free = model.run();
  const History cheap = model.whatif("cheap_oil").run();
  EXPECT_EQ(cheap.at("budget_noise", 9), free.at("budget_noise", 9));
  EXPECT_NEAR(cheap.at("budget", 9), free.at("budget", 9) * std::sqrt(0.5), 1e-12);
}

// ---- explanations, what-ifs, starts

TEST(Design, WhatIfs) {
  const Checked model = over_time(years, R"(
data price = 10
state line = 3
let tax = 2 * price
game g rationality 1
    act by A: wait, strike
    answer by B: yield, fight if act == strike
    payoff A = (0 if act == wait else (1 if answer == yield else -5))
    payoff B = 0
whatif guarantee "publicly"
    from 2005 B commits answer = fight credibility 0.9
whatif caught_out
    from 2005 act := strike unforeseen throughout
whatif cheap
    from 2003 to 2004 price := 0.5 * price
whatif moved
    at 2004 line := 7
start from_five at 2005
    from 2000 to 2004 act := wait
measure struck = prob(act == strike) at end
measure after = share(act == strike) from 2005
measure paid = total(tax)
measure at_line = line at 2004
measure earlier = line at 2003
)");
  const History h = model.run();
  EXPECT_NEAR(h.measure("struck"), p_of(0.5 * 1 - 0.5 * 5), 1e-14);
  const double fights = 0.9 + 0.1 * 0.5;
  EXPECT_NEAR(model.whatif("guarantee").run().measure("struck"),
              p_of((1 - fights) * 1 - fights * 5), 1e-14);
  const History caught = model.whatif("caught_out").run();
  EXPECT_EQ(caught.measure("after") / caught.denominator("after"), 1.0);
  EXPECT_EQ(h.measure("paid"), 200.0);
  EXPECT_EQ(model.whatif("cheap").run().measure("paid"), 180.0);
  EXPECT_EQ(model.whatif("moved").run().measure("at_line"), 7.0);
  EXPECT_EQ(model.whatif("moved").run().measure("earlier"), 3.0);
  const History started = model.variant({.start = "from_five"}).run();
  EXPECT_EQ(started.labels("act")[4], "wait");
}

// Decision 3: explanations, what-ifs and starts have names of their own, each kind apart.
TEST(Design, NamesOfVariantsAreTheirOwn) {
  const std::string text = R"(
param safe = 1
let x = safe
measure total_x = total(x)
whatif safe
    from 2000 x := 2
start safe at 2000
    from 2000 x := 1
explain safe
    safe = 3
)";
  const Checked model = over_time(years, text);
  EXPECT_EQ(model.run().measure("total_x"), 10);
  EXPECT_EQ(model.whatif("safe").run().measure("total_x"), 20);
  EXPECT_EQ(model.explanation("safe").run().measure("total_x"), 30);
  EXPECT_EQ(over_time(years, text + "whatif safe\n    from 2001 x := 3\n").faults(),
            (std::vector<std::string>{"N002 safe"}));
  EXPECT_EQ(over_time(years, text + "explain safe\n    safe = 4\n").faults(),
            (std::vector<std::string>{"N002 safe"}));
}

TEST(Design, Rivals) {
  const Checked model = over_time(months, std::string(crisis) + R"(
rival steady replaces attack "constant yearly rates"
    raid      ~ normal(log(0.1), 2)
    offensive = log(0.02)
rival rising replaces attack on time
measure m = prob(attack == offensive) at end
)");
  const History h = model.explanation("steady").run();
  const double raid = std::exp(h.parameter("attack.raid.log_rate")) / 12;
  EXPECT_NEAR(h.measure("m"), (0.02 / 12) / (1 + raid + 0.02 / 12), 1e-14);
  const History median = model.explanation("rising").run({.at_median = true});
  EXPECT_EQ(median.parameter("attack.raid.slope"), 0.0);
}

// ---- measures

constexpr std::string_view wars = R"(
state n = 0 then n + 1
let war = n == 3 or n == 4 or n == 8
let dead = (n if war else 0)
)";

TEST(Design, MeasuresOverSteps) {
  const std::string head(wars);
  EXPECT_EQ(measured(head + "measure m = any(war) from 2003 to 2005\n"), 1);
  EXPECT_EQ(measured(head + "measure m = any(war) from 2005 to 2007\n"), 0);
  EXPECT_EQ(measured(head + "measure m = all(war) from 2003 to 2004\n"), 1);
  EXPECT_EQ(measured(head + "measure m = total(dead) from 2004\n"), 12);
  EXPECT_EQ(measured(head + "measure m = mean(dead while war)\n"), 5);
  EXPECT_EQ(measured(head + "measure m = highest(dead) - lowest(dead)\n"), 8);
  EXPECT_EQ(measured(head + "measure m = first date war\n"), 3);
  EXPECT_EQ(measured(head + "measure m = last date war\n"), 8);
  EXPECT_EQ(measured(head + "measure m = (first date n > 100) > 2005\n"), 1);  // never is last
  EXPECT_EQ(measured(head + "measure m = n at 2004\n"), 5);  // a state's value at the step's end
  EXPECT_EQ(measured(head + "measure m = dead at 2004\n"), 4);
  const History h =
      over_time(years, head + "measure m = share(n > 3 while war)\nmeasure r = rate(war)\n").run();
  EXPECT_DOUBLE_EQ(h.measure("m") / h.denominator("m"), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(h.measure("r") / h.denominator("r"), 0.3);
}

TEST(Design, MeasuresOfMeasuresAndWithConditions) {
  const History h = over_time(years, std::string(wars) + R"(
set Side = east, west
state held[s in Side] = (1 if s == east else 3)
measure first_war = first date war
measure frozen = (held[east] at 2005) > 0.5 and first_war > 2002
measure late = any(war) given first_war in 2002 to 2004
measure nobody = any(war) given first_war in 2005 to 2009
measure mediated = share(war while n > 2) given first_war in 2002 to 2004
measure quotient = (sum(s in Side: held[s] * n) at end) / (sum(s in Side: held[s]) at end)
measure of_two[s in Side] = held[s] at end
)")
                        .run();
  EXPECT_EQ(h.measure("frozen"), 1);
  EXPECT_TRUE(h.counts("late"));
  EXPECT_FALSE(h.counts("nobody"));
  EXPECT_TRUE(h.counts("mediated"));
  EXPECT_DOUBLE_EQ(h.measure("mediated") / h.denominator("mediated"), 3.0 / 7.0);
  EXPECT_EQ(h.measure("quotient"), 10);
  EXPECT_EQ(h.measure("of_two[west]"), 3);
}

// A measure for each year: a bound name whose labels are dates stands for them.
TEST(Design, MeasuresByYear) {
  const std::string body = R"(
set Year = 2000 to 2003 by 1
set Month from "months.csv"
state n = 0 then n + 1
measure hazard[y in Year] = rate(mod(n, 5) == 0 while n > 1) from y to y
measure since_then[y in Year] = total(n) from y
measure upto[y in Year] = total(n) from 2000 to y
measure n_at[y in Year] = n at y
measure of_month[m in Month] = n at m
measure first_big = first date n >= 20
measure in_year[y in Year] = first_big in y to y
)";
  MemoryAnswers answers;
  answers.labels["Month"] = {"2000-03", "2002-01"};
  const History h = over_time(months, body, answers).run();
  EXPECT_DOUBLE_EQ(h.measure("hazard[2000]") / h.denominator("hazard[2000]"), 2 / (10 / 12.0));
  EXPECT_DOUBLE_EQ(h.measure("hazard[2003]") / h.denominator("hazard[2003]"), 2.0);
  EXPECT_EQ(h.measure("since_then[2003]"), (36 + 47) * 6.0);
  EXPECT_EQ(h.measure("upto[2000]"), 66.0);
  EXPECT_EQ(h.measure("n_at[2001]"), 13.0);  // a year's first step
  EXPECT_EQ(h.measure("of_month[2000-03]"), 3.0);
  EXPECT_EQ(h.measure("in_year[2001]"), 1.0);
  EXPECT_EQ(h.measure("in_year[2002]"), 0.0);
  EXPECT_EQ(over_time(months, "set S = x, y\nstate n = 0\nmeasure m[s in S] = n at s\n").faults(),
            std::vector<std::string>{"T103 s"});
  EXPECT_EQ(over_time(months, "state n = 0\nmeasure m = n at noon\n").faults(),
            std::vector<std::string>{"T103 noon"});
}

// ---- time

TEST(Design, KindsOfTime) {
  EXPECT_EQ(over_steps(4, "state n = 0 then n + dt\nmeasure m = n at end\n").run().measure("m"), 4);
  EXPECT_NEAR(over_time("0 to 10 by 0.25 unit \"day\"",
                        "state n = 0 then n + dt / 1 day\nmeasure m = n at 5\n")
                  .run()
                  .measure("m"),
              5.0, 1e-12);
  MemoryAnswers answers;
  answers.rows = 3;
  answers.series["x"] = {.by_step = true, .values = {1, 2, 6}};
  EXPECT_EQ(over_time("rows \"r.csv\"", "data x from \"r.csv\"\nmeasure m = mean(x)\n", answers)
                .run()
                .measure("m"),
            3.0);
}

// ---- units

TEST(Design, UnitsAreChecked) {
  EXPECT_EQ(
      over_time(years, "state stock = 3 unit \"USD\" then stock + 1 \"USD / year\"\n").faults(),
      std::vector<std::string>{"U101 +"});
  EXPECT_EQ(measured("data income = 6 unit \"million USD / year\"\n"
                     "measure m = log(income / 1 \"million USD / year\")\n"),
            std::log(6.0));
}

}  // namespace
}  // namespace casus::language
