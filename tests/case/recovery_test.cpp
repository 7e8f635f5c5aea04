// The parameters of a game from rows that it made: over many simulated records the intervals of
// both fits hold the truth as often as they say.
#include "case/load.hpp"
#include "case/lowered.hpp"
#include "case/maximum.hpp"
#include "case/posterior.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <stdexcept>
#include <string>

namespace casus::cases {
namespace {

/// Extended deterrence: a challenger, a client, a patron; the patron's pact varies by row.
constexpr std::string_view model =
    "casus 1\n"
    "case \"Challenger, client, patron, a row a crisis\"\n"
    "    time rows \"rows.csv\"\n"
    "data pact from \"rows.csv\"\n"
    "param stake ~ normal(0, 1)\n"
    "param bond  ~ normal(0.5, 1)\n"
    "param left  ~ normal(-0.5, 1)\n"
    "param fight ~ normal(-1, 1)\n"
    "game extended_deterrence rationality 1\n"
    "    opening by Challenger: wait, challenge\n"
    "    reply   by Client:     concede, resist      if opening == challenge\n"
    "    answer  by Patron:     abandon, intervene   if reply == resist\n"
    "    payoff Challenger = cases\n"
    "        opening == wait   : 0\n"
    "        reply == concede  : 1\n"
    "        answer == abandon : 0.5\n"
    "        otherwise         : fight\n"
    "    payoff Client = cases\n"
    "        opening == wait   : 0\n"
    "        reply == concede  : 0\n"
    "        answer == abandon : left\n"
    "        otherwise         : 0.2\n"
    "    payoff Patron = (stake + bond * pact if answer == intervene else 0)\n"
    "observe opening from \"rows.csv\"\n"
    "observe reply   from \"rows.csv\"\n"
    "observe answer  from \"rows.csv\"\n";

constexpr std::size_t n_free = 4;
using Truth = std::array<double, n_free>;  // stake, bond, left, fight

class Texts final : public Files {
 public:
  explicit Texts(std::string rows) : rows_(std::move(rows)) {}
  FileContent read(std::string_view path) const override {
    if (path == "model.casus") return {.bytes = std::string(model), .problem = {}};
    if (path == "rows.csv") return {.bytes = rows_, .problem = {}};
    return {.bytes = {}, .problem = "no such file"};
  }

 private:
  std::string rows_;
};

/// Draws with a generator of its own, and solves the game by hand.
class Simulator {
 public:
  explicit Simulator(std::uint64_t seed) : engine_(seed) {}

  Truth truth() {
    const std::array<double, n_free> means{0.0, 0.5, -0.5, -1.0};
    Truth drawn{};
    for (std::size_t i = 0; i < n_free; ++i) drawn[i] = means[i] + normal();
    return drawn;
  }

  std::string rows(const Truth& truth, std::size_t n) {
    std::string text = "pact,opening,reply,answer\n";
    for (std::size_t i = 0; i < n; ++i) {
      const bool pact = uniform() < 0.5;
      const double aids = logistic(truth[0] + (pact ? truth[1] : 0.0));
      const double resists = logistic((1 - aids) * truth[2] + aids * 0.2);
      const double challenge = (1 - resists) + resists * ((1 - aids) * 0.5 + aids * truth[3]);
      text += pact ? "1," : "0,";
      if (uniform() >= logistic(challenge)) {
        text += "wait,-,-\n";
      } else if (uniform() >= resists) {
        text += "challenge,concede,-\n";
      } else {
        text += uniform() < aids ? "challenge,resist,intervene\n" : "challenge,resist,abandon\n";
      }
    }
    return text;
  }

 private:
  static double logistic(double x) { return 1.0 / (1.0 + std::exp(-x)); }
  double uniform() { return (static_cast<double>(engine_() >> 11U) + 0.5) * 0x1p-53; }
  double normal() {
    const double r = std::sqrt(-2.0 * std::log(uniform()));
    return r * std::cos(2.0 * std::acos(-1.0) * uniform());
  }

