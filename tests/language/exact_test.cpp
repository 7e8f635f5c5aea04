// What is observed exactly: the draw that a datum decides, and the density of the datum. Densities
// are held against those of transformed normals, with derivatives by differences.
#include "language/running.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>

namespace casus::language {
namespace {

const Variant given{.given = true};
constexpr double infinity = std::numeric_limits<double>::infinity();
const double blank = std::nan("");

double log_normal_density(double x, double mean, double sd) {
  const double z = (x - mean) / sd;
  return -0.5 * z * z - std::log(sd) - 0.5 * std::log(2.0 * std::numbers::pi);
}

MemoryAnswers data(const std::string& name, std::vector<double> values) {
  MemoryAnswers answers;
  answers.series[name] = {.by_step = true, .values = std::move(values)};
  return answers;
}

// An autoregression of logarithms: the scores are those of its closed form.
TEST(Exact, LogarithmsThatFollowEachOther) {
  const std::vector<double> budget{103.0, 96.5, 120.0, 140.25, 90.0};
  const Checked model = over_steps(5, R"(
param a = 0.5
param rho = 0.9
state past = 100 then budget
draw noise ~ normal(0.02, 0.26)
let budget = exp(a + rho * log(past) + noise)
observe budget from "milex.csv" exact
let twice = 2 * budget
)",
                                   data("budget", budget));
  const History h = model.variant(given).run();
  double past = 100.0;
  for (std::size_t step = 0; step < budget.size(); ++step) {
    const double noise = std::log(budget[step]) - 0.5 - 0.9 * std::log(past);
    EXPECT_NEAR(h.at("noise", step), noise, 1e-13);
    EXPECT_EQ(h.at("budget", step), budget[step]);
    EXPECT_EQ(h.at("twice", step), 2.0 * budget[step]);
    EXPECT_NEAR(h.scores("budget").at(step),
                log_normal_density(noise, 0.02, 0.26) - std::log(budget[step]), 1e-12);
    past = budget[step];
  }
}

// Where every step has its datum, what could not be had included, a likelihood needs no particles.
TEST(Exact, NothingIsLeftToChanceWhereEveryDatumIsThere) {
  const std::string body =
      "param least ~ uniform(0, 10)\ndraw noise ~ gamma(2, 1)\nlet x = least + exp(noise)\n"
      "observe x from \"x.csv\" exact\n";
  const auto n_draws = [&](std::vector<double> values) {
    std::size_t n = 0;
    const Runner runner = over_steps(3, body, data("x", std::move(values))).variant(given);
    for (const Segment& segment : runner.lowered().segments) {
      for (const machine::Instruction& at : segment.program.code)
        n += at.op == machine::Op::uniform || at.op == machine::Op::sample ? 1 : 0;
    }
    return n;
  };
  EXPECT_EQ(n_draws({4.0, 5.0, 6.0}), 0U);
  EXPECT_GT(n_draws({4.0, blank, 6.0}), 0U);
}

struct Transformed {
  std::string definition;              ///< of x, by the draw u
  std::function<double(double)> of{};  ///< the same
  double u = 0.0;                      ///< a draw
};

double cube_root(double x) { return std::cbrt(x); }

// Every operation that can be undone, alone and inside others.
TEST(Exact, OperationsAreUndone) {
  const std::vector<Transformed> all{
      {"u", [](double u) { return u; }, 0.7},
      {"u + k", [](double u) { return u + 3; }, 0.7},
      {"k - u", [](double u) { return 3 - u; }, 0.7},
      {"-u - k", [](double u) { return -u - 3; }, 0.7},
      {"-k * u", [](double u) { return -3 * u; }, 0.7},
      {"u / k", [](double u) { return u / 3; }, -0.7},
      {"k / u", [](double u) { return 3 / u; }, -0.7},
      {"exp(u)", [](double u) { return std::exp(u); }, 1.2},
      {"log(exp(u) + k)", [](double u) { return std::log(std::exp(u) + 3); }, 0.4},
      {"sqrt(exp(k * u))", [](double u) { return std::sqrt(std::exp(3 * u)); }, 0.4},
      {"expm1(u)", [](double u) { return std::expm1(u); }, -0.4},
      {"log1p(exp(u))", [](double u) { return std::log1p(std::exp(u)); }, -0.4},
      {"logistic(k * u + 1)", [](double u) { return 1 / (1 + std::exp(-3 * u - 1)); }, -0.3},
      {"softplus(u)", [](double u) { return std::log1p(std::exp(u)); }, 2.5},
      {"tanh(u)", [](double u) { return std::tanh(u); }, -0.8},
      {"normal_cdf(u)", [](double u) { return 0.5 * std::erfc(-u / std::sqrt(2.0)); }, 0.6},
      {"u ^ 3", [](double u) { return u * u * u; }, -1.1},
      {"u ^ -1", [](double u) { return 1 / u; }, -1.1},
      {"exp(u) ^ 2", [](double u) { return std::exp(2 * u); }, -0.4},
      {"(1 + exp(u)) ^ (k / 2)", [](double u) { return std::pow(1 + std::exp(u), 1.5); }, 0.2},
      {"k ^ u", [](double u) { return std::pow(3, u); }, 0.9},
      {"(k / 6) ^ -u", [](double u) { return std::pow(0.5, -u); }, 0.9},
      {"(2 * (u - k)) ^ 5 / 7", [](double u) { return std::pow(2 * (u - 3), 5) / 7; }, 0.3},
      {"bend(u, k)", [](double u) { return 3 * std::exp(2 * u) - 1; }, 0.3},
      {"bend(m, 1)", [](double u) { return std::exp(2 * (5 - u)) - 1; }, 4.3},
  };
  for (const Transformed& each : all) {
    SCOPED_TRACE(each.definition);
    const double datum = each.of(each.u);
    const Checked model = over_steps(1, R"(
data k = 3
function grown(v) = exp(v + v_by)
param v_by = 0
function bend(v, scale) = scale * grown(2 * v) - 1
draw u ~ normal(0.5, 2)
let m = 5 - u
let x = )" + each.definition + "\nobserve x from \"x.csv\" exact\n",
                                     data("x", {datum}));
    ASSERT_EQ(model.faults(given), std::vector<std::string>{});
    const History h = model.variant(given).run();
    constexpr double step = 1e-5;
    const double slope = (each.of(each.u + step) - each.of(each.u - step)) / (2 * step);
    EXPECT_NEAR(h.at("u", 0), each.u, 1e-12);
    EXPECT_NEAR(h.scores("x").at(0),
                log_normal_density(each.u, 0.5, 2.0) - std::log(std::abs(slope)), 1e-8);
  }
  EXPECT_NEAR(cube_root(-1.331), -1.1, 1e-15);
}

