// Claims files: what is read, and the text of every refusal.
#include "evidence/claims.hpp"

#include "evidence/reading.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace casus::evidence {
namespace {

constexpr const char* small_file = R"(# a register
version = 1

[[source]]
id = "s003"
title = "Causes and implications"
author = "A. Author"
kind = "peer-reviewed"
reliability = "high"

[[source]]
id = "s000"
title = "Čia yra Šuša"
reliability = "low"

[[claim]]
id = "c041"
source = "s003"
locator = "p. 12"
kind = "mechanism"
statement = "Moscow keeps the dispute open."
actors = ["russia"]
when = 1994-05-12
about = "patron_support"
attributed_to = "B. Analyst"
value = 3.50
when_inferred = true

[[contradiction]]
id = "k01"
about = "war_dates"
claims = ["c041"]
differs = "1988 or 1991."

[[explanation]]
id = "x01"
name = "managed_tension"
question = "Why?"
statement = "Order with tension."
claims = ["c041"]
rivals = ["x01"]

[[mechanism]]
id = "m01"
name = "rents_to_arms"
statement = "Income lifts budgets."
state = ["arms", "budget"]
claims = []

[[event]]
id = "e01"
date = "1992-02"
name = "Khojaly"
actors = ["russia"]
claims = ["c041"]

[[actor]]
id = "russia"
names = ["Russia", "Россия"]
kind = "state"

[[treaty]]
id = "t01"
name = "Bishkek Protocol"
parties = ["russia"]
date = "1994-05"

[[counterfactual]]
id = "q01"
question = "What if?"
claims = ["c041"]

[unused]
s000 = "not needed"
)";

TEST(Claims, AreReadWithAllTheirFields) {
  const Reading reading(small_file);
  ASSERT_TRUE(reading.claims) << said(reading.sources, reading.found).at(0);
  const Entry* claim = reading.claims->find("c041");
  ASSERT_NE(claim, nullptr);
  EXPECT_EQ(claim->kind, EntryKind::claim);
  EXPECT_EQ(claim->source, "s003");
  EXPECT_EQ(claim->sort, "mechanism");
  EXPECT_EQ(claim->statement, "Moscow keeps the dispute open.");
  EXPECT_EQ(claim->actors, Lines{"russia"});
  EXPECT_EQ(claim->when, "1994-05-12");
  EXPECT_EQ(claim->about, "patron_support");
  EXPECT_EQ(claim->attributed_to, "B. Analyst");
  EXPECT_EQ(claim->reliability, Reliability::high);
  Lines fields;
  for (const Field& field : claim->fields) fields.push_back(field.name + "=" + field.text);
  EXPECT_EQ(fields, (Lines{"locator=p. 12", "value=3.50", "when_inferred=true"}));
  EXPECT_EQ(reading.text(claim->span), "\"c041\"");
}

TEST(Claims, EveryKindHasATitleOrStatement) {
  const Reading reading(small_file);
  ASSERT_TRUE(reading.claims);
  const auto entry = [&](std::string_view id) { return *reading.claims->find(id); };
  EXPECT_EQ(entry("s000").title, "Čia yra Šuša");
  EXPECT_EQ(entry("s003").reliability, Reliability::high);
  EXPECT_EQ(entry("k01").statement, "1988 or 1991.");
  EXPECT_EQ(entry("x01").title, "managed_tension");
  EXPECT_EQ(entry("x01").statement, "Order with tension.");
  EXPECT_EQ(entry("x01").fields.at(0).text, "Why?");
  EXPECT_EQ(entry("m01").fields.at(0).text, "arms; budget");
  EXPECT_EQ(entry("e01").when, "1992-02");
  EXPECT_EQ(entry("russia").title, "Russia");
  EXPECT_EQ(entry("russia").fields.at(0).text, "Russia; Россия");
  EXPECT_EQ(entry("t01").actors, Lines{"russia"});
  EXPECT_EQ(entry("q01").statement, "What if?");
  EXPECT_EQ(entry("q01").claims, Lines{"c041"});
}

TEST(Claims, AreCountedByKind) {
  const Reading reading(small_file);
  ASSERT_TRUE(reading.claims);
  EXPECT_EQ(reading.claims->entries().size(), 10U);
  EXPECT_EQ(reading.claims->count(EntryKind::source), 2U);
  EXPECT_EQ(reading.claims->count(EntryKind::treaty), 1U);
  EXPECT_EQ(reading.claims->find("c042"), nullptr);
  EXPECT_EQ(reading.claims->ids().at(0), "s003");
  EXPECT_EQ(name_of(EntryKind::counterfactual), "counterfactual");
  EXPECT_EQ(name_of(Reliability::medium), "medium");
}

