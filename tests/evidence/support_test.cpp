// What statements rest on.
#include "evidence/support.hpp"

#include "evidence/reading.hpp"

#include <gtest/gtest.h>

namespace casus::evidence {
namespace {

constexpr const char* register_text = R"(
[[source]]
id = "good"
reliability = "high"
[[source]]
id = "fair"
reliability = "medium"
[[source]]
id = "weak"
reliability = "low"
[[source]]
id = "unrated"

[[claim]]
id = "c1"
source = "good"
[[claim]]
id = "c2"
source = "fair"
[[claim]]
id = "c3"
source = "weak"
[[claim]]
id = "c4"
source = "unrated"

[[mechanism]]
id = "m1"
claims = ["c3", "c1", "c3"]
[[treaty]]
id = "t1"
claims = []
)";

class SupportOf : public testing::Test {
 protected:
  Support row(std::vector<std::string> ids) {
    Statement statement{.name = "param wear"};
    for (std::string& id : ids) statement.cited.push_back({.id = std::move(id)});
    Diagnostics found;
    const std::vector<Support> rows = supports(*reading_.claims, std::vector{statement}, found);
    EXPECT_TRUE(found.empty());
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).statement, "param wear");
    return rows.at(0);
  }

  Reading reading_{register_text};
};

TEST_F(SupportOf, NoCitationIsNoSource) {
  EXPECT_EQ(row({}).footing, Footing::none);
  EXPECT_EQ(row({"t1"}).footing, Footing::none);
  EXPECT_EQ(row({"t1"}).cited, Lines{"t1"});
  EXPECT_EQ(name_of(Footing::none), "no source");
}

TEST_F(SupportOf, AClaimRestsOnItsSource) {
  const Support support = row({"c2", "c1", "c2"});
  EXPECT_EQ(support.cited, (Lines{"c2", "c1"}));
  EXPECT_EQ(support.claims, (Lines{"c2", "c1"}));
  EXPECT_EQ(support.sources, (Lines{"fair", "good"}));
  EXPECT_EQ(support.best, Reliability::high);
  EXPECT_EQ(support.footing, Footing::sourced);
  EXPECT_EQ(row({"c2"}).footing, Footing::sourced);
}

TEST_F(SupportOf, AMechanismRestsOnTheSourcesOfItsClaims) {
  const Support support = row({"m1"});
  EXPECT_EQ(support.claims, (Lines{"c3", "c1"}));
  EXPECT_EQ(support.sources, (Lines{"weak", "good"}));
  EXPECT_EQ(support.footing, Footing::sourced);
}

TEST_F(SupportOf, WeakAndUnratedSourcesAreLow) {
  EXPECT_EQ(row({"c3"}).footing, Footing::low_only);
  EXPECT_EQ(row({"c3", "c4"}).footing, Footing::low_only);
  EXPECT_EQ(row({"unrated"}).footing, Footing::low_only);
  EXPECT_EQ(row({"unrated"}).best, Reliability::unstated);
  EXPECT_EQ(row({"c4", "c1"}).footing, Footing::sourced);
  EXPECT_EQ(name_of(Footing::low_only), "low-reliability sources only");
}

TEST_F(SupportOf, ASourceCanBeCitedItself) {
  const Support support = row({"good"});
  EXPECT_TRUE(support.claims.empty());
  EXPECT_EQ(support.sources, Lines{"good"});
  EXPECT_EQ(support.footing, Footing::sourced);
}

TEST_F(SupportOf, UnknownCitationsAreFaultsAtTheCitation) {
  Sources sources;
  const FileId model = sources.add("model.casus", "param wear because c1, c03, nonsense\n");
  const std::vector<Statement> statements{
      {.name = "param wear",
       .cited = {
           {"c1", {model, 19, 21}}, {"c03", {model, 23, 26}}, {"nonsense", {model, 28, 36}}}}};
  Diagnostics found;
  const std::vector<Support> rows = supports(*reading_.claims, statements, found);
  EXPECT_EQ(said(sources, found),
            (Lines{"E009 1:24-27 no claim has the id 'c03' (did you mean 'c3'?)",
                   "E009 1:29-37 no claim has the id 'nonsense'"}));
  EXPECT_EQ(rows.at(0).cited, Lines{"c1"});
}

TEST_F(SupportOf, LeavingOutASourceUnsettlesWhatRestsOnItAlone) {
  const std::vector<Statement> statements{{.name = "a", .cited = {{"c1"}}},
                                          {.name = "b", .cited = {{"m1"}}},
                                          {.name = "c", .cited = {{"good"}, {"c1"}}},
                                          {.name = "d"}};
  Diagnostics found;
  const std::vector<Support> rows = supports(*reading_.claims, statements, found);
  EXPECT_EQ(resting_only_on(rows, "good"), (Lines{"a", "c"}));
  EXPECT_EQ(resting_only_on(rows, "weak"), Lines{});
}

}  // namespace
}  // namespace casus::evidence
