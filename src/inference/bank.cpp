// Blocks of lanes over the particles of all sets, gathered from their parents as they move.
#include "inference/bank.hpp"

#include "base/bug.hpp"
#include "machine/reference.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace casus::inference {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Sets of so many particles have blocks of their own.
constexpr std::uint32_t own_blocks = 512;

bool has_own_blocks(const BankOptions& options) { return options.n_particles >= own_blocks; }

/// Where each set has its own blocks, its parameters are single numbers in all of them: it is as if
/// its last block were full.
machine::LaneOptions lane_options(const BankOptions& options,
                                  std::span<const machine::Rate> at_least) {
  const std::uint32_t whole = (options.n_particles + own_blocks - 1) / own_blocks * own_blocks;
  require(options.n_lanes == 0 || own_blocks % options.n_lanes == 0, "a block of odd size");
  return {.n_lanes = options.n_lanes,
          .per_set = has_own_blocks(options) ? whole : options.n_particles,
          .outputs = true,
          .at_least = at_least,
          .kernels = options.kernels == nullptr ? machine::kernels_of("") : options.kernels};
}

std::size_t set_stride(const BankOptions& options) {
  return has_own_blocks(options) ? machine::whole_groups(options.n_particles) : options.n_particles;
}

std::vector<random::Key> keys_of(const BankOptions& options, random::Purpose purpose) {
  std::vector<random::Key> keys;
  for (std::uint32_t set = 0; set < options.n_sets; ++set) {
    keys.push_back(random::key_of(options.seed, {.purpose = purpose,
                                                 .epoch = options.epoch,
                                                 .parameter_set = set,
                                                 .replication = options.replication}));
  }
  return keys;
}

std::vector<std::vector<std::uint32_t>> written_columns(const ScoredRun& run) {
  std::vector<std::vector<std::uint32_t>> columns;
  for (const machine::StepsOf& segment : run.programs.segments) {
    std::vector<std::uint32_t> of_segment;
    for (const machine::Write& output : segment.program->outputs) {
      require(output.target < run.n_columns, "a score without a column");
      of_segment.push_back(output.target);
    }
    std::sort(of_segment.begin(), of_segment.end());
    columns.push_back(std::move(of_segment));
  }
  return columns;
}

/// The first block that failed: its first lane is the first of all, however large blocks are.
std::size_t first_of(const std::vector<unsigned char>& failed) {
  const auto at = std::find(failed.begin(), failed.end(), 1);
  return at == failed.end() ? nowhere : static_cast<std::size_t>(at - failed.begin());
}

}  // namespace

Bank::Bank(const ScoredRun& run, const BankOptions& options) : Bank(run, options, {}) {}

Bank::Bank(const ScoredRun& run, const BankOptions& options,
           std::span<const machine::Rate> at_least)
    : run_(run),
      options_(options),
      set_stride_(set_stride(options)),
      lanes_(run_.programs, lane_options(options, at_least)),
      weighing_({.n_sets = options.n_sets,
                 .n_particles = options.n_particles,
                 .scheme = options.scheme,
                 .when = options.when}),
      parameters_(options.n_sets * n_parameters()),
      states_(run.programs.n_states, options.n_sets * set_stride_),
      next_(run.programs.n_states, options.n_sets * set_stride_),
      all_scores_(run.n_columns, has_own_blocks(options) ? 0 : options.n_sets * set_stride_),
      written_(written_columns(run)),
      scores_(options.n_sets * run.n_columns),
      log_likelihoods_(options.n_sets) {
  const bool apart = has_own_blocks(options);
  const std::size_t in_stretch = apart ? options.n_particles : options.n_sets * options.n_particles;
  const std::size_t n_lanes = lanes_.options().n_lanes;
  for (std::size_t start = 0; start < options.n_sets * set_stride_;
       start += apart ? set_stride_ : in_stretch) {
    for (std::size_t first = 0; first < in_stretch; first += n_lanes) {
      stretches_.push_back(
          {.first = start + first, .count = std::min(n_lanes, in_stretch - first)});
      seats_.emplace_back(lanes_);
    }
  }
  failed_.resize(seats_.size());
  set_epoch(options.epoch);
}

