// Texts of what-ifs, of runs small enough to know what they say.
#include "case/memory_files.hpp"
#include "case/runs.hpp"
#include "case/summary_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

/// Fights in every year; `peace` ends them from 2005 on, `idle` changes what nothing measures.
const std::string model = R"(casus 1
case "Tiny"
    time from 2000 to 2009 by year
param cost = 2 unit "million USD"
param unseen = 1
draw luck ~ uniform(0, 1)
let fight = luck < 2
let price = (cost if fight else 0)
let hidden = unseen
measure fought = any(fight) from 2006
measure seldom = any(fight and luck < 0.5) from 2006
measure fights = rate(fight)
measure paid = total(price) unit "million USD"
measure first_fight = first date fight
measure last_fight = last date fight
whatif peace "no fights any more"
    from 2005 fight := 1 < 0
whatif never
    from 2000 fight := 1 < 0
whatif idle
    from 2005 unseen := 2
)";

struct Case {
  Case() {
    const MemoryFiles files({{"model.casus", model}});
    loaded = load("tiny", "model.casus", files, sources, found);
    if (!loaded) return;
    Serial serial;
    Silent silent;
    const RunPlan plan{.baselines = {{}},
                       .whatifs = {"peace", "never", "idle"},
                       .options = {.n_sets = 4, .per_set = 8}};
    runs = run_all(*loaded, plan, {.parallel = serial, .progress = silent});
  }

  std::string details(std::size_t whatif) const {
    return whatif_details(*loaded, runs.baselines.back(), runs.whatifs[whatif]);
  }

  Sources sources;
  Diagnostics found;
  std::optional<LoadedCase> loaded;
  Runs runs;
};

TEST(WhatifText, SaysWhatChangesAndInWhat) {
  const Case tiny;
  ASSERT_TRUE(tiny.loaded);
  EXPECT_EQ(tiny.details(0), R"(peace "no fights any more"
  fought                        100 %  →              0 %         -100 points  averted 100 % (100 to 100), caused 0 % (0 to 0)
  seldom                       90.6 %  →              0 %  -90.6 ± 3.1 points  averted 90.6 % (90.6 to 90.6), caused 0 % (0 to 0)
  fights (1 / year)                 1  →              0.5                -0.5
  paid (million USD)               20  →               10                 -10
  last_fight          2009, never 0 %  →  2004, never 0 %            0 points
  averted, caused: shares of histories as paired here; in brackets what any pairing allows
)");
}

TEST(WhatifText, ADateThatNeverComes) {
  const Case tiny;
  ASSERT_TRUE(tiny.loaded);
  EXPECT_EQ(tiny.details(1), R"(never
  fought                        100 %  →          0 %         -100 points  averted 100 % (100 to 100), caused 0 % (0 to 0)
  seldom                       90.6 %  →          0 %  -90.6 ± 3.1 points  averted 90.6 % (90.6 to 90.6), caused 0 % (0 to 0)
  fights (1 / year)                 1  →            0                  -1
  paid (million USD)               20  →            0                 -20
  first_fight         2000, never 0 %  →  never 100 %         +100 points
  last_fight          2009, never 0 %  →  never 100 %         +100 points
  averted, caused: shares of histories as paired here; in brackets what any pairing allows
)");
}

TEST(WhatifText, NothingThatIsMeasuredDiffers) {
  const Case tiny;
  ASSERT_TRUE(tiny.loaded);
  EXPECT_EQ(tiny.details(2), "idle\n  no measure differs in any history\n");
}

TEST(WhatifText, TheTableNamesUnitsAndPoints) {
  const Case tiny;
  ASSERT_TRUE(tiny.loaded);
  EXPECT_EQ(whatif_table(*tiny.loaded, tiny.runs),
            R"(What-ifs from 2000: differences from baseline (± standard error)
  paired by shared draws by random address; ·: the same in every history; points: percentage points
                   fought              seldom      fights           paid
                                               (1 / year)  (million USD)
  (baseline)        100 %              90.6 %           1             20
  peace       -100 points  -90.6 ± 3.1 points        -0.5            -10
  never       -100 points  -90.6 ± 3.1 points          -1            -20
  idle: no measure differs in any history
)");
}

}  // namespace
}  // namespace casus::cases
