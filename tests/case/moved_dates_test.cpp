// Dates of lets and events that are moved, against counts of months by hand.
#include "case/moved_dates.hpp"

#include "case/command_line.hpp"

#include <nlohmann/json.hpp>

namespace casus {
namespace {

using Json = nlohmann::json;
using cases::MovedDates;

class MovingDates : public CommandLine {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(path("dated"));
    write("dated/model.casus",
          "casus 1\ncase \"Dates\"\n    time from 2000-01 to 2003-12 by month\n"
          "param size ~ uniform(1, 3)\n"
          "event coup\n    at 2001-06 = 2\n"
          "event raid\n    at 2001-06 to 2001-08\n"
          "let index = 0.5 * since(2001-01) + during(2002-01, 2002-06)\n"
          "let years = since(2002)\n"
          "let other = size * index\n"
          "measure of_index = total(index)\n"  // 36 months of 0.5 and 6 of 1
          "measure of_years = total(years)\n"  // 24
          "measure felt = total(pulse(coup))\n"
          "measure after = total(since(coup))\n"  // 31
          "measure raided = total(during(raid))\n"
          "measure sized = total(other)\n"
          "whatif later\n    index := since(2003-01)\n");
  }

  double measure(const std::string& name, const std::string& words) const {
    const Ended ended = casus("run dated --histories 32 --json " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    const Json run = Json::parse(ended.out, nullptr, false)["runs"][0];
    for (const Json& each : run["measures"]) {
      if (each["measure"] == name) return each["figures"][0]["value"];
    }
    ADD_FAILURE() << name;
    return 0.0;
  }
};

TEST(MovedDates, AreReadAsTheyAreWritten) {
  using cases::moved_dates;
  EXPECT_EQ(moved_dates("a=-24"), (MovedDates{.name = "a", .months = -24}));
  EXPECT_EQ(moved_dates(" a = +12 "), (MovedDates{.name = "a", .months = 12}));
  EXPECT_EQ(moved_dates("a=removed"), MovedDates{.name = "a"});
  for (const char* const wrong : {"", "a", "=3", "a=", "a=1.5", "a=nan", "a=1201", "a=x", "a=++1"})
    EXPECT_FALSE(moved_dates(wrong)) << wrong;
  EXPECT_EQ(cases::move_text({.name = "a", .months = 12}), "a=+12");
  EXPECT_EQ(cases::move_text({.name = "a"}), "a=removed");
}

TEST_F(MovingDates, MovesSinceAndDuring) {
  EXPECT_EQ(measure("of_index", ""), 36 * 0.5 + 6);
  EXPECT_EQ(measure("of_index", "--move index=12"), 24 * 0.5 + 6);
  EXPECT_EQ(measure("of_index", "--move index=-24"), 48 * 0.5 + 6);
  EXPECT_EQ(measure("of_index", "--move index=-30"), 48 * 0.5);
  EXPECT_EQ(measure("of_index", "--move index=6 --move index=6"), 24 * 0.5 + 6);
  EXPECT_EQ(measure("of_index", "--move index=removed"), 0.0);
  EXPECT_EQ(measure("of_index", "--move years=5"), 36 * 0.5 + 6) << "other dates stay";
  EXPECT_EQ(measure("of_years", "--move years=5"), 19.0) << "a year counts from its January";
}

TEST_F(MovingDates, MovesEvents) {
  EXPECT_EQ(measure("felt", "--move coup=30"), 2.0);
  EXPECT_EQ(measure("felt", "--move coup=31"), 0.0) << "behind the case's time";
  EXPECT_EQ(measure("felt", "--move coup=-24"), 0.0) << "before it";
  EXPECT_EQ(measure("after", ""), 31.0);
  EXPECT_EQ(measure("after", "--move coup=12"), 19.0);
  EXPECT_EQ(measure("after", "--move coup=-24"), 48.0);
  EXPECT_EQ(measure("raided", "--move raid=29"), 2.0);
  EXPECT_EQ(measure("raided", "--move raid=removed"), 0.0);
}

TEST_F(MovingDates, LeaveWhatAWhatIfPutsInPlace) {
  const Ended ended = casus("whatif dated later --histories 32 --json --move index=12");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json document = Json::parse(ended.out, nullptr, false);
  EXPECT_NE(document["whatifs"].dump().find("12.0"), std::string::npos) << "2003 has 12 months";
}

TEST_F(MovingDates, SaysWhatCannotBeMoved) {
  const Ended unknown = casus("run dated --move indx=12");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_NE(unknown.err.find("error[R105]"), std::string::npos) << unknown.err;
  EXPECT_NE(unknown.err.find("did you mean 'index'?"), std::string::npos) << unknown.err;
  const Ended undated = casus("run dated --move other=12");
  EXPECT_NE(undated.err.find("dates are in coup, raid, index, years"), std::string::npos)
      << undated.err;
  EXPECT_NE(casus("run dated --move index=soon").err.find("error[R103]"), std::string::npos);
  EXPECT_NE(casus("run war --move risk=1").err.find("error[R109]"), std::string::npos);
}

// Results of other dates are other results, and shards say which they are of.
TEST_F(MovingDates, AreKeptApart) {
  ASSERT_EQ(casus("study dated --histories 2048 --bands none --move index=12 --out moved").code, 0);
  const Ended again = casus("study dated --histories 2048 --bands none --out moved");
  EXPECT_EQ(again.out.find("nothing changed"), std::string::npos);
  const std::string run =
      "run dated --histories 2048 --bands none --move index=-24 --move coup=removed";
  ASSERT_EQ(casus(run + " --out whole").code, 0);
  ASSERT_EQ(casus(run + " --shard 1/2 --out one").code, 0);
  ASSERT_EQ(casus(run + " --shard 2/2 --out two").code, 0);
  ASSERT_EQ(casus("merge one two --out both").code, 0);
  EXPECT_TRUE(files_of(path("both")) == files_of(path("whole")));
}

// One standard error off in June as it is dated, none a month earlier.
TEST_F(MovingDates, AreScoredAndComparedWhereTheyAreMoved) {
  std::filesystem::create_directories(path("seen"));
  write("seen/seen.csv", "month,y\n2000-06,1\n2000-07,1\n");
  write("seen/model.casus",
        "casus 1\ncase \"Seen\"\n    time from 2000-01 to 2000-12 by month\n"
        "param more ~ normal(0, 1) base 0\n"
        "let index = since(2000-07)\nlet level = index + more\n"
        "observe y from \"seen.csv\" column y date month ~ normal(mean = level, sd = 1)\n"
        "explain grown\n    more free\n");
  const auto score = [&](const std::string& words) {
    const Ended ended = casus("score seen --json --set more=0 " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false)["log_likelihood"].get<double>();
  };
  EXPECT_NEAR(score("--move index=-1") - score(""), 0.5, 1e-12);
  const Ended compared = casus("compare seen --sets 50 --repeats 2 --move index=-1");
  ASSERT_EQ(compared.code, 0) << compared.err;
  EXPECT_NE(compared.out.find("and with these dates of index:"), std::string::npos);
}

// Paired: the changes are those of the index times the mean of `size` over the sets that were
// drawn.
TEST_F(MovingDates, SensitivityMovesEveryIndex) {
  const Ended ended = casus("sensitivity dated --n 16 --out all --json");
  ASSERT_EQ(ended.code, 0) << ended.err;
  const Json document = Json::parse(ended.out, nullptr, false);
  const Json& sized = document["measures"].back();
  const double size = sized["prior_scales"][1]["mean"].get<double>() / 24.0;
  const Json& moves = sized["moved_dates"];
  ASSERT_EQ(moves.size(), 16U) << "four quantities, each moved thrice and removed";
  const std::vector<double> changes{6, 6, -6, -24};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    EXPECT_EQ(moves[8 + i]["dates_of"], "index");
    EXPECT_NEAR(moves[8 + i]["change"], changes[i] * size, 1e-12) << i;
    EXPECT_GT(moves[8 + i]["se"], 0.0);
  }
  EXPECT_EQ(moves[9]["months"], -12);
  EXPECT_EQ(moves[11]["months"], "removed");
  const auto files = files_of(path("all"));
  EXPECT_NE(files.at("moved_dates.csv").find("of_index,mean,index,-24,6,0\n"), std::string::npos);
  EXPECT_NE(files.at("summary.txt").find("changes with dates moved"), std::string::npos);
  EXPECT_FALSE(files_of(path("war")).contains("moved_dates.csv"));
}

}  // namespace
}  // namespace casus
