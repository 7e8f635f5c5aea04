// What-ifs and projections of a fitted model against Kalman's recursion and other closed forms.
#include "case/ahead.hpp"
#include "case/command_line.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace casus {
namespace {

using Json = nlohmann::json;

constexpr std::array seen{1.2, 0.3, 2.1, 1.7, -0.4,
                          0.9, 1.5, 2.2, 0.1, 1.1};  // the first ten months

/// A hidden level, seen with error for ten of twenty months. Nothing is free.
std::string hidden_level() {
  return "casus 1\n"
         "case \"A level\"\n"
         "    time from 2000-01 to 2001-08 by month\n"
         "draw at_first ~ normal(0, 1) once\n"
         "draw shock ~ normal(0, 0.5)\n"
         "let push = 0\n"
         "state level = at_first\n"
         "    then 0.9 * level + push + shock\n"
         "observe seen from \"seen.csv\" ~ normal(level, 0.8)\n"
         "measure level_then = level at 2000-12\n"
         "measure square = (level at 2000-12) ^ 2\n"
         "measure seen_before = total(seen) from 2000-01 to 2000-10\n"
         "measure seen_most = highest(seen) from 2000-01 to 2000-10\n"
         "measure seen_least = lowest(seen) from 2000-01 to 2000-10\n"
         "measure seen_early = seen at 2000-04\n"
         "measure first_high = first date seen > 2\n"
         "measure last_low = last date seen < 0.2 from 2000-01 to 2000-10\n"
         "measure share_high = share(seen > 1) from 2000-01 to 2000-10\n"
         "measure seen_across = total(seen) from 2000-01 to 2000-12\n"
         "measure at_last = level at end\n"
         "whatif pushed \"a push from the eleventh month\"\n"
         "    from 2000-11 push := 1\n"
         "whatif later \"a push from the fifth month\"\n"
         "    from 2000-05 push := 1\n"
         "whatif never_known\n"
         "    push := 1\n";
}

std::string record() {
  std::string text = "date,seen\n";
  for (std::size_t i = 0; i < seen.size(); ++i)
    text += "2000-" + std::string(i < 9 ? "0" : "") + std::to_string(i + 1) + "," +
            std::to_string(seen[i]) + "\n";
  return text;
}

struct Gaussian {
  double mean = 0.0;
  double variance = 0.0;
};

/// The level at the start of a step, given what was seen in the steps before it.
Gaussian kalman(std::size_t n_seen) {
  Gaussian level{.mean = 0.0, .variance = 1.0};
  for (std::size_t i = 0; i < n_seen; ++i) {
    const double gain = level.variance / (level.variance + 0.64);
    const double mean = level.mean + gain * (seen[i] - level.mean);
    level = {.mean = 0.9 * mean, .variance = 0.81 * (1 - gain) * level.variance + 0.25};
  }
  return level;
}

Gaussian ahead(Gaussian level, std::size_t n_steps) {
  for (std::size_t i = 0; i < n_steps; ++i)
    level = {.mean = 0.9 * level.mean, .variance = 0.81 * level.variance + 0.25};
  return level;
}

class AsOf : public CommandLine {
 protected:
  AsOf() {
    write("war/model.casus", hidden_level());
    write("war/seen.csv", record());
  }

  Json json_of(const std::string& words) const {
    const Ended ended = casus(words + " --json");
    EXPECT_EQ(ended.code, 0) << ended.err << ended.out;
    return Json::parse(ended.out, nullptr, false);
  }

  static const Json& run_of(const Json& json, const std::string& name) {
    for (const Json& run : json["runs"]) {
      if (run["run"] == name) return run;
    }
    ADD_FAILURE() << "no run " << name << " in " << json["runs"].dump();
    return json;
  }

  static Json figure(const Json& run, const std::string& measure, const std::string& statistic) {
    for (const Json& row : run["measures"]) {
      if (row["measure"] != measure) continue;
      for (const Json& one : row["figures"]) {
        if (one["statistic"] == statistic) return one["value"];
      }
    }
    ADD_FAILURE() << "no " << statistic << " of " << measure;
    return {};
  }

