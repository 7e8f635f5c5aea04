// Blocks of lanes beside one reference machine for each of their histories.
#include "fuzz/stepwise.hpp"

#include "case/history.hpp"
#include "case/replay.hpp"
#include "machine/lanes/block.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fmt/format.h>

namespace casus::fuzz {
namespace {

/// History h of number i at `values[i * stride + h]`, as lanes put numbers out.
struct Columns {
  std::vector<double> values;
  std::size_t stride = 0;

  Columns(std::size_t n, std::size_t n_histories) : values(n * n_histories), stride(n_histories) {}
  double at(std::size_t i, std::size_t history) const { return values[i * stride + history]; }
};

std::size_t output_count(const language::Lowered& lowered) {
  std::size_t n = 0;
  for (const language::Segment& segment : lowered.segments) {
    for (const machine::Write& write : segment.program.outputs)
      n = std::max<std::size_t>(n, write.target + 1);
  }
  return n;
}

class Block {
 public:
  Block(const language::Lowered& lowered, const machine::LaneRun& run, std::size_t n)
      : lowered_(lowered),
        n_(n),
        lanes_(run),
        states_(n * lowered.state_names.size()),
        accumulators_(n * lowered.accumulators.size()),
        outputs_(output_count(lowered), n),
        expected_(output_count(lowered)) {}

  void seat(const cases::EnsembleOptions& options, std::span<const double> parameters,
            std::size_t first) {
    const std::size_t n_parameters = lowered_.parameter_columns.size();
    std::vector<machine::SetOfBlock> sets;
    for (std::size_t h = 0; h < n_; ++h) {
      const std::size_t set = (first + h) / options.per_set;
      const auto slot = static_cast<std::uint32_t>((first + h) % options.per_set);
      const auto of_set = parameters.subspan(set * n_parameters, n_parameters);
      const random::Key key = cases::key_of_set(options, set);
      if (h == 0 || slot == 0) {
        sets.push_back({.key = key, .parameters = of_set, .first_slot = slot, .n_lanes = 0});
      }
      ++sets.back().n_lanes;
      histories_.push_back({.parameters = of_set,
                            .states = part(states_, h),
                            .accumulators = part(accumulators_, h),
                            .key = key,
                            .slot = slot});
    }
    lanes_.seat(sets);
  }

  Stepwise run() {
    Stepwise result;
    const bool began = lanes_.begin();
    agree(
        began, [&](std::size_t h) { return !runner_.begin(histories_[h]); }, "start", result);
    for (std::size_t segment = 0; segment < lowered_.segments.size(); ++segment) {
      const language::Segment& steps = lowered_.segments[segment];
      for (std::uint32_t at = steps.first; at <= steps.last && goes_on(result); ++at)
        step(segment, at, result);
    }
    if (goes_on(result)) result.difference = different_states();
    if (goes_on(result)) measure(result);
    return result;
  }

 private:
  static bool goes_on(const Stepwise& result) {
    return !result.is_failing && result.difference.empty();
  }

  std::span<double> part(std::vector<double>& all, std::size_t history) const {
    const std::size_t size = all.size() / n_;
    return std::span(all).subspan(history * size, size);
  }

  /// Lanes go on together while every history does.
  template <class Runs>
  void agree(bool lanes_run, const Runs& runs, const std::string& where, Stepwise& result) {
    std::size_t n_failing = 0;
    for (std::size_t h = 0; h < n_; ++h) {
      if (!runs(h)) ++n_failing;
    }
    result.is_failing = n_failing > 0;
    if (lanes_run != result.is_failing || !result.difference.empty()) return;
    result.difference =
        lanes_run ? fmt::format("{}: {} of {} histories fail on the reference machine only", where,
                                n_failing, n_)
                  : fmt::format("{}: fails in lanes only", where);
  }

