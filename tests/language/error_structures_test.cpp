// Error structures of games (decision 10): what `errors probit` and `errors private` compute, and
// which games they fit.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

/// Signorino's tree, with the errors named.
std::string tree(const std::string& header, const std::string& more = {}) {
  return "game g rationality 1 " + header + R"(
    opening by First:  wait, challenge
    reply   by Second: concede, fight  if opening == challenge
    payoff First = cases
        opening == wait  : -1
        reply == concede : 0
        otherwise        : -1.4
    payoff Second = 0.1 * (reply == fight)
)" + more +
         R"(
let p2 = prob(opening == challenge)
let p4 = prob(reply == fight given opening == challenge)
)";
}

// Signorino 1999, 2003; the values with seven digits.
TEST(ErrorsOfGames, SignorinosTree) {
  struct Row {
    const char* errors;
    double p4, p2;
  };
  for (const Row& row :
       {Row{"errors logit", 0.5249792, 0.5658722}, Row{"errors probit", 0.5281860, 0.5730832},
        Row{"errors private", 0.5281860, 0.5841872}, Row{"", 0.5249792, 0.5658722}}) {
    const History h = over_steps(1, tree(row.errors)).run();
    EXPECT_NEAR(h.at_end("p4"), row.p4, 5e-8) << row.errors;
    EXPECT_NEAR(h.at_end("p2"), row.p2, 5e-8) << row.errors;
  }
}

// A rationality is one over the standard deviation; `cost` and a player's own line count as ever.
TEST(ErrorsOfGames, RationalityAndCosts) {
  const std::string more =
      "    rationality First = 1 / 2\n    cost opening by First: challenge = 0.3\n";
  for (const bool known : {false, true}) {
    const History h = over_steps(1, tree(known ? "errors private" : "errors probit", more)).run();
    const double p4 = normal_cdf(0.1 / std::sqrt(2.0));
    const double variance = known ? 1.0 + p4 * p4 + (1.0 - p4) * (1.0 - p4) : 2.0;
    const double gain = -1.4 * p4 - 0.3 + 1.0;
    EXPECT_NEAR(h.at_end("p2"), normal_cdf(gain / (2.0 * std::sqrt(variance))), 1e-14);
  }
}

// The parts of payoffs that only a player knows are no part of `worth` and `value`.
TEST(ErrorsOfGames, WorthIsOfThePayoffsOfTheModel) {
  const History h =
      over_steps(1, tree("errors private") + "let w = worth(First) otherwise 0\n").run();
  const double p2 = h.at_end("p2");
  EXPECT_NEAR(h.at_end("w"), -(1.0 - p2) - 1.4 * p2 * h.at_end("p4"), 1e-14);
}

// A commitment is known to everybody: with private information it makes what follows more certain.
TEST(ErrorsOfGames, ACommitmentChangesWhatTheOthersReckonWith) {
  const Checked model = over_steps(1, tree("errors private") +
                                          "whatif sure\n    Second commits reply = fight\n"
                                          "whatif half\n    Second commits reply = fight "
                                          "credibility 0.5\n");
  EXPECT_NEAR(model.whatif("sure").run().at_end("p2"), normal_cdf(-0.4 / std::sqrt(2.0)), 1e-14);
  const double fights = 0.5 + 0.5 * normal_cdf(0.1 / std::sqrt(2.0));
  const double variance = 1.0 + fights * fights + (1.0 - fights) * (1.0 - fights);
  EXPECT_NEAR(model.whatif("half").run().at_end("p2"),
              normal_cdf((1.0 - 1.4 * fights) / std::sqrt(variance)), 1e-14);
}

// Drawn moves have the probabilities that `prob` says.
TEST(ErrorsOfGames, MovesAreDrawn) {
  const Checked model = over_steps(
      4000, tree("errors private") + "measure challenged = share(opening == challenge)\n");
  const History h = model.run();
  EXPECT_NEAR(h.measure("challenged") / h.denominator("challenged"), 0.5841872,
              4.0 * std::sqrt(0.58 * 0.42 / 4000));
}

TEST(ErrorsOfGames, FitSomeGamesOnly) {
  const std::string three = R"(
    a by A: x, y, z
    payoff A = 1 * (a == x)
)";
  EXPECT_EQ(over_steps(1, "game g rationality 1 errors probit" + three).faults(),
            std::vector<std::string>{"G027 a by A: x, y, z"});
  EXPECT_EQ(over_steps(1,
                       "set Offer = 0 to 1 by 0.1\ngame g rationality 1 errors private\n"
                       "    a by A: Offer\n    payoff A = 1 * a\n")
                .faults(),
            std::vector<std::string>{"G027 a by A: Offer"});
  const std::string waits = R"(
    a by A: x (status quo), y
    payoff A = 1 * (a == x)
)";
  EXPECT_EQ(over_steps(1, "game g rationality 1 errors private" + waits).faults(),
            std::vector<std::string>{"G028 x"});
  EXPECT_TRUE(over_steps(1, "game g rationality 1 errors logit" + waits).faults().empty());
}

// Two moves of one player on different paths are two types of her, who never meet.
TEST(ErrorsOfGames, PrivateInformationIsOfOneMoveAPath) {
  const std::string game = R"(
    a by A: x, y
    b by B: l, r   if a == x
    c by B: l, r   if a == y
    payoff A = 1 * (b == l) + 2 * (c == l)
    payoff B = 1 * (b == r) - 1 * (c == l)
)";
  EXPECT_TRUE(over_steps(1, "game g rationality 1 errors private" + game).faults().empty());
  const std::string again = R"(
    a by A: x, y
    b by B: l, r   if a == x
    c by A: l, r   if b == r
    payoff A = 1 * (c == l)
    payoff B = 1 * (b == r)
)";
  EXPECT_EQ(over_steps(1, "game g rationality 1 errors private" + again).faults(),
            std::vector<std::string>{"G029 c by A: l, r   if b == r"});
  EXPECT_TRUE(over_steps(1, "game g rationality 1 errors probit" + again).faults().empty());
}

}  // namespace
}  // namespace casus::language