// ---- blocks

void Bank::seat(std::size_t block) {
  const std::size_t end = first_lane(block) + n_lanes_of(block);
  std::vector<machine::SetOfBlock> sets;
  for (std::size_t at = first_lane(block); at < end;) {
    const std::size_t set = set_of(at);
    const std::size_t slot = at % set_stride_;
    const std::size_t count = std::min(options_.n_particles - slot, end - at);
    sets.push_back({.key = keys_[set],
                    .parameters = parameters(set),
                    .first_slot = first_slot_ + static_cast<std::uint32_t>(slot),
                    .n_lanes = static_cast<std::uint32_t>(count)});
    at += count;
  }
  seats_[block].seat(sets);
}

void Bank::seat_all() {
  for (std::size_t block = 0; block < seats_.size(); ++block) seat(block);
}

/// More stretches of blocks than workers, so that nobody waits long.
void Bank::make_rooms(std::size_t width) {
  const std::size_t n_rooms = width == 1 ? 1 : std::min(seats_.size(), 4 * width);
  const std::size_t n_lanes = lanes_.options().n_lanes;
  const std::size_t n_scores = has_own_blocks(options_) ? part_size : 0;
  while (rooms_.size() < n_rooms) {
    rooms_.push_back({.lanes = machine::ColumnMemory(lanes_.n_lane_columns(), n_lanes),
                      .states = machine::ColumnMemory(run_.programs.n_states, n_lanes),
                      .scores = machine::ColumnMemory(run_.n_columns, n_scores)});
  }
}

void Bank::for_each(std::size_t n, Workers workers,
                    const std::function<void(std::size_t, Room&)>& work) {
  make_rooms(workers.parallel.width());
  const std::size_t n_rooms = rooms_.size();
  workers.parallel.for_each(n_rooms, [&](std::size_t room) {
    for (std::size_t i = room * n / n_rooms; i < (room + 1) * n / n_rooms; ++i) {
      work(i, rooms_[room]);
    }
  });
}

machine::LaneColumns<double> Bank::columns(machine::ColumnMemory& memory, std::size_t block) const {
  if (memory.data() == nullptr) return {};
  return {memory.data() + first_lane(block), memory.stride()};
}

// ---- moving

void Bank::set_epoch(std::uint32_t epoch) {
  options_.epoch = epoch;
  keys_ = keys_of(options_, random::Purpose::history);
  choice_keys_ = keys_of(options_, random::Purpose::resample);
}

std::optional<Fault> Bank::begin(std::span<const double> parameters, Workers workers) {
  follows_ = false;
  next_step_ = first_step();
  trails_.assign(options_.n_sets, {});
  for (std::uint32_t set = 0; set < options_.n_sets; ++set) {
    trails_[set].push_back({.first_step = next_step_, .epoch = options_.epoch, .place = set});
    draw_at(set, trails_[set].front());
  }
  return start(parameters, workers);
}

std::optional<Fault> Bank::start(std::span<const double> parameters, Workers workers) {
  require(parameters.size() == parameters_.size(), "parameters of another number of sets");
  std::copy(parameters.begin(), parameters.end(), parameters_.begin());
  std::fill(log_likelihoods_.begin(), log_likelihoods_.end(), 0.0);
  weighing_.begin();
  parents_pending_ = false;
  seat_all();
  for_each(seats_.size(), workers, [this](std::size_t block, Room& room) {
    const bool works = seats_[block].begin(
        {.next = columns(states_, block), .lanes = {room.lanes.data(), room.lanes.stride()}});
    failed_[block] = works ? 0 : 1;
  });
  if (first_of(failed_) != nowhere) return failed_begin(first_of(failed_));
  kept_.clear();
  keep(workers);
  return std::nullopt;
}