TEST(Claims, AnEmptyFileHasNone) {
  const Reading reading("");
  ASSERT_TRUE(reading.claims);
  EXPECT_TRUE(reading.claims->entries().empty());
}

TEST(Claims, RefuseWhatIsNoToml) {
  const Lines open = faults("[[claim]]\nid = \"c1\n");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].substr(0, 8), "E001 2:9");
  EXPECT_NE(open[0].find(" claims.toml is not valid TOML: error while parsing string"),
            std::string::npos);
  EXPECT_EQ(faults("[[claim]]\nid = \"č\" x\n").at(0).substr(0, 9), "E001 2:10");
  EXPECT_EQ(faults("a = \"\xFF\"\n").at(0).substr(0, 6), "E001 1");
}

TEST(Claims, RefuseAnIdTwice) {
  const Reading reading("[[actor]]\nid = \"a1\"\n[[actor]]\nid = \"a1\"\n");
  EXPECT_FALSE(reading.claims);
  EXPECT_EQ(said(reading.sources, reading.found),
            (Lines{"E002 4:6-10 the id 'a1' stands twice (give one of them another id)"}));
  const Label first = reading.found.sorted()[0].related.at(0);
  EXPECT_EQ(reading.sources.place(first.span.file, first.span.begin).line, 2U);
  EXPECT_EQ(first.text, "first here");
}

