// casus fit --maximum against closed forms and an independent Newton.
#include "case/command_line.hpp"
#include "case/coordinate.hpp"
#include "case/curvature.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <numeric>

namespace casus {
namespace {

using Json = nlohmann::json;

constexpr std::array seen{1.2, 0.3, 2.1, 1.7, -0.4, 0.9, 1.5, 2.2, 0.1, 1.1};

std::string column(const std::string& name, const std::vector<double>& values) {
  std::string text = "step," + name + "\n";
  for (std::size_t i = 0; i < values.size(); ++i)
    text += std::to_string(i + 1) + "," + std::to_string(values[i]) + "\n";
  return text;
}

class MaximumCommand : public CommandLine {
 protected:
  void model(const std::string& text, std::size_t n_steps = 10) const {
    write("war/model.casus",
          "casus 1\ncase \"A fit\"\n    time " + std::to_string(n_steps) + " steps\n" + text);
  }

  Json maximum(const std::string& words = "") const {
    const Ended ended = casus("fit war --maximum --json " + words);
    EXPECT_EQ(ended.code, 0) << ended.err;
    return Json::parse(ended.out, nullptr, false);
  }

  static const Json& parameter(const Json& fit, const std::string& name) {
    for (const Json& one : fit["parameters"]) {
      if (one["parameter"] == name) return one;
    }
    ADD_FAILURE() << name;
    return fit["parameters"][0];
  }

