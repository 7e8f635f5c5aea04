// Wrong texts: which message, where, and what it advises.
#include "base/codes.hpp"
#include "language/parsing.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

/// One mistake in a text.
struct Slip {
  const char* text;
  const char* place;   ///< code, line and column
  const char* marked;  ///< the source text under the carets
  const char* advice;  ///< part of the message or of the help
};

void expect_slips(std::initializer_list<Slip> slips) {
  for (const Slip& slip : slips) {
    const Parsed parsed = parse(slip.text);
    ASSERT_EQ(parsed.places(), std::vector<std::string>{slip.place}) << slip.text << '\n'
                                                                     << parsed.problems();
    EXPECT_EQ(parsed.marked(), slip.marked) << slip.text;
    EXPECT_NE(parsed.problems().find(slip.advice), std::string::npos) << parsed.problems();
  }
}

TEST(Slips, OfEqualSigns) {
  expect_slips({
      {"game g while phase = peace\n  a by B: c", "P012 1:20", "=", "`==`"},
      {"let x = (a if b = c else d)", "P012 1:17", "=", "`==`"},
      {"let x = a = b", "P012 1:11", "=", "`==`"},
      {"data d from \"f\" where a = b", "P012 1:25", "=", "`==`"},
      {"let x == 3", "P013 1:7", "==", "write `=`"},
      {"state s : {a} == a", "P013 1:15", "==", "write `=`"},
      {"param p == 3", "P013 1:9", "==", "write `=`"},
      {"let x := 3", "P014 1:7", ":=", "`treaty`"},
      {"let x = a := 3", "P014 1:11", ":=", "`treaty`"},
      {"treaty t when a\n  x = 3", "P001 2:5", "=", "write `:=`"},
      {"whatif w\n  x == 3", "P001 2:5", "==", "write `:=`"},
  });
}

TEST(Slips, OfChoices) {
  expect_slips({
      {"let x = a if b else c", "P016 1:11", "if", "(a if condition else b)"},
      {"let x = if a then b else c", "P016 1:9", "if", "(a if condition else b)"},
      {"let x = (a else b)", "P016 1:12", "else", "`else` without `if`"},
      {"let x = (a if b)", "P016 1:16", ")", "expected `else`"},
      {"let x = 3 + cases\n    a : 1", "P017 1:13", "cases", "(a if condition else b)"},
      {"let x = f(cases\n    a : 1)", "P017 1:11", "cases", "`let`"},
      {"let x = cases a : 1", "P017 1:15", "a", "next line"},
      {"let x = cases", "P001 1:14", "", "`condition : value`"},
      {"let x = cases\n  otherwise : 1\n  a : 2\n  b : 3", "P018 3:3", "a", "put `otherwise` last"},
      {"let x = cases\n  a : 1\n  otherwise : 2\n  otherwise : 3", "P018 4:3", "otherwise",
       "never reached"},
      {"let x = cases\n    a : 1\n  otherwise : 2", "P008 3:3", "otherwise", "same column"},
      {"let x = cases\n  a : 1\n  else : 2", "P001 3:3", "else", "`otherwise : x`"},
      {"state s = 3\n    cases\n      a : 1", "P022 2:5", "cases", "`then NEXT`"},
      {"state s = 3\n    s + 1", "P022 2:5", "s", "`then NEXT`"},
      {"treaty t when a\n  x := 1 for 5 years 0", "P022 2:22", "0", "then 0"},
  });
}

TEST(Slips, OfOperators) {
  expect_slips({
      {"let x = a < b <= c", "P015 1:15", "<=", "`a < b and b <= ...`"},
      {"let x = 2 y", "P001 1:11", "y", "`2 * y`"},
      {"let x = 2 (y)", "P001 1:11", "(", "a product needs its sign"},
      {"let x = (a)(b)", "P001 1:12", "(", "a product needs its sign"},
      {"let x = a not in S", "P001 1:11", "not", "`not x in Set`"},
      {"let x = a is b", "P001 1:11", "is", "`==`"},
      {"let x = |a|", "P001 1:9", "|", "`abs(x)`"},
      {"let x = a in {b, c}", "P001 1:14", "{", "`attack in (hold, raid)`"},
      {"let x = ", "P001 1:8", "", "expected a value, found the end of the file"},
      {"let x = (a, b)", "P001 1:11", ",", "expected `)`"},
      {"let x = + 3", "P001 1:9", "+", "expected a value"},
      {"let x = then", "P001 1:9", "then", "\"then\""},
  });
}

