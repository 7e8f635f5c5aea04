// Seating histories and moving them from step to step.
#include "machine/lanes/block.hpp"

#include "base/bug.hpp"
#include "machine/reference.hpp"

#include <algorithm>
#include <utility>

namespace casus::machine {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

void fill_columns(ColumnMemory& memory, std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::fill_n(memory.column(i), memory.stride(), values[i]);
  }
}

}  // namespace

LaneBlock::LaneBlock(const LaneRun& run)
    : run_(run),
      segment_(nowhere),
      parameters_(run.programs().n_parameters, run.most_sets()),
      set_states_(run.programs().n_states, run.most_sets()),
      set_next_(run.programs().n_states, run.most_sets()),
      set_values_(run.n_set_values(), run.most_sets()),
      states_(run.programs().n_states, run.options().n_lanes),
      next_(run.programs().n_states, run.options().n_lanes),
      lanes_(run.n_lane_columns(), run.options().n_lanes),
      accumulators_(run.programs().accumulators.size(), run.options().n_lanes) {}

void LaneBlock::seat(std::span<const SetOfBlock> sets) {
  require(!sets.empty() && sets.size() <= run_.most_sets(), "a block of no or too many sets");
  sets_.clear();
  n_histories_ = 0;
  for (const SetOfBlock& set : sets) {
    sets_.push_back({static_cast<std::uint32_t>(n_histories_), set.n_lanes});
    n_histories_ += set.n_lanes;
  }
  require(n_histories_ <= run_.options().n_lanes, "more histories than lanes");
  for (std::size_t i = 0; i < run_.programs().n_parameters; ++i) {
    double* const column = parameters_.column(i);
    for (std::size_t set = 0; set < sets.size(); ++set) column[set] = sets[set].parameters[i];
    std::fill(column + sets.size(), column + parameters_.stride(), column[sets.size() - 1]);
  }
  address(sets);
  segment_ = nowhere;
}

/// Lanes behind the last history do as it does, in pairs where lanes come in pairs.
void LaneBlock::address(std::span<const SetOfBlock> sets) {
  is_paired_ = std::all_of(sets.begin(), sets.end(), [](const SetOfBlock& set) {
    return set.first_slot % 2 == 0 && set.n_lanes % 2 == 0;
  });
  const std::uint32_t stride = is_paired_ ? 2 : 1;
  for (auto* words : {&half_slot_, &key_0_, &key_1_, &is_odd_}) words->clear();
  for (const SetOfBlock& set : sets) {
    for (std::uint32_t lane = 0; lane < set.n_lanes; lane += stride) {
      const std::uint32_t slot = set.first_slot + lane;
      half_slot_.push_back(slot / 2);
      is_odd_.push_back(slot % 2);
      key_0_.push_back(set.key[0]);
      key_1_.push_back(set.key[1]);
    }
  }
  const std::size_t n = whole_groups(n_histories_) / stride;
  for (auto* words : {&half_slot_, &key_0_, &key_1_, &is_odd_}) words->resize(n, words->back());
}

Work LaneBlock::work_of(const PreparedProgram& program, std::uint32_t step) {
  Work work{.kernels = run_.options().kernels,
            .n = whole_groups(n_histories_),
            .step = step,
            .spread = run_.spread(),
            .sets = sets_,
            .addresses = {.half_slot = half_slot_.data(),
                          .key_0 = key_0_.data(),
                          .key_1 = key_1_.data(),
                          .is_odd = is_odd_.data(),
                          .is_paired = is_paired_,
                          .n = whole_groups(n_histories_)}};
  Areas& areas = work.areas;
  areas.set(Area::step, program.rows.data(), 1);
  areas.set(Area::parameter, parameters_.data(), parameters_.stride());
  areas.set(Area::set_state, set_states_.data(), set_states_.stride());
  areas.set(Area::set_next, set_next_.data(), set_next_.stride());
  areas.set(Area::set_value, set_values_.data(), set_values_.stride());
  areas.set(Area::state, states_.data(), states_.stride());
  areas.set(Area::next, next_.data(), next_.stride());
  areas.set(Area::lane, lanes_.data(), lanes_.stride());
  return work;
}

/// The pieces whose lanes are sets; `Work` stands for histories before and after.
bool LaneBlock::compute_sets(const Piece& piece, Work& work) {
  if (piece.words.empty()) return true;
  Work of_sets = work;
  of_sets.n = whole_groups(sets_.size());
  of_sets.areas.set(Area::constant, piece.constants.data(), 1);
  return execute(piece, of_sets);
}