TEST(Claims, RefuseEntriesWithoutAnId) {
  const Lines lines = faults("[[event]]\nname = \"x\"\n\n[[claim]]\nsource = \"s\"\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].substr(0, 9), "E003 1:1-");
  EXPECT_EQ(lines[0].substr(lines[0].find("an event")),
            "an event without an id (write id = \"...\"; models cite the entry by it)");
  EXPECT_EQ(lines[1].substr(0, 9), "E003 4:1-");
  EXPECT_EQ(lines[2].substr(0, 4), "E005");
}

TEST(Claims, RefuseIdsThatCannotBeCited) {
  const std::string help = " (ids begin with a letter and hold letters, digits and '_')";
  EXPECT_EQ(faults("[[actor]]\nid = \"c 41\"\n[[actor]]\nid = 41\n[[actor]]\nid = \"\"\n"),
            (Lines{"E011 2:6-12 the id 'c 41' cannot be cited" + help,
                   "E011 4:6-8 the id '41' cannot be cited" + help,
                   "E011 6:6-8 the id '' cannot be cited" + help}));
}

TEST(Claims, RefuseAClaimWithoutASource) {
  EXPECT_EQ(faults("[[claim]]\nid = \"c1\"\n[[claim]]\nid = \"c2\"\nsource = \"\"\n"),
            (Lines{"E004 2:6-10 claim 'c1' has no source "
                   "(write source = \"...\" with the id of a [[source]])",
                   "E004 4:6-10 claim 'c2' has no source "
                   "(write source = \"...\" with the id of a [[source]])"}));
}

TEST(Claims, RefuseUnknownSources) {
  const std::string sources = "[[source]]\nid = \"s001\"\n[[claim]]\nid = \"c1\"\nsource = ";
  EXPECT_EQ(faults(sources + "\"s01\"\n"),
            (Lines{"E005 5:10-15 no source has the id 's01' (did you mean 's001'?)"}));
  EXPECT_EQ(faults(sources + "\"yearbook\"\n"),
            (Lines{"E005 5:10-20 no source has the id 'yearbook'"}));
  EXPECT_EQ(faults(sources + "\"c1\"\n"), (Lines{"E005 5:10-14 'c1' is a claim, not a source"}));
}

TEST(Claims, RefuseReferencesToNothing) {
  const std::string claims = "[[source]]\nid = \"s1\"\n[[claim]]\nid = \"c041\"\nsource = \"s1\"\n";
  EXPECT_EQ(faults(claims + "[[event]]\nid = \"e1\"\nclaims = [\"c041\", \"c401\", \"s1\"]\n"),
            (Lines{"E006 8:19-25 no claim has the id 'c401' (did you mean 'c041'?)",
                   "E006 8:27-31 's1' is a source, not a claim"}));
  EXPECT_EQ(faults("[[event]]\nid = \"e1\"\nclaims = [\"c1\"]\n"),
            (Lines{"E006 3:11-15 no claim has the id 'c1'"}));
  EXPECT_EQ(faults("[[explanation]]\nid = \"x1\"\nrivals = [\"x2\"]\n"),
            (Lines{"E006 3:11-15 no explanation has the id 'x2' (did you mean 'x1'?)"}));
  EXPECT_EQ(faults(claims + "[unused]\nc042 = \"no\"\n"),
            (Lines{"E006 7:1-5 no entry has the id 'c042' (did you mean 'c041'?)"}));
}

TEST(Claims, ActorsAreCheckedOnceThereAreAny) {
  const std::string event = "[[event]]\nid = \"e1\"\nactors = [\"rusia\"]\n";
  EXPECT_EQ(faults(event), Lines{"was read"});
  EXPECT_EQ(faults(event + "[[actor]]\nid = \"russia\"\n"),
            (Lines{"E006 3:11-18 no actor has the id 'rusia' (did you mean 'russia'?)"}));
}

TEST(Claims, RefuseFieldsOfAnotherKind) {
  EXPECT_EQ(
      faults("version = \"one\"\nactor = 3\n[[event]]\nid = \"e1\"\nname = [\"a\"]\n"
             "claims = \"c1\"\nactors = [1]\n"),
      (Lines{"E007 1:11-16 the version of a claims file is a whole number (write version = 1)",
             "E007 2:1-6 'actor' is no list of entries (begin each entry with [[actor]])",
             "E007 5:8-13 'name' is a text (write name = \"...\")",
             "E007 6:10-14 'claims' is a list of texts (write claims = [\"...\"])",
             "E007 7:11-12 'actors' is a list of texts (write actors = [\"...\"])"}));
}

TEST(Claims, RefuseUnknownKinds) {
  EXPECT_EQ(faults("[[claims]]\nid = \"c1\"\n"),
            (Lines{"E008 1:3-9 no kind of entry is called 'claims' (did you mean [[claim]]?)"}));
  EXPECT_EQ(faults("[[battle]]\nid = \"b1\"\n"),
            (Lines{"E008 1:3-9 no kind of entry is called 'battle' (write source, claim, "
                   "contradiction, explanation, mechanism, event, actor, treaty or "
                   "counterfactual)"}));
  EXPECT_EQ(faults("[notes]\nby = \"me\"\n"), Lines{"was read"});
}

TEST(Claims, RefuseNewerVersions) {
  EXPECT_EQ(faults("version = 1\n"), Lines{"was read"});
  EXPECT_EQ(faults("version = 2\n"),
            (Lines{"E010 1:11-12 claims of version 2; this casus knows up to 1 "
                   "(use a newer casus)"}));
}

TEST(Claims, RefuseUnknownReliabilities) {
  EXPECT_EQ(faults("[[source]]\nid = \"s1\"\nreliability = \"so-so\"\n"),
            (Lines{"E012 3:15-22 no reliability is called 'so-so' (write high, medium or low)"}));
  const Reading unstated("[[source]]\nid = \"s1\"\n");
  EXPECT_EQ(unstated.claims->find("s1")->reliability, Reliability::unstated);
}

TEST(Claims, FilesCutOffAnywhereAreReadOrRefusedWithAReason) {
  const std::string whole = small_file;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Reading reading(whole.substr(0, size));
    ASSERT_EQ(reading.claims.has_value(), !reading.found.has_errors()) << size;
    for (const Diagnostic& fault : reading.found.sorted()) {
      ASSERT_LE(fault.primary.span.end, size);
    }
  }
}

TEST(Claims, FaultsOfManyEntriesAreReportedAtOnce) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "[[claim]]\nid = \"c" + std::to_string(i) + "\"\n";
  EXPECT_EQ(faults(text).size(), 30U);
}

TEST(Claims, AThousandAreReadQuickly) {
  std::string text = "[[source]]\nid = \"s1\"\n";
  for (int i = 0; i < 1000; ++i) {
    text += fmt::format(
        "[[claim]]\nid = \"c{:04}\"\nsource = \"s1\"\nlocator = \"p. {}\"\nkind = \"fact\"\n"
        "statement = \"Statement number {} says something of the usual length of statements.\"\n"
        "actors = [\"a\", \"b\"]\nwhen = \"1992\"\nabout = \"territory\"\n\n",
        i, i, i);
  }
  const auto start = std::chrono::steady_clock::now();
  const Reading reading(text);
  const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(reading.claims);
  EXPECT_EQ(reading.claims->count(EntryKind::claim), 1000U);
  RecordProperty("milliseconds", std::to_string(time.count()));
  // Some 20 ms optimised; the bound catches work that grows with the square of the entries.
  EXPECT_LT(time.count(), 2000.0);
}

}  // namespace
}  // namespace casus::evidence