// Where there is no datum the draw is that of its address, as without the record.
TEST(Exact, BlankCellsAreDrawnAsEver) {
  const Checked model = over_steps(4, R"(
draw noise ~ normal(0, 1)
let x = 1 + exp(noise)
observe x from "x.csv" exact
)",
                                   data("x", {blank, 3.0, blank, 2.0}));
  const Runner free = model.variant({});
  const Runner known = model.variant(given);
  for (std::uint32_t slot = 0; slot < 20; ++slot) {
    const History a = free.run({.slot = slot});
    const History b = known.run({.slot = slot});
    for (const std::size_t step : {0U, 2U}) {
      EXPECT_EQ(a.at("noise", step), b.at("noise", step));
      EXPECT_EQ(a.at("x", step), b.at("x", step));
      EXPECT_EQ(b.scores("x").at(step), 0.0);
    }
    EXPECT_NEAR(b.at("noise", 1), std::log(2.0), 1e-15);
    EXPECT_NE(a.at("noise", 1), b.at("noise", 1));
  }
}

TEST(Exact, ElementsDecideTheirOwnDraws) {
  const Checked model = over_steps(1, R"(
set State = a, b, c
set Pair in State = b, c
param level[s in State] = (1 if s == a else (2 if s == b else 3))
draw noise[s in State] ~ normal(0, level[s])
function grown(x) = exp(x)
let inner[s in State] = level[s] + noise[s]
let budget[s in State] = grown(inner[s])
observe budget[State] from "milex.csv" by state exact
)",
                                   data("budget", {2.0, blank, 30.0}));
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.at("noise[a]", 0), std::log(2.0) - 1, 1e-15);
  EXPECT_NEAR(h.at("noise[c]", 0), std::log(30.0) - 3, 1e-15);
  EXPECT_EQ(h.at("noise[b]", 0), model.run().at("noise[b]", 0));
  EXPECT_NEAR(h.scores("budget[c]").at(0),
              log_normal_density(std::log(30.0) - 3, 0, 3) - std::log(30.0), 1e-14);
  EXPECT_EQ(h.scores("budget[b]").at(0), 0.0);
}

