// A model takes no sides: exchanging two parties' labels exchanges the answers, bit for bit.
#include "language/running.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

/// Two rivals who build up stocks and may attack each other, written with the parties' names as
/// given. Whoever stands first in the text is the stronger spender.
std::string rivals(const std::string& one, const std::string& other) {
  std::string text = R"(
set Party = ONE, OTHER
data income[Party] from "income.csv"
param decay = 3 years
state arms[p in Party] = income[p] then arms[p] * half_life(decay) + income[p] * dt / 1 year
let threat[p in Party] = sum(q in Party if q != p: arms[q]) / arms[p]
game crisis rationality 2
    move_ONE by ONE: hold, strike
    move_OTHER by OTHER: yield, resist  if move_ONE == strike
    let odds = arms[ONE] / (arms[ONE] + arms[OTHER])
    payoff ONE = cases
        move_ONE == hold    : 0
        move_OTHER == yield : 1
        otherwise           : 2 * odds - 1
    payoff OTHER = cases
        move_ONE == hold    : 0
        move_OTHER == yield : -1
        otherwise           : 1 - 2 * odds
let p_strike = prob(move_ONE == strike)
let p_resist = prob(move_OTHER == resist given move_ONE == strike)
measure last_threat[p in Party] = threat[p] at end
measure strikes = mean(p_strike)
)";
  for (const auto& [from, to] : {std::pair<std::string, std::string>{"OTHER", other}, {"ONE", one}})
    for (std::size_t at = text.find(from); at != std::string::npos;
         at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

History run(const std::string& one, const std::string& other) {
  return over_time("from 2000-01 to 2009-12 by month", rivals(one, other),
                   {.series = {{"income", {.values = {1.3, 0.7}}}}})
      .run();
}

TEST(Neutrality, ExchangingNamesExchangesAnswers) {
  const History a = run("Kest", "Morr");
  const History b = run("Morr", "Kest");
  for (const std::string array : {"arms", "threat"}) {
    EXPECT_EQ(a.path(array + "[Kest]"), b.path(array + "[Morr]"));
    EXPECT_EQ(a.path(array + "[Morr]"), b.path(array + "[Kest]"));
  }
  EXPECT_EQ(a.path("p_strike"), b.path("p_strike"));
  EXPECT_EQ(a.path("p_resist"), b.path("p_resist"));
  EXPECT_EQ(a.measure("last_threat[Kest]"), b.measure("last_threat[Morr]"));
  EXPECT_EQ(a.measure("strikes"), b.measure("strikes"));
}

// Which of two equal parties is written first makes no difference either.
TEST(Neutrality, TheOrderOfASetIsNoAdvantage) {
  const auto text = [](const std::string& set) {
    return "set Party = " + set + R"(
state arms[p in Party] = 1 then arms[p] + 0.1 * sum(q in Party if q != p: arms[q])
let a = arms[Kest]
let b = arms[Morr]
game g rationality 1
    move_a by Kest: hold, strike
    payoff Kest = (arms[Kest] - 0.9 * arms[Morr]) * (move_a == strike)
let p_strike = prob(move_a == strike)
)";
  };
  const History one = over_steps(20, text("Kest, Morr")).run();
  const History other = over_steps(20, text("Morr, Kest")).run();
  EXPECT_EQ(one.path("a"), one.path("b"));
  EXPECT_EQ(one.path("a"), other.path("b"));
  EXPECT_EQ(one.path("p_strike"), other.path("p_strike"));
  EXPECT_EQ(one.path("move_a"), other.path("move_a"));
}

// Options with equal payoffs are equally likely whatever their place on the menu.
TEST(Neutrality, TheOrderOfAMenuIsNoAdvantage) {
  const auto shares = [](const std::string& menu) {
    return over_steps(1, "game g rationality 3\n    act by A: " + menu +
                             "\n    payoff A = (2 if act == b else 1)\n"
                             "let p_a = prob(act == a)\nlet p_b = prob(act == b)\n"
                             "let p_c = prob(act == c)\n")
        .run();
  };
  const History one = shares("a, b, c");
  const History other = shares("c, b, a");
  EXPECT_EQ(one.path("p_a"), one.path("p_c"));
  EXPECT_EQ(one.path("p_a"), other.path("p_c"));
  EXPECT_NEAR(one.at_end("p_b"), other.at_end("p_b"), 1e-16);
}

}  // namespace
}  // namespace casus::language
