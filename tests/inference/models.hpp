// Models whose likelihood is known exactly, as programs built by hand.
#pragma once

#include "inference/scored_run.hpp"
#include "machine/builder.hpp"
#include "random/laws.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace casus::inference {

/// A scored run with the programs it needs.
struct Model {
  machine::Program initial;
  machine::Program step;
  machine::Program measures;
  machine::SeriesTable series;
  std::uint32_t n_steps = 0;
  std::uint32_t n_columns = 1;
  std::size_t n_states = 0;
  std::size_t n_parameters = 0;

  ScoredRun run() const {
    return {.programs = {.initial = &initial,
                         .segments = {{.first = 0, .last = n_steps - 1, .program = &step}},
                         .measures = &measures,
                         .series = &series,
                         .n_states = n_states,
                         .n_parameters = n_parameters},
            .n_columns = n_columns};
  }
};

/// The log density of the normal law at x.
inline machine::Value normal_score(machine::Builder& b, machine::Value x, machine::Value mean,
                                   machine::Value sd) {
  const machine::Value z = b.divide(b.subtract(x, mean), sd);
  const machine::Value half = b.multiply(b.constant(-0.5), b.multiply(z, z));
  const machine::Value scale = b.add(b.apply(machine::Op::logarithm, sd),
                                     b.constant(0.5 * std::log(2.0 * std::numbers::pi)));
  return b.subtract(half, scale);
}

inline machine::Value normal_draw(machine::Builder& b, machine::Value mean, machine::Value sd,
                                  std::uint32_t site) {
  return b.sample(*random::find_law("normal"), std::array{mean, sd}, site);
}

/// x' = a x + sd_x e, observed as column k: y_k = x' + sd_y e; x_0 is normal(0, 1). Parameters:
/// a, sd_x, sd_y. A missing observation is NaN.
struct LinearGaussian {
  static Model model(const std::vector<std::vector<double>>& columns) {
    Model model;
    model.n_steps = static_cast<std::uint32_t>(columns.front().size());
    model.n_columns = static_cast<std::uint32_t>(columns.size());
    model.n_states = 1;
    model.n_parameters = 3;
    model.series.n_steps = model.n_steps;
    for (const std::vector<double>& column : columns) {
      for (const double y : column) model.series.values.push_back(std::isnan(y) ? 0.0 : y);
      for (const double y : column) model.series.values.push_back(std::isnan(y) ? 0.0 : 1.0);
    }
    machine::Builder initial;
    initial.write_state(0, normal_draw(initial, initial.constant(0.0), initial.constant(1.0), 5));
    model.initial = initial.finish();
    machine::Builder b;
    const machine::Value mean = b.multiply(b.parameter(0), b.state(0));
    const machine::Value x = normal_draw(b, mean, b.parameter(1), 6);
    b.write_state(0, x);
    b.must_be_finite(x);
    for (std::uint32_t k = 0; k < model.n_columns; ++k) {
      const machine::Value score = normal_score(b, b.series(2 * k), x, b.parameter(2));
      b.write_output(k, b.select(b.series(2 * k + 1), score, b.constant(0.0)));
    }
    model.step = b.finish();
    return model;
  }

  /// Kalman 1960: the log density of each observation given all before it, (n_steps × columns).
  static std::vector<double> exact_scores(const std::vector<std::vector<double>>& columns, double a,
                                          double sd_x, double sd_y) {
    std::vector<double> scores;
    double mean = 0.0;
    double variance = 1.0;
    for (std::size_t t = 0; t < columns.front().size(); ++t) {
      mean *= a;
      variance = a * a * variance + sd_x * sd_x;
      for (const std::vector<double>& column : columns) {
        if (std::isnan(column[t])) {
          scores.push_back(0.0);
          continue;
        }
        const double total = variance + sd_y * sd_y;
        const double error = column[t] - mean;
        scores.push_back(-0.5 * (std::log(2.0 * std::numbers::pi * total) + error * error / total));
        const double gain = variance / total;
        mean += gain * error;
        variance *= 1.0 - gain;
      }
    }
    return scores;
  }

  static double exact(const std::vector<std::vector<double>>& columns, double a, double sd_x,
                      double sd_y) {
    double sum = 0.0;
    for (const double score : exact_scores(columns, a, sd_x, sd_y)) sum += score;
    return sum;
  }
};