// A draw by year is decided by its year's datum, in the step in which it is made, and held.
TEST(Exact, YearsDecideYearlyDraws) {
  const Checked model = over_time("from 2000-11 to 2002-12 by month", R"(
state month = 0 then month + 1
draw noise ~ normal(0, 0.5) by year
draw other ~ normal(0, 1)
let budget = exp(1 + 0.1 * month + noise)
observe budget from "milex.csv" exact
)",
                                  data("budget", {5.0, blank, 7.0}));  // 2000, 2001, 2002
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.at("noise", 0), std::log(5.0) - 1, 1e-14);
  EXPECT_EQ(h.at("noise", 1), h.at("noise", 0));
  EXPECT_EQ(h.at("budget", 0), 5.0);
  EXPECT_NEAR(h.at("budget", 1), 5.0 * std::exp(0.1), 1e-13);
  EXPECT_EQ(h.at("noise", 2), model.run().at("noise", 2));
  EXPECT_EQ(h.at("noise", 13), h.at("noise", 2));
  const double noise = std::log(7.0) - 1 - 0.1 * 14;
  EXPECT_NEAR(h.at("noise", 14), noise, 1e-14);
  EXPECT_EQ(h.at("noise", 25), h.at("noise", 14));
  EXPECT_NEAR(h.scores("budget").at(14), log_normal_density(noise, 0, 0.5) - std::log(7.0), 1e-13);
  EXPECT_EQ(h.scores("budget").at(15), 0.0);
}

// The density is that of the number as it is written, whatever the base unit.
TEST(Exact, DensitiesArePerDeclaredUnit) {
  const Checked model = over_steps(1, R"(
draw noise ~ normal(0 years, 2 years) unit "month"
let wait = 6 months + noise unit "month"
observe wait from "w.csv" exact
)",
                                   data("wait", {9.0 / 12}));
  const History h = model.variant(given).run();
  EXPECT_NEAR(h.scores("wait").at(0), log_normal_density(3.0 / 12, 0, 2) - std::log(12.0), 1e-14);
}

// A law of the draw may depend on parameters, moves and other draws.
TEST(Exact, WhatStandsAroundTheDrawIsWorkedOut) {
  const Checked model =
      over_steps(1, R"(
draw luck ~ normal(0, 1) once
draw noise ~ normal(luck, 1 + (act == go))
game g rationality 0
    act by A: stay, go
    payoff A = 0
let x = 10 * (act == go) + luck + noise
observe x from "x.csv" exact
observe act from "record.csv"
)",
                 {.series = {{"x", {.by_step = true, .values = {12.0}}}},
                  .records = {{"act", {{.kind = RecordedCell::Kind::labels, .labels = {1}}}}}});
  const History h = model.variant(given).run();
  const double luck = h.at("luck", 0);
  EXPECT_NEAR(h.at("noise", 0), 2.0 - luck, 1e-15);
  EXPECT_NEAR(h.scores("x").at(0), log_normal_density(2.0 - luck, luck, 2.0), 1e-14);
  EXPECT_NEAR(h.scores("act").at(0), std::log(0.5), 1e-15);
}

