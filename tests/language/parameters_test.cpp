// Parameters under explanations and by hand (decision 17).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

constexpr std::string_view world = R"(
param free ~ normal(0, 1)
param based ~ normal(0, 1) base 0.25
param plain = 7
param scaled ~ normal(3, 1e-12) unit "1 / month"
let seen = free + based + plain
let per_year = scaled
explain frees
    based free
explain draws
    based ~ normal(100, 1e-9)
    plain ~ normal(50, 1e-9)
explain fixes
    free = 1.5
    based = 2 * 4
    plain = 8
    scaled = 2
explain nothing
)";

// `~` without `base` is free in every variant; with `base` it is the base value unless freed.
TEST(Parameters, FreeAndBased) {
  const Checked model = over_steps(1, world);
  const History h = model.run({.set = 1});
  EXPECT_NE(h.parameter("free"), model.run({.set = 2}).parameter("free"));
  EXPECT_EQ(h.parameter("based"), 0.25);
  EXPECT_DOUBLE_EQ(h.at_end("seen"), h.parameter("free") + 0.25 + 7);
}

TEST(Parameters, ExplanationsFreeDrawAndFix) {
  const Checked model = over_steps(1, world);
  const Runner frees = model.explanation("frees");
  EXPECT_NE(frees.run({.set = 1}).parameter("based"), frees.run({.set = 2}).parameter("based"));
  EXPECT_NEAR(model.explanation("draws").run().parameter("based"), 100, 1e-6);
  const History fixed = model.explanation("fixes").run();
  EXPECT_EQ(fixed.parameter("free"), 1.5);
  EXPECT_EQ(fixed.parameter("based"), 8);
  EXPECT_EQ(fixed.at_end("seen"), 1.5 + 8 + 8);
  EXPECT_EQ(fixed.parameter("scaled"), 2);
}

// A parameter that one explanation moves keeps its draw; others keep theirs.
TEST(Parameters, ExplanationsShareTheirDraws) {
  const Checked model = over_steps(1, world);
  EXPECT_EQ(model.run().parameter("free"), model.explanation("frees").run().parameter("free"));
  EXPECT_EQ(model.run().path("seen"), model.explanation("nothing").run().path("seen"));
}

// An explanation may draw what the model holds constant.
TEST(Parameters, ConstantsMayBeDrawn) {
  const Checked model = over_steps(1, world);
  const History h = model.explanation("draws").run();
  EXPECT_NEAR(h.at_end("seen") - h.parameter("free"), 150, 1e-6);
}

// What an explanation draws it draws once for a parameter set, not anew in every step.
TEST(Parameters, ConstantsAreDrawnOnceForASet) {
  const Checked model = over_steps(3, R"(
param plain = 7
let seen = plain
measure told = plain
explain draws
    plain ~ normal(50, 1)
)");
  EXPECT_EQ(model.run().path("seen"), (std::vector<double>{7, 7, 7}));
  const Runner draws = model.explanation("draws");
  const History first = draws.run({.set = 1, .slot = 0});
  const double drawn = first.parameter("plain");
  EXPECT_EQ(first.path("seen"), (std::vector<double>{drawn, drawn, drawn}));
  EXPECT_EQ(first.measure("told"), drawn);
  EXPECT_EQ(draws.run({.set = 1, .slot = 5}).parameter("plain"), drawn);
  EXPECT_NE(draws.run({.set = 2}).parameter("plain"), drawn);
}

// Rates per month are used per year and printed per month.
TEST(Parameters, DeclaredUnitsScale) {
  const Checked model = over_steps(1, world);
  const History h = model.run();
  EXPECT_NEAR(h.parameter("scaled"), 3, 1e-9);
  EXPECT_NEAR(h.at_end("per_year"), 36, 1e-8);
  EXPECT_NEAR(model.explanation("fixes").run().at_end("per_year"), 24, 1e-9);
}

TEST(Parameters, SetByHandInDeclaredUnits) {
  const Checked model = over_steps(1, world);
  const Runner by_hand =
      model.variant({.fixed = {{"scaled", 5}, {"plain", 9}, {"free", -1}, {"based", 0.5}}});
  const History h = by_hand.run();
  EXPECT_EQ(h.parameter("scaled"), 5);
  EXPECT_NEAR(h.at_end("per_year"), 60, 1e-12);
  EXPECT_EQ(h.at_end("seen"), -1 + 0.5 + 9);
  // by hand stands over the explanation
  EXPECT_EQ(model.variant({.explanation = "fixes", .fixed = {{"free", 4}}}).run().parameter("free"),
            4);
}

TEST(Parameters, ArraysAreIndependentByElement) {
  const Checked model = over_steps(1, R"(
set S = a, b, c
data centre[S] from "c.csv"
param rate[s in S] ~ normal(centre[s], 1e-9)
param wild[s in S] ~ normal(0, 1)
param level[s in S] = centre[s] * 2
let total = sum(s in S: rate[s] * 10 + level[s])
)",
                                   {.series = {{"centre", {.values = {1, 2, 4}}}}});
  const History h = model.run();
  EXPECT_NEAR(h.parameter("rate[c]"), 4, 1e-6);
  EXPECT_NE(h.parameter("wild[a]"), h.parameter("wild[b]"));
  EXPECT_NEAR(h.at_end("total"), 84, 1e-5);
  const Runner one = model.variant({.fixed = {{"rate[b]", 20}}});
  EXPECT_EQ(one.run().parameter("rate[b]"), 20);
  EXPECT_EQ(one.run().parameter("rate[a]"), h.parameter("rate[a]"));
  EXPECT_EQ(model.variant({.fixed = {{"wild", 3}}}).run().parameter("wild[c]"), 3);
}