TEST(Slips, OfCalls) {
  expect_slips({
      {"let x = sum(d in D) a[d]", "P025 1:19", ")", "`sum(d in District: x[d])`"},
      {"let x = count(d in D: c)", "P025 1:21", ":", "after `if`"},
      {"let x = count(a)", "P001 1:15", "a", "labels to count"},
      {"let x = f(a = 3)", "P019 1:13", "=", "`==` to compare"},
      {"draw x ~ normal(mean = 0, 1)", "P019 1:27", "1", "name this argument too"},
      {"draw x ~ normal(0 1)", "P001 1:19", "1", "`,` or `)`"},
      {"draw x ~ normal", "P001 1:16", "", "the law's arguments"},
      {"let x = game1.payoff(A)", "P001 1:15", "payoff", "`worth(...)`"},
      {"function sum(x) = x", "P010 1:10", "sum", "built in"},
  });
}

TEST(Slips, OfWords) {
  expect_slips({
      {"parm x = 3", "P002 1:1", "parm", "did you mean `param`?"},
      {"Let x = 3", "P002 1:1", "Let", "did you mean `let`?"},
      {"x = 3", "P002 1:1", "x", "`let x = ...`"},
      {"time 400 steps", "P002 1:1", "time", "below `case`"},
      {"payoff A = 3", "P002 1:1", "payoff", "below `game`"},
      {"param x = 3 unti \"a\"", "P021 1:13", "unti", "did you mean `unit`?"},
      {"param x = 3 colour \"a\"", "P021 1:13", "colour", "base, because, unit"},
      {"let x = 3\n    y = 4", "P021 2:5", "y", "continues the statement above"},
      {"param state = 3", "P010 1:7", "state", "such as `the_state`"},
      {"set rival = a, b", "P010 1:5", "rival", "write `Rival`"},
      {"set S = a b", "P001 1:11", "b", "write `a, b`"},
      {"set S = {a, b}", "P001 1:9", "{", "without braces"},
      {"data x in S from \"f\"", "P001 1:8", "in", "`data x : S from ...`"},
      {"data x : \"S\" from \"f\"", "P001 1:10", "\"S\"", "without quotes"},
      {"draw x : S ~ categorical(1)", "P001 1:10", "S", "`draw x ~ categorical(s in S: 1)`"},
      {"set S = hold, none", "P010 1:15", "none", "\"none\""},
      {"game g\n  payof A = 3", "P026 2:3", "payof", "did you mean `payoff`?"},
      {"game g\n  rationality 3", "P026 2:3", "rationality", "on the line of `game`"},
      {"game g:\n  a by B: c", "P001 1:7", ":", "has no `:`"},
      {"case \"c\"\n  tim 3", "P026 2:3", "tim", "did you mean `time`?"},
      {"whatif w\n  from 2018 Russia comits a = b", "P001 2:20", "comits", "`commits`"},
      {"whatif w\n  from 2018 until 2019 x := 3", "P001 2:13", "until", "from 2018-05 to 2020-09"},
      {"let x ~ normal(0, 1)", "P001 1:7", "~", "`draw x ~ normal(0, 1)`"},
      {"data x from f.csv", "P001 1:13", "f", "double quotes"},
      {"set \"S\" = a", "P001 1:5", "\"S\"", "without quotes"},
      {"set S = 1, 2", "P001 1:10", ",", "stand in quotes"},
      {"state s {a, b} = a", "P001 1:9", "{", "{peace, war}"},
      {"observe a == b from \"f\"", "P001 1:11", "==", "in brackets"},
      {"draw x ~ normal(0, 1) by month", "P001 1:26", "month", "`by year`"},
      {"set S = \"\"", "P001 1:9", "\"\"", "expected a label"},
  });
}