/// The states of the parents of a block's particles.
void Bank::gather(std::size_t block, machine::LaneColumns<double> into) const {
  const std::size_t n = n_lanes_of(block);
  const std::size_t in_step = seats_[block].lanes_in_step();
  for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
    if (lanes_.state_rates()[i] != machine::Rate::history) continue;
    const double* const all = states_.column(i);
    double* const to = into.column(i);
    for (const machine::LanesOfSet& lanes : seats_[block].sets()) {
      const std::size_t at = first_lane(block) + lanes.first;
      const std::size_t set = set_of(at);
      if (!weighing_.is_chosen(set)) {
        std::copy_n(all + at, lanes.count, to + lanes.first);
        continue;
      }
      const double* const of_set = all + set * set_stride_;
      const std::uint32_t* const parents = weighing_.parents(set).data() + at % set_stride_;
      for (std::uint32_t k = 0; k < lanes.count; ++k) to[lanes.first + k] = of_set[parents[k]];
    }
    for (std::size_t k = n; k < machine::whole_groups(n); ++k) to[k] = to[k - in_step];
  }
}

machine::LaneColumns<const double> Bank::states_of(std::size_t block, Room& room) {
  if (!parents_pending_) {
    const machine::LaneColumns<double> own = columns(states_, block);
    return {own.first, own.stride};
  }
  gather(block, {room.states.data(), room.states.stride()});
  return {room.states.data(), room.states.stride()};
}

bool Bank::move(std::size_t block, std::uint32_t step, Room& room,
                machine::LaneColumns<double> scores) {
  const machine::LaneMemory memory{.states = states_of(block, room),
                                   .next = columns(next_, block),
                                   .lanes = {room.lanes.data(), room.lanes.stride()}};
  const bool works = seats_[block].step(
      step, memory, {.values = scores.first, .stride = scores.stride, .n = n_lanes_of(block)});
  failed_[block] = works ? 0 : 1;
  return works;
}

/// Scores go to the room.
bool Bank::move_part(std::size_t part, std::uint32_t step, Room& room) {
  const std::size_t blocks_in_set = seats_.size() / options_.n_sets;
  const std::size_t blocks_in_part = part_size / lanes_.options().n_lanes;
  const std::size_t parts_in_set = weighing_.parts_per_set();
  const std::size_t first = part % parts_in_set * blocks_in_part;
  const std::size_t end = std::min(first + blocks_in_part, blocks_in_set);
  double* scores = room.scores.data();
  bool works = true;
  for (std::size_t in_set = first; in_set < end; ++in_set) {
    const std::size_t block = part / parts_in_set * blocks_in_set + in_set;
    works = move(block, step, room, {scores, room.scores.stride()}) && works;
    if (scores != nullptr) scores += n_lanes_of(block);
  }
  return works;
}

/// Where sets have blocks of their own, a part is weighed while its scores are at hand.
void Bank::move_and_weigh(std::uint32_t step, const Weighed& weighed, Workers workers) {
  const std::size_t n_parts = weighing_.n_parts();
  if (has_own_blocks(options_)) {
    for_each(n_parts, workers, [&](std::size_t part, Room& room) {
      const bool works = move_part(part, step, room);
      if (!works) return;
      weighing_.weigh_part(part, {room.scores.data(), room.scores.stride()}, weighed);
    });
    return;
  }
  for_each(seats_.size(), workers, [&](std::size_t block, Room& room) {
    move(block, step, room, columns(all_scores_, block));
  });
  if (first_of(failed_) != nowhere) return;
  for_each(n_parts, workers, [&](std::size_t set, Room&) {
    const double* const first = all_scores_.data();
    weighing_.weigh_part(
        set, {first == nullptr ? nullptr : first + set * set_stride_, all_scores_.stride()},
        weighed);
  });
}

