// What a measure says of one history (language page, decisions 5 and 17).
#include "language/running.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

namespace casus::language {
namespace {

constexpr double never = std::numeric_limits<double>::infinity();

// Months 0 to 11 of 2000; x is the month's number 1 to 12, war holds in April to June.
constexpr std::string_view year = R"(
state n = 1 then n + 1
let x = n
let war = n >= 4 and n <= 6
let odd = n == 1 or n == 3 or n == 5 or n == 7
let nothing = n > 99
)";

History over_year(const std::string& measures) {
  return over_time("from 2000-01 to 2000-12 by month", std::string(year) + measures).run();
}

double measure(const std::string& expression) {
  return over_year("measure m = " + expression + "\n").measure("m");
}

double ratio(const std::string& expression) {
  const History h = over_year("measure m = " + expression + "\n");
  return h.measure("m") / h.denominator("m");
}

TEST(Measures, TruthsOverSteps) {
  EXPECT_EQ(measure("any(war)"), 1);
  EXPECT_EQ(measure("any(nothing)"), 0);
  EXPECT_EQ(measure("all(war)"), 0);
  EXPECT_EQ(measure("all(x > 0)"), 1);
  EXPECT_EQ(measure("any(war) from 2000-07"), 0);
  EXPECT_EQ(measure("any(war) from 2000-06 to 2000-08"), 1);
  EXPECT_EQ(measure("all(war) from 2000-04 to 2000-06"), 1);
  EXPECT_EQ(measure("all(x > 3 while war)"), 1);
  EXPECT_EQ(measure("any(x > 6 while war)"), 0);
}

TEST(Measures, NumbersOverSteps) {
  EXPECT_EQ(measure("total(x)"), 78);
  EXPECT_EQ(measure("total(war)"), 3);
  EXPECT_EQ(measure("total(x while war)"), 15);
  EXPECT_EQ(measure("total(x) from 2000-11"), 23);
  EXPECT_EQ(measure("total(x while war) from 2000-05 to 2000-12"), 11);
  EXPECT_EQ(measure("mean(x)"), 6.5);
  EXPECT_EQ(measure("mean(x while war)"), 5);
  EXPECT_EQ(measure("highest(x while war)"), 6);
  EXPECT_EQ(measure("lowest(x) from 2000-03"), 3);
  EXPECT_EQ(measure("highest(-x)"), -1);
  EXPECT_EQ(measure("2 * total(x while war) - lowest(x)"), 29);
}

// A mean of no step has no value, nor has the highest of none: a history that needs one does not
// count. What a choice or the first part of an `and` or `or` leaves aside is not needed.
TEST(Measures, WhatNoStepGivesDoesNotCount) {
  const auto counts = [](const std::string& expression) {
    return over_year("measure m = " + expression + "\n").counts("m");
  };
  for (const std::string none :
       {"mean(x while nothing) + 1", "max(3, mean(x while nothing))", "highest(x while nothing)",
        "lowest(x while nothing) > 3", "share(odd while nothing) > 0.5",
        "not share(odd while nothing) > 0.5", "1 + rate(odd while nothing)",
        "(mean(x while nothing) if any(war) else 0)",
        "(0 if any(nothing) else mean(x while nothing))",
        "any(nothing) or mean(x while nothing) > 1",
        "any(war) and (mean(x while nothing) > 1 or any(war))"}) {
    EXPECT_FALSE(counts(none)) << none;
  }
  for (const std::string some :
       {"mean(x while war) + 1", "highest(x while war)",
        "(mean(x while nothing) if any(nothing) else 0)",
        "(0 if any(war) else mean(x while nothing))", "any(nothing) and mean(x while nothing) > 1",
        "any(war) or mean(x while nothing) > 1",
        "any(war) and (any(war) or mean(x while nothing) > 1)",
        "any(nothing) and (mean(x while nothing) > 1 or any(war))"}) {
    EXPECT_TRUE(counts(some)) << some;
  }
  EXPECT_TRUE(std::isnan(measure("mean(x while nothing)")));
  const History h = over_year(R"(
measure usual = share(odd while nothing)
measure high = usual > 0.5
measure low = (usual < 0.5 if any(nothing) else 1 > 0)
measure late = total(x) given usual > 0.5
measure other = cases
    any(nothing) : usual
    any(war)     : mean(x while war)
    otherwise    : usual
)");
  EXPECT_FALSE(h.counts("high"));
  EXPECT_TRUE(h.counts("low"));
  EXPECT_FALSE(h.counts("late"));
  EXPECT_TRUE(h.counts("other"));
  EXPECT_EQ(h.measure("other"), 5);
}

// Both ends of a range count, and a date means the step that contains it; years are whole.
TEST(Measures, Ranges) {
  EXPECT_EQ(measure("total(1) from 2000-02-15 to 2000-03-01"), 2);
  EXPECT_EQ(measure("total(1) from 2000 to 2000"), 12);
  EXPECT_EQ(measure("total(1) from 1990 to 2000-02"), 2);
  EXPECT_EQ(measure("total(1) from 2000-11 to 2050-01"), 2);
}

// A share or rate that is the whole measure leaves two sums, divided over histories; inside
// another measure it is the history's own.
TEST(Measures, SharesAndRates) {
  EXPECT_EQ(over_year("measure m = share(war)\n").measure("m"), 3);
  EXPECT_EQ(ratio("share(war)"), 0.25);
  EXPECT_EQ(ratio("share(odd while war)"), 1.0 / 3);
  EXPECT_EQ(ratio("share(war) from 2000-04 to 2000-09"), 0.5);
  EXPECT_DOUBLE_EQ(ratio("rate(war)"), 3);  // in a year of steps
  EXPECT_DOUBLE_EQ(ratio("rate(odd while war)"), 4);
  EXPECT_EQ(measure("2 * share(war)"), 0.5);
  EXPECT_EQ(measure("(1 if share(odd while war) > 0.3 else 0)"), 1);
  const Runner runner =
      over_time("from 2000-01 to 2000-12 by month", std::string(year) + "measure m = share(war)\n")
          .variant({});
  EXPECT_EQ(runner.lowered().measure_columns.at(0).kind, MeasureColumn::Kind::ratio);
}

TEST(Measures, Dates) {
  EXPECT_EQ(measure("first date war"), 3);
  EXPECT_EQ(measure("last date war"), 5);
  EXPECT_EQ(measure("first date war from 2000-05"), 4);
  EXPECT_EQ(measure("last date war from 2000-01 to 2000-05"), 4);
  EXPECT_EQ(measure("first date nothing"), never);
  EXPECT_EQ(measure("last date nothing"), never);
  EXPECT_EQ(measure("first date war and odd"), 4);
}

// After a month means after its last day, before it before its first; never comes after all dates.
TEST(Measures, DatesCompare) {
  EXPECT_EQ(measure("(first date war) > 2000-03"), 1);
  EXPECT_EQ(measure("(first date war) > 2000-04"), 0);
  EXPECT_EQ(measure("(first date war) >= 2000-04"), 1);
  EXPECT_EQ(measure("(first date war) < 2000-04"), 0);
  EXPECT_EQ(measure("(first date war) <= 2000-04"), 1);
  EXPECT_EQ(measure("(first date war) < 2001"), 1);
  EXPECT_EQ(measure("(first date war) < 2000"), 0);
  EXPECT_EQ(measure("(first date war) <= 2000"), 1);
  EXPECT_EQ(measure("(first date war) > 2000"), 0);
  EXPECT_EQ(measure("(first date war) >= 2000"), 1);
  EXPECT_EQ(measure("(first date war) > 1990"), 1);
  EXPECT_EQ(measure("(first date war) < (last date war)"), 1);
  EXPECT_EQ(measure("(first date war) == 2000-04"), 1);
  EXPECT_EQ(measure("(first date war) != 2000-05"), 1);
  EXPECT_EQ(measure("(first date n > 0) == 1990-01"), 0);
  EXPECT_EQ(measure("(first date nothing) > 2000-12"), 1);
  EXPECT_EQ(measure("(first date nothing) < 2050-01"), 0);
  EXPECT_EQ(measure("(first date war) < (first date nothing)"), 1);
}

TEST(Measures, DatesInRanges) {
  EXPECT_EQ(measure("(first date war) in 2000-04 to 2000-05"), 1);
  EXPECT_EQ(measure("(first date war) in 2000-01 to 2000-03"), 0);
  EXPECT_EQ(measure("(first date war) in 2000 to 2000"), 1);
  EXPECT_EQ(measure("(first date nothing) in 2000-01 to 2050-01"), 0);
}

// In weeks a month is several steps: its first to its last.
TEST(Measures, DatesOfWeeks) {
  const auto weekly = [](const std::string& expression) {
    return over_time("from 2000-01-03 to 2000-03-26 by week",
                     "state n = 1 then n + 1\nmeasure m = " + expression + "\n")
        .run()
        .measure("m");
  };
  // the weeks from 31 January, 7, 14, 21 and 28 February meet February: steps 4 to 8
  EXPECT_EQ(weekly("total(1) from 2000-02 to 2000-02"), 5);
  EXPECT_EQ(weekly("(first date n == 7) == 2000-02"), 1);
  EXPECT_EQ(weekly("(first date n == 7) != 2000-02"), 0);
  EXPECT_EQ(weekly("(first date n == 7) in 2000-02 to 2000-02"), 1);
  EXPECT_EQ(weekly("(first date n == 10) == 2000-02"), 0);
  EXPECT_EQ(weekly("(first date n == 10) > 2000-02"), 1);
  EXPECT_EQ(weekly("(first date n == 4) < 2000-02"), 1);
}

TEST(Measures, NumericTimes) {
  const auto daily = [](const std::string& expression) {
    return over_time("0 to 3 by 0.5 unit \"day\"",
                     "state n = 1 then n + 1\nmeasure m = " + expression + "\n")
        .run()
        .measure("m");
  };
  EXPECT_EQ(daily("n at 1.5"), 4);  // the third step ends at 1.5; its end
  EXPECT_EQ(daily("total(1) from 1 to 2"), 3);
  EXPECT_EQ(daily("(first date n == 3) < 2"), 1);
  EXPECT_EQ(daily("(first date n == 3) > 2"), 0);
}

// A date stands in arithmetic as years from the case's first step.
TEST(Measures, TheTimeBetweenDates) {
  EXPECT_DOUBLE_EQ(measure("(last date war) - (first date war)"), 2.0 / 12);
}

TEST(Measures, ValuesAtDates) {
  EXPECT_EQ(measure("x at 2000-03"), 3);
  EXPECT_EQ(measure("n at 2000-03"), 4);  // a state: at the step's end
  EXPECT_EQ(measure("n at end"), 13);
  EXPECT_EQ(measure("(x at 2000-12) - (x at 2000-02)"), 10);
  EXPECT_EQ(measure("x + n at 2000-05"), 11);
  EXPECT_EQ(over_time("from 2000-01 to 2000-12 by month",
                      std::string(year) + "measure m = x at 2005-01\n")
                .faults(),
            (std::vector<std::string>{"T105 2005-01"}));
}

TEST(Measures, LabelsAtDates) {
  const Checked model = over_steps(3, R"(
state phase : {peace, war} = peace then war
game g while phase == peace rationality 1000
    act by A: stay, go
    payoff A = (act == go) * 1
measure last_phase = phase at end
measure what = act at 1
measure what_later = act at 2
measure was_peace = (phase == peace at 1)
)");
  const Runner runner = model.variant({});
  EXPECT_EQ(runner.lowered().measure_columns.at(0).kind, MeasureColumn::Kind::label);
  EXPECT_EQ(runner.lowered().measure_columns.at(0).labels,
            (std::vector<std::string>{"peace", "war"}));
  const History h = runner.run();
  EXPECT_EQ(h.measure("last_phase"), 1);
  EXPECT_EQ(h.measure("what"), 1);
  EXPECT_EQ(h.measure("what_later"), -1);
  EXPECT_EQ(h.measure("was_peace"), 0);
}

TEST(Measures, GivenAndOtherMeasures) {
  const History h = over_year(R"(
measure start_of_it = first date war
measure early = start_of_it in 2000-01 to 2000-05
measure size = total(x while war) given early
measure never_asked = total(x) given any(nothing)
measure doubled = 2 * size
)");
  EXPECT_EQ(h.measure("early"), 1);
  EXPECT_EQ(h.measure("size"), 15);
  EXPECT_TRUE(h.counts("size"));
  EXPECT_FALSE(h.counts("never_asked"));
  EXPECT_EQ(h.measure("doubled"), 30);
}

TEST(Measures, ArraysOfMeasures) {
  const History h = over_year(R"(
set Third = 0 to 8 by 4
set S = a, b
let y[s in S] = x * (s == b)
measure in_third[t in Third] = total(x while x > t and x <= t + 4)
measure war_in[t in Third] = share(war while x > t and x <= t + 4)
measure last_y[s in S] = y[s] at end
measure all_y = sum(s in S: y[s]) at end
)");
  EXPECT_EQ(h.measure("in_third[0]"), 10);
  EXPECT_EQ(h.measure("in_third[4]"), 26);
  EXPECT_EQ(h.measure("in_third[8]"), 42);
  EXPECT_EQ(h.measure("war_in[4]") / h.denominator("war_in[4]"), 0.5);
  EXPECT_EQ(h.measure("last_y[a]"), 0);
  EXPECT_EQ(h.measure("last_y[b]"), 12);
  EXPECT_EQ(h.measure("all_y"), 12);
}

// O109: a measure must say when.
TEST(Measures, MustSayWhen) {
  const auto faults = [](const std::string& expression) {
    return over_time("from 2000 to 2002 by year",
                     "state s = 1\nlet y = 2 * s\ndraw born ~ normal(0, 1) once\n"
                     "draw yearly ~ normal(0, 1) by year\nmeasure m = " +
                         expression + "\n")
        .faults();
  };
  EXPECT_EQ(faults("s"), (std::vector<std::string>{"O109 s"}));
  EXPECT_EQ(faults("y + 1"), (std::vector<std::string>{"O109 y"}));
  EXPECT_EQ(faults("born"), (std::vector<std::string>{"O109 born"}));
  EXPECT_EQ(faults("yearly"), (std::vector<std::string>{"O109 yearly"}));
  EXPECT_EQ(faults("born at end"), std::vector<std::string>{});
}

// O109: a measure must also say when of what a what-if sets over a range.
TEST(Measures, MustSayWhenOfWhatAWhatIfSets) {
  const auto faults = [](const std::string& measure, const std::string& line) {
    return over_time("from 2000 to 2005 by year",
                     "set S = a, b\nparam p = 1\nparam q[s in S] ~ normal(0, 1)\n"
                     "let twice = 2 * p\nmeasure m = " +
                         measure + "\nwhatif w\n    " + line + "\n")
        .faults({.whatif = "w"});
  };
  const std::vector<std::string> none;
  EXPECT_EQ(faults("p", "from 2002 p := 3"), (std::vector<std::string>{"O109 p"}));
  EXPECT_EQ(faults("1 + twice", "from 2002 p := 3"), (std::vector<std::string>{"O109 twice"}));
  EXPECT_EQ(faults("1 + twice", "from 2002 twice := 3"), (std::vector<std::string>{"O109 twice"}));
  EXPECT_EQ(faults("q[a] * 2", "from 2002 q[a] := 3"), (std::vector<std::string>{"O109 q[a]"}));
  EXPECT_EQ(faults("q[a] * 2", "from 2002 q[b] := 3"), none);
  EXPECT_EQ(faults("(p at end) + (twice at 2001)", "from 2002 p := 3"), none);
  EXPECT_EQ(faults("mean(p)", "from 2002 p := 3"), none);
}

}  // namespace
}  // namespace casus::language
