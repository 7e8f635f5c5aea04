// Statements and their clauses: what the tree holds for what was written.
#include "language/parser.hpp"

#include "language/parsing.hpp"

#include <gtest/gtest.h>

namespace casus::language {
namespace {

using Texts = std::vector<std::string>;

TEST(Parser, ReadsTime) {
  const Parsed months = parse("case \"T\"\n    time from 1991-12 to 2023-12 by month\n");
  const auto dated = only<CaseStatement>(months);
  EXPECT_EQ(dated.title, "T");
  ASSERT_TRUE(dated.time);
  EXPECT_EQ(dated.time->kind, TimeStatement::Kind::calendar);
  EXPECT_EQ(dated.time->by.text, "month");
  EXPECT_EQ(print(months.tree, dated.time->to), "2023-12");

  const Parsed years = parse("case \"T\"\n  claims \"c.toml\"\n  time from 1991 to 2023 by year\n");
  EXPECT_EQ(only<CaseStatement>(years).time->kind, TimeStatement::Kind::calendar);
  EXPECT_EQ(only<CaseStatement>(years).claims.text, "c.toml");

  const Parsed numeric = parse("case \"T\"\n time -1 to 110 by 0.01 unit \"day\"");
  const auto number = only<CaseStatement>(numeric);
  ASSERT_TRUE(number.time);
  EXPECT_EQ(number.time->kind, TimeStatement::Kind::numeric);
  EXPECT_EQ(print(numeric.tree, number.time->from), "-1");
  EXPECT_EQ(number.time->unit.text, "day");

  const Parsed steps = parse("case \"T\"\n time 400 steps");
  EXPECT_EQ(only<CaseStatement>(steps).time->kind, TimeStatement::Kind::steps);
  EXPECT_EQ(print(steps.tree, only<CaseStatement>(steps).time->count), "400");
}

TEST(Parser, ReadsSets) {
  const auto labels = only<SetStatement>(parse("set State = Armenia, \"New Land\"\n"));
  EXPECT_EQ(texts(labels.labels), (Texts{"Armenia", "New Land"}));
  EXPECT_TRUE(labels.labels.at(1).quoted);
  EXPECT_FALSE(labels.labels.at(0).quoted);

  const auto file = only<SetStatement>(
      parse("set P from \"d.csv\" column state where group in (a, \"b c\")\n  where kind == 3"));
  EXPECT_EQ(file.file.text, "d.csv");
  EXPECT_EQ(file.column.text, "state") << "a column may be a word of the language";
  ASSERT_EQ(file.where.size(), 2U);
  EXPECT_EQ(texts(file.where.at(0).values), (Texts{"a", "b c"}));
  EXPECT_EQ(texts(file.where.at(1).values), Texts{"3"});

  const auto part = only<SetStatement>(parse("set Belt in District where group == seven"));
  EXPECT_EQ(part.parent.text, "District");
  const auto listed = only<SetStatement>(parse("set Core in District = shusha"));
  EXPECT_EQ(listed.parent.text, "District");
  EXPECT_EQ(texts(listed.labels), Texts{"shusha"});

  const Parsed range = parse("set Offer = -1 to 1 by 0.01 unit \"USD\"");
  const auto numbers = only<SetStatement>(range);
  EXPECT_EQ(print(range.tree, numbers.range_from), "-1");
  EXPECT_EQ(print(range.tree, numbers.range_by), "0.01");
  EXPECT_EQ(numbers.clauses.unit.text, "USD");
}

TEST(Parser, ReadsLinks) {
  const auto link = only<LinkStatement>(
      parse("link borders(A, B + outside) from \"b.csv\" columns x, y symmetric ignore iran, z"));
  EXPECT_EQ(link.from_set.text, "A");
  EXPECT_EQ(link.to_set.text, "B");
  EXPECT_TRUE(link.outside);
  EXPECT_TRUE(link.symmetric);
  EXPECT_EQ(texts(link.columns), (Texts{"x", "y"}));
  EXPECT_EQ(texts(link.ignore), (Texts{"iran", "z"}));
  EXPECT_FALSE(only<LinkStatement>(parse("link b(A, B) from \"b.csv\"")).outside);
}

TEST(Parser, ReadsData) {
  const auto data = only<DataStatement>(
      parse("data m[State] from \"m.csv\" unit \"USD\" linear by a, b column c date d\n"
            "  gaps held before held after held where k == v \"what\""));
  EXPECT_EQ(data.target.indices.at(0).set.text, "State");
  EXPECT_TRUE(data.target.indices.at(0).bound.empty());
  EXPECT_EQ(data.column.text, "c");
  EXPECT_EQ(data.date_column.text, "d");
  EXPECT_EQ(texts(data.by), (Texts{"a", "b"}));
  EXPECT_TRUE(data.linear && data.allow_gaps && data.extend_before && data.extend_after);
  EXPECT_EQ(data.clauses.unit.text, "USD");
  EXPECT_EQ(data.clauses.description, "what");
  const auto plain = only<DataStatement>(parse("data m from \"m.csv\""));
  EXPECT_FALSE(plain.linear || plain.allow_gaps || plain.extend_before || plain.extend_after);
  const Parsed constant = parse("data cap = 0.5 unit \"1\" because c1");
  EXPECT_EQ(print(constant.tree, only<DataStatement>(constant).value), "0.5");
}

TEST(Parser, ReadsDataOfLabels) {
  const auto hold =
      only<DataStatement>(parse("data hold[d in D] : Side from \"h.csv\" column side"));
  EXPECT_EQ(hold.target.indices.at(0).bound.text, "d");
  EXPECT_EQ(hold.of.set.text, "Side");
  EXPECT_EQ(hold.column.text, "side");
  const Parsed constant = parse("data regime : {open, \"half open\"} = open");
  EXPECT_EQ(texts(only<DataStatement>(constant).of.labels), (Texts{"open", "half open"}));
  EXPECT_EQ(print(constant.tree, only<DataStatement>(constant).value), "open");
  EXPECT_FALSE(only<DataStatement>(parse("data m from \"m.csv\"")).of.written());
}

TEST(Parser, ReadsEvents) {
  const Parsed parsed =
      parse("event t in Azerbaijan at 1992-05-14, 1993-06 = 0.7, 2000-01 to 2000-06 = 2, 2018");
  const auto event = only<EventStatement>(parsed);
  EXPECT_EQ(event.party.text, "Azerbaijan");
  ASSERT_EQ(event.dates.size(), 4U);
  EXPECT_EQ(event.dates[0].magnitude, no_node);
  EXPECT_EQ(print(parsed.tree, event.dates[1].magnitude), "0.7");
  EXPECT_EQ(print(parsed.tree, event.dates[2].to), "2000-06");
  EXPECT_EQ(print(parsed.tree, event.dates[3].at), "2018");
}

TEST(Parser, ReadsParametersAndTheirDescriptions) {
  const Parsed parsed = parse("param leverage ~ halfnormal(sd = 1) base 0 \"what it is\"");
  const auto param = only<ParamStatement>(parsed);
  EXPECT_EQ(param.prior.law.text, "halfnormal");
  EXPECT_EQ(texts(param.prior.argument_names), Texts{"sd"});
  EXPECT_EQ(print(parsed.tree, param.base), "0");
  EXPECT_EQ(param.clauses.description, "what it is");
  const Parsed constant = parse("param cap = 0.5 \"what\"");
  EXPECT_EQ(print(constant.tree, only<ParamStatement>(constant).value), "0.5");
  EXPECT_EQ(only<ParamStatement>(constant).clauses.description, "what");
  const Parsed negative = parse("param cap ~ normal(0, 1) base -1 \"what\"");
  EXPECT_EQ(only<ParamStatement>(negative).clauses.description, "what");
  const auto indexed = only<ParamStatement>(parse("param a[s in State] ~ normal(0, 1)"));
  EXPECT_EQ(indexed.target.indices.at(0).bound.text, "s");
}

TEST(Parser, ReadsFunctions) {
  const Parsed parsed = parse("function f(p, prize) = prize * p\nfunction g() = 3");
  ASSERT_EQ(parsed.problems(), "");
  const auto& f = std::get<FunctionStatement>(parsed.tree.statements.at(0));
  EXPECT_EQ(texts(f.parameters), (Texts{"p", "prize"}));
  EXPECT_TRUE(std::get<FunctionStatement>(parsed.tree.statements.at(1)).parameters.empty());
}

TEST(Parser, ReadsStatesWithClausesInAnyOrder) {
  const Parsed parsed =
      parse("state x[d in D] = a[d] because c1\n  outside o then b[d]\n  unit \"1\"  \"what\"\n");
  const auto state = only<StateStatement>(parsed);
  EXPECT_EQ(print(parsed.tree, state.initial), "a[d]");
  EXPECT_EQ(print(parsed.tree, state.next), "b[d]");
  EXPECT_EQ(state.outside.text, "o");
  EXPECT_EQ(texts(state.clauses.because.claims), Texts{"c1"});
  const auto phase = only<StateStatement>(parse("state p : {peace, \"the war\"} = peace"));
  EXPECT_EQ(texts(phase.of.labels), (Texts{"peace", "the war"}));
  EXPECT_EQ(phase.next, no_node);
  EXPECT_EQ(only<StateStatement>(parse("state p[d in D] : Side = a")).of.set.text, "Side");
}

TEST(Parser, ReadsDraws) {
  EXPECT_EQ(only<DrawStatement>(parse("draw z ~ normal(0, 1)")).when, DrawStatement::When::step);
  EXPECT_EQ(only<DrawStatement>(parse("draw z ~ normal(0, 1) by year")).when,
            DrawStatement::When::year);
  EXPECT_EQ(only<DrawStatement>(parse("draw z[s in S] ~ normal(0, 1) once")).when,
            DrawStatement::When::once);
}

TEST(Parser, ReadsObservations) {
  const Parsed variable = parse(
      "observe deaths[d in S] from \"f.csv\" column c date t by a where k == v\n"
      "  while since(2000) ~ negbinomial(mean = m, size = s)");
  const auto deaths = only<ObserveStatement>(variable);
  EXPECT_EQ(deaths.name.text, "deaths");
  EXPECT_EQ(deaths.indices.at(0).bound.text, "d");
  EXPECT_EQ(print(variable.tree, deaths.condition), "since(2000)");
  EXPECT_EQ(texts(deaths.law.argument_names), (Texts{"mean", "size"}));

  const auto move = only<ObserveStatement>(parse("observe attack from \"r.csv\" column azer"));
  EXPECT_EQ(move.name.text, "attack");
  EXPECT_FALSE(move.law.written());
  const auto ends = only<ObserveStatement>(parse("observe ends from \"r.csv\" column outcome"));
  EXPECT_TRUE(ends.ends);
  EXPECT_TRUE(ends.name.empty());
  const Parsed either = parse("observe (a == b or c == d) from \"r.csv\" column on");
  EXPECT_EQ(print(either.tree, only<ObserveStatement>(either).expression), "a == b or c == d");

  const Parsed sum = parse("observe total(x) over 2020-09 to 2020-11 = 7593 ~ poisson(x)");
  const auto total = only<ObserveStatement>(sum);
  EXPECT_TRUE(total.total);
  EXPECT_EQ(print(sum.tree, total.expression), "x");
  EXPECT_EQ(print(sum.tree, total.over.from), "2020-09");
  EXPECT_EQ(print(sum.tree, total.value), "7593");
  EXPECT_EQ(total.law.law.text, "poisson");
}

constexpr std::string_view crisis =
    R"(game crisis while phase == peace rationality sharp errors logit
    attack  by Azerbaijan: hold (status quo per month), raid, "all out"
    backing by Turkey:     abstain (status quo), back   if attack == raid
    offer   by Russia:     Offer
    let p   = win(aid)
    cost answer by Russia: mediate = effort, intervene = reach * (1 + far)
    payoff Azerbaijan = cases
        attack == hold : outlook
        otherwise      : p * stake
            - war_cost
    payoff Russia = p
    ends truce when push == stop
    rationality Russia = 2 * sharp
    because c9
    "what is at stake"
)";

TEST(Parser, ReadsGames) {
  const Parsed parsed = parse(crisis);
  ASSERT_EQ(parsed.problems(), "");
  const auto game = only<GameStatement>(parsed);
  EXPECT_EQ(print(parsed.tree, game.condition), "phase == peace");
  EXPECT_EQ(print(parsed.tree, game.rationality), "sharp");
  EXPECT_EQ(game.errors.text, "logit");
  ASSERT_EQ(game.moves.size(), 3U);
  ASSERT_EQ(game.moves[0].options.size(), 3U);
  EXPECT_TRUE(game.moves[0].options[0].status_quo);
  EXPECT_EQ(game.moves[0].options[0].per.text, "month");
  EXPECT_TRUE(game.moves[0].options[2].label.quoted);
  EXPECT_EQ(game.moves[0].condition, no_node);
  EXPECT_TRUE(game.moves[1].options[0].status_quo);
  EXPECT_TRUE(game.moves[1].options[0].per.empty());
  EXPECT_EQ(print(parsed.tree, game.moves[1].condition), "attack == raid");
  EXPECT_EQ(game.moves[2].option_set.text, "Offer");
  EXPECT_TRUE(game.moves[2].options.empty());
  ASSERT_EQ(game.costs.size(), 1U);
  EXPECT_EQ(game.costs[0].items.at(1).option.text, "intervene");
  ASSERT_EQ(game.payoffs.size(), 2U);
  EXPECT_EQ(print(parsed.tree, game.payoffs[0].value),
            "(outlook if attack == hold else p * stake - war_cost)");
  EXPECT_EQ(game.ends.at(0).name.text, "truce");
  EXPECT_EQ(game.rationalities.at(0).player.text, "Russia");
  EXPECT_EQ(texts(game.clauses.because.claims), Texts{"c9"});
  EXPECT_EQ(game.clauses.description, "what is at stake");
}

TEST(Parser, ReadsTreaties) {
  const Parsed parsed = parse(
      "treaty t when truce and x > 0.2 after a, b because t10\n"
      "    armenian[d in Belt] := 0\n    peace := 1960   for 5 years then 0\n    x := 1 for 2 "
      "years");
  const auto treaty = only<TreatyStatement>(parsed);
  EXPECT_EQ(print(parsed.tree, treaty.condition), "truce and x > 0.2");
  EXPECT_EQ(texts(treaty.after), (Texts{"a", "b"}));
  ASSERT_EQ(treaty.terms.size(), 3U);
  EXPECT_EQ(treaty.terms[0].target.indices.at(0).set.text, "Belt");
  EXPECT_EQ(print(parsed.tree, treaty.terms[1].duration), "5 years");
  EXPECT_EQ(print(parsed.tree, treaty.terms[1].afterwards), "0");
  EXPECT_EQ(treaty.terms[2].afterwards, no_node);
}

TEST(Parser, ReadsExplanations) {
  const Parsed parsed =
      parse("explain e \"why\" because c1\n  p ~ halfnormal(1)\n  q free\n  r = 0");
  const auto explain = only<ExplainStatement>(parsed);
  ASSERT_EQ(explain.lines.size(), 3U);
  EXPECT_EQ(explain.lines[0].kind, VariantLine::Kind::prior);
  EXPECT_EQ(explain.lines[1].kind, VariantLine::Kind::free);
  EXPECT_EQ(explain.lines[2].kind, VariantLine::Kind::value);
  EXPECT_EQ(explain.clauses.description, "why");
  EXPECT_TRUE(only<ExplainStatement>(parse("explain e \"none\"")).lines.empty());
}

TEST(Parser, ReadsWhatIfs) {
  const Parsed parsed = parse(
      "whatif w \"title\"\n"
      "    from 2018-05  Russia commits answer = intervene credibility 0.9\n"
      "    from 2020-09 to 2020-12 answer := intervene unforeseen throughout\n"
      "    at 2010-01 stock[Armenia] := 2 * stock[Armenia]\n"
      "    x := 3\n");
  const auto whatif = only<WhatifStatement>(parsed);
  ASSERT_EQ(whatif.lines.size(), 4U);
  EXPECT_TRUE(whatif.lines[0].commits);
  EXPECT_EQ(whatif.lines[0].player.text, "Russia");
  EXPECT_EQ(whatif.lines[0].target.name.text, "answer");
  EXPECT_EQ(print(parsed.tree, whatif.lines[0].credibility), "0.9");
  EXPECT_EQ(print(parsed.tree, whatif.lines[1].range.to), "2020-12");
  EXPECT_TRUE(whatif.lines[1].unforeseen);
  EXPECT_EQ(print(parsed.tree, whatif.lines[2].at), "2010-01");
  EXPECT_EQ(whatif.lines[2].target.indices.at(0).set.text, "Armenia");
  EXPECT_FALSE(whatif.lines[3].range.written());
}

TEST(Parser, ReadsStartsAndMeasures) {
  const Parsed start =
      parse("start s at 1994-06 \"from the truce on\"\n  at 1994-05 phase := peace");
  EXPECT_EQ(print(start.tree, only<StartStatement>(start).at), "1994-06");
  EXPECT_EQ(only<StartStatement>(start).lines.size(), 1U);
  const Parsed measure =
      parse("measure m[y in Year] = share(a while b) given f in 2018-01 to 2022-12 unit \"1\"");
  EXPECT_EQ(print(measure.tree, only<MeasureStatement>(measure).given), "f in 2018-01 to 2022-12");
  EXPECT_EQ(only<MeasureStatement>(measure).target.indices.at(0).bound.text, "y");
}

TEST(Parser, TellsDescriptionsFromUnitsOfNumbers) {
  const auto description_of = [](std::string_view text) {
    return only<LetStatement>(parse(text)).clauses.description;
  };
  EXPECT_EQ(description_of("let x = 3 \"USD\""), "USD");
  EXPECT_EQ(description_of("let x = y * 2 \"twice as much of it\""), "twice as much of it");
  EXPECT_EQ(description_of("let x = y * 2\n  \"twice\""), "twice");
  EXPECT_EQ(description_of("let x = -3 \"USD\""), "USD");
  EXPECT_EQ(description_of("let x = y * -3 \"USD\""), "");
  EXPECT_EQ(description_of("let x = f(y) - 3 \"USD\""), "");
  EXPECT_EQ(description_of("let x = y / 1 \"million USD / year\""), "");
  EXPECT_EQ(description_of("let x = 1 \"USD\" * y"), "");
  EXPECT_EQ(description_of("let x = (3 \"any text is a unit here\")"), "");
  EXPECT_EQ(description_of("let x = y / 1 \"USD\" \"a price in dollars\""), "a price in dollars");
}

TEST(Parser, ContinuesDeeperLinesAndBrackets) {
  const Parsed parsed = parse(
      "let x = a\n    + b\n  unit \"1\"\nlet y = f(\na,\n  b)\n\n# a comment\nlet z =\n  3\n");
  EXPECT_EQ(parsed.problems(), "");
  EXPECT_EQ(parsed.printed(),
            "casus 1\nlet x = a + b\n    unit \"1\"\nlet y = f(a, b)\nlet z = 3\n");
}

TEST(Parser, EndsCasesAtAShallowerLine) {
  const Parsed parsed = parse(
      "state x = cases\n            a : 1\n            otherwise : cases\n"
      "                b : 2\n                  + 3\n                otherwise : 4\n"
      "    then cases\n        c : 5\n\n        otherwise : 6\n    unit \"1\"\n");
  const auto state = only<StateStatement>(parsed);
  ASSERT_EQ(parsed.problems(), "");
  EXPECT_EQ(print(parsed.tree, state.initial), "(1 if a else (2 + 3 if b else 4))");
  EXPECT_EQ(print(parsed.tree, state.next), "(5 if c else 6)");
  EXPECT_EQ(state.clauses.unit.text, "1");
}

TEST(Parser, KeepsTheFirstLineOfEachStatement) {
  const Parsed parsed = parse("let x = a\n  + b\nset S = a, b # c\n");
  ASSERT_EQ(parsed.tree.statement_spans.size(), 2U);
  const std::string& text = parsed.sources.text(FileId{0});
  const Span first = parsed.tree.statement_spans[0];
  const Span second = parsed.tree.statement_spans[1];
  EXPECT_EQ(text.substr(first.begin, first.end - first.begin), "let x = a");
  EXPECT_EQ(text.substr(second.begin, second.end - second.begin), "set S = a, b");
}

TEST(Parser, AllowsAVersionOnlyAtTheBeginning) {
  EXPECT_EQ(parse("casus 1\nlet x = 3").problems(), "");
  EXPECT_EQ(parse("# a comment\n\ncasus 1").problems(), "");
  EXPECT_EQ(parse("casus 2").places(), Texts{"P004 1:7"});
  EXPECT_EQ(parse("let x = 3\ncasus 1").places(), Texts{"P005 2:1"});
  EXPECT_EQ(parse("case \"a\"\nlet x = 3\ncase \"b\"").places(), Texts{"P006 3:1"});
}

}  // namespace
}  // namespace casus::language
