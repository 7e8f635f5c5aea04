// Pieces as text, and what their words cost.
#include "machine/lanes/listing.hpp"

#include "machine/builder.hpp"
#include "machine/lanes/split.hpp"
#include "random/laws.hpp"

#include <array>
#include <gtest/gtest.h>

namespace casus::machine {
namespace {

/// A stock that wears by set and is shocked by history, with a region, a fold and an output.
Program small_program() {
  Builder b;
  b.set_origin(b.add_origin({.name = "worn", .span = {}}));
  const Value wear = b.parameter(0);
  const Value worn = b.multiply(wear, b.apply(Op::square_root, b.series(2)));
  b.set_origin(b.add_origin({.name = "shock", .span = {}}));
  const std::array<Value, 2> arguments{b.constant(0.0), wear};
  const Value shock = b.sample(*random::find_law("normal"), arguments, 7);
  b.set_origin(b.add_origin({.name = "boom", .span = {}}));
  const Value stock = b.state(0);
  const Value low = b.apply(Op::less, stock, b.constant(2.5));
  const Region region = b.open(low);
  const Value boom = b.apply(Op::exponential, stock);
  b.must_be_finite(boom);
  b.close();
  b.set_origin(b.add_origin({.name = "next stock", .span = {}}));
  const Value next = b.subtract(b.add(b.joined(region, boom, -1.0), shock), worn);
  b.write_state(0, next);
  b.write_state(1, b.add(b.state(1), worn));
  b.write_output(3, b.apply(Op::maximum, next, b.constant(0.0)));
  b.accumulate(0, next, low);
  return b.finish();
}

struct Small {
  Program program = small_program();
  std::vector<Rate> states{Rate::history, Rate::set_step};
  Code code = split(program, states, {});
  std::vector<Accumulator> accumulators{{.fold = Fold::highest, .first_step = 6, .last_step = 90}};
  RunSize size{.first_step = 0, .last_step = 11, .accumulators = accumulators};

  const Piece& piece(Rate rate) const {
    if (rate == Rate::step) return code.step;
    if (rate == Rate::set) return code.set;
    return rate == Rate::set_step ? code.set_step : code.history;
  }