// Priors may use earlier parameters, in any order of the file, acyclically.
TEST(Parameters, PriorsDependOnParameters) {
  const Checked model = over_steps(1, R"(
param child ~ normal(parent * 10, 1e-9)
param parent ~ normal(shift, 1)
param shift = 5
param twice = 2 * parent
let y = twice
)");
  const History h = model.run();
  EXPECT_NEAR(h.parameter("child"), 10 * h.parameter("parent"), 1e-6);
  EXPECT_DOUBLE_EQ(h.at_end("y"), 2 * h.parameter("parent"));
  EXPECT_NEAR(model.variant({.fixed = {{"parent", 3}}}).run().parameter("child"), 30, 1e-6);
  EXPECT_EQ(over_steps(1, "param a ~ normal(b, 1)\nparam b ~ normal(a, 1)\n").faults(),
            (std::vector<std::string>{"O101 a"}));
}

// At the median every parameter is its prior's median, printed in declared units.
TEST(Parameters, MediansOfPriors) {
  const History h = over_steps(1, R"(
param a ~ beta(2, 2)
param c ~ halfnormal(3)
param d ~ uniform(2, 4) unit "1 / month"
)")
                        .run({.at_median = true});
  EXPECT_NEAR(h.parameter("a"), 0.5, 1e-12);
  EXPECT_NEAR(h.parameter("c"), 3 * 0.6744897501960817, 1e-12);
  EXPECT_NEAR(h.parameter("d"), 3, 1e-12);
}

// N124: arguments that are known are judged before a run, in whatever order they are written.
TEST(Parameters, ArgumentsLieInTheirDomains) {
  const auto faults = [](const std::string& law) {
    return over_steps(2, "param p ~ uniform(1, 2)\nparam q = 0\ndraw x ~ " + law + "\n").faults();
  };
  const std::vector<std::string> none;
  EXPECT_EQ(faults("normal(0, -1)"), (std::vector<std::string>{"N124 -1"}));
  EXPECT_EQ(faults("normal(sd = q, mean = 3)"), (std::vector<std::string>{"N124 q"}));
  EXPECT_EQ(faults("normal(p, 0 * p)"), (std::vector<std::string>{"N124 0 * p"}));
  EXPECT_EQ(faults("uniform(3, 3)"), (std::vector<std::string>{"N124 3"}));
  EXPECT_EQ(faults("bernoulli(1.5)"), (std::vector<std::string>{"N124 1.5"}));
  EXPECT_EQ(faults("binomial(2.5, p)"), (std::vector<std::string>{"N124 2.5"}));
  EXPECT_EQ(faults("uniform(p, -3)"), none);  // known when it runs
  EXPECT_EQ(faults("uniform(5, p)"), none);
  EXPECT_EQ(faults("normal(0, p)"), none);
}

// R116: a value set by hand is one that the prior could give, or the edge of what it could.
TEST(Parameters, ValuesByHandAreOnesThePriorCouldGive) {
  const Checked model = over_steps(1, R"(
param positive ~ lognormal(0, 1)
param share ~ beta(2, 3)
param bounded ~ uniform(-1, 1)
param months ~ uniform(1, 12) unit "month"
param free ~ normal(0, 1)
param hidden ~ uniform(0, free)
param plain = 3
explain other
    bounded ~ uniform(4, 5)
)");
  const auto faults = [&](const std::string& name, double value, const std::string& explain = "") {
    return model.faults({.explanation = explain, .fixed = {{name, value}}});
  };
  const std::vector<std::string> none;
  EXPECT_EQ(faults("positive", -0.1), (std::vector<std::string>{"R116 lognormal(0, 1)"}));
  EXPECT_EQ(faults("positive", 0), none);
  EXPECT_EQ(faults("share", 1.01), (std::vector<std::string>{"R116 beta(2, 3)"}));
  EXPECT_EQ(faults("share", 1), none);
  EXPECT_EQ(faults("bounded", -2), (std::vector<std::string>{"R116 uniform(-1, 1)"}));
  EXPECT_EQ(faults("bounded", -1), none);
  EXPECT_EQ(faults("bounded", 0, "other"), (std::vector<std::string>{"R116 uniform(4, 5)"}));
  EXPECT_EQ(faults("months", 12), none);
  EXPECT_EQ(faults("months", 13), (std::vector<std::string>{"R116 uniform(1, 12)"}));
  EXPECT_EQ(faults("free", 40), none);
  EXPECT_EQ(faults("hidden", 7), none);  // known when it runs
  EXPECT_EQ(faults("plain", -7), none);
}

TEST(Parameters, MayNotChangeOverTime) {
  EXPECT_EQ(over_steps(2, "state x = 1\nparam a ~ normal(x, 1)\n").faults(),
            (std::vector<std::string>{"N108 x"}));
  const MemoryAnswers by_step{.series = {{"d", {.by_step = true, .values = {1, 2}}}}};
  EXPECT_EQ(over_steps(2, "data d from \"d.csv\"\nparam a ~ normal(d, 1)\n", by_step).faults(),
            (std::vector<std::string>{"O107 d"}));
  const MemoryAnswers constant{.series = {{"d", {.values = {4}}}}};
  EXPECT_NEAR(over_steps(2, "data d from \"d.csv\"\nparam a ~ normal(d, 1e-9)\n", constant)
                  .run()
                  .parameter("a"),
              4, 1e-6);
}

}  // namespace
}  // namespace casus::language
