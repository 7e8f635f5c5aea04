// Random models on both machines, bit for bit; and changed ones, which must end in diagnostics or
// in the same bits.
#include "fuzz/machines.hpp"

#include <exception>
#include <gtest/gtest.h>

namespace casus::fuzz {
namespace {

TEST(RandomModels, RunAlikeOnBothMachines) {
  std::size_t n_variants = 0;
  std::size_t n_failing = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Texts model = random_model(seed);
    const Verdict verdict = on_both_machines(model, seed);
    ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << model.at("model.casus");
    n_variants += verdict.n_variants;
    n_failing += verdict.n_failing;
  }
  EXPECT_GT(n_variants, 1500U);
  EXPECT_LT(n_failing, n_variants / 2);
}

/// Labels as indices, in filters and games, against labels of other lists, and set by a what-if.
TEST(RandomModels, DataOfLabelsRunAlike) {
  const Texts model{{"model.casus", R"(casus 1
case "Labels"
    time from 2000-01 to 2001-12 by month
set Town = north, south, east, west
set Coast in Town = west, north
set Side = us, them
data leader : {asha, ben, clay} from "leaders.csv" gaps held
data hold[Town] : Side from "control.csv" gaps held before held
data port : Coast from "ports.csv" gaps held
draw luck[t in Town] ~ normal(0, 1)
draw visited ~ categorical(t in Town: 1 + (t == port))
state holder[t in Town] : Side = us then (them if luck[t] > 1 else hold[t])
state stock[t in Town] = 1 then stock[t] + luck[t] * (holder[t] == us)
let there = stock[visited] + luck[port]
let ours[s in Side] = sum(t in Town if hold[t] == s: stock[t])
let met = count(t in Coast if t == visited)
game talk while leader in (asha, clay) rationality 2
    offer by us: wait, give
    payoff us = cases
        offer == give : ours[us] - luck[port]
        otherwise     : (1 if leader == clay else 0)
measure given_up = total(offer == give)
measure together = total(visited == port)
measure seen = total(there) + total(met)
measure side[s in Side] = total(ours[s])
measure last = holder[west] at end
whatif other
    from 2000-06 leader := (ben if leader == asha else clay)
    from 2001-01 to 2001-06 hold[t in Coast] := them
)"},
                    {"leaders.csv", "month,leader\n2000-01,asha\n2000-09,ben\n2001-12,clay\n"},
                    {"ports.csv", "month,port\n2000-01,west\n2000-05,north\n2001-12,west\n"},
                    {"control.csv",
                     "month,town,hold\n2000-01,north,us\n2000-01,south,them\n2000-01,east,them\n"
                     "2000-01,west,us\n2001-12,north,them\n2001-12,south,us\n2001-12,east,us\n"
                     "2001-12,west,them\n"}};
  const Verdict verdict = on_both_machines(model, 3);
  EXPECT_EQ(verdict.fault, "");
  EXPECT_EQ(verdict.n_variants, 2U);
  EXPECT_EQ(verdict.n_failing, 0U);
}

TEST(RandomModels, ChangedEndInDiagnosticsOrRunAlike) {
  std::size_t n_accepted = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Texts model = mutated(random_model(seed), seed);
    try {
      const Verdict verdict = examine(model, seed);
      ASSERT_EQ(verdict.fault, "") << "seed " << seed << "\n" << model.at("model.casus");
      if (verdict.is_accepted) ++n_accepted;
    } catch (const std::exception& thrown) {
      FAIL() << "seed " << seed << ": " << thrown.what() << "\n" << model.at("model.casus");
    }
  }
  EXPECT_GT(n_accepted, 100U);
}

}  // namespace
}  // namespace casus::fuzz
