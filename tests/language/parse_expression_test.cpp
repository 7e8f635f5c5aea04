// How expressions hold together, told by their fully bracketed form.
#include "language/parsing.hpp"
#include "language/shape.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

std::string shape(std::string_view expression) {
  const Parsed parsed = parse("let x = " + std::string(expression));
  if (!parsed.found.empty()) return parsed.problems();
  return shape(parsed.tree, only<LetStatement>(parsed).value);
}

TEST(Expressions, BindAsInMathematics) {
  EXPECT_EQ(shape("a + b * c - d / e"), "{{a + {b * c}} - {d / e}}");
  EXPECT_EQ(shape("a - b - c"), "{{a - b} - c}");
  EXPECT_EQ(shape("a / b / c"), "{{a / b} / c}");
  EXPECT_EQ(shape("a ^ b ^ c"), "{a ^ {b ^ c}}");
  EXPECT_EQ(shape("-a^2"), "{- {a ^ 2}}");
  EXPECT_EQ(shape("a^-2 * -b"), "{{a ^ {- 2}} * {- b}}");
  EXPECT_EQ(shape("--a"), "{- {- a}}");
  EXPECT_EQ(shape("(a + b) * c"), "{{a + b} * c}");
  EXPECT_EQ(shape("2 ^ -b ^ c"), "{2 ^ {- {b ^ c}}}");
}

TEST(Expressions, CompareThenPlaceThenJoin) {
  EXPECT_EQ(shape("a + 1 < b * 2"), "{{a + 1} < {b * 2}}");
  EXPECT_EQ(shape("not a == b and c or d"), "{{{not {a == b}} and c} or d}");
  EXPECT_EQ(shape("a or b and not not c"), "{a or {b and {not {not c}}}}");
  EXPECT_EQ(shape("held > 0.7 at 2015-12-31 and first > 2015-12-31"),
            "{{{held > 0} at @2015-12-31} and {first > @2015-12-31}}");
  EXPECT_EQ(shape("a / b at end"), "{{a / b} at end}");
  EXPECT_EQ(shape("not d in Belt"), "{not {d in Belt;}}");
  EXPECT_EQ(shape("attack in (raid, \"all out\") or x"), "{{attack in(raid;all out;} or x}");
  EXPECT_EQ(shape("first_war in 2018-01 to 2022-12"), "{first_war in @2018-01..@2022-12}");
  EXPECT_EQ(shape("w in -1 to end"), "{w in {- 1}..end}");
}

TEST(Expressions, ReadValues) {
  EXPECT_EQ(shape("30 months * x"), "{30<months> * x}");
  EXPECT_EQ(shape("since(2018-05-08) + during(1994-12, 1996-08)"),
            "{since(@2018-05-08) + during(@1994-12,@1996-08)}");
  EXPECT_EQ(shape("log(oil / 1 \"million USD / year\")"), "log({oil / 1<million USD / year>})");
  EXPECT_EQ(shape("phase == \"the war\""), "{phase == 'the war'}");
  EXPECT_EQ(shape("a[d, lachin, i + 1] * dt"), "{a[d,lachin,{i + 1}] * dt}");
  EXPECT_EQ(shape("f() + none"), "{f() + none}");
}

TEST(Expressions, ReadChoices) {
  EXPECT_EQ(shape("(a if c else b)"), "?(c:a)b");
  EXPECT_EQ(shape("(a if c else b if d or e else f)"), "?(c:a)({d or e}:b)f");
  EXPECT_EQ(shape("f(a if c else b, d)"), "f(?(c:a)b,d)");
  EXPECT_EQ(shape("1 + (a if c else b) * 2"), "{1 + {?(c:a)b * 2}}");
}

TEST(Expressions, TellReductionsFromCalls) {
  EXPECT_EQ(shape("max(a, b)"), "max(a,b)");
  EXPECT_EQ(shape("sum(d in D: a[d] * b[d]) / 2"), "{reduce0[d:D; {a[d] * b[d]}] / 2}");
  EXPECT_EQ(shape("max(e in borders(d), s in S if c: x[e]) default -1"),
            "reduce2[e:borders(d);s:S;if c x[e]]|{- 1}");
  EXPECT_EQ(shape("count(d in S if a[d] > 0)"), "reduce6[d:S;if {a[d] > 0}]");
  EXPECT_EQ(shape("count(d in S)"), "reduce6[d:S;]");
  EXPECT_EQ(shape("any(d in S: a[d])"), "reduce4[d:S; a[d]]");
}

TEST(Expressions, ReadReductionsOverSteps) {
  EXPECT_EQ(shape("any(attack == raid) from 2020-07 to 2020-12"),
            "steps0[{attack == raid} from @2020-07 to @2020-12]");
  EXPECT_EQ(shape("any(attack in Raids)"), "steps0[{attack in Raids;}]");
  EXPECT_EQ(shape("all(attack in (a, b) and c)"), "steps1[{{attack in(a;b;} and c}]");
  EXPECT_EQ(shape("share(a while b) - rate(c)"), "{steps2[a while b] - steps3[c]}");
  EXPECT_EQ(shape("total(x) + mean(x) + highest(x) + lowest(x) from 2020"),
            "{{{steps4[x] + steps5[x]} + steps6[x]} + steps7[x from 2020]}");
  EXPECT_EQ(shape("first date a == b or c from 2018-01"), "steps8[{{a == b} or c} from @2018-01]");
  EXPECT_EQ(shape("last date a"), "steps9[a]");
  EXPECT_EQ(shape("first + last * share"), "{first + {last * share}}");
}

TEST(Expressions, AskGames) {
  EXPECT_EQ(shape("prob(backing == back given attack == raid)"),
            "P({backing == back}|{attack == raid})");
  EXPECT_EQ(shape("crisis.prob(a) + crisis.worth(Russia) otherwise 0 + value(raid)"),
            "{{crisis.P(a) + crisis.worth(Russia)|0} + value(raid)}");
  EXPECT_EQ(shape("worth(Russia) otherwise -x^2 * 3"), "{worth(Russia)|{- {x ^ 2}} * 3}");
}

TEST(Expressions, KeepTheirPlaces) {
  const Parsed parsed = parse("let x = a * (b + cc) ^ 2");
  const Tree& tree = parsed.tree;
  const NodeId product = only<LetStatement>(parsed).value;
  const auto written = [&](NodeId node) {
    const Span span = tree[node].span;
    return parsed.sources.text(span.file).substr(span.begin, span.end - span.begin);
  };
  EXPECT_EQ(written(product), "a * (b + cc) ^ 2");
  const auto& binary = std::get<Binary>(tree[product].expression);
  EXPECT_EQ(written(binary.right), "(b + cc) ^ 2");
  EXPECT_EQ(written(std::get<Binary>(tree[binary.right].expression).left), "b + cc");
  EXPECT_EQ(parsed.sources.text(FileId{0}).substr(binary.op.begin, 1), "*");
}

}  // namespace
}  // namespace casus::language