std::optional<Fault> Bank::step(std::uint32_t step, Workers workers) {
  if (follows_) follow_trails(step, workers);
  const Boost boost = boost_at(options_.boosts, step);
  if (auto fault = boost.factor == 1 ? plain_step(step, workers) : boosted_step(boost, workers)) {
    return fault;
  }
  next_step_ = step + 1;
  for (std::size_t set = 0; set < options_.n_sets; ++set) {
    for (const double score : scores(set)) log_likelihoods_[set] += score;
  }
  keep(workers);
  return std::nullopt;
}

std::optional<Fault> Bank::plain_step(std::uint32_t step, Workers workers) {
  const Weighed weighed{.columns = written_[lanes_.segment_of(step)],
                        .address = {.keys = choice_keys_, .step = step},
                        .scores = scores_};
  weighing_.prepare(weighed);
  move_and_weigh(step, weighed, workers);
  if (first_of(failed_) != nowhere) return failed_step(first_of(failed_), step);
  std::swap(states_, next_);
  if (const auto bad = weighing_.finish(weighed, workers)) return fault_of(*bad, step);
  parents_pending_ = weighing_.any_chosen();
  return std::nullopt;
}

// ---- faults

Fault Bank::fault_of(const BadScore& bad, std::uint32_t step) const {
  const machine::Program& program = *run_.programs.segments[lanes_.segment_of(step)].program;
  Fault fault{.set = bad.set, .particle = bad.particle, .step = step, .program = &program};
  for (const machine::Write& output : program.outputs) {
    if (output.target == bad.column) fault.origin = program.origin[output.source];
  }
  fault.parameters.assign(parameters(bad.set).begin(), parameters(bad.set).end());
  fault.what = fmt::format("score {} is {}", bad.column, bad.score);
  return fault;
}

/// The first lane of the block that fails on the reference machine, from `states` at the start.
Fault Bank::failing_lane(std::size_t block, const machine::Program& program, std::uint32_t step,
                         machine::LaneColumns<const double> states) const {
  std::vector<double> own(run_.programs.n_states);
  machine::Reference machine;
  for (std::size_t lane = 0; lane < n_lanes_of(block); ++lane) {
    const std::size_t at = first_lane(block) + lane;
    const std::size_t set = set_of(at);
    const auto particle = static_cast<std::uint32_t>(at % set_stride_);
    for (std::size_t i = 0; i < own.size() && states.first != nullptr; ++i) {
      own[i] = states.column(i)[lane];
    }
    machine::Frame frame{.parameters = parameters(set),
                         .states = own,
                         .series = run_.programs.series,
                         .step = step,
                         .key = keys_[set],
                         .slot = first_slot_ + particle};
    const auto bad = machine.step(program, frame);
    if (!bad) continue;
    return {.set = set,
            .particle = particle,
            .step = step,
            .program = &program,
            .origin = bad->origin,
            .parameters = {parameters(set).begin(), parameters(set).end()},
            .what = bad->what};
  }
  throw Bug("a block fails and none of its lanes does");
}

std::optional<Fault> Bank::failed_begin(std::size_t block) const {
  return failing_lane(block, *run_.programs.initial, first_step(), {});
}

std::optional<Fault> Bank::failed_step(std::size_t block, std::uint32_t step) {
  machine::ColumnMemory states(run_.programs.n_states, lanes_.options().n_lanes);
  const machine::LaneColumns<double> into{states.data(), states.stride()};
  if (parents_pending_) {
    gather(block, into);
  } else {
    for (std::size_t i = 0; i < run_.programs.n_states; ++i) {
      std::copy_n(states_.column(i) + first_lane(block), n_lanes_of(block), into.column(i));
    }
  }
  seats_[block].save_sets(into);
  return failing_lane(block, *run_.programs.segments[lanes_.segment_of(step)].program, step,
                      {states.data(), states.stride()});
}

}  // namespace casus::inference