TEST(Exact, ADrawItself) {
  const Checked model = over_steps(2, R"(
draw size ~ lognormal(1, 0.5)
state whole = 0 then whole + size
observe size from "x.csv" exact
measure m = whole at end
)",
                                   data("size", {2.0, 5.0}));
  const History h = model.variant(given).run();
  EXPECT_EQ(h.measure("m"), 7.0);
  EXPECT_NEAR(h.scores("size").at(1), log_normal_density(std::log(5.0), 1, 0.5) - std::log(5.0),
              1e-14);
}

// Parameters that cannot give a datum have no weight; nothing else of their history breaks.
TEST(Exact, WhatAParameterCannotGiveHasNoWeight) {
  const Checked model = over_steps(2, R"(
param least ~ uniform(0, 10)
draw noise ~ normal(0, 1)
let x = least + exp(noise)
state sum = 0 then sum + x + noise
observe x from "x.csv" exact
measure m = sum at end
)",
                                   data("x", {4.0, 4.0}));
  const Runner runner = model.variant(given);
  std::size_t n_impossible = 0;
  for (std::uint32_t set = 0; set < 40; ++set) {
    const History h = runner.run({.set = set});
    const double least = h.parameter("least");
    EXPECT_TRUE(std::isfinite(h.measure("m")));
    if (least >= 4.0) {
      EXPECT_EQ(h.scores("x").at(0), -infinity);
      ++n_impossible;
    } else {
      const double noise = std::log(4.0 - least);
      EXPECT_NEAR(h.scores("x").at(0), log_normal_density(noise, 0, 1) - noise, 1e-12);
    }
  }
  EXPECT_GT(n_impossible, 5U);
  EXPECT_LT(n_impossible, 35U);
}

// What no parameter can give is said at once, with its row.
TEST(Exact, WhatNoParameterCanGiveIsAFault) {
  const auto faults = [](const std::string& definition, double datum) {
    return over_steps(2,
                      "param p ~ normal(0, 1)\ndata k = 2\ndraw noise ~ normal(0, 1)\nlet x = " +
                          definition + "\nobserve x from \"x.csv\" exact\n",
                      data("x", {1.5, datum}))
        .faults(given);
  };
  const std::vector<std::string> wrong{"D403 x"};
  EXPECT_EQ(faults("exp(noise)", -3), wrong);
  EXPECT_EQ(faults("k + exp(noise + p) - k", -3), wrong);
  EXPECT_EQ(faults("k * logistic(noise)", 2.5), wrong);
  EXPECT_EQ(faults("p + exp(noise)", -3), std::vector<std::string>{});
  EXPECT_EQ(faults("p * noise", -3), std::vector<std::string>{});
  EXPECT_EQ(over_steps(1, "draw u ~ exponential(1)\nlet x = 3 - u\nobserve x from \"f\" exact\n",
                       data("x", {4.0}))
                .faults(given),
            wrong);
}

TEST(Exact, HoldsWhileItsConditionDoes) {
  const Checked model = over_time("from 2000 to 2003 by year", R"(
draw noise ~ normal(0, 1)
let x = 1 + noise
observe x from "x.csv" exact while since(2002) > 0
)",
                                  data("x", {1.5, 2.5, 3.5, 4.5}));
  const History h = model.variant(given).run();
  EXPECT_EQ(h.at("x", 1), model.run().at("x", 1));
  EXPECT_EQ(h.scores("x").at(1), 0.0);
  EXPECT_EQ(h.at("x", 2), 3.5);
  EXPECT_NEAR(h.scores("x").at(2), log_normal_density(2.5, 0, 1), 1e-14);
}