  static double mean(const Json& run, const std::string& measure) {
    return figure(run, measure, "mean");
  }
};

const std::string sampler = " --sets 200 --particles 200 --histories 8192";

TEST_F(AsOf, GoesOnFromKalmansPosterior) {
  const Json json = json_of("whatif war pushed later --fitted" + sampler);
  struct Expected {
    std::string run;
    std::size_t n_seen;
    std::size_t n_ahead;  ///< to the end of the twelfth month
  };
  for (const Expected& one :
       {Expected{"record to 2000-10", 10, 2}, Expected{"record to 2000-04", 4, 8}}) {
    const Json& run = run_of(json, one.run);
    const Gaussian level = ahead(kalman(one.n_seen), one.n_ahead);
    // 8,192 histories of 512 sets: those of one set choose among 200 particles, and particles share
    // ancestors, so that a quarter is added to the variance of a mean.
    const double error = std::sqrt(1.25 * level.variance / 8192);
    EXPECT_NEAR(mean(run, "level_then"), level.mean, 4 * error) << one.run;
    const double square = level.variance + level.mean * level.mean;
    const double error_of_square = std::sqrt(
        1.25 * (2 * level.variance + 4 * level.mean * level.mean) * level.variance / 8192);
    EXPECT_NEAR(mean(run, "square"), square, 4 * error_of_square) << one.run;
  }
}

TEST_F(AsOf, CountsWhatMeasuresGatheredBefore) {
  const Json json = json_of("whatif war pushed --fitted --sets 50 --histories 512");
  const Json& run = run_of(json, "record to 2000-10");
  double sum = 0.0;
  for (const double y : seen) sum += y;
  EXPECT_NEAR(mean(run, "seen_before"), sum, 1e-12);
  EXPECT_EQ(figure(run, "seen_before", "q05"), figure(run, "seen_before", "q95"));
  EXPECT_NEAR(mean(run, "seen_most"), 2.2, 1e-12);
  EXPECT_NEAR(mean(run, "seen_least"), -0.4, 1e-12);
  EXPECT_NEAR(mean(run, "seen_early"), 1.7, 1e-12);
  EXPECT_EQ(figure(run, "first_high", "q50"), "2000-03");
  EXPECT_EQ(figure(run, "first_high", "q90"), "2000-03");
  EXPECT_EQ(figure(run, "last_low", "q10"), "2000-09");
  EXPECT_EQ(figure(run, "last_low", "q90"), "2000-09");
  EXPECT_NEAR(figure(run, "share_high", "ratio").get<double>(), 0.6, 1e-12);
  // Two months more, free: the levels' means, and their spread with that of the errors.
  const Gaussian eleventh = ahead(kalman(10), 0);
  const Gaussian twelfth = ahead(kalman(10), 1);
  const double covariance = 0.9 * eleventh.variance;
  const double variance = eleventh.variance + twelfth.variance + 2 * covariance + 2 * 0.64;
  EXPECT_NEAR(mean(run, "seen_across"), sum + eleventh.mean + twelfth.mean,
              4 * std::sqrt(1.5 * variance / 512));
}

TEST_F(AsOf, PairsDifferByWhatThePushAddsUpTo) {
  const Json json = json_of("whatif war pushed never_known --fitted --sets 50 --histories 512");
  const Json& pushed = json["whatifs"][0];
  for (const Json& row : pushed["comparisons"]) {
    if (row["measure"] != "at_last") continue;
    const double added = (1 - std::pow(0.9, 10)) / 0.1;
    EXPECT_NEAR(row["difference"]["value"], added, 1e-9);
    EXPECT_NEAR(row["q05"], added, 1e-9);
    EXPECT_NEAR(row["q95"], added, 1e-9);
  }
  // One that changes the first step goes on from what is known before it: nothing.
  const Json& none = run_of(json, "no record");
  const Gaussian level = ahead(kalman(0), 12);
  EXPECT_NEAR(mean(none, "level_then"), level.mean, 4 * std::sqrt(level.variance / 512));
}

TEST_F(AsOf, SaysWhichRecordAndWritesTheSameBytesForAnyThreads) {
  const std::string words = "whatif war pushed later --fitted --sets 20 --histories 128";
  const Ended one = casus(words + " --threads 1 --out one");
  ASSERT_EQ(one.code, 0) << one.err;
  EXPECT_NE(one.out.find("What-ifs from 2000-11: differences from record to 2000-10"),
            std::string::npos)
      << one.out;
  EXPECT_NE(one.out.find("posterior at 2000-10: 20 parameter sets"), std::string::npos) << one.out;
  EXPECT_EQ(one.out.find("hindcast"), std::string::npos) << one.out;
  ASSERT_EQ(casus(words + " --threads 2 --lanes 64 --out two").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
  EXPECT_NE(text_of(path("one/results.nc")).find("pairs_q95"), std::string::npos);
}

TEST_F(AsOf, RefusesWhatARecordExcludes) {
  for (const std::string words : {"--at median", "--shard 1/2", "--from 2000-05"}) {
    const Ended ended = casus("whatif war pushed --fitted " + words);
    EXPECT_EQ(ended.code, 2);
    EXPECT_NE(ended.err.find("error[R125]"), std::string::npos) << ended.err;
  }
}

TEST_F(AsOf, ProjectsFromBehindTheRecord) {
  const Json json = json_of("project war --to 2000-12" + sampler);
  const Json& run = run_of(json, "record to 2000-10");
  const Gaussian level = ahead(kalman(10), 2);
  EXPECT_NEAR(mean(run, "level_then"), level.mean, 4 * std::sqrt(1.25 * level.variance / 8192));
  for (const Json& row : run["measures"]) EXPECT_NE(row["measure"], "at_last");
  const Ended said =
      casus("project war --from 2000-08 --to 2000-12 --sets 20 --histories 128 --out p");
  EXPECT_EQ(said.code, 0) << said.err;
  EXPECT_NE(said.out.find("under these assumptions the model gives, 2000-08 to 2000-12, from the "
                          "record to 2000-07"),
            std::string::npos)
      << said.out;
  EXPECT_NE(said.out.find("left out, since they need later steps: first_high, at_last"),
            std::string::npos)
      << said.out;
  const std::string bands = files_of(path("p")).at("bands.csv");
  EXPECT_NE(bands.find("2000-12,level"), std::string::npos);
  EXPECT_EQ(bands.find("2001-01,level"), std::string::npos);
  EXPECT_EQ(bands.find("2000-07,level"), std::string::npos);
}

TEST_F(AsOf, ProjectsInsideTheCasesTime) {
  const Ended beyond = casus("project war --to 2003-01");
  EXPECT_EQ(beyond.code, 2);
  EXPECT_NE(beyond.err.find("error[R126]: war is not made for times after 2001-08"),
            std::string::npos)
      << beyond.err;
  EXPECT_NE(casus("project war").err.find("error[R126]"), std::string::npos);
  EXPECT_NE(casus("project war --to 2000-09").err.find("error[R127]"), std::string::npos);
}

// ---- decisions

/// One who strikes with a known probability, and goes on striking.
std::string decisions() {
  return "casus 1\n"
         "case \"Strikes\"\n"
         "    time from 2000-01 to 2000-12 by month\n"
         "param appeal ~ normal(0, 1)\n"
         "state phase : {calm, angry} = calm\n"
         "    then (angry if attack == strike else calm)\n"
         "game quarrel rationality 1\n"
         "    attack by Aland: hold, strike\n"
         "    payoff Aland = (appeal if attack == strike else 0)\n"
         "observe attack from \"attack.csv\" column attack\n"
         "measure struck = any(attack == strike) from 2000-07\n"
         "measure strikes = total(attack == strike)\n"
         "data oil from \"oil.csv\" column oil\n"
         "let income = oil\n"
         "whatif hit\n"
         "    from 2000-07 to 2000-07 attack := strike\n"
         "whatif told\n"
         "    from 2000-07 Aland commits attack = strike\n"
         "whatif half\n"
         "    from 2000-07 Aland commits attack = strike credibility 0.5\n";
}

class FittedDecisions : public AsOf {
 protected:
  FittedDecisions() {
    write("war/model.casus", decisions());
    write("war/attack.csv",
          "date,attack\n2000-01,hold\n2000-02,strike\n2000-03,hold\n2000-04,hold\n2000-05,strike\n"
          "2000-06,hold\n");
    std::string oil = "date,oil\n";
    for (int month = 1; month <= 12; ++month)
      oil += (month < 10 ? "2000-0" : "2000-") + std::to_string(month) + "," +
             std::to_string(month) + "\n";
    write("war/oil.csv", oil);
  }

  /// The posterior mean of f(appeal): 2 strikes in 6, by quadrature.
  template <class F>
  static double posterior_mean(F f) {
    double sum = 0.0;
    double weights = 0.0;
    for (double z = -6.0; z <= 6.0; z += 0.001) {
      const double p = 1.0 / (1.0 + std::exp(-z));
      const double weight = std::exp(-0.5 * z * z) * p * p * std::pow(1 - p, 4);
      sum += weight * f(p);
      weights += weight;
    }
    return sum / weights;
  }
};

TEST_F(FittedDecisions, PartWhereTheBaselineHolds) {
  const Json json = json_of("whatif war hit told half --fitted --sets 2000 --histories 8192");
  const double holds = posterior_mean([](double p) { return 1 - p; });
  // The posterior of 2,000 sets and the choice of 512 among them.
  const double spread =
      std::sqrt(posterior_mean([](double p) { return p * p; }) - (1 - holds) * (1 - holds));
  const double error =
      std::sqrt(holds * (1 - holds) / 8192 + spread * spread * (1.0 / 512 + 2.0 / 2000));
  const Json& parting = json["whatifs"][0]["parting"];
  EXPECT_EQ(parting["histories"], 8192);
  EXPECT_NEAR(parting["parted"].get<double>() / 8192, holds, 4 * error);
  EXPECT_EQ(parting["first"].size(), 1U);
  EXPECT_EQ(parting["first"][0]["decision"], "attack");
  EXPECT_EQ(parting["first"][0]["baseline"], "hold");
  EXPECT_EQ(parting["first"][0]["changed"], "strike");
  EXPECT_EQ(parting["first"][0]["median"], "2000-07");
  EXPECT_EQ(parting["first"][0]["histories"], parting["parted"]);
  const std::string notes = json["notes"].dump();
  EXPECT_NE(notes.find("told: attack is announced, fully believed"), std::string::npos) << notes;
  EXPECT_NE(notes.find("half: attack is announced, believed with probability 0.5"),
            std::string::npos)
      << notes;
  EXPECT_NE(notes.find("hit: attack is a surprise in its first step"), std::string::npos) << notes;
  EXPECT_NE(notes.find("hindcast given what later happened: oil"), std::string::npos) << notes;
}

TEST_F(FittedDecisions, AvertedAndCausedStandBesideTheirBounds) {
  const Json json = json_of("whatif war hit --fitted --sets 200 --histories 2048");
  for (const Json& row : json["whatifs"][0]["comparisons"]) {
    if (row["measure"] != "struck") continue;
    const double before = row["baseline"];
    EXPECT_EQ(row["changed"], 1.0);
    EXPECT_EQ(row["averted"]["value"], 0.0);
    EXPECT_NEAR(row["caused"]["value"], 1 - before, 1e-12);
    EXPECT_NEAR(row["caused"]["least"], 1 - before, 1e-12);
    EXPECT_NEAR(row["caused"]["most"], 1 - before, 1e-12);
  }
}

TEST_F(FittedDecisions, ScoresTheRestOfTheRecordFromTheCut) {
  // After 2000-04, one strike in four: a strike, then none, each from what was known then.
  const Json json = json_of("fit war --until 2000-04 --sets 4000");
  ASSERT_EQ(json["ahead"].size(), 1U);
  const Json& row = json["ahead"][0];
  EXPECT_EQ(row["observed"], "attack");
  EXPECT_EQ(row["after"], 2);
  double sum = 0.0;
  double weights = 0.0;
  for (double z = -6.0; z <= 6.0; z += 0.001) {
    const double p = 1.0 / (1.0 + std::exp(-z));
    const double weight = std::exp(-0.5 * z * z) * p * std::pow(1 - p, 3);
    sum += weight * p;
    weights += weight;
  }
  const double strikes = sum / weights;
  EXPECT_NEAR(row["model"], std::log(strikes) + std::log(1 - strikes), 0.1);
  // hold, strike, hold, hold: of three changes one is none; held last.
  EXPECT_NEAR(row["no_change"], std::log(1 - 2.0 / 5) + std::log(2.0 / 5), 1e-12);
  EXPECT_NEAR(row["base_rate"], std::log(2.0 / 6) + std::log(4.0 / 6), 1e-12);
}

// ---- data that are independent given a mean with a normal prior

TEST_F(AsOf, ScoresTheRestByThePredictiveDensity) {
  write("war/model.casus",
        "casus 1\ncase \"A mean\"\n    time 10 steps\nparam level ~ normal(0, 2)\n"
        "observe seen from \"seen.csv\" ~ normal(mean = level, sd = 1)\n");
  std::string text = "step,seen\n";
  for (std::size_t i = 0; i < seen.size(); ++i)
    text += std::to_string(i + 1) + "," + std::to_string(seen[i]) + "\n";
  write("war/seen.csv", text);
  const Json json = json_of("fit war --until 6 --sets 4000");
  double sum = 0.0;
  for (std::size_t i = 0; i < 6; ++i) sum += seen[i];
  const double variance = 1 / (0.25 + 6);
  const double mean = variance * sum;
  double expected = 0.0;
  for (std::size_t i = 6; i < 10; ++i) {
    const double from_mean = seen[i] - mean;
    expected -= 0.5 * (std::log(2 * std::acos(-1.0) * (1 + variance)) +
                       from_mean * from_mean / (1 + variance));
  }
  // A datum's score moves by its distance from the mean times the error of the posterior's mean:
  // with 256 of 4,000 sets that is 0.4 / 16, and the four distances add up to 1.7.
  EXPECT_NEAR(json["ahead"][0]["model"], expected, 0.13);
}

TEST(SimpleScores, AreWhatThePageSays) {
  const cases::Seen numbers{.values = {1, 2, 4, 3, 5}, .as = cases::Seen::As::number};
  const cases::SimpleScores of_numbers = cases::simple_scores(numbers, 3);
  const auto normal = [](double x, double mean, double variance) {
    return -0.5 * (std::log(2 * std::acos(-1.0) * variance) + (x - mean) * (x - mean) / variance);
  };
  EXPECT_NEAR(*of_numbers.no_change, normal(3, 4, 2.5) + normal(5, 4, 5), 1e-12);
  const double variance = (16.0 + 1 + 25) / 9 / 2;
  EXPECT_NEAR(*of_numbers.base_rate, normal(3, 7.0 / 3, variance) + normal(5, 7.0 / 3, variance),
              1e-12);

  const cases::Seen counts{.values = {2, 2, 2, 0}, .as = cases::Seen::As::count};
  const cases::SimpleScores of_counts = cases::simple_scores(counts, 3);
  EXPECT_NEAR(*of_counts.no_change, -2, 1e-12);
  EXPECT_NEAR(*of_counts.base_rate, -2, 1e-12);

  // Mean 4 and variance 16: size 4 / 3, and P(0) = (size / (size + mean))^size.
  const cases::Seen dispersed{.values = {0, 8, 4, 0}, .as = cases::Seen::As::count};
  EXPECT_NEAR(*cases::simple_scores(dispersed, 3).base_rate, 4.0 / 3 * std::log(0.25), 1e-9);
  EXPECT_FALSE(cases::simple_scores(dispersed, 2).base_rate);
}

}  // namespace
}  // namespace casus
