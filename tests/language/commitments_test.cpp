// Interventions on moves: surprises, what others come to expect, and commitments (decision 15).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Path = std::vector<double>;
using Labels = std::vector<std::string>;
using Found = std::vector<std::string>;

constexpr std::string_view crisis = R"(
game crisis rationality 2
    press by A: hold, push
    answer by B: yield, fight  if press == push
    payoff A = cases
        press == hold    : 0
        answer == yield  : 1
        otherwise        : -0.5
    payoff B = cases
        press == hold    : 0
        answer == yield  : -1
        otherwise        : -0.8
let p_push = prob(press == push)
let p_fight = prob(answer == fight given press == push)
let worth_a = worth(A) otherwise 0
whatif surprise
    from 2 to 3 answer := fight
whatif never_learnt
    from 2 to 3 answer := fight unforeseen throughout
whatif promised
    from 2 B commits answer = fight
whatif half_promised
    from 2 B commits answer = fight credibility 0.5
whatif not_believed
    B commits answer = fight credibility 0
whatif pushes
    press := push
whatif promised_then_meant
    B commits answer = fight
    from 3 answer := fight unforeseen throughout
)";

double logit(double a, double b) { return 1 / (1 + std::exp(-2 * (a - b))); }

/// Of pushing, when the other side fights with probability `fight`.
double push_if(double fight) { return logit(1 - 1.5 * fight, 0); }

const double fight_alone = logit(-0.8, -1);

void expect_path(const Path& path, const Path& by_hand) {
  ASSERT_EQ(path.size(), by_hand.size());
  for (std::size_t i = 0; i < path.size(); ++i) EXPECT_NEAR(path[i], by_hand[i], 1e-14) << i;
}

// A surprise surprises once: in its first step others choose as before, later they expect it.
TEST(Commitments, ASurpriseIsExpectedFromTheNextStep) {
  const History h = over_steps(4, crisis).whatif("surprise").run();
  const double base = push_if(fight_alone);
  expect_path(h.path("p_push"), {base, base, push_if(1), base});
  expect_path(h.path("p_fight"), {fight_alone, fight_alone, 1, fight_alone});
}

TEST(Commitments, UnforeseenThroughout) {
  const History h = over_steps(4, crisis).whatif("never_learnt").run();
  const double base = push_if(fight_alone);
  expect_path(h.path("p_push"), {base, base, base, base});
}

// The move is made wherever it is on the menu, and only there.
TEST(Commitments, ForcedMovesAreMadeWhereOffered) {
  const Runner runner = over_steps(4, crisis).whatif("never_learnt");
  int fought = 0;
  for (std::uint32_t set = 0; set < 200; ++set) {
    const History h = runner.run({.set = set});
    for (const std::size_t step : {1U, 2U}) {
      const std::string pushed = h.labels("press").at(step);
      EXPECT_EQ(h.labels("answer").at(step), pushed == "push" ? "fight" : "none");
      fought += pushed == "push" ? 1 : 0;
    }
  }
  EXPECT_GT(fought, 20);
  const History always = over_steps(4, crisis).whatif("pushes").run();
  EXPECT_EQ(always.labels("press"), (Labels{"push", "push", "push", "push"}));
}

// The opening mover has nobody before her: surprise and expectation leave the answers alone.
TEST(Commitments, RepliesDoNotDependOnHowTheOpeningCame) {
  const History h = over_steps(3, crisis).whatif("pushes").run();
  expect_path(h.path("p_fight"), {fight_alone, fight_alone, fight_alone});
  EXPECT_NEAR(h.at("p_push", 0), push_if(fight_alone), 1e-14);  // surprised
  EXPECT_NEAR(h.at("p_push", 1), 1, 1e-14);                     // known
}

// `commits ... credibility q` puts probability q at the mover's own nodes, before induction.
TEST(Commitments, OthersReactByHowMuchTheyBelieve) {
  const double base = push_if(fight_alone);
  const Checked model = over_steps(3, crisis);
  expect_path(model.whatif("promised").run().path("p_push"), {base, push_if(1), push_if(1)});
  const double half = 0.5 + 0.5 * fight_alone;
  const History h = model.whatif("half_promised").run();
  expect_path(h.path("p_push"), {base, push_if(half), push_if(half)});
  expect_path(h.path("p_fight"), {fight_alone, half, half});
  EXPECT_NEAR(h.at("worth_a", 1), push_if(half) * (1 - 1.5 * half), 1e-14);
}

TEST(Commitments, ACommitmentThatNobodyBelievesChangesNoBit) {
  const Checked model = over_steps(3, crisis);
  for (std::uint32_t set = 0; set < 50; ++set) {
    const History a = model.run({.set = set});
    const History b = model.whatif("not_believed").run({.set = set});
    for (const std::string_view column : {"press", "answer", "p_push", "p_fight", "worth_a"})
      EXPECT_EQ(a.path(column), b.path(column)) << column;
  }
}

// A promise that is believed fully is kept in every history; half believed, in its share of them.
TEST(Commitments, CommittedMovesAreDrawnFromTheNewProbabilities) {
  const Checked model = over_steps(3, crisis);
  const Runner sure = model.whatif("promised");
  for (std::uint32_t set = 0; set < 100; ++set) {
    const Labels answers = sure.run({.set = set}).labels("answer");
    EXPECT_NE(answers.at(1), "yield");
    EXPECT_NE(answers.at(2), "yield");
  }
}

TEST(Commitments, APromiseMayBeMadeAndAlsoMeant) {
  const History h = over_steps(3, crisis).whatif("promised_then_meant").run();
  expect_path(h.path("p_push"), {push_if(1), push_if(1), push_if(1)});
}

// In every game that offers the option; where it is not offered nothing changes.
TEST(Commitments, HoldInEveryGameThatOffersTheOption) {
  const History h = over_steps(4, R"(
state n = 0 then n + 1
state phase : {peace, war, end_of_it} = peace then cases
    n == 0    : war
    n == 1    : end_of_it
    otherwise : peace
game a while phase == peace rationality 1
    act by A: hold, raid, fight
    payoff A = 0
game b while phase == war rationality 1
    act by A: hold, fight
    payoff A = 0
game c while phase == end_of_it rationality 1
    act by A: hold, raid
    payoff A = 0
let p_fight = prob(act == fight)
let p_hold = prob(act == hold)
whatif fights
    A commits act = fight
)")
                        .whatif("fights")
                        .run();
  expect_path(h.path("p_fight"), {1, 1, 0, 1});
  expect_path(h.path("p_hold"), {0, 0, 0.5, 0});
}

// G023, G003, G017: an option that is on no menu, somebody else's move, something that is no move.
TEST(Commitments, Mistakes) {
  const auto faults = [](const std::string& line) {
    return over_steps(3, std::string(crisis) + "whatif bad\n    " + line + "\n")
        .faults({.whatif = "bad"});
  };
  EXPECT_EQ(faults("A commits answer = fight"), (Found{"G003 A"}));
  EXPECT_EQ(faults("A commits p_push = 1"), (Found{"G017 p_push"}));
  EXPECT_EQ(faults("answer := push").front().substr(0, 4), "N107");
  const std::string sets = R"(
set Option = hold, push, other
game g rationality 1
    act by A: hold, push
    payoff A = 0
whatif bad
    act := other
)";
  EXPECT_FALSE(over_steps(3, sets).faults({.whatif = "bad"}).empty());
}

}  // namespace
}  // namespace casus::language
