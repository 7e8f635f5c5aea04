// What a game's lines mean (decisions 7 to 9), against logit written out by hand.
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Labels = std::vector<std::string>;

/// Probability of the first of two options worth a and b to a mover with rationality r.
double logit(double a, double b, double r = 1) { return 1 / (1 + std::exp(-r * (a - b))); }

// One deterrence game: a challenger may press, a defender may then fight or yield.
constexpr std::string_view deterrence = R"(
state on = 1
game crisis while on == 1 rationality 2
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
    ends war   when answer == fight
    ends quiet when press == hold or answer == yield
)";

struct Deterrence {
  double fight = logit(-0.8, -1, 2);
  double push_is_worth = fight * -0.5 + (1 - fight) * 1;
  double push = logit(push_is_worth, 0, 2);
};

double asked(const std::string& question, std::string_view game = deterrence) {
  const std::string text = std::string(game) + "let y = " + question + "\n";
  return over_steps(1, text).run().at_end("y");
}

TEST(GameMeaning, ProbabilitiesByBackwardInduction) {
  const Deterrence by_hand;
  EXPECT_NEAR(asked("prob(press == push)"), by_hand.push, 1e-14);
  EXPECT_NEAR(asked("prob(press == hold)"), 1 - by_hand.push, 1e-14);
  EXPECT_NEAR(asked("prob(answer == fight given press == push)"), by_hand.fight, 1e-14);
  EXPECT_NEAR(asked("prob(answer == fight)"), by_hand.push * by_hand.fight, 1e-14);
  EXPECT_NEAR(asked("prob(war)"), by_hand.push * by_hand.fight, 1e-14);
  EXPECT_NEAR(asked("prob(quiet)"), 1 - by_hand.push * by_hand.fight, 1e-14);
  EXPECT_NEAR(asked("prob(answer == none)"), 1 - by_hand.push, 1e-14);
  EXPECT_NEAR(asked("prob(press == push and answer == yield)"), by_hand.push * (1 - by_hand.fight),
              1e-14);
  EXPECT_NEAR(asked("prob(press == push given quiet)"),
              by_hand.push * (1 - by_hand.fight) / (1 - by_hand.push * by_hand.fight), 1e-14);
}

// Only games with the moves that are asked about are asked: another may wait for the answer.
TEST(GameMeaning, AGameMayWaitForTheProbabilityOfAnothersMove) {
  const std::string text = std::string(deterrence) + R"(
let danger = prob(war)
game talks while danger > 0.05 rationality 1
    offer by B: silence, terms
    payoff B = cases
        offer == terms : danger
        otherwise      : 0
let y = prob(offer == terms)
)";
  const Deterrence by_hand;
  EXPECT_NEAR(over_steps(1, text).run().at_end("y"), logit(by_hand.push * by_hand.fight, 0), 1e-14);
}

// Decision 8: `worth` is the expected payoff, `value(option)` the mover's after that option.
TEST(GameMeaning, WorthAndValue) {
  const Deterrence by_hand;
  EXPECT_NEAR(asked("value(push) otherwise 0"), by_hand.push_is_worth, 1e-14);
  EXPECT_NEAR(asked("value(hold) otherwise 9"), 0, 1e-14);
  EXPECT_NEAR(asked("crisis.value(press == push) otherwise 0"), by_hand.push_is_worth, 1e-14);
  EXPECT_NEAR(asked("worth(A) otherwise 0"), by_hand.push * by_hand.push_is_worth, 1e-14);
  EXPECT_NEAR(asked("crisis.worth(B) otherwise 0"),
              by_hand.push * (by_hand.fight * -0.8 - (1 - by_hand.fight)), 1e-14);
}