bool LaneBlock::execute_step(const PreparedProgram& program, Work& work) {
  if (!compute_sets(program.code.set_step, work)) return false;
  work.areas.set(Area::constant, program.code.history.constants.data(), 1);
  return execute(program.code.history, work);
}

void LaneBlock::swap_states() {
  std::swap(states_, next_);
  std::swap(set_states_, set_next_);
}

/// States that the steps to come leave alone stand in both places.
void LaneBlock::keep(const Code& code) {
  for (const std::uint32_t state : code.kept_states) {
    std::copy_n(states_.column(state), states_.stride(), next_.column(state));
  }
  for (const std::uint32_t state : code.kept_set_states) {
    std::copy_n(set_states_.column(state), set_states_.stride(), set_next_.column(state));
  }
}

bool LaneBlock::begin() {
  const PreparedProgram& program = run_.initial();
  std::vector<double> start(run_.programs().accumulators.size());
  clear(run_.programs().accumulators, start);
  fill_columns(accumulators_, start);
  segment_ = nowhere;
  Work work = work_of(program, run_.programs().segments.front().first);
  if (!compute_sets(program.code.set, work) || !execute_step(program, work)) return false;
  swap_states();
  return true;
}

bool LaneBlock::enter(std::size_t segment, Work& work) {
  if (segment == segment_) return true;
  segment_ = segment;
  const Code& code = run_.segment(segment).code;
  keep(code);
  return compute_sets(code.set, work);
}

bool LaneBlock::step(std::uint32_t step, const OutputRows& outputs) {
  const std::size_t segment = run_.segment_of(step);
  const PreparedProgram& program = run_.segment(segment);
  Work work = work_of(program, step);
  work.areas.set(Area::step, program.row(step - run_.programs().segments[segment].first), 1);
  work.outputs = outputs;
  if (step >= run_.programs().first_result_step) {
    work.folding = {.accumulators = run_.programs().accumulators,
                    .values = accumulators_.data(),
                    .stride = accumulators_.stride()};
  }
  if (!enter(segment, work) || !execute_step(program, work)) return false;
  swap_states();
  return true;
}

bool LaneBlock::measure(const OutputRows& measures) {
  const PreparedProgram& program = run_.measures();
  Work work = work_of(program, run_.programs().segments.back().last);
  work.areas.set(Area::state, accumulators_.data(), accumulators_.stride());
  work.outputs = measures;
  segment_ = nowhere;
  return compute_sets(program.code.set, work) && execute_step(program, work);
}

void LaneBlock::load(const StatesElsewhere<const double>& from) {
  const auto take = [this](const double* numbers, double* column) {
    std::copy_n(numbers, n_histories_, column);
    const std::size_t stride = is_paired_ ? 2 : 1;
    for (std::size_t i = n_histories_; i < whole_groups(n_histories_); ++i) {
      column[i] = column[i - stride];
    }
  };
  for (std::size_t i = 0; i < run_.programs().n_states; ++i) {
    const double* const numbers = from.states + i * from.stride;
    if (run_.state_rates()[i] == Rate::history) {
      take(numbers, states_.column(i));
    } else {
      load_sets(numbers, set_states_.column(i));
    }
  }
  for (std::size_t i = 0; i < run_.programs().accumulators.size(); ++i) {
    take(from.accumulators + i * from.stride, accumulators_.column(i));
  }
  segment_ = nowhere;
}

/// All lanes of a set hold the same number.
void LaneBlock::load_sets(const double* from, double* column) const {
  for (std::size_t set = 0; set < sets_.size(); ++set) column[set] = from[sets_[set].first];
  std::fill(column + sets_.size(), column + set_states_.stride(), column[sets_.size() - 1]);
}

void LaneBlock::save(const StatesElsewhere<double>& to) const {
  for (std::size_t i = 0; i < run_.programs().n_states; ++i) {
    double* const numbers = to.states + i * to.stride;
    if (run_.state_rates()[i] == Rate::history) {
      std::copy_n(states_.column(i), n_histories_, numbers);
      continue;
    }
    const double* const of_sets = set_states_.column(i);
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      std::fill_n(numbers + sets_[set].first, sets_[set].count, of_sets[set]);
    }
  }
  for (std::size_t i = 0; i < run_.programs().accumulators.size(); ++i) {
    std::copy_n(accumulators_.column(i), n_histories_, to.accumulators + i * to.stride);
  }
}

}  // namespace casus::machine
