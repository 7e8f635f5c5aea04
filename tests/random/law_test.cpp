// Domains of arguments.
#include "random/law.hpp"

#include "base/bug.hpp"
#include "random/laws.hpp"

#include <array>
#include <gtest/gtest.h>
#include <limits>

namespace casus::random {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double inf = std::numeric_limits<double>::infinity();

struct Row {
  std::string_view law;
  std::array<double, 3> args;
  std::optional<std::size_t> wrong;
};

constexpr std::array rows{
    Row{"normal", {0.0, 1.0}, std::nullopt},
    Row{"normal", {0.0, 0.0}, 1},
    Row{"normal", {nan, 1.0}, 0},
    Row{"normal", {inf, 1.0}, 0},
    Row{"normal", {0.0, inf}, 1},
    Row{"normal", {0.0, -1.0}, 1},
    Row{"lognormal", {0.0, 0.0}, 1},
    Row{"halfnormal", {0.0}, 0},
    Row{"uniform", {2.0, 2.0}, 1},
    Row{"uniform", {2.0, 1.0}, 1},
    Row{"uniform", {-2.0, -1.0}, std::nullopt},
    Row{"exponential", {0.0}, 0},
    Row{"gamma", {0.0, 1.0}, 0},
    Row{"gamma", {1.0, -1.0}, 1},
    Row{"beta", {1.0, 0.0}, 1},
    Row{"logitnormal", {1.0, 0.0}, 1},
    Row{"studentt", {0.0, 0.0, 1.0}, 0},
    Row{"studentt", {2.0, 0.0, 0.0}, 2},
    Row{"cauchy", {0.0, 0.0}, 1},
    Row{"bernoulli", {-1.0e-9}, 0},
    Row{"bernoulli", {1.0000001}, 0},
    Row{"bernoulli", {0.0}, std::nullopt},
    Row{"bernoulli", {1.0}, std::nullopt},
    Row{"bernoulli", {nan}, 0},
    Row{"poisson", {0.0}, std::nullopt},
    Row{"poisson", {-1.0e-9}, 0},
    Row{"negbinomial", {0.0, 1.0}, std::nullopt},
    Row{"negbinomial", {1.0, 0.0}, 1},
    Row{"binomial", {0.0, 0.5}, std::nullopt},
    Row{"binomial", {2.5, 0.5}, 0},
    Row{"binomial", {-1.0, 0.5}, 0},
    Row{"binomial", {0x1p54, 0.5}, 0},
    Row{"binomial", {3.0, 1.5}, 1},
};

TEST(Law, FirstInvalidArgument) {
  for (const Row& row : rows) {
    const Law* law = find_law(row.law);
    ASSERT_NE(law, nullptr) << row.law;
    const Arguments args = Arguments(row.args).first(law->parameters.size());
    EXPECT_EQ(first_invalid(*law, args), row.wrong) << row.law << " " << row.args[0];
    EXPECT_EQ(valid(*law, args), !row.wrong.has_value()) << row.law;
  }
}

TEST(Law, WrongNumberOfArguments) {
  const std::array args{0.0, 1.0, 2.0};
  EXPECT_FALSE(valid(*find_law("normal"), args));
  EXPECT_FALSE(valid(*find_law("normal"), {}));
  EXPECT_THROW(first_invalid(*find_law("normal"), args), Bug);
}

TEST(Law, RequirementsAreWords) {
  EXPECT_EQ(requirement(Domain::positive), "must be positive");
  EXPECT_EQ(requirement(Domain::above_low), "must be greater than low");
  EXPECT_EQ(requirement(Domain::probability), "must lie between 0 and 1");
  for (const Law* law : laws()) {
    for (const Parameter& parameter : law->parameters) {
      if (parameter.domain != Domain::above_low) continue;
      EXPECT_EQ(law->parameters[0].name, "low");
    }
  }
}

TEST(Law, UnitRoles) {
  const auto role = [](std::string_view law, std::size_t i) {
    return find_law(law)->parameters[i].unit;
  };
  EXPECT_EQ(role("normal", 1), UnitRole::as_outcome);
  EXPECT_EQ(role("exponential", 0), UnitRole::per_outcome);
  EXPECT_EQ(role("gamma", 0), UnitRole::dimensionless);
  EXPECT_EQ(role("gamma", 1), UnitRole::per_outcome);
  EXPECT_EQ(role("lognormal", 0), UnitRole::dimensionless);
  EXPECT_EQ(role("studentt", 0), UnitRole::dimensionless);
  EXPECT_EQ(role("studentt", 2), UnitRole::as_outcome);
  EXPECT_EQ(role("negbinomial", 0), UnitRole::as_outcome);
  EXPECT_EQ(role("negbinomial", 1), UnitRole::dimensionless);
  EXPECT_EQ(find_law("lognormal")->outcome, OutcomeUnit::any);
  for (const std::string_view name : {"beta", "logitnormal", "bernoulli"}) {
    EXPECT_EQ(find_law(name)->outcome, OutcomeUnit::dimensionless) << name;
  }
}

}  // namespace
}  // namespace casus::random
