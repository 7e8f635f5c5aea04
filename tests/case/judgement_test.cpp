// Which of two explanations is ranked, by numbers written out.
#include "case/judgement.hpp"

#include "inference/weights.hpp"

#include <gtest/gtest.h>

namespace casus::cases {
namespace {

/// Log evidence by runs; its changes under half and twice as wide priors.
Explained explanation(const std::string& name, double value, double error,
                      const std::vector<double>& changes = {0.0, 0.0, 0.0, 0.0}) {
  Explained made;
  made.name = name;
  made.log_evidence = {.value = value, .error = error};
  for (const double change : changes)
    made.changes.push_back(
        {.by = ScaleChange::By::runs, .log_change = {.value = change, .error = 0.0}});
  made.bridge.failure = "not asked for";
  return made;
}

Explained rival(Explained made) {
  made.is_rival = true;
  return made;
}

/// Against the first, as a comparison leaves them.
Explanations compared(std::vector<Explained> all) {
  Explanations made;
  made.all = std::move(all);
  const Estimate reference = made.all.front().log_evidence;
  for (Explained& one : made.all) {
    one.log_factor = {.value = one.log_evidence.value - reference.value,
                      .error = std::hypot(one.log_evidence.error, reference.error)};
  }
  made.all.front().log_factor = {.value = 0.0, .error = 0.0};
  made.all.front().verdict = Verdict::reference;
  return made;
}

TEST(Judgement, RanksBeyondTwiceTheErrorAndUnderEveryPrior) {
  const Explanations all =
      compared({explanation("a", -10, 0.3), explanation("b", -12, 0.4),
                explanation("c", -10.99, 0.4), explanation("d", -14, 0.1, {0.0, 0.0, 4.5, 0.0})});
  EXPECT_EQ(judged(all, 1, 0).verdict, Verdict::behind) << "-2 and 0.5";
  EXPECT_EQ(judged(all, 0, 1).verdict, Verdict::ahead);
  EXPECT_EQ(judged(all, 2, 0).reason, "within twice the error") << "-0.99 and 0.5";
  EXPECT_EQ(judged(all, 3, 0).reason, "priors of others x 0.5 turn the sign");
  EXPECT_DOUBLE_EQ(factor_between(all, 3, 1).value, -2.0);
  EXPECT_DOUBLE_EQ(factor_between(all, 3, 1).error, std::hypot(0.1, 0.4));
  EXPECT_DOUBLE_EQ(factor_between(all, 3, 1, 2).value, 2.5);
  EXPECT_EQ(range_text(all, 3, 1), "-2.00 to +2.50");
  EXPECT_EQ(range_text(all, 3, 0), "-4.00 to +0.50");
}

TEST(Judgement, NeedsErrorsScalesAndAPossibleRecord) {
  Explanations all = compared({explanation("a", -10, 0.1), explanation("b", -12, 0.1),
                               explanation("c", inference::impossible, 0.0),
                               explanation("d", -15, std::numeric_limits<double>::infinity())});
  EXPECT_EQ(judged(all, 2, 0).verdict, Verdict::behind);
  EXPECT_EQ(judged(all, 0, 2).verdict, Verdict::ahead);
  EXPECT_EQ(judged(all, 3, 0).reason, "no error: --repeats 5");
  all.all[1].changes[3].by = ScaleChange::By::unknown;
  EXPECT_EQ(judged(all, 1, 0).reason, "priors of others x 2 not known: --thorough");
  EXPECT_EQ(range_text(all, 1, 0), "not known");
  all.all[1].changes.clear();
  EXPECT_EQ(judged(all, 1, 0).reason, "other prior scales not tried");
}

// Between two that bridges lead to, the bridges count; else what samplers say.
TEST(Judgement, TakesTheFactorByWhichBothAreReached) {
  Explanations all =
      compared({explanation("a", -10, 1), explanation("b", -12, 1), explanation("c", -13, 1)});
  for (const std::size_t i : {1U, 2U}) {
    all.all[i].bridge.failure.clear();
    all.all[i].log_factor = {.value = -1.0 * static_cast<double>(i), .error = 0.01};
  }
  EXPECT_DOUBLE_EQ(factor_between(all, 1, 2).value, 1.0);
  EXPECT_DOUBLE_EQ(factor_between(all, 1, 2).error, std::hypot(0.01, 0.01));
  EXPECT_DOUBLE_EQ(factor_between(all, 0, 2).value, 2.0);
  all.all[2].bridge.failure = "too few sets";
  EXPECT_DOUBLE_EQ(factor_between(all, 1, 2).value, 1.0);
  EXPECT_DOUBLE_EQ(factor_between(all, 1, 2).error, std::hypot(1.0, 1.0));
}

TEST(Judgement, StrategyHasToBeatTheLikeliestAccountWithout) {
  const Explained a = explanation("a", -10, 0.1);
  const Explained b = explanation("b", -9, 0.1);
  EXPECT_EQ(keep_text(compared({a, b})), "");
  EXPECT_FALSE(keep_of_strategy(compared({rival(a), rival(b)})));
  EXPECT_EQ(keep_text(compared({a, b, rival(explanation("flat", -30, 0.1)),
                                rival(explanation("steep", -12, 0.1))})),
            "strategy against 2 accounts without it: b against steep, the likeliest of these, "
            "+3.00 ± 0.14 (other priors: +3.00 to +3.00)\n"
            "  strategy earns its keep, on this coding of the record\n");
  EXPECT_EQ(keep_text(compared({a, rival(explanation("steep", -8, 0.1))})),
            "strategy against 1 account without it: a against steep, -2.00 ± 0.14 (other priors: "
            "-2.00 to -2.00)\n"
            "  strategy does not earn its keep\n");
  EXPECT_EQ(keep_text(compared({a, rival(explanation("steep", -10.2, 0.1))})),
            "strategy against 1 account without it: a against steep, +0.20 ± 0.14 (other priors: "
            "+0.20 to +0.20)\n"
            "  whether strategy earns its keep is undecided: within twice the error\n");
}

}  // namespace
}  // namespace casus::cases