  void refuse(const std::string& words, const std::string& message) const {
    const Ended ended = casus("fit war --maximum " + words);
    EXPECT_EQ(ended.code, 2);
    EXPECT_NE(ended.err.find(message), std::string::npos) << ended.err;
  }
};

// The mean, and the root of the mean square around it, of a normal sample; standard errors are
// sd / sqrt(n) and sd / sqrt(2 n).
TEST_F(MaximumCommand, GivesMeanAndSpreadOfASample) {
  model(
      "param level ~ normal(0, 5)\nparam spread ~ halfnormal(3)\n"
      "observe seen from \"d.csv\" ~ normal(mean = level, sd = spread)\n");
  write("war/d.csv", column("seen", {seen.begin(), seen.end()}));
  const double n = seen.size();
  const double mean = std::accumulate(seen.begin(), seen.end(), 0.0) / n;
  double square = 0.0;
  for (const double y : seen) square += (y - mean) * (y - mean) / n;
  const double sd = std::sqrt(square);
  const double height = -0.5 * n * (std::log(2.0 * std::acos(-1.0) * square) + 1.0);
  const Json fit = maximum();
  EXPECT_NEAR(fit["log_likelihood"], height, 1e-9);
  EXPECT_NEAR(fit["aic"], 4.0 - 2.0 * height, 1e-8);
  EXPECT_NEAR(fit["bic"], 2.0 * std::log(n) - 2.0 * height, 1e-8);
  EXPECT_EQ(fit["n_rows"], 10);
  const Json& level = parameter(fit, "level");
  EXPECT_NEAR(level["estimate"], mean, 1e-7);
  EXPECT_NEAR(level["standard_error"], sd / std::sqrt(n), 1e-6);
  EXPECT_NEAR(level["z"], mean / sd * std::sqrt(n), 1e-5);
  EXPECT_NEAR(level["p"], std::erfc(mean / sd * std::sqrt(n / 2.0)), 1e-7);
  EXPECT_NEAR(level["high_95"], mean + 1.959964 * sd / std::sqrt(n), 1e-6);
  EXPECT_NEAR(parameter(fit, "spread")["estimate"], sd, 1e-7);
  EXPECT_NEAR(parameter(fit, "spread")["standard_error"], sd / std::sqrt(2.0 * n), 1e-6);
  EXPECT_NEAR(fit["covariance"][0][1], 0.0, 1e-7);
  EXPECT_TRUE(fit["warnings"].empty()) << fit["warnings"];
}

// A rate is counts over time, in its unit; its standard error the root of the rate over time.
TEST_F(MaximumCommand, GivesARateInItsUnit) {
  model(
      "param rate ~ gamma(2, 1) unit \"1 / year\"\n"
      "observe seen from \"d.csv\" ~ poisson(mean = rate * dt)\n");
  write("war/model.casus", text_of(path("war/model.casus")));
  std::string text = text_of(path("war/model.casus"));
  text.replace(text.find("time 10 steps"), 13, "time from 2000-01 to 2000-12 by month");
  write("war/model.casus", text);
  write("war/d.csv",
        "month,seen\n2000-01,3\n2000-02,1\n2000-03,4\n2000-04,1\n2000-05,5\n2000-06,9\n"
        "2000-07,2\n2000-08,6\n2000-09,5\n2000-10,3\n2000-11,5\n2000-12,8\n");
  const Json rate = parameter(maximum(), "rate");
  EXPECT_EQ(rate["unit"], "1 / year");
  EXPECT_NEAR(rate["estimate"], 52.0, 1e-6);
  EXPECT_NEAR(rate["standard_error"], std::sqrt(52.0), 1e-5);
}

/// Newton's method for a logit of one slope, written out.
struct Logit {
  double constant = 0.0;
  double slope = 0.0;
  std::array<double, 3> covariance{};  ///< of the constant, of both, of the slope
  double log_likelihood = 0.0;
};

Logit newton(const std::vector<double>& x, const std::vector<double>& y) {
  Logit at;
  for (int round = 0; round < 40; ++round) {
    std::array<double, 2> g{};
    std::array<double, 3> h{};
    at.log_likelihood = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double p = 1.0 / (1.0 + std::exp(-at.constant - at.slope * x[i]));
      at.log_likelihood += std::log(y[i] > 0.5 ? p : 1.0 - p);
      g[0] += y[i] - p;
      g[1] += (y[i] - p) * x[i];
      h[0] += p * (1 - p);
      h[1] += p * (1 - p) * x[i];
      h[2] += p * (1 - p) * x[i] * x[i];
    }
    const double det = h[0] * h[2] - h[1] * h[1];
    at.covariance = {h[2] / det, -h[1] / det, h[0] / det};
    at.constant += at.covariance[0] * g[0] + at.covariance[1] * g[1];
    at.slope += at.covariance[1] * g[0] + at.covariance[2] * g[1];
  }
  return at;
}

TEST_F(MaximumCommand, AgreesWithNewtonOnALogit) {
  const std::vector<double> x{-2, -1.5, -1.2, -0.7, -0.3, 0.1, 0.4, 0.9, 1.3, 1.8, 2.2, 2.9};
  const std::vector<double> y{0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 1};
  std::string rows = "x,seen\n";
  for (std::size_t i = 0; i < x.size(); ++i)
    rows += std::to_string(x[i]) + "," + std::to_string(y[i]) + "\n";
  write("war/rows.csv", rows);
  write("war/model.casus",
        "casus 1\ncase \"A logit\"\n    time rows \"rows.csv\"\ndata x from \"rows.csv\"\n"
        "param constant ~ normal(0, 10)\nparam slope ~ normal(0, 10)\n"
        "observe seen from \"rows.csv\" ~ bernoulli(logistic(constant + slope * x))\n");
  const Logit expected = newton(x, y);
  const Json fit = maximum();
  EXPECT_NEAR(fit["log_likelihood"], expected.log_likelihood, 1e-9);
  EXPECT_NEAR(parameter(fit, "constant")["estimate"], expected.constant, 1e-6);
  EXPECT_NEAR(parameter(fit, "slope")["estimate"], expected.slope, 1e-6);
  EXPECT_NEAR(fit["covariance"][0][0], expected.covariance[0], 1e-5);
  EXPECT_NEAR(fit["covariance"][0][1], expected.covariance[1], 1e-5);
  EXPECT_NEAR(fit["covariance"][1][1], expected.covariance[2], 1e-5);
  EXPECT_EQ(fit["starts"].size(), 10U);
}

TEST_F(MaximumCommand, NamesTheDirectionThatTheRecordIsSilentAbout) {
  model(
      "param a ~ normal(0, 1)\nparam b ~ normal(0, 1)\nparam c ~ normal(0, 1)\n"
      "observe seen from \"d.csv\" ~ normal(mean = a + 2 * b, sd = exp(c))\n");
  write("war/d.csv", column("seen", {seen.begin(), seen.end()}));
  const Json fit = maximum();
  ASSERT_EQ(fit["not_identified"].size(), 1U) << fit;
  const Json& flat = fit["not_identified"][0];
  EXPECT_NEAR(flat["b"].get<double>() / flat["a"].get<double>(), -0.5, 1e-3);
  EXPECT_FALSE(flat.contains("c"));
  EXPECT_TRUE(parameter(fit, "a")["standard_error"].is_null());
  EXPECT_NEAR(parameter(fit, "c")["standard_error"], 1.0 / std::sqrt(20.0), 1e-6);
  const Ended ended = casus("fit war --maximum");
  EXPECT_NE(ended.out.find("! not identified: the likelihood is the same along a - 0.5 b"),
            std::string::npos)
      << ended.out;
}

// With less spread between the rows than their known errors make, the best extra spread is none.
TEST_F(MaximumCommand, HoldsWhatGoesToAnEdge) {
  model(
      "param level ~ normal(0, 5)\nparam extra ~ halfnormal(1)\n"
      "observe seen from \"d.csv\" ~ normal(mean = level, sd = sqrt(1 + extra ^ 2))\n");
  write("war/d.csv", column("seen", {seen.begin(), seen.end()}));
  const Json fit = maximum();
  const Json& extra = parameter(fit, "extra");
  EXPECT_TRUE(extra["at_edge"]);
  EXPECT_EQ(extra["estimate"], 0.0);
  EXPECT_TRUE(extra["standard_error"].is_null());
  EXPECT_EQ(fit["n_parameters"], 1);
  const double n = seen.size();
  EXPECT_NEAR(parameter(fit, "level")["estimate"],
              std::accumulate(seen.begin(), seen.end(), 0.0) / n, 1e-7);
  EXPECT_NEAR(parameter(fit, "level")["standard_error"], 1.0 / std::sqrt(n), 1e-6);
}

TEST_F(MaximumCommand, FindsAShareInsideItsBounds) {
  model("param p ~ uniform(0.1, 0.9)\nobserve seen from \"d.csv\" ~ bernoulli(p)\n");
  write("war/d.csv", column("seen", {1, 0, 0, 1, 0, 0, 0, 1, 0, 0}));
  const Json p = parameter(maximum(), "p");
  EXPECT_NEAR(p["estimate"], 0.3, 1e-7);
  EXPECT_NEAR(p["standard_error"], std::sqrt(0.3 * 0.7 / 10), 1e-6);
  write("war/d.csv", column("seen", {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  EXPECT_EQ(parameter(maximum(), "p")["estimate"], 0.1);
}

TEST_F(MaximumCommand, SaysWhatItNeeds) {
  model(
      "param mu ~ normal(0, 1)\nparam a ~ normal(mu, 1)\n"
      "observe seen from \"d.csv\" ~ normal(mean = a, sd = 1)\n");
  write("war/d.csv", column("seen", {seen.begin(), seen.end()}));
  refuse("", "error[R150]: the prior of `a` depends on other free parameters");
  refuse("--starts 0", "error[R107]");
  EXPECT_EQ(casus("fit war --maximum --set mu=0").code, 0);
  model(
      "param a ~ normal(0, 1)\ndraw luck ~ normal(0, 1)\n"
      "observe seen from \"d.csv\" ~ normal(mean = a + luck, sd = 1)\n");
  refuse("", "error[R118]: what the record scores depends on draws that nobody recorded: luck");
  model("param a ~ beta(1, 1)\nobserve seen from \"d.csv\" ~ uniform(-a, a)\n");
  refuse("", "error[R151]: the record is impossible at every start");
  model(
      "param a ~ normal(0, 1)\nlet root = sqrt(-1 - a ^ 2)\n"
      "observe seen from \"d.csv\" ~ normal(mean = root, sd = 1)\n");
  refuse("", "error[R001]");
}

TEST_F(MaximumCommand, GivesTheSameBytesForAnyNumberOfThreads) {
  model(
      "param level ~ normal(0, 5)\nparam spread ~ lognormal(0, 1)\n"
      "observe seen from \"d.csv\" ~ studentt(3, level, spread)\n");
  write("war/d.csv", column("seen", {seen.begin(), seen.end()}));
  ASSERT_EQ(casus("fit war --maximum --out one --threads 1").code, 0);
  ASSERT_EQ(casus("fit war --maximum --out two --threads 2").code, 0);
  EXPECT_EQ(files_of(path("one")), files_of(path("two")));
  for (const std::string name :
       {"estimates.csv", "covariance.csv", "starts.csv", "summary.txt", "summary.json"})
    EXPECT_TRUE(files_of(path("one")).contains(name)) << name;
}

}  // namespace

namespace cases {
namespace {

TEST(Coordinates, RunOverWhatPriorsGiveAndBack) {
  for (const random::Law* law : random::laws()) {
    if (law->discrete()) continue;
    std::vector<double> arguments;
    for (const random::Parameter& one : law->parameters) arguments.push_back(one.examples[0]);
    const Coordinate coordinate(*law, arguments);
    EXPECT_NEAR(coordinate.value(0.0), law->quantile(0.5, arguments), 1e-12) << law->name;
    for (const double at : {-4.0, -0.3, 0.0, 1.7, 5.0}) {
      const double value = coordinate.value(at);
      EXPECT_TRUE(std::isfinite(law->log_density(value, arguments))) << law->name;
      EXPECT_NEAR(coordinate.coordinate(value), at, 1e-9) << law->name;
      const double slope = (coordinate.value(at + 1e-5) - coordinate.value(at - 1e-5)) / 2e-5;
      EXPECT_NEAR(coordinate.slope(at) / slope, 1.0, 1e-6) << law->name;
    }
  }
}

// Second derivatives of x^3 y + exp(z) sin x at a point, by hand.
TEST(Curvatures, AreSecondDerivatives) {
  const Heights heights = [](std::span<const double> points) {
    std::vector<double> found;
    for (std::size_t i = 0; i < points.size(); i += 3) {
      const double x = points[i];
      found.push_back(x * x * x * points[i + 1] + std::exp(points[i + 2]) * std::sin(x));
    }
    return found;
  };
  const std::array at{0.7, -1.1, 0.4};
  const std::array steps{0.02, 0.02, 0.02};
  const Symmetric found = second_derivatives(heights, at, steps);
  const double e = std::exp(0.4);
  EXPECT_NEAR(found(0, 0), 6 * 0.7 * -1.1 - e * std::sin(0.7), 1e-7);
  EXPECT_NEAR(found(0, 1), 3 * 0.49, 1e-7);
  EXPECT_NEAR(found(1, 1), 0.0, 1e-7);
  EXPECT_NEAR(found(0, 2), e * std::cos(0.7), 1e-7);
  EXPECT_NEAR(found(2, 2), e * std::sin(0.7), 1e-7);
}

TEST(Curvatures, EigenvectorsTurnAMatrixIntoItsEigenvalues) {
  const Symmetric matrix{.n = 4,
                         .values = {4, 1, -2, 0.5, 1, 3, 0, 1, -2, 0, 2, -1, 0.5, 1, -1, 5}};
  const Eigen found = eigen(matrix);
  for (std::size_t k = 0; k < 4; ++k) {
    double length = 0.0;
    for (std::size_t i = 0; i < 4; ++i) {
      double product = 0.0;
      for (std::size_t j = 0; j < 4; ++j) product += matrix(i, j) * found.vectors[k][j];
      EXPECT_NEAR(product, found.values[k] * found.vectors[k][i], 1e-12);
      length += found.vectors[k][i] * found.vectors[k][i];
    }
    EXPECT_NEAR(length, 1.0, 1e-12);
    EXPECT_LE(found.values[k == 0 ? 0 : k - 1], found.values[k]);
  }
}

// Rosenbrock's valley: the top is at (1, 1), far from the start along a bent ridge.
TEST(Climbs, FollowABentRidge) {
  const Heights heights = [](std::span<const double> points) {
    std::vector<double> found;
    for (std::size_t i = 0; i < points.size(); i += 2) {
      const double x = points[i];
      const double y = points[i + 1];
      found.push_back(-(1 - x) * (1 - x) - 100 * (y - x * x) * (y - x * x));
    }
    return found;
  };
  const std::array start{-1.2, 1.0};
  const Peak peak = sharpened(heights, climb(heights, start, {}));
  EXPECT_NEAR(peak.at[0], 1.0, 1e-6);
  EXPECT_NEAR(peak.at[1], 1.0, 1e-6);
}

}  // namespace
}  // namespace cases
}  // namespace casus
