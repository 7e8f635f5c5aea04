// Formatting: what it changes, and that it changes neither meaning nor what it has put in order.
#include "editor/texts.hpp"

#include <gtest/gtest.h>
#include <random>

namespace casus::editor {
namespace {

std::string after(const std::string& text) { return formatted(text).value_or("faults"); }

TEST(Format, SetsBlanksBetweenTokens) {
  EXPECT_EQ(after("let x=a+b *  ( c-d )/f( e , - g )\n"), "let x = a + b * (c - d) / f(e, -g)\n");
  EXPECT_EQ(after("let x = - a - -b ^ -2\n"), "let x = -a - -b ^ -2\n");
  EXPECT_EQ(after("state s:{ a,b }=a then(b if x else a)\n"),
            "state s : {a, b} = a then (b if x else a)\n");
  EXPECT_EQ(after("let y=sum( d in D if o [ d ] :x[d] ) default 0\n"),
            "let y = sum(d in D if o[d]: x[d]) default 0\n");
  EXPECT_EQ(after("let w = crisis . worth( A )otherwise 0\n"),
            "let w = crisis.worth(A) otherwise 0\n");
  EXPECT_EQ(after("param p ~beta(2,18)unit\"1 / year\"because c1,c2\"text\"# why  \n"),
            "param p ~ beta(2, 18) unit \"1 / year\" because c1, c2 \"text\"  # why\n");
}

TEST(Format, IndentsBlocksByFour) {
  EXPECT_EQ(after("game g while x\n  a by A : hold( status quo ), raid\n  payoff A = cases\n"
                  "     a==hold:0\n     otherwise: 1\n"),
            "game g while x\n    a by A: hold(status quo), raid\n    payoff A = cases\n"
            "        a == hold : 0\n        otherwise : 1\n");
  EXPECT_EQ(after("state x = 0\n then x + 1\n unit \"1\"\n"),
            "state x = 0\n    then x + 1\n    unit \"1\"\n");
}

TEST(Format, KeepsWhatIsAligned) {
  const std::string aligned =
      "game g while x\n"
      "    attack by A: hold, raid\n"
      "    back   by B: no, yes       if attack == raid\n"
      "    cost attack by A: raid = 1,\n"
      "                      hold = 2  # dear\n"
      "    payoff A = cases\n"
      "        attack == hold : 0\n"
      "        otherwise      : 1 + 2\n"
      "                         + 3\n"
      "\n"
      "let long_name = max(one,\n"
      "                    two)\n"
      "let short     = 1                        because c1\n"
      "include \"a.casus\"    # one\n"
      "include \"bc.casus\"   # two\n"
      "                     # and more\n";
  EXPECT_EQ(after(aligned), aligned);
}

TEST(Format, MovesWhatIsAlignedTogether) {
  EXPECT_EQ(after("let a  =1+2\nlet bc =   3\n"), "let a  = 1 + 2\nlet bc = 3\n");
  EXPECT_EQ(after("let ab=1    # one\nlet c=2     # two\n"),
            "let ab = 1  # one\nlet c = 2   # two\n");
  EXPECT_EQ(after("let x=one\n     +two\n"), "let x = one\n      + two\n");
}

// A token that stands close to the one before it is aligned with nothing.
TEST(Format, KeepsBracketsClosed) {
  EXPECT_EQ(after("let abc = f(i  g)\nlet m = mean( x)\n"), "let abc = f(i g)\nlet m = mean(x)\n");
  EXPECT_EQ(after("let a   = mean(x)\nlet m = f(b)  + c\n"), "let a = mean(x)\nlet m = f(b) + c\n");
}

TEST(Format, KeepsCommentsAndOneBlankLine) {
  EXPECT_EQ(after("\n\n#one  \n\n\n  # two\nlet x = 1 # three\n   # four\n\n    \n\n"),
            "#one\n\n# two\nlet x = 1  # three\n# four\n");
  EXPECT_EQ(after("case \"x\"\n      # of time\n  time 4 steps\n  # last\n\nlet y = 1\n"),
            "case \"x\"\n    # of time\n    time 4 steps\n    # last\n\nlet y = 1\n");
}

TEST(Format, CountsCharactersAndDropsWhatEditorsAdd) {
  EXPECT_EQ(
      after("\xEF\xBB\xBFlet \xC3\xA9t\xC3\xA9=1 # \xE2\x86\x92\r\nlet  x=\"\xC3\xA9\"   # b\r\n"),
      "let \xC3\xA9t\xC3\xA9 = 1  # \xE2\x86\x92\nlet x = \"\xC3\xA9\"  # b\n");
  EXPECT_EQ(after(""), "");
  EXPECT_EQ(after("# only"), "# only\n");
}

// A line between the columns of two others belongs elsewhere than either.
TEST(Format, KeepsLinesApartThatBelongToDifferentThings) {
  const std::string text = "measure m = cases\n        a : 1\n        otherwise : 2\n    given b\n";
  EXPECT_EQ(after(text), text);
}

void examine(const std::string& text, const std::string& name) {
  const std::optional<std::string> once = formatted(text);
  if (!once) return;
  ASSERT_EQ(words_of(*once), words_of(text)) << name;
  ASSERT_EQ(meaning_of(*once), meaning_of(text)) << name << "\n" << text << "---\n" << *once;
  ASSERT_EQ(formatted(*once), once) << name << "\n" << text;
  ASSERT_EQ(once->find(" \n"), std::string::npos) << name;
  ASSERT_EQ(once->find("\n\n\n"), std::string::npos) << name;
}

TEST(Format, IsStableAndKeepsTheMeaningOfEveryCaseFile) {
  const std::vector<std::filesystem::path> files = case_files();
  EXPECT_GT(files.size(), 100U);
  for (const std::filesystem::path& path : files) {
    ASSERT_NO_FATAL_FAILURE(examine(text_of_file(path), path.string()));
  }
}

// What moves may come to stand below what nobody aligned it with.
TEST(Format, IsStableWhereMovedTokensMeetOthers) {
  for (const std::string_view text :
       {"param pati~ 0.5  \"what next period counts 1e308or\"\n"
        "param sharp      = 100  \"how sharply any  the party tells payoffs apart\"\n",
        "param second_means = 200     \"R2\"\nparam decisive       \"R2\"\n"
        "param decisive  = 1       \"how much the1. ratio\"\n",
        "dat from \"battles.csv\"\ndaa x_men[Batt-le]  from \"battles.csv\"\n"
        "data y_men[Battle]  ==rom \"battles.csv\"\n",
        "measure yields_pr:=ivate  draw mlow(abandoned)\n"
        "measure joined_private    = mean(joined)\n"}) {
    const std::optional<std::string> once = formatted(std::string(text));
    ASSERT_TRUE(once.has_value()) << text;
    EXPECT_EQ(formatted(*once), once);
  }
}

/// Blanks and tokens changed at random.
std::string mutated(const std::string& text, std::mt19937_64& engine) {
  constexpr std::array<std::string_view, 22> parts{
      "",  " ", "  ", "     ", "\n", "\n    ", "\n  ", "\n\n\n", "-",     "(",     ")",
      ":", "=", ",",  "cases", "x",  "if",     ".5",   "# c\n",  " \r\n", "\"t\"", "["};
  std::string result = text;
  for (std::size_t n = 1 + engine() % 4; n > 0; --n) {
    const std::size_t at = engine() % (result.size() + 1);
    const std::size_t length = engine() % 3;
    result.replace(at, std::min(length, result.size() - at), parts.at(engine() % parts.size()));
  }
  return result;
}

TEST(Format, IsStableAndKeepsTheMeaningOfMutatedFiles) {
  std::mt19937_64 engine(7);
  std::size_t n_examined = 0;
  for (const std::filesystem::path& path : case_files()) {
    const std::string text = text_of_file(path);
    const std::size_t n_rounds = text.size() < 2000 ? 40 : 8;
    for (std::size_t round = 0; round < n_rounds; ++round) {
      const std::string changed = mutated(text, engine);
      n_examined += formatted(changed) ? 1U : 0U;
      ASSERT_NO_FATAL_FAILURE(examine(changed, path.string() + " " + std::to_string(round)));
    }
  }
  EXPECT_GT(n_examined, 2000U);
}

}  // namespace
}  // namespace casus::editor