TEST(Slips, OfLines) {
  expect_slips({
      {"  let x = 3", "P007 1:3", "let", "first column"},
      {"let x = 3\n  let y = 4", "P007 2:3", "let", "continues the line above"},
      {"game g\n    a by B: c\n  payoff B = 1\n    d by B: e", "P008 3:3", "payoff", "column 5"},
      {"treaty t when a", "P009 1:1", "treaty", "deeper lines"},
      {"whatif w \"x\"", "P009 1:1", "whatif", "deeper lines"},
      {"game g", "P009 1:1", "game", "moves and payoffs"},
      {"treaty t\n  x := 3", "P001 1:9", "", "`when`"},
      {"game g errors gumbel\n  a by B: c", "P001 1:15", "gumbel", "logit"},
  });
}

TEST(Slips, OfDoubling) {
  expect_slips({
      {"param x = 3 unit \"a\" unit \"b\"", "P020 1:22", "unit", "first given here"},
      {"let x = 3 \"abc\" \"def\"", "P020 1:17", "\"def\"", "a description twice"},
      {"state s = 1 then 2 then 3", "P020 1:20", "then", "`then` twice"},
      {"data x from \"f\" linear linear", "P020 1:24", "linear", "twice"},
      {"game g while a while b\n  a by B: c", "P020 1:16", "while", "twice"},
      {"explain e \"a\"\n  p free\n  \"b\"", "P020 3:3", "\"b\"", "twice"},
      {"case \"c\"\n  time 3 steps\n  time 4 steps", "P020 3:3", "time", "first given here"},
  });
}

TEST(Slips, OfWhatIsNotThereYet) {
  expect_slips({
      {"repeat 4 while war", "P901 1:1", "repeat", "planned"},
      {"given record until 2018", "P901 1:1", "given", "planned"},
      {"game g\n  simultaneous", "P901 2:3", "simultaneous", "planned"},
      {"whatif w\n  hindsight from 2018 x := 3", "P901 2:3", "hindsight", "planned"},
      {"measure m = x given record until 2018", "P901 1:21", "record", "planned"},
  });
  EXPECT_EQ(parse("param slope = 3\nlet repeat = slope").problems(), "") << "names are free";
}

// An item with a fault is passed over; the others are still read.
TEST(Slips, AreReportedTogetherAndOnce) {
  const Parsed parsed = parse(
      "casus 1\n"
      "let x = a &&& b || c\n"
      "parm y = (1 + 2\n"
      "game g while a = b\n"
      "    attack by A: hold,, raid\n"
      "    let p = 3 +\n"
      "    payoff A = cases\n"
      "        p < q < r : 1\n"
      "        p         : 2\n"
      "        q 3\n"
      "        otherwise : (4\n"
      "    ends t when a\n"
      "  cost x by A: y = 1\n"
      "    payoff B == 4\n"
      "let good = 3\n"
      "state s = 3 then f(] unit 4\n"
      "let bad = * 3\n");
  EXPECT_EQ(parsed.places(), (std::vector<std::string>{
                                 "L006 2:11", "L006 2:13", "L006 2:17", "L012 3:10", "P012 4:16",
                                 "P001 5:23", "P001 6:16", "P015 8:15", "P001 10:11", "L012 11:21",
                                 "P008 13:3", "P013 14:14", "L014 16:20", "P001 17:11"}))
      << parsed.problems();
  EXPECT_EQ(parsed.printed(), "casus 1\nlet good = 3\n") << "only what was read whole is kept";
}

TEST(Slips, HaveCodesThatAreExplained) {
  for (const char* text : {"let x = = 3", "x", "  y", "let x = \"", "let x = 'a'", "casus 3"}) {
    const Parsed parsed = parse(text);
    ASSERT_FALSE(parsed.found.empty()) << text;
    for (const std::string& code : parsed.codes()) EXPECT_NE(find_code(code), nullptr) << code;
  }
}

// The whole of one message as a person sees it.
TEST(Slips, AreShownWithTheirPlaces) {
  EXPECT_EQ(parse("casus 1\nlet edge = win(belief[Armenia)\n").problems(),
            "error[L014]: `[` is closed by `)`\n"
            " --> model.casus:2:30\n"
            "  |\n"
            "2 | let edge = win(belief[Armenia)\n"
            "  |                              ^\n"
            " --> model.casus:2:22\n"
            "  |\n"
            "2 | let edge = win(belief[Armenia)\n"
            "  |                      - opened here\n"
            "help: brackets close in pairs: ( ), [ ], { }\n"
            "\n"
            "1 error\n");
}

}  // namespace
}  // namespace casus::language