/// Two states; the chain stays with probability `stay`; the observation is the state's name, true
/// with probability `right`. Parameters: stay, right.
struct TwoStates {
  static Model model(const std::vector<double>& observed) {
    Model model;
    model.n_steps = static_cast<std::uint32_t>(observed.size());
    model.n_states = 1;
    model.n_parameters = 2;
    model.series = {.n_steps = observed.size(), .values = observed};
    machine::Builder initial;
    initial.write_state(
        0, initial.apply(machine::Op::less, initial.uniform(3), initial.constant(0.5)));
    model.initial = initial.finish();
    machine::Builder b;
    const machine::Value stays = b.apply(machine::Op::less, b.uniform(4), b.parameter(0));
    const machine::Value other = b.apply(machine::Op::logical_not, b.state(0));
    const machine::Value state = b.select(stays, b.state(0), other);
    b.write_state(0, state);
    const machine::Value is_right = b.apply(machine::Op::equal, state, b.series(0));
    const machine::Value wrong = b.subtract(b.constant(1.0), b.parameter(1));
    b.write_output(0, b.apply(machine::Op::logarithm, b.select(is_right, b.parameter(1), wrong)));
    model.step = b.finish();
    return model;
  }

  /// The forward algorithm (Baum et al. 1970).
  static double exact(const std::vector<double>& observed, double stay, double right) {
    std::array<double, 2> forward{0.5, 0.5};
    double log_likelihood = 0.0;
    for (const double y : observed) {
      std::array<double, 2> next{};
      for (std::size_t s = 0; s < 2; ++s) {
        next[s] = stay * forward[s] + (1.0 - stay) * forward[1 - s];
        next[s] *= static_cast<double>(s) == y ? right : 1.0 - right;
      }
      const double total = next[0] + next[1];
      log_likelihood += std::log(total);
      forward = {next[0] / total, next[1] / total};
    }
    return log_likelihood;
  }
};

/// A run without states whose steps have one score of the parameters and two series.
template <class Score>
Model static_model(const std::vector<double>& first, const std::vector<double>& second,
                   std::size_t n_parameters, const Score& score) {
  Model model;
  model.n_steps = static_cast<std::uint32_t>(first.size());
  model.n_parameters = n_parameters;
  model.series = {.n_steps = first.size(), .values = first};
  model.series.values.insert(model.series.values.end(), second.begin(), second.end());
  machine::Builder b;
  b.write_output(0, score(b));
  model.step = b.finish();
  return model;
}

/// y_t is normal(mu, 1); the parameter is mu.
inline Model normal_mean(const std::vector<double>& y) {
  return static_model(y, {}, 1, [](machine::Builder& b) {
    return normal_score(b, b.series(0), b.parameter(0), b.constant(1.0));
  });
}

/// y_t of n are successes; the parameter is their probability. The second series is log(n over y).
inline Model successes(const std::vector<double>& y, double n, const std::vector<double>& choose) {
  return static_model(y, choose, 1, [n](machine::Builder& b) {
    const machine::Value p = b.parameter(0);
    const machine::Value q = b.subtract(b.constant(1.0), p);
    const machine::Value failures = b.subtract(b.constant(n), b.series(0));
    const machine::Value terms = b.add(b.multiply(b.series(0), b.apply(machine::Op::logarithm, p)),
                                       b.multiply(failures, b.apply(machine::Op::logarithm, q)));
    return b.add(terms, b.series(1));
  });
}

/// y_t is Poisson; the parameter is its mean. The second series is log y!.
inline Model counts(const std::vector<double>& y, const std::vector<double>& log_factorial) {
  return static_model(y, log_factorial, 1, [](machine::Builder& b) {
    const machine::Value log_mean = b.apply(machine::Op::logarithm, b.parameter(0));
    const machine::Value terms = b.subtract(b.multiply(b.series(0), log_mean), b.parameter(0));
    return b.subtract(terms, b.series(1));
  });
}

/// Observations that wander.
inline std::vector<double> some_observations(std::size_t n, double phase) {
  std::vector<double> y;
  for (std::size_t t = 0; t < n; ++t) {
    y.push_back(1.2 * std::sin(0.7 * static_cast<double>(t) + phase) +
                0.4 * std::cos(2.9 * static_cast<double>(t * t % 17)));
  }
  return y;
}

}  // namespace casus::inference
