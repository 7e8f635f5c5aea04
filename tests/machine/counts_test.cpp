// Counts drawn over lanes: on every target this processor has, the bits of the scalar laws.
#include "machine/kernels/kernels.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace casus::machine {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Pair = std::array<double, 2>;

/// Arguments of one law, by how they are drawn.
struct Choices {
  std::string_view law;
  std::vector<Pair> small;
  std::vector<Pair> large;
  std::vector<Pair> invalid;
};

std::vector<Choices> all_choices() {
  const double tiny = std::numeric_limits<double>::denorm_min();
  const double huge = std::numeric_limits<double>::max();
  return {
      {.law = "poisson",
       .small = {{0.0}, {tiny}, {0.4}, {3.0}, {29.999}},
       .large = {{30.0}, {45.0}, {300.0}, {1.0e6}, {1.0e15}, {huge}},
       .invalid = {{-1.0}, {nan}, {infinity}, {-infinity}}},
      {.law = "binomial",
       .small = {{0.0, 0.3}, {7.0, 0.0}, {7.0, 1.0}, {50.0, 0.1}, {50.0, 0.93}, {0x1p53, 1e-15}},
       .large = {{60.0, 0.5}, {500.0, 0.9}, {5000.0, 0.3}, {0x1p53, 0.7}, {1.0e9, 1.0e-7}},
       .invalid = {{2.5, 0.5}, {-1.0, 0.5}, {0x1p54, 0.5}, {nan, 0.5}, {9.0, 1.5}, {9.0, nan}}},
      {.law = "negbinomial",
       .small = {{0.0, 2.0}, {5.0, 0.5}, {29.0, 1.5}, {3.0, huge}, {tiny, 1.0}},
       .large = {{5.0, 0.1}, {2000.0, 2.0}, {60.0, 0.4}, {31.0, 1e12}, {7.0, tiny}, {huge, 1.0}},
       .invalid = {{-1.0, 1.0}, {5.0, 0.0}, {nan, 1.0}, {5.0, nan}, {infinity, 1.0}}}};
}

/// Lanes with arguments, masks and addresses of their own.
struct Lanes {
  explicit Lanes(std::size_t n_lanes)
      : n(n_lanes), out(n), a(n), b(n), mask(n, 1.0), half_slot(n), key_0(n), key_1(n), is_odd(n) {}

  std::size_t n;
  bool paired = true;
  std::optional<Pair> numbers{};  ///< arguments of all lanes
  std::vector<double> out;
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> mask;
  std::vector<std::uint64_t> half_slot;
  std::vector<std::uint64_t> key_0;
  std::vector<std::uint64_t> key_1;
  std::vector<std::uint64_t> is_odd;

  /// Slots in pairs, or every third of changing keys.
  void address(bool in_pairs) {
    paired = in_pairs;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t slot = in_pairs ? 2 * i : 3 * i + 1;
      const random::Key key =
          random::key_of(5, {.parameter_set = in_pairs ? 0U : static_cast<std::uint32_t>(i / 7)});
      half_slot[i] = slot / 2;
      is_odd[i] = slot % 2;
      key_0[i] = key[0];
      key_1[i] = key[1];
    }
  }

  Addresses addresses() const {
    return {.half_slot = half_slot.data(),
            .key_0 = key_0.data(),
            .key_1 = key_1.data(),
            .is_odd = is_odd.data(),
            .is_paired = paired,
            .n = n};
  }

  random::Stream stream(std::size_t lane, std::uint32_t step) const {
    const std::size_t i = paired ? lane / 2 : lane;
    const std::uint64_t odd = paired ? lane % 2 : is_odd[lane];
    return {.key = {static_cast<std::uint32_t>(key_0[i]), static_cast<std::uint32_t>(key_1[i])},
            .slot = static_cast<std::uint32_t>(2 * half_slot[i] + odd),
            .step = step,
            .site = site};
  }

  LawColumns columns(const random::Law& law, bool masked) {
    LawColumns x{.out = out.data(), .arguments = {}, .mask = {}, .n = n};
    const std::array columns{a.data(), b.data()};
    for (std::size_t i = 0; i < law.parameters.size(); ++i) {
      x.arguments.at(i) = numbers ? Input{.values = &numbers->at(i), .is_number = true}
                                  : Input{.values = columns.at(i)};
    }
    if (masked) x.mask.values = mask.data();
    return x;
  }

  bool draw(const Kernels& kernels, const random::Law& law, std::uint32_t step, bool masked) {
    for (const LawRow& row : kernels.laws) {
      if (row.law != law.name) continue;
      return row.sample(columns(law, masked), addresses(), {.step_word = step * 16, .site = site});
    }
    return false;
  }

  void expect_scalar_draws(const random::Law& law, std::uint32_t step) const {
    for (std::size_t lane = 0; lane < n; ++lane) {
      if (mask[lane] == 0.0) continue;
      const Pair arguments = numbers.value_or(Pair{a[lane], b[lane]});
      random::Draws draws(stream(lane, step));
      const double expected =
          law.sample(draws, random::Arguments(arguments).first(law.parameters.size()));
      ASSERT_EQ(out[lane], expected)
          << law.name << "(" << a[lane] << ", " << b[lane] << ") lane " << lane;
    }
  }

  static constexpr std::uint32_t site = 77;
};

