// Rates, pieces, loops and the numbers of steps, once for a run.
#include "machine/lanes/run.hpp"

#include "base/bug.hpp"
#include "machine/lanes/bind.hpp"
#include "machine/lanes/execute.hpp"
#include "machine/lanes/split.hpp"

#include <algorithm>

namespace casus::machine {
namespace {

Spread spread_of(const LaneOptions& options) {
  if (options.per_set == 1) return Spread::column;
  return options.per_set % options.n_lanes == 0 ? Spread::number : Spread::copy;
}

constexpr std::uint32_t usual_lanes = 256;

/// The largest block whose columns fit half of a core's second-level memory, 1 MB.
std::uint32_t fitting_lanes(std::size_t n_columns) {
  constexpr std::size_t most_bytes = std::size_t{1} << 19;
  std::uint32_t lanes = 512;
  while (lanes > 64 && n_columns * lanes * sizeof(double) > most_bytes) lanes /= 2;
  return lanes;
}

std::vector<Rate> rates_of_states(const RunPrograms& programs, std::span<const Rate> at_least) {
  std::vector<const Program*> steps;
  for (const StepsOf& segment : programs.segments) steps.push_back(segment.program);
  std::vector<Rate> least(at_least.begin(), at_least.end());
  least.resize(programs.n_states, Rate::set_step);
  return state_rates(*programs.initial, steps, least);
}

/// The columns of series over the steps [first, first + n), which are copied because loops work on
/// whole groups.
ColumnMemory series_columns(const SeriesTable& series, std::uint32_t first, std::uint32_t n) {
  const std::size_t n_series = series.n_steps == 0 ? 0 : series.values.size() / series.n_steps;
  ColumnMemory columns(n_series, n);
  for (std::uint32_t i = 0; i < n_series; ++i) {
    for (std::uint32_t step = 0; step < n; ++step) {
      columns.column(i)[step] = series.at(i, first + step);
    }
    std::fill(columns.column(i) + n, columns.column(i) + columns.stride(),
              columns.column(i)[n - 1]);
  }
  return columns;
}

}  // namespace

LaneRun::LaneRun(const RunPrograms& programs, const LaneOptions& options)
    : programs_(programs),
      options_(options),
      state_rates_(rates_of_states(programs, options.at_least)) {
  require(options.n_lanes % lane_group == 0, "a block of odd size");
  require(options.kernels != nullptr && options.per_set > 0, "a run without kernels");
  options_.at_least = {};  // may not outlive this call
  if (options.n_lanes == 0) options_.n_lanes = usual_lanes;
  prepare_all();
  if (options.n_lanes != 0) return;
  const std::uint32_t fitting = fitting_lanes(n_lane_columns());
  if (fitting == options_.n_lanes) return;
  options_.n_lanes = fitting;
  prepare_all();
}

void LaneRun::prepare_all() {
  spread_ = spread_of(options_);
  const std::uint32_t first = programs_.segments.front().first;
  const std::uint32_t last = programs_.segments.back().last;
  initial_ = prepare(*programs_.initial, state_rates_, first, first);
  segments_.clear();
  for (const StepsOf& segment : programs_.segments) {
    segments_.push_back(prepare(*segment.program, state_rates_, segment.first, segment.last));
  }
  const std::vector<Rate> folded(programs_.accumulators.size(), Rate::history);
  measures_ = prepare(*programs_.measures, folded, last, last);
}

PreparedProgram LaneRun::prepare(const Program& program, std::span<const Rate> states,
                                 std::uint32_t first, std::uint32_t last) const {
  const bool is_measures = &program == programs_.measures;
  PreparedProgram prepared{
      .code =
          split(program, states, {.spread = spread_, .outputs = is_measures || options_.outputs})};
  Code& code = prepared.code;
  for (Piece* piece : {&code.step, &code.set, &code.set_step, &code.history}) {
    bind(*piece, spread_, *options_.kernels);
  }
  compute_rows(prepared, first, last - first + 1);
  return prepared;
}

void LaneRun::compute_rows(PreparedProgram& prepared, std::uint32_t first,
                           std::uint32_t n_steps) const {
  const Code& code = prepared.code;
  if (code.step.words.empty() && code.step_row.empty()) return;
  ColumnMemory series = series_columns(*programs_.series, first, n_steps);
  ColumnMemory lanes(code.step.n_columns, n_steps);
  Work work{.kernels = options_.kernels, .n = whole_groups(n_steps)};
  work.areas.set(Area::constant, code.step.constants.data(), 1);
  work.areas.set(Area::series, series.data(), series.stride());
  work.areas.set(Area::lane, lanes.data(), lanes.stride());
  prepared.fails = !execute(code.step, work);
  prepared.rows.resize(n_steps * code.step_row.size());
  for (std::size_t i = 0; i < code.step_row.size(); ++i) {
    const double* const column = work.areas.read(code.step_row[i]);
    for (std::uint32_t step = 0; step < n_steps; ++step) {
      prepared.rows[step * code.step_row.size() + i] = column[step];
    }
  }
}

std::size_t LaneRun::segment_of(std::uint32_t step) const {
  for (std::size_t i = 0; i < programs_.segments.size(); ++i) {
    if (step <= programs_.segments[i].last) return i;
  }
  throw Bug("a step that no segment holds");
}

template <class Use>
void LaneRun::for_programs(Use use) const {
  use(initial_);
  for (const PreparedProgram& segment : segments_) use(segment);
  use(measures_);
}

bool LaneRun::fails() const {
  bool fails = false;
  for_programs([&fails](const PreparedProgram& program) { fails = fails || program.fails; });
  return fails;
}

std::size_t LaneRun::most_sets() const {
  const std::size_t n_lanes = options_.n_lanes;
  if (spread_ == Spread::number) return 1;
  // A set may begin before the block and another end behind it.
  return std::min<std::size_t>(n_lanes, (n_lanes - 1) / options_.per_set + 2);
}

std::size_t LaneRun::n_set_values() const {
  std::size_t n = 0;
  for_programs([&n](const PreparedProgram& program) {
    n = std::max<std::size_t>(n, program.code.set_step.n_columns);
  });
  return n;
}

std::size_t LaneRun::n_lane_columns() const {
  std::size_t n = 0;
  for_programs([&n](const PreparedProgram& program) {
    n = std::max<std::size_t>(n, program.code.history.n_columns);
  });
  return n;
}

}  // namespace casus::machine