  void step(std::size_t segment, std::uint32_t at, Stepwise& result) {
    const bool shows = at >= lowered_.first_result_step;
    const machine::OutputRows rows{.values = outputs_.values.data(), .stride = n_, .n = n_};
    const bool lanes_run = lanes_.step(at, shows ? rows : machine::OutputRows{});
    const std::string where = fmt::format("step {}", at);
    const auto runs = [&](std::size_t h) {
      if (runner_.step(histories_[h], segment, at)) return false;
      if (!shows || !lanes_run || !result.difference.empty()) return true;
      runner_.copy_outputs(segment, expected_, 1);
      const auto& writes = lowered_.segments[segment].program.outputs;
      result.difference = different(writes, outputs_, expected_, h, where);
      return true;
    };
    agree(lanes_run, runs, where, result);
  }

  void measure(Stepwise& result) {
    Columns measures(lowered_.n_measure_outputs, n_);
    std::vector<double> expected(lowered_.n_measure_outputs);
    const bool lanes_run =
        lanes_.measure({.values = measures.values.data(), .stride = n_, .n = n_});
    const auto runs = [&](std::size_t h) {
      if (runner_.measure(histories_[h], expected)) return false;
      if (!lanes_run || !result.difference.empty()) return true;
      result.difference = different(lowered_.measures.outputs, measures, expected, h, "measures");
      return true;
    };
    agree(lanes_run, runs, "measures", result);
  }

  static std::string different(const std::vector<machine::Write>& writes, const Columns& found,
                               std::span<const double> expected, std::size_t history,
                               const std::string& where) {
    for (const machine::Write& write : writes) {
      const double lane = found.at(write.target, history);
      if (same_bits(lane, expected[write.target])) continue;
      return fmt::format("{}, output {} in history {} of a block: reference {}, lanes {}", where,
                         write.target, history, expected[write.target], lane);
    }
    return "";
  }

  std::string different_states() const {
    Columns states(lowered_.state_names.size(), n_);
    Columns accumulators(lowered_.accumulators.size(), n_);
    lanes_.save(
        {.states = states.values.data(), .accumulators = accumulators.values.data(), .stride = n_});
    for (std::size_t h = 0; h < n_; ++h) {
      for (std::size_t i = 0; i < lowered_.state_names.size(); ++i) {
        if (!same_bits(states.at(i, h), histories_[h].states[i]))
          return fmt::format("the end: state {} differs", lowered_.state_names[i]);
      }
      for (std::size_t i = 0; i < lowered_.accumulators.size(); ++i) {
        if (!same_bits(accumulators.at(i, h), histories_[h].accumulators[i]))
          return fmt::format("the end: accumulator {} differs", i);
      }
    }
    return "";
  }

  const language::Lowered& lowered_;
  std::size_t n_;
  cases::HistoryRunner runner_{lowered_};
  machine::LaneBlock lanes_;
  std::vector<double> states_;  ///< (n_histories × n_states), as the reference machine has them
  std::vector<double> accumulators_;  ///< the same of accumulators
  std::vector<cases::HistoryState> histories_{};
  Columns outputs_;
  std::vector<double> expected_;
};

}  // namespace

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) ||
         (std::isnan(a) && std::isnan(b));
}

Stepwise run_stepwise(const language::Lowered& lowered, const cases::EnsembleOptions& options,
                      std::span<const double> parameters) {
  const machine::LaneRun run(cases::programs_of(lowered), {.n_lanes = options.n_lanes,
                                                           .per_set = options.per_set,
                                                           .outputs = true,
                                                           .at_least = {},
                                                           .kernels = options.kernels});
  const std::size_t n = std::size_t{options.n_sets} * options.per_set;
  if (run.fails()) {
    const auto expected = cases::replay(lowered, options, parameters, {.first = 0, .count = n});
    return {.is_failing = true,
            .difference = expected.size() == n ? "" : "lanes fail always, the reference does not"};
  }
  Stepwise result;
  for (std::size_t first = 0; first < n; first += run.options().n_lanes) {
    Block block(lowered, run, std::min<std::size_t>(run.options().n_lanes, n - first));
    block.seat(options, parameters, first);
    const Stepwise of_block = block.run();
    result.is_failing = result.is_failing || of_block.is_failing;
    if (!of_block.difference.empty()) return of_block;
  }
  return result;
}

}  // namespace casus::fuzz
