#include "case/load.hpp"

#include "case/memory_files.hpp"
#include "case/request.hpp"
#include "case/runs.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

/// A case in memory, loaded; what was said as "code line:column message (help)".
struct Loading {
  explicit Loading(const Texts& texts, const std::string& main_file = "model.casus") {
    const MemoryFiles files(texts);
    loaded = load("tiny", main_file, files, sources, found);
  }

  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const Diagnostic& one : found.sorted()) {
      const Place place = sources.place(one.primary.span.file, one.primary.span.begin);
      lines.push_back(fmt::format("{} {}:{}:{} {}{}", one.code, sources.name(one.primary.span.file),
                                  place.line, place.column, one.message,
                                  one.help.empty() ? "" : " (" + one.help + ")"));
    }
    return lines;
  }

  Sources sources;
  Diagnostics found;
  std::optional<LoadedCase> loaded;
};

using Lines = std::vector<std::string>;

const std::string head = "casus 1\ncase \"Tiny\"\n    time from 2000 to 2004 by year\n";

double series_value(const Loading& loading, std::string_view name, std::size_t at) {
  const language::Model& model = loading.loaded->model;
  return model.series[language::index(model.quantity_named.find(name)->second)].values.at(at);
}

TEST(Load, ColumnsAreFoundByConvention) {
  const Loading loading(Texts{{"model.casus", head + "set State from \"states.csv\"\n"
                                                     "data army[State] from \"army.csv\"\n"
                                                     "data area[State] from \"states.csv\"\n"
                                                     "data rain from \"rain.csv\"\n"
                                                     "state x = 0\n"},
                              {"states.csv", "name,area\nA,10\nB,20\n"},
                              {"army.csv",
                               "STATE,year,army\nB,2000,3\nA,2000,1\nA,2001,2\nB,2001,4\n"
                               "A,2002,5\nA,2003,5\nA,2004,5\nB,2002,6\nB,2003,6\nB,2004,7"
                               "\n"},
                              {"rain.csv", "value\n7.5\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  EXPECT_EQ(series_value(loading, "army", 0), 1.0);  // 2000, A
  EXPECT_EQ(series_value(loading, "army", 3), 4.0);  // 2001, B
  EXPECT_EQ(series_value(loading, "army", 9), 7.0);  // 2004, B
  EXPECT_EQ(series_value(loading, "area", 1), 20.0);
  EXPECT_EQ(series_value(loading, "rain", 0), 7.5);
}

TEST(Load, ASubsetFindsTheColumnOfItsParent) {
  const Loading loading(Texts{{"model.casus", head + "set Place from \"places.csv\" column id\n"
                                                     "set Core in Place where kind == core\n"
                                                     "data worth[Core] from \"places.csv\"\n"
                                                     "data rank[Core] from \"ranks.csv\"\n"
                                                     "state x = 0\n"},
                              {"places.csv", "kind,id,worth\ncore,p,1\nrim,q,2\ncore,r,3\n"},
                              {"ranks.csv", "place,rank\nr,30\np,10\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  EXPECT_EQ(loading.loaded->model.sets[1].labels, (Lines{"p", "r"}));
  EXPECT_EQ(series_value(loading, "worth", 1), 3.0);
  EXPECT_EQ(series_value(loading, "rank", 0), 10.0);
}

TEST(Load, ASubsetOfASubsetTakesRowsOfBoth) {
  const Loading loading(Texts{{"model.casus", head + "set Place from \"places.csv\"\n"
                                                     "set Core in Place where kind == core\n"
                                                     "set Held in Core where side in (us, them)\n"
                                                     "let n = count(x in Held)\n"},
                              {"places.csv",
                               "place,kind,side\np,core,us\nq,rim,us\n"
                               "r,core,nobody\ns,core,them\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  EXPECT_EQ(loading.loaded->model.sets[2].labels, (Lines{"p", "s"}));
}

TEST(Load, ALinkTakesTheFirstTwoColumns) {
  const auto said = [](const std::string& rows) {
    return Loading(Texts{{"model.casus", head + "set Place = p, q\n"
                                                "link road(Place, Place) from \"roads.csv\"\n"
                                                "let n = count(x in road(p))\n"},
                         {"roads.csv", rows}})
        .said();
  };
  EXPECT_EQ(said("a,b,length\np,q,3\n"), Lines{});
  EXPECT_EQ(said("a\np\n"),
            (Lines{"D011 model.casus:5:30 a link needs two columns, and roads.csv has one"}));
}

TEST(Load, SaysWhichColumnsThereAre) {
  const Loading loading(Texts{{"model.casus", head + "set State = A, B\n"
                                                     "data army[State] from \"army.csv\"\n"
                                                     "data navy from \"army.csv\" column shps\n"
                                                     "state x = 0\n"},
                              {"army.csv", "country,army,ships\nA,1,2\nB,2,3\n"}});
  EXPECT_EQ(loading.said(),
            (Lines{"D011 model.casus:5:6 no column of army.csv is named like the set `State` (name "
                   "the columns of labels with `by`; army.csv has country, army, ships)",
                   "D011 model.casus:6:34 no column 'shps' in army.csv (did you mean 'ships'?)"}));
}

TEST(Load, AnEmptyLabelIsAFault) {
  const Loading loading(Texts{{"model.casus", head + "set State from \"s.csv\"\nstate x = 0\n"},
                              {"s.csv", "name,n\nA,1\n,2\n"}});
  EXPECT_EQ(loading.said(),
            (Lines{"D206 s.csv:3:1 an empty label in column 'name' of s.csv (write the label, or "
                   "take the row out)"}));
}

TEST(Load, AMissingFileAndWrongCitationsAreSaidTogether) {
  const Loading loading(
      Texts{{"model.casus",
             "casus 1\ncase \"Tiny\"\n    time from 2000 to 2004 by year\n"
             "    claims \"claims.toml\"\n"
             "data rain from \"rain.csv\"\nstate x = 0    because c2\n"
             "measure last = x at end    because c3\n"},
            {"claims.toml",
             "[[source]]\nid = \"s1\"\ntitle = \"A book\"\nreliability = \"high\"\n"
             "[[claim]]\nid = \"c1\"\nsource = \"s1\"\nstatement = \"It rains.\"\n"}});
  EXPECT_EQ(loading.said(),
            (Lines{"F001 model.casus:5:16 cannot read rain.csv: no such file",
                   "E009 model.casus:6:24 no claim has the id 'c2' (did you mean 'c1'?)",
                   "E009 model.casus:7:36 no claim has the id 'c3' (did you mean 'c1'?)"}));
}

TEST(Load, FilesOfAnIncludedFolderAreRelativeToIt) {
  const Loading loading(
      Texts{{"cases/a/model.casus", head + "include \"parts/p.casus\"\n"},
            {"cases/a/parts/p.casus", "data rain from \"rain.csv\"\nstate x = 0\n"},
            {"cases/a/parts/rain.csv", "value\n1\n"}},
      "cases/a/model.casus");
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  EXPECT_EQ(loading.loaded->files, (Lines{"model.casus", "parts/p.casus", "parts/rain.csv"}));
}

TEST(Load, TheHashIsOfNamesAndBytesAndOfNothingElse) {
  const Texts texts{{"a/model.casus", head + "data rain from \"rain.csv\"\nstate x = 0\n"},
                    {"a/rain.csv", "value\n1\n"}};
  const Texts moved{{"b/c/model.casus", texts.at("a/model.casus")}, {"b/c/rain.csv", "value\n1\n"}};
  Texts changed = texts;
  changed["a/rain.csv"] = "value\n1.0\n";
  const std::uint64_t hash = Loading(texts, "a/model.casus").loaded->hash;
  EXPECT_EQ(hash, Loading(moved, "b/c/model.casus").loaded->hash);
  EXPECT_NE(hash, Loading(changed, "a/model.casus").loaded->hash);
}

TEST(Load, AssumptionsAreCountedByWhatTheyRestOn) {
  const Loading loading(
      Texts{{"model.casus",
             "casus 1\ncase \"Tiny\"\n    time from 2000 to 2004 by year\n"
             "    claims \"claims.toml\"\n"
             "state x = 0    because c1\nstate y = 0    because c2\nstate z = 0\n"
             "measure last = x at end\n"},
            {"claims.toml",
             "[[source]]\nid = \"s1\"\ntitle = \"A book\"\nreliability = \"high\"\n"
             "[[source]]\nid = \"s2\"\ntitle = \"A rumour\"\nreliability = \"low\"\n"
             "[[claim]]\nid = \"c1\"\nsource = \"s1\"\nstatement = \"It rains.\"\n"
             "[[claim]]\nid = \"c2\"\nsource = \"s2\"\nstatement = \"It pours.\"\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  const auto& rows = loading.loaded->supports;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].footing, evidence::Footing::sourced);
  EXPECT_EQ(rows[1].footing, evidence::Footing::low_only);
  EXPECT_EQ(rows[2].footing, evidence::Footing::none);
}

// ---- data of labels

TEST(Load, LabelsOfDataHoldFromTheirDate) {
  const Loading loading(Texts{
      {"model.casus", head + "set Town = north, south\n"
                             "set Side from \"sides.csv\"\n"
                             "data hold[Town] : Side from \"control.csv\" by place column side\n"
                             "data origin[t in Town] : Side from \"towns.csv\"\n"
                             "let kept = count(t in Town if hold[t] == origin[t])\n"},
      {"sides.csv", "side\naland\nbland\n"},
      {"towns.csv", "town,origin\nsouth,bland\nnorth,aland\n"},
      {"control.csv",
       "date,place,side\n2000-01-01,north, aland\n"
       "2000-01-01,south,bland\n2002-06-01,south,aland\n"
       "2004-12-31,north,bland\n2004-12-31,south,aland\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  for (std::size_t step = 0; step < 5; ++step) {
    EXPECT_EQ(series_value(loading, "hold", 2 * step), 0.0) << step;
    EXPECT_EQ(series_value(loading, "hold", 2 * step + 1), step < 3 ? 1.0 : 0.0) << step;
  }
  EXPECT_EQ(series_value(loading, "origin", 0), 0.0);
  EXPECT_EQ(series_value(loading, "origin", 1), 1.0);
}

/// Who leads in each step of five, by number.
std::vector<double> led(const std::string& time, const std::string& rows) {
  const std::string held = time.starts_with("rows") ? "" : "    gaps held after held\n";
  const Loading loading(
      Texts{{"model.casus", "casus 1\ncase \"Tiny\"\n    time " + time +
                                "\nset Leader = asha, ben\n"
                                "data leader : Leader from \"leaders.csv\"\n" +
                                held + "measure ben_led = total(leader == ben)\n"},
            {"leaders.csv", rows}});
  EXPECT_EQ(loading.said(), Lines{});
  if (!loading.loaded) return {};
  const language::Model& model = loading.loaded->model;
  return model.series[language::index(model.quantity_named.find("leader")->second)].values;
}

TEST(Load, LabelsAreReadByDateByStepByTimeAndOnce) {
  using Places = std::vector<double>;
  EXPECT_EQ(led("from 2000 to 2004 by year", "year,leader\n2000,ben\n2002,asha\n2003,ben\n"),
            (Places{1, 1, 0, 1, 1}));
  EXPECT_EQ(led("5 steps", "step,leader\n1,ben\n2,asha\n4,ben\n"), (Places{1, 0, 0, 1, 1}));
  EXPECT_EQ(led("0 to 2 by 0.5 unit \"day\"", "step,leader\n0,ben\n1,asha\n"),
            (Places{1, 1, 0, 0}));
  EXPECT_EQ(led("rows \"leaders.csv\"", "id,leader\n1,ben\n2,asha\n"), (Places{1, 0}));
  EXPECT_EQ(led("from 2000 to 2004 by year", "leader\nben\n"), (Places{1}));
}

TEST(Load, ABlankLabelIsAFaultInEveryTime) {
  const auto said = [](const std::string& time, const std::string& rows) {
    const std::string held = time.starts_with("rows") ? "" : "    gaps held after held\n";
    return Loading(Texts{{"model.casus", "casus 1\ncase \"Tiny\"\n    time " + time +
                                             "\ndata leader : {asha, ben} from \"leaders.csv\"\n" +
                                             held},
                         {"leaders.csv", rows}})
        .said();
  };
  const std::string none =
      " no label in column 'leader' of leaders.csv (write the label; where it "
      "is not known, leave out the row)";
  const std::string other =
      " 'bne' in column 'leader' of leaders.csv is no label of `leader` (did "
      "you mean 'ben'?)";
  EXPECT_EQ(said("from 2000 to 2002 by year", "year,leader\n2000,ben\n2001,\n2002,bne\n"),
            (Lines{"D211 leaders.csv:3:6" + none, "D210 leaders.csv:4:6" + other}));
  EXPECT_EQ(said("3 steps", "step,leader\n1,ben\n2,\n3,bne\n"),
            (Lines{"D211 leaders.csv:3:3" + none, "D210 leaders.csv:4:3" + other}));
  EXPECT_EQ(said("rows \"leaders.csv\"", "id,leader\n1,ben\n2,\n3,bne\n"),
            (Lines{"D211 leaders.csv:3:3" + none, "D210 leaders.csv:4:3" + other}));
}

// ---- time that is no calendar

TEST(Load, RowsBelongToStepsByTheirNumber) {
  const Loading loading(Texts{{"model.casus",
                               "casus 1\ncase \"Tiny\"\n    time 4 steps\n"
                               "data rain from \"rain.csv\" gaps held after held\n"
                               "state x = 0\n"},
                              {"rain.csv", "step,rain\n1,5\n3,7\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  for (const auto& [step, value] : {std::pair{0U, 5.0}, {1U, 5.0}, {2U, 7.0}, {3U, 7.0}}) {
    EXPECT_EQ(series_value(loading, "rain", step), value) << step;
  }
}

TEST(Load, ValuesHoldFromTheirTimeOn) {
  const Loading loading(Texts{{"model.casus",
                               "casus 1\ncase \"Tiny\"\n    time 0 to 2 by 0.5 unit \"day\"\n"
                               "data rain from \"rain.csv\" date time\n"
                               "data heat from \"rain.csv\" date time linear\nstate x = 0\n"},
                              {"rain.csv", "time,rain,heat\n0,5,10\n1,7,20\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  EXPECT_EQ(series_value(loading, "rain", 1), 5.0);   // begins at 0.5
  EXPECT_EQ(series_value(loading, "rain", 2), 7.0);   // begins at 1
  EXPECT_EQ(series_value(loading, "heat", 1), 15.0);  // half way
}

TEST(Load, WhatIsMissingOfStepsIsSaid) {
  const auto said = [](const std::string& rows) {
    return Loading(Texts{{"model.casus",
                          "casus 1\ncase \"Tiny\"\n    time 4 steps\n"
                          "data rain from \"rain.csv\"\nstate x = 0\n"},
                         {"rain.csv", "step,rain\n" + rows}})
        .said();
  };
  const std::string help =
      " (add the rows, or declare how the values are filled: `before held`, `gaps held`, `after "
      "held`)";
  EXPECT_EQ(said("2,5\n3,7\n4,1\n"),
            (Lines{"D108 model.casus:4:6 no value for step 1 in rain.csv" + help}));
  EXPECT_EQ(said("1,5\n3,7\n4,1\n"),
            (Lines{"D107 model.casus:4:6 no value for step 2 in rain.csv" + help}));
  EXPECT_EQ(said("1,5\n2,7\n3,1\n"),
            (Lines{"D109 model.casus:4:6 no value for step 4 in rain.csv" + help}));
  EXPECT_EQ(said("1,5\ntwo,7\n"),
            (Lines{"D104 rain.csv:3:1 'two' in column 'step' of rain.csv is no step"}));
  EXPECT_EQ(said("1,5\n1.0,7\n"), (Lines{"D203 rain.csv:3:1 two rows for the step 1 in rain.csv"}));
  EXPECT_EQ(said("9,5\n"), (Lines{"D204 model.casus:4:6 no row of rain.csv lies inside the model's "
                                  "time"}));
}

TEST(Load, MovesAreRecordedByTheNumberOfTheirStep) {
  const Loading loading(Texts{{"model.casus",
                               "casus 1\ncase \"Tiny\"\n    time 4 steps\n"
                               "game quarrel rationality 1\n    claim by Aland: wait, press\n"
                               "    payoff Aland = (1 if claim == press else 0)\n"
                               "observe claim from \"record.csv\"\n"},
                              {"record.csv", "step,claim\n4,press\n2,wait|press\n7,wait\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  ASSERT_EQ(loading.loaded->model.record.size(), 1U);
  const auto& cells = loading.loaded->model.record.front().cells;
  ASSERT_EQ(cells.size(), 4U);
  using Labels = std::vector<std::uint32_t>;
  EXPECT_EQ(cells[0].labels, Labels{});
  EXPECT_EQ(cells[1].labels, (Labels{0, 1}));
  EXPECT_EQ(cells[2].labels, Labels{});
  EXPECT_EQ(cells[3].labels, Labels{1});
}

TEST(Load, MovesOfNumericTimeAreMadeInTheStepThatEndsAtTheirTime) {
  const Loading loading(Texts{{"model.casus",
                               "casus 1\ncase \"Tiny\"\n    time 0 to 2 by 0.5 unit \"day\"\n"
                               "game quarrel rationality 1\n    claim by Aland: wait, press\n"
                               "    payoff Aland = (1 if claim == press else 0)\n"
                               "observe claim from \"record.csv\" date day\n"},
                              {"record.csv", "day,claim\n0.5,wait\n2,press\n"}});
  ASSERT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  const auto& cells = loading.loaded->model.record.front().cells;
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[0].labels.size(), 1U);
  EXPECT_EQ(cells[1].labels.size(), 0U);
  EXPECT_EQ(cells[3].labels.size(), 1U);
}

// ---- requests

const Texts variants{{"model.casus", head + "param rate ~ uniform(0, 1)\nparam cap = 2\n"
                                            "set S = a, b\nparam pull[s in S] ~ uniform(0, 1)\n"
                                            "state x = 0\n    then x + rate * cap * pull[\"a\"]\n"
                                            "measure last = x at end\n"
                                            "explain slow \"slow\"\n    rate = 0.1\n"
                                            "start later at 2002\n    at 2002 x := 5\n"
                                            "whatif idle \"nothing\"\n    from 2003 rate := 0\n"}};

Lines refusals(const Request& request) {
  const Loading loading(variants);
  EXPECT_TRUE(loading.loaded) << fmt::format("{}", fmt::join(loading.said(), "\n"));
  Diagnostics found;
  if (loading.loaded) {
    (void)ensemble_options(request, found);
    (void)variant_of(*loading.loaded, request, found);
    if (!request.whatifs.empty()) (void)whatifs_of(*loading.loaded, request, found);
  }
  Lines lines;
  for (const Diagnostic& one : found.sorted()) {
    lines.push_back(fmt::format("{} {} ({})", one.code, one.message, one.help));
  }
  return lines;
}

TEST(Request, NamesAreKnownOrTheNearestIsNamed) {
  EXPECT_EQ(refusals({}), Lines{});
  EXPECT_EQ(refusals({.explanation = "slow",
                      .from = "later",
                      .whatifs = {"idle"},
                      .fixed = {{"rate", 1.0}, {"pull[a]", 1.0}, {"cap", 3.0}}}),
            Lines{});
  EXPECT_EQ(refusals({.from = "2002"}), Lines{});
  EXPECT_EQ(refusals({.explanation = "none", .from = "2000"}), Lines{});
  EXPECT_EQ(refusals({.explanation = "slwo"}),
            (Lines{"R105 no explanation 'slwo' in tiny (did you mean 'slow'?)"}));
  EXPECT_EQ(refusals({.from = "2003"}),
            (Lines{"R105 no start '2003' in tiny (a run may begin at later (2002))"}));
  EXPECT_EQ(refusals({.whatifs = {"idel"}}),
            (Lines{"R105 no what-if 'idel' in tiny (did you mean 'idle'?)"}));
  EXPECT_EQ(refusals({.fixed = {{"pul[a]", 1.0}}}),
            (Lines{"R106 no parameter 'pul[a]' in tiny (did you mean 'pull[a]'?)"}));
}

TEST(Request, HistoriesAreWholeSets) {
  EXPECT_EQ(refusals({.n_histories = 0}),
            (Lines{"R107 no histories to run (--histories and --per-set are at least 1)"}));
  EXPECT_EQ(refusals({.n_histories = 10, .per_set = 16}),
            (Lines{"R107 10 histories are not whole parameter sets of 16 (run 16, or fewer a set "
                   "(--per-set))"}));
  EXPECT_EQ(refusals({.n_histories = 100, .per_set = 16}),
            (Lines{"R107 100 histories are not whole parameter sets of 16 (run 96 or 112)"}));
}

TEST(Runs, AStartAndAFixedParameterTakeEffect) {
  const Loading loading(variants);
  ASSERT_TRUE(loading.loaded);
  Silent silent;
  Serial serial;
  language::Variant variant{.start = "later",
                            .fixed = {{"rate", 0.5}, {"cap", 4.0}, {"pull[a]", 1.0}}};
  const RunPlan plan{.baselines = {variant}, .whatifs = {}, .options = {.n_sets = 2, .per_set = 2}};
  const Runs runs = run_all(*loading.loaded, plan, {.parallel = serial, .progress = silent});
  ASSERT_EQ(runs.baselines.size(), 1U);
  EXPECT_EQ(runs.baselines[0].name, "later");
  // 5 at the start of 2002, then 0.5 * 4 * 1 a year
  EXPECT_EQ(runs.baselines[0].summaries[0].find("mean")->estimate.value, 11.0);
  EXPECT_EQ(runs.baselines[0].ensemble.bands.first_step, 2U);
}

}  // namespace
}  // namespace casus::cases