/// A choice for each lane; those of a masked lane may be invalid.
class Mixture {
 public:
  Mixture(const Choices& choices, unsigned kinds) : choices_(choices), kinds_(kinds) {}

  void fill(Lanes& lanes, std::uint32_t seed) const {
    random::Draws draws({.key = random::key_of(seed, {}), .site = 1});
    for (std::size_t lane = 0; lane < lanes.n; ++lane) {
      const Pair& pair = pick(draws);
      lanes.a[lane] = pair[0];
      lanes.b[lane] = pair[1];
      const bool is_dead = (kinds_ & dead) != 0 && draws.next() < 0.3;
      lanes.mask[lane] = is_dead ? 0.0 : 1.0;
      if (!is_dead || draws.next() < 0.5) continue;
      const Pair& wrong = any_of(choices_.invalid, draws);
      lanes.a[lane] = wrong[0];
      lanes.b[lane] = wrong[1];
    }
  }

  static constexpr unsigned small = 1;
  static constexpr unsigned large = 2;
  static constexpr unsigned dead = 4;

 private:
  static const Pair& any_of(const std::vector<Pair>& pairs, random::Draws& draws) {
    return pairs[static_cast<std::size_t>(draws.next() * static_cast<double>(pairs.size()))];
  }

  const Pair& pick(random::Draws& draws) const {
    const bool from_small = (kinds_ & large) == 0 || ((kinds_ & small) != 0 && draws.next() < 0.5);
    return any_of(from_small ? choices_.small : choices_.large, draws);
  }

  const Choices& choices_;
  unsigned kinds_;
};

class CountLanes : public testing::TestWithParam<std::string_view> {
 protected:
  const Kernels& kernels() const { return *kernels_of(GetParam()); }
};

TEST_P(CountLanes, DrawWhatTheScalarLawsDraw) {
  for (const Choices& choices : all_choices()) {
    const random::Law& law = *random::find_law(choices.law);
    for (const std::size_t n : {16U, 64U, 256U, 272U, 512U}) {
      for (unsigned kinds = 1; kinds < 8; ++kinds) {
        if (kinds == Mixture::dead) continue;
        Lanes lanes(n);
        for (std::uint32_t step = 0; step < 6; ++step) {
          lanes.address(step % 2 == 0);
          Mixture(choices, kinds).fill(lanes, 100 * kinds + step);
          const bool masked = (kinds & Mixture::dead) != 0;
          ASSERT_TRUE(lanes.draw(kernels(), law, step, masked)) << law.name;
          lanes.expect_scalar_draws(law, step);
          if (HasFatalFailure()) return;
        }
      }
    }
  }
}

TEST_P(CountLanes, TakeSingleNumbersAsArguments) {
  for (const Choices& choices : all_choices()) {
    const random::Law& law = *random::find_law(choices.law);
    std::vector<Pair> pairs = choices.small;
    pairs.insert(pairs.end(), choices.large.begin(), choices.large.end());
    for (const Pair& pair : pairs) {
      Lanes lanes(64);
      lanes.address(true);
      lanes.numbers = pair;
      ASSERT_TRUE(lanes.draw(kernels(), law, 1, false));
      lanes.expect_scalar_draws(law, 1);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(CountLanes, FailWhereALiveLaneHasAnInvalidArgument) {
  for (const Choices& choices : all_choices()) {
    const random::Law& law = *random::find_law(choices.law);
    for (const Pair& wrong : choices.invalid) {
      for (const std::size_t at : {std::size_t{0}, std::size_t{37}, std::size_t{63}}) {
        Lanes lanes(64);
        lanes.address(true);
        Mixture(choices, Mixture::small | Mixture::large).fill(lanes, 9);
        lanes.a[at] = wrong[0];
        lanes.b[at] = wrong[1];
        EXPECT_FALSE(lanes.draw(kernels(), law, 0, false)) << law.name << wrong[0] << wrong[1];
        EXPECT_FALSE(lanes.draw(kernels(), law, 0, true));
        lanes.mask[at] = 0.0;
        EXPECT_TRUE(lanes.draw(kernels(), law, 0, true));
        lanes.expect_scalar_draws(law, 0);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, CountLanes, testing::ValuesIn(kernel_targets()),
                         [](const auto& at) { return std::string(at.param); });

}  // namespace
}  // namespace casus::machine
