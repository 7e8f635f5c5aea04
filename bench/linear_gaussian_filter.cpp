// Question: what does a particle and step of the filter cost, beside the filter that one writes by
// hand in an hour? A linear Gaussian state, parents chosen anew in every step.
#include "case/threads.hpp"
#include "inference/filter.hpp"
#include "machine/builder.hpp"
#include "random/laws.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <cmath>
#include <numbers>
#include <random>
#include <vector>

namespace casus::bench {
namespace {

constexpr std::uint32_t n_particles = 100'000;
constexpr std::uint32_t n_steps = 50;
constexpr double a = 0.8;
constexpr double sd_x = 0.6;
constexpr double sd_y = 0.9;
const double log_scale = std::log(sd_y) + 0.5 * std::log(2.0 * std::numbers::pi);

std::vector<double> observations() {
  std::vector<double> y;
  for (std::uint32_t t = 0; t < n_steps; ++t) y.push_back(1.2 * std::sin(0.7 * t + 0.3));
  return y;
}

/// Kalman 1960.
double exact_log_likelihood() {
  double mean = 0.0;
  double variance = 1.0;
  double sum = 0.0;
  for (const double y : observations()) {
    mean *= a;
    variance = a * a * variance + sd_x * sd_x;
    const double total = variance + sd_y * sd_y;
    const double error = y - mean;
    sum -= 0.5 * (std::log(2.0 * std::numbers::pi * total) + error * error / total);
    mean += variance / total * error;
    variance *= 1.0 - variance / total;
  }
  return sum;
}

/// False when what was measured is no filter of this model.
bool agrees(benchmark::State& state, double log_likelihood) {
  const bool does = std::abs(log_likelihood - exact_log_likelihood()) < 0.2;
  if (!does) state.SkipWithError("the likelihood is another");
  return does;
}

// ---- the filter of casus

struct Model {
  machine::Program initial;
  machine::Program step;
  machine::Program measures;
  machine::SeriesTable series;

  inference::ScoredRun run() const {
    return {.programs = {.initial = &initial,
                         .segments = {{.first = 0, .last = n_steps - 1, .program = &step}},
                         .measures = &measures,
                         .series = &series,
                         .n_states = 1,
                         .n_parameters = 2},
            .n_columns = 1};
  }
};

Model model() {
  using machine::Op;
  using machine::Value;
  const random::Law& normal = *random::find_law("normal");
  Model model;
  model.series = {.n_steps = n_steps, .values = observations()};
  machine::Builder first;
  const std::array start{first.constant(0.0), first.constant(1.0)};
  first.write_state(0, first.sample(normal, start, 1));
  model.initial = first.finish();
  machine::Builder b;
  const std::array law{b.multiply(b.parameter(0), b.state(0)), b.parameter(1)};
  const Value x = b.sample(normal, law, 2);
  b.write_state(0, x);
  b.must_be_finite(x);
  const Value z = b.divide(b.subtract(b.series(0), x), b.constant(sd_y));
  const Value half = b.multiply(b.constant(-0.5), b.multiply(z, z));
  b.write_output(0, b.subtract(half, b.constant(log_scale)));
  model.step = b.finish();
  return model;
}

/// state.range(0) threads.
void filter(benchmark::State& state) {
  const Model made = model();
  const auto threads = cases::make_threads(static_cast<std::size_t>(state.range(0)));
  Silent silent;
  const inference::FilterOptions options{
      .bank = {.n_particles = n_particles, .when = inference::When::always}};
  const std::array parameters{a, sd_x};
  double log_likelihood = 0.0;
  for (auto _ : state) {
    const inference::FilterResult result = inference::filter(
        made.run(), parameters, options, {.parallel = *threads, .progress = silent});
    log_likelihood = result.log_likelihoods[0];
  }
  if (!agrees(state, log_likelihood)) return;
  state.SetItemsProcessed(state.iterations() * std::int64_t{n_particles} * n_steps);
}

// ---- by hand, with what the standard library has

class ByHand {
 public:
  ByHand() : x_(n_particles), next_(n_particles), weights_(n_particles) {}

  double log_likelihood() {
    for (double& x : x_) x = normal_(engine_);
    double sum = 0.0;
    for (const double y : observations()) {
      sum += weigh(y);
      choose();
    }
    return sum;
  }

 private:
  /// Log of the mean weight; weights sum to one.
  double weigh(double y) {
    double highest = -1e300;
    for (std::size_t i = 0; i < x_.size(); ++i) {
      x_[i] = a * x_[i] + sd_x * normal_(engine_);
      const double z = (y - x_[i]) / sd_y;
      weights_[i] = -0.5 * z * z - log_scale;
      highest = std::max(highest, weights_[i]);
    }
    double sum = 0.0;
    for (double& weight : weights_) {
      weight = std::exp(weight - highest);
      sum += weight;
    }
    for (double& weight : weights_) weight /= sum;
    return highest + std::log(sum / n_particles);
  }

  /// Systematically.
  void choose() {
    const double u = uniform_(engine_);
    double sum = weights_[0];
    std::size_t parent = 0;
    for (std::size_t k = 0; k < x_.size(); ++k) {
      const double point = (static_cast<double>(k) + u) / n_particles;
      while (sum < point && parent + 1 < x_.size()) sum += weights_[++parent];
      next_[k] = x_[parent];
    }
    x_.swap(next_);
  }

  std::mt19937_64 engine_;
  std::normal_distribution<double> normal_;
  std::uniform_real_distribution<double> uniform_;
  std::vector<double> x_;
  std::vector<double> next_;
  std::vector<double> weights_;
};

void by_hand(benchmark::State& state) {
  ByHand filter;
  double log_likelihood = 0.0;
  for (auto _ : state) log_likelihood = filter.log_likelihood();
  if (!agrees(state, log_likelihood)) return;
  state.SetItemsProcessed(state.iterations() * std::int64_t{n_particles} * n_steps);
}

BENCHMARK(by_hand)->UseRealTime();
BENCHMARK(filter)->Arg(1)->Arg(2)->UseRealTime();

}  // namespace
}  // namespace casus::bench