TEST(Exact, RowsDecideTheirDraws) {
  MemoryAnswers answers = data("x", {1.0, 2.0, blank});
  answers.series["z"] = {.by_step = true, .values = {0.5, 1.5, 2.5}};
  answers.rows = 3;
  const Checked model(R"(
casus 1
case "Rows"
    time rows "rows.csv"
data z from "rows.csv"
param slope ~ normal(0, 1)
draw residual ~ normal(0, 0.3)
let x = slope * z + residual
observe x from "rows.csv" exact
)",
                      answers);
  const History h = model.variant(given).run();
  const double slope = h.parameter("slope");
  EXPECT_NEAR(h.scores("x").at(0), log_normal_density(1.0 - slope * 0.5, 0, 0.3), 1e-12);
  EXPECT_NEAR(h.scores("x").at(1), log_normal_density(2.0 - slope * 1.5, 0, 0.3), 1e-12);
  EXPECT_EQ(h.scores("x").at(2), 0.0);
}

// ---- what cannot be undone

std::vector<std::string> faults(const std::string& body) {
  return over_steps(3, body + "\nobserve x from \"x.csv\" exact\n", data("x", {1, 2, 3}))
      .faults(given);
}

TEST(Exact, NeedsOneDrawInOnePlace) {
  const std::vector<std::string> here{"O115 x"};
  EXPECT_EQ(faults("let x = 3"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1) once\nlet x = 3 + u"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\ndraw v ~ normal(0, 1)\nlet x = u + v"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\nlet x = u + exp(u)"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\nlet v = 2 * u\nlet x = u + v"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\nfunction f(a) = a + exp(a)\nlet x = f(u)"), here);
  EXPECT_EQ(faults("draw u ~ poisson(3)\nlet x = 2 + u"), here);
  EXPECT_EQ(faults("state x = 3"), here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\nlet x = u > 0"), here);
  const std::string array = "set S = a, b\ndraw u ~ normal(0, 1)\nlet x[s in S] = u + 1\n";
  EXPECT_EQ(
      over_steps(1, array + "observe x from \"x.csv\" exact\n", data("x", {1, 2})).faults(given),
      here);
  EXPECT_EQ(faults("draw u ~ normal(0, 1)\nlet x = u\nobserve x from \"y.csv\" exact"), here);
}

TEST(Exact, SaysWhatCannotBeUndone) {
  const auto of = [](const std::string& definition) {
    return faults(
               "param p = 2\nset S = a, b\ndraw u ~ normal(0, 1)\ndraw w[s in S] ~ normal(0, 1)\n"
               "let x = " +
               definition)
        .at(0);
  };
  EXPECT_EQ(of("1 + max(u, 0)"), "O115 max(u, 0)");
  EXPECT_EQ(of("abs(u)"), "O115 abs(u)");
  EXPECT_EQ(of("clamp(u, 0, 1)"), "O115 clamp(u, 0, 1)");
  EXPECT_EQ(of("(u if p > 1 else 2)"), "O115 u if p > 1 else 2");
  EXPECT_EQ(of("3 * (u < 1)"), "O115 u < 1");
  EXPECT_EQ(of("u ^ 2"), "O115 u ^ 2");
  EXPECT_EQ(of("u ^ p"), "O115 u ^ p");
  EXPECT_EQ(of("sum(s in S: w[s])"), "O115 sum(s in S: w[s])");
}

TEST(Exact, TheDrawMayNotDecideWhatStandsAroundIt) {
  EXPECT_EQ(faults(R"(
draw u ~ normal(0, 1)
game g rationality 1
    act by A: stay, go
    payoff A = u * (act == go)
let x = u + (act == go)
)")
                .at(0)
                .substr(0, 4),
            "O101");
}

}  // namespace
}  // namespace casus::language