// Decision 7: `prob` of an unplayed game is 0, `worth` and `value` are what `otherwise` says, ends
// are false and moves `none`; == and != are complements.
TEST(GameMeaning, AGameThatIsNotPlayed) {
  const std::string off = "state on = 0" + std::string(deterrence).substr(13);
  EXPECT_EQ(asked("prob(press == push)", off), 0);
  EXPECT_EQ(asked("prob(press == none)", off), 0);
  EXPECT_EQ(asked("worth(A) otherwise 7", off), 7);
  EXPECT_EQ(asked("value(push) otherwise -7", off), -7);
  EXPECT_EQ(asked("(1 if war or quiet else 0)", off), 0);
  EXPECT_EQ(asked("(press == none) + 10 * (press != none)", off), 1);
  EXPECT_EQ(asked("(press == push) + 10 * (press != push)", off), 10);
  EXPECT_EQ(asked("(answer in (yield, fight)) + 2 * (answer == none)", off), 2);
}

TEST(GameMeaning, UnreachedMovesAreNone) {
  const Runner runner = over_steps(1, std::string(deterrence) + R"(
let one_of_two = (answer == fight) + (answer != fight)
let reached = (1 if answer != none else 0)
let pressed = (1 if press == push else 0)
)")
                            .variant({});
  int pushes = 0;
  int wars = 0;
  constexpr int n = 2000;
  for (std::uint32_t set = 0; set < n; ++set) {
    const History h = runner.run({.set = set});
    EXPECT_EQ(h.at_end("one_of_two"), 1);
    EXPECT_EQ(h.at_end("reached"), h.at_end("pressed"));
    EXPECT_EQ(h.at_end("war") + h.at_end("quiet"), 1);
    EXPECT_EQ(h.at_end("war"), h.labels("answer").back() == "fight" ? 1 : 0);
    pushes += h.at_end("pressed") > 0.5 ? 1 : 0;
    wars += h.at_end("war") > 0.5 ? 1 : 0;
  }
  const Deterrence by_hand;
  const auto near = [&](double p) { return 4 * std::sqrt(p * (1 - p) * n); };
  EXPECT_NEAR(pushes, n * by_hand.push, near(by_hand.push));
  EXPECT_NEAR(wars, n * by_hand.push * by_hand.fight, near(by_hand.push * by_hand.fight));
}

// Decision 8: `prob` inside a payoff is conditional on the path so far.
TEST(GameMeaning, ProbInsideAPayoffIsConditional) {
  const double reply = logit(0.3, 0);
  const std::string game = R"(
game g rationality 1
    act by A: stay, go
    reply by B: calm, angry
    payoff A = (prob(reply == angry given act == go) * 4 if act == stay else 0)
    payoff B = (0.3 if reply == angry and act == go else 0)
)";
  EXPECT_NEAR(asked("value(stay) otherwise 0", game), 4 * reply, 1e-14);
  EXPECT_NEAR(asked("prob(act == stay)", game), logit(4 * reply, 0), 1e-14);
}

// Decision 8: `value(option)` in a sibling's payoff: the worth of waiting.
TEST(GameMeaning, ASiblingsValueInAPayoff) {
  const std::string game = R"(
game g rationality 3
    act by A: wait, go
    luck by B: bad, good  if act == go
    payoff A = (0.9 * value(go) if act == wait else (2 if luck == good else -1))
    payoff B = (1 if luck == good else 0)
)";
  const double good = logit(1, 0, 3);
  const double go = 2 * good - (1 - good);
  EXPECT_NEAR(asked("prob(act == go)", game), logit(go, 0.9 * go, 3), 1e-14);
}

// Decision 7: `ends` are named sets of leaves, for payoffs and `prob` inside the game too.
TEST(GameMeaning, OutcomesInPayoffs) {
  const std::string game = R"(
game g rationality 1
    act by A: stay, go
    reply by B: calm, angry  if act == go
    ends fight when act == go and reply == angry
    payoff A = cases
        fight      : -1
        act == go  : 1
        otherwise  : prob(fight given act == go)
    payoff B = (0.4 if fight else 0)
)";
  const double fight = logit(0.4, 0);
  EXPECT_NEAR(asked("prob(fight given act == go)", game), fight, 1e-14);
  EXPECT_NEAR(asked("prob(act == stay)", game), logit(fight, (1 - fight) - fight), 1e-14);
}