  std::string text(Rate rate, const PlaceNames& names) const {
    std::string text;
    for (const ListedWord& line : listing(piece(rate), program, names, size)) {
      text += std::to_string(line.number) + " " + std::string(2 * line.depth, ' ') + line.text +
              " # " + program.origins[line.origin].name + "\n";
    }
    return text;
  }
};

TEST(Listing, WordsAreAssignmentsInTheOrderInWhichTheyRun) {
  const Small small;
  EXPECT_EQ(small.text(Rate::step, {}), "0 r0 = sqrt d2 # worn\n");
  EXPECT_EQ(small.text(Rate::set, {}), "");
  EXPECT_EQ(small.text(Rate::set_step, {}),
            "0 s0 = p0 * t0 # worn\n"
            "1 y1 = s0 + x1 # next stock\n");
  EXPECT_EQ(small.text(Rate::history, {}),
            "0 r0 = spread p0 # worn\n"
            "1 r1 = draw normal(0, r0) # shock\n"
            "2 r0 = x0 < 2.5 # boom\n"
            "3 if any r0: # boom\n"
            "4   r2 = exp x0 # boom\n"
            "5   finite r2 where r0 # boom\n"
            "6 r2 = r2 if r0 else -1 # next stock\n"
            "7 r1 = r1 + r2 # next stock\n"
            "8 r2 = spread s0 # worn\n"
            "9 y0 = r1 - r2 # next stock\n"
            "10 fold a0 = highest of y0 where r0 # next stock\n"
            "11 r0 = max(0, y0) # next stock\n"
            "12 output 3 = r0 # next stock\n");
}

TEST(Listing, PlacesWithNamesGoByThem) {
  const Small small;
  const std::array<std::string, 1> parameters{"wear"};
  const std::array<std::string, 2> states{"stock", "total"};
  const std::array<std::string, 1> accumulators{"peak"};
  const std::array<std::string, 4> outputs{"", "", "", "above"};
  const PlaceNames names{parameters, states, accumulators, outputs};
  EXPECT_EQ(small.text(Rate::set_step, names),
            "0 s0 = wear * t0 # worn\n"
            "1 next total = s0 + total # next stock\n");
  const std::vector<ListedWord> words =
      listing(small.code.history, small.program, names, small.size);
  EXPECT_EQ(words[0].text, "r0 = spread wear");
  EXPECT_EQ(words[2].text, "r0 = stock < 2.5");
  EXPECT_EQ(words[9].text, "next stock = r1 - r2");
  EXPECT_EQ(words[10].text, "fold peak = highest of next stock where r0");
  EXPECT_EQ(words[12].text, "output above = r0");
}

TEST(Listing, NumbersOfTheStepSayWhereTheyComeFrom) {
  const Small small;
  const std::vector<ListedWord> row = listing_of_row(small.code, small.program);
  ASSERT_EQ(row.size(), 1U);
  EXPECT_EQ(row[0].text, "t0 = r0");
  EXPECT_EQ(small.program.origins[row[0].origin].name, "worn");
}

TEST(Cost, EveryRowOfEveryTableHasOne) {
  for (const Operation& row : operations()) {
    if (row.op < Op::add) continue;
    EXPECT_GT(cost_of(row.op), 0.0) << row.name;
  }
  for (const random::Law* law : random::laws()) {
    EXPECT_GT(cost_of(*law).sample, 0.0) << law->name;
    EXPECT_GT(cost_of(*law).quantile, 0.0) << law->name;
    EXPECT_GT(cost_of(*law).log_density, 0.0) << law->name;
  }
  for (std::size_t fold = 0; fold < Kernels{}.folds.size(); ++fold) {
    EXPECT_GT(cost_of(Fold{static_cast<std::uint8_t>(fold)}), 0.0) << fold;
  }
  for (const Action action :
       {Action::guard, Action::check, Action::spread, Action::output, Action::uniform}) {
    EXPECT_GT(cost_of(action), 0.0);
  }
}

TEST(Cost, WordsAreSharedByThoseWhomTheyServe) {
  const Small small;
  const Piece& sets = small.code.set_step;
  const Word& word = sets.words[0];
  RunSize size = small.size;
  const double of_sixteen = cost_of(sets, word, size);
  size.per_set = 1;
  const double alone = cost_of(sets, word, size);
  EXPECT_DOUBLE_EQ(alone, word_cost / 256.0 + cost_of(Op::multiply));
  EXPECT_DOUBLE_EQ(of_sixteen, word_cost / 256.0 + cost_of(Op::multiply) / 16.0);
  Piece once = sets;
  once.rate = Rate::set;
  EXPECT_DOUBLE_EQ(cost_of(once, word, small.size), of_sixteen / 12.0);
  Piece of_steps = small.code.step;
  EXPECT_LT(cost_of(of_steps, of_steps.words[0], small.size), 1e-3);
}

TEST(Cost, AFoldCountsInTheStepsThatItFolds) {
  Small small;
  const Piece& piece = small.code.history;
  const Word& fold = piece.words[10];
  ASSERT_EQ(fold.action, Action::fold);
  const double half = cost_of(piece, fold, small.size);  // steps 6 to 11 of 0 to 11
  small.accumulators[0].first_step = 0;
  EXPECT_DOUBLE_EQ(cost_of(piece, fold, small.size), 2.0 * half);
  small.accumulators[0] = {.fold = Fold::at, .first_step = 3, .last_step = 3};
  EXPECT_NEAR(cost_of(piece, fold, small.size), (word_cost / 256.0 + cost_of(Fold::at)) / 12.0,
              1e-12);
  small.accumulators[0].first_step = 40;
  EXPECT_EQ(cost_of(piece, fold, small.size), 0.0);
}

TEST(Cost, ARegionOfSomeStepsCountsInThose) {
  Small small;
  Piece piece = small.code.history;
  const double exponential = costs_of(piece, small.size)[4];
  EXPECT_DOUBLE_EQ(exponential, word_cost / 256.0 + cost_of(Op::exponential));
  piece.words[3].a = {Area::step, 0};
  const std::array<double, 1> quarter{0.25};
  small.size.true_shares = quarter;
  const std::vector<double> costs = costs_of(piece, small.size);
  EXPECT_DOUBLE_EQ(costs[4], 0.25 * exponential);
  EXPECT_DOUBLE_EQ(costs[3], word_cost / 256.0 + cost_of(Action::guard));
  EXPECT_DOUBLE_EQ(costs[6], word_cost / 256.0 + cost_of(Op::select));
}

// Six columns of 256 histories (r0 r1 r2 x0 y0 a0), four of sixteen sets (s0 p0 x1 y1), t0, three
// constants.
TEST(Cost, BytesCountEachColumnOnce) {
  const Small small;
  EXPECT_EQ(bytes_of_step(small.code, small.size), 8U * (6 * 256 + 4 * 16 + 1 + 3));
}

}  // namespace
}  // namespace casus::machine