  std::mt19937_64 engine_;
};

struct Interval {
  double low = 0.0;
  double high = 0.0;
  bool holds(double x) const { return low <= x && x <= high; }
};

double quantile(const Fit& fit, std::size_t parameter, double share) {
  std::vector<std::pair<double, double>> values;
  for (std::size_t set = 0; set < fit.n_sets(); ++set)
    values.emplace_back(fit.parameters[set * n_free + parameter], fit.weights[set]);
  std::sort(values.begin(), values.end());
  double below = 0.0;
  for (const auto& [value, weight] : values) {
    below += weight;
    if (below >= share) return value;
  }
  return values.back().first;
}

/// 90 % intervals of one record: of the posterior, and Wald's of the maximum.
struct Recovered {
  std::array<Interval, n_free> posterior{};
  std::array<Interval, n_free> wald{};
};

Recovered recover(const std::string& rows) {
  const Texts texts(rows);
  Sources sources;
  Diagnostics found;
  const auto loaded = load("recovery", "model.casus", texts, sources, found);
  if (!loaded) throw std::runtime_error("the case has faults");
  const language::Steps& steps = loaded->model.steps;
  const auto lowered = [&] {
    return language::lower(loaded->model, scored_variant({}, steps.count), found);
  };
  Serial serial;
  Silent silent;
  const Workers workers{.parallel = serial, .progress = silent};
  const Fit fit = fit_lowered(lowered(), steps, {.n_sets = 400}, workers);
  const Maximum maximum = maximum_of(lowered(), steps, {.n_starts = 2}, workers);
  constexpr double upper_90 = 1.6448536269514722;
  Recovered recovered;
  for (std::size_t i = 0; i < n_free; ++i) {
    recovered.posterior[i] = {.low = quantile(fit, i, 0.05), .high = quantile(fit, i, 0.95)};
    const double half = upper_90 * maximum.standard_error(i);
    recovered.wald[i] = {.low = maximum.estimates[i] - half, .high = maximum.estimates[i] + half};
  }
  return recovered;
}

/// CASUS_LONG=1 asks for as many records as the documents tell of.
bool is_long() {
  const char* const asked = std::getenv("CASUS_LONG");  // NOLINT(concurrency-mt-unsafe)
  return asked != nullptr && std::string_view(asked) == "1";
}

TEST(Recovery, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const int n_records = is_long() ? 200 : 12;
  constexpr std::size_t n_rows = 300;
  std::array<int, n_free> by_posterior{};
  std::array<int, n_free> by_wald{};
  int all_by_posterior = 0;
  int all_by_wald = 0;
  for (int record = 0; record < n_records; ++record) {
    Simulator simulator(1000U + static_cast<std::uint64_t>(record));
    const Truth truth = simulator.truth();
    const Recovered recovered = recover(simulator.rows(truth, n_rows));
    for (std::size_t i = 0; i < n_free; ++i) {
      by_posterior[i] += recovered.posterior[i].holds(truth[i]) ? 1 : 0;
      by_wald[i] += recovered.wald[i].holds(truth[i]) ? 1 : 0;
      all_by_posterior += recovered.posterior[i].holds(truth[i]) ? 1 : 0;
      all_by_wald += recovered.wald[i].holds(truth[i]) ? 1 : 0;
    }
  }
  std::string counts;
  for (std::size_t i = 0; i < n_free; ++i)
    counts += " " + std::to_string(by_posterior[i]) + "/" + std::to_string(by_wald[i]);
  RecordProperty("posterior_and_wald", counts);
  // 5 % either side of 90; of few records, the third standard deviation.
  const double slack = is_long() ? 0.05 : 3.0 * std::sqrt(0.9 * 0.1 / (4.0 * n_records));
  const double n_all = n_records * static_cast<double>(n_free);
  EXPECT_NEAR(all_by_posterior / n_all, 0.9, slack) << counts;
  EXPECT_NEAR(all_by_wald / n_all, 0.9, slack) << counts;
  if (!is_long()) return;
  for (std::size_t i = 0; i < n_free; ++i) {
    EXPECT_NEAR(by_posterior[i] / static_cast<double>(n_records), 0.9, 0.05) << counts;
    EXPECT_NEAR(by_wald[i] / static_cast<double>(n_records), 0.9, 0.05) << counts;
  }
}

}  // namespace
}  // namespace casus::cases