// Decision 9 and `cost`: costs enter the mover's choice and worth, not `value`.
TEST(GameMeaning, CostsAreTheMovers) {
  const std::string game = R"(
game g rationality 1
    act by A: stay, go
    reply by B: calm, angry  if act == go
    cost act by A: go = 0.4
    cost reply by B: angry = 0.2
    payoff A = (1 if act == go else 0)
    payoff B = (0.5 if reply == angry else 0)
)";
  const double angry = logit(0.3, 0);
  const double go = logit(0.6, 0);
  EXPECT_NEAR(asked("prob(reply == angry given act == go)", game), angry, 1e-14);
  EXPECT_NEAR(asked("prob(act == go)", game), go, 1e-14);
  EXPECT_NEAR(asked("value(go) otherwise 0", game), 1, 1e-14);
  EXPECT_NEAR(asked("value(angry) otherwise 0", game), 0.5, 1e-14);
  EXPECT_NEAR(asked("worth(A) otherwise 0", game), go * 0.6, 1e-14);
  EXPECT_NEAR(asked("worth(B) otherwise 0", game), go * angry * 0.3, 1e-14);
}

// Lets of a game are private to it and read the path; per-player rationality.
TEST(GameMeaning, LetsAndRationalityOfOnePlayer) {
  const std::string game = R"(
param sharp = 5
game g rationality 1
    act by A: stay, go
    reply by B: calm, angry
    let both = (act == go and reply == angry) * 1
    payoff A = both - 0.3 * (act == go)
    payoff B = 2 * both
    rationality B = sharp
)";
  const double angry = logit(2, 0, 5);
  EXPECT_NEAR(asked("prob(reply == angry given act == go)", game), angry, 1e-14);
  EXPECT_NEAR(asked("prob(reply == angry given act == stay)", game), 0.5, 1e-14);
  EXPECT_NEAR(asked("prob(act == go)", game), logit(angry - 0.3, 0), 1e-14);
}

// The language page: a menu of the same move may differ by path.
TEST(GameMeaning, MenusDependOnThePath) {
  const Runner runner = over_steps(1, R"(
game g rationality 0
    act by A: stay, go
    reply by B: calm, shout         if act == stay
    reply by B: calm, shout, shoot  if act == go
    payoff A = 0
    payoff B = 0
let p_stay = prob(reply == shout given act == stay)
let p_go = prob(reply == shoot given act == go)
)")
                            .variant({});
  EXPECT_NEAR(runner.run().at_end("p_stay"), 0.5, 1e-15);
  EXPECT_NEAR(runner.run().at_end("p_go"), 1.0 / 3, 1e-15);
  for (std::uint32_t set = 0; set < 100; ++set) {
    const History h = runner.run({.set = set});
    EXPECT_FALSE(h.labels("act").back() == "stay" && h.labels("reply").back() == "shoot");
  }
}

// Decision 7: a move in several games is one variable with one uniform; options in one order.
TEST(GameMeaning, AMoveInTwoGames) {
  const History h = over_steps(4, R"(
state phase : {peace, war} = peace then (war if phase == peace else peace)
game quiet while phase == peace rationality 1000
    act by A: hold, raid
    payoff A = (act == raid) * 1
    ends moved when act != hold
game loud while phase == war rationality 1000
    act by A: hold, fight
    payoff A = (act == fight) * 1
    ends moved when act == hold
let p_raid = prob(act == raid)
let p_fight = loud.prob(act == fight)
let p_moved = prob(moved)
)")
                        .run();
  EXPECT_EQ(h.labels("act"), (Labels{"raid", "fight", "raid", "fight"}));
  EXPECT_EQ(h.path("moved"), (std::vector<double>{1, 0, 1, 0}));
  EXPECT_EQ(h.path("p_raid"), (std::vector<double>{1, 0, 1, 0}));
  EXPECT_EQ(h.path("p_fight"), (std::vector<double>{0, 1, 0, 1}));
  EXPECT_EQ(h.path("p_moved"), (std::vector<double>{1, 0, 1, 0}));
}

}  // namespace
}  // namespace casus::language
