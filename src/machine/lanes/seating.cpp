// Seating histories and computing their steps.
#include "machine/lanes/seating.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <utility>

namespace casus::machine {
namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

}  // namespace

Seating::Seating(const LaneRun& run)
    : run_(&run),
      segment_(nowhere),
      parameters_(run.programs().n_parameters, run.most_sets()),
      set_states_(run.programs().n_states, run.most_sets()),
      set_next_(run.programs().n_states, run.most_sets()),
      set_values_(run.n_set_values(), run.most_sets()) {}

void Seating::seat(std::span<const SetOfBlock> sets) {
  require(!sets.empty() && sets.size() <= run_->most_sets(), "a block of no or too many sets");
  sets_.clear();
  n_histories_ = 0;
  for (const SetOfBlock& set : sets) {
    sets_.push_back({static_cast<std::uint32_t>(n_histories_), set.n_lanes});
    n_histories_ += set.n_lanes;
  }
  require(n_histories_ <= run_->options().n_lanes, "more histories than lanes");
  for (std::size_t i = 0; i < run_->programs().n_parameters; ++i) {
    double* const column = parameters_.column(i);
    for (std::size_t set = 0; set < sets.size(); ++set) column[set] = sets[set].parameters[i];
    std::fill(column + sets.size(), column + parameters_.stride(), column[sets.size() - 1]);
  }
  address(sets);
  segment_ = nowhere;
}

/// Lanes behind the last history do as it does, in pairs where lanes come in pairs.
void Seating::address(std::span<const SetOfBlock> sets) {
  is_paired_ = std::all_of(sets.begin(), sets.end(), [](const SetOfBlock& set) {
    return set.first_slot % 2 == 0 && set.n_lanes % 2 == 0;
  });
  // Lanes behind the last history repeat an address, so that only whole groups are runs.
  is_run_ = is_paired_ && sets.size() == 1 && n_histories_ == whole_groups(n_histories_);
  const auto stride = static_cast<std::uint32_t>(lanes_in_step());
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

Work Seating::work_of(const PreparedProgram& program, std::uint32_t step,
                      const LaneMemory& memory) {
  Work work{.kernels = run_->options().kernels,
            .n = whole_groups(n_histories_),
            .step = step,
            .spread = run_->spread(),
            .sets = sets_,
            .addresses = {.half_slot = half_slot_.data(),
                          .key_0 = key_0_.data(),
                          .key_1 = key_1_.data(),
                          .is_odd = is_odd_.data(),
                          .is_paired = is_paired_,
                          .is_run = is_run_,
                          .n = whole_groups(n_histories_)}};
  Areas& areas = work.areas;
  areas.set(Area::step, program.rows.data(), 1);
  areas.set(Area::parameter, parameters_.data(), parameters_.stride());
  areas.set(Area::set_state, set_states_.data(), set_states_.stride());
  areas.set(Area::set_next, set_next_.data(), set_next_.stride());
  areas.set(Area::set_value, set_values_.data(), set_values_.stride());
  areas.set(Area::state, memory.states.first, memory.states.stride);
  areas.set(Area::next, memory.next.first, memory.next.stride);
  areas.set(Area::lane, memory.lanes.first, memory.lanes.stride);
  return work;
}

/// The pieces whose lanes are sets; `Work` stands for histories before and after.
bool Seating::compute_sets(const Piece& piece, Work& work) {
  if (piece.words.empty()) return true;
  Work of_sets = work;
  of_sets.n = whole_groups(sets_.size());
  of_sets.areas.set(Area::constant, piece.constants.data(), 1);
  return execute(piece, of_sets);
}

bool Seating::execute_step(const PreparedProgram& program, Work& work) {
  if (!compute_sets(program.code.set_step, work)) return false;
  work.areas.set(Area::constant, program.code.history.constants.data(), 1);
  return execute(program.code.history, work);
}

/// States that the steps to come leave alone stand in both places.
void Seating::keep_sets(const Code& code) {
  for (const std::uint32_t state : code.kept_set_states) {
    std::copy_n(set_states_.column(state), set_states_.stride(), set_next_.column(state));
  }
}

void Seating::keep_lanes(const Code& code, const LaneMemory& memory) const {
  for (const std::uint32_t state : code.kept_states) {
    std::copy_n(memory.states.column(state), whole_groups(n_histories_), memory.next.column(state));
  }
}

bool Seating::begin(const LaneMemory& memory) {
  const PreparedProgram& program = run_->initial();
  segment_ = nowhere;
  Work work = work_of(program, run_->programs().segments.front().first, memory);
  if (!compute_sets(program.code.set, work) || !execute_step(program, work)) return false;
  std::swap(set_states_, set_next_);
  return true;
}

bool Seating::enter(std::size_t segment, const LaneMemory& memory, Work& work) {
  const Code& code = run_->segment(segment).code;
  const bool is_new = segment != segment_;
  if (is_new || !memory.alternates) keep_lanes(code, memory);
  if (!is_new) return true;
  segment_ = segment;
  keep_sets(code);
  return compute_sets(code.set, work);
}

bool Seating::step(std::uint32_t step, const LaneMemory& memory, const OutputRows& outputs) {
  const std::size_t segment = run_->segment_of(step);
  const PreparedProgram& program = run_->segment(segment);
  Work work = work_of(program, step, memory);
  work.areas.set(Area::step, program.row(step - run_->programs().segments[segment].first), 1);
  work.outputs = outputs;
  if (step >= run_->programs().first_result_step && memory.accumulators.first != nullptr) {
    work.folding = {.accumulators = run_->programs().accumulators,
                    .values = memory.accumulators.first,
                    .stride = memory.accumulators.stride};
  }
  if (!enter(segment, memory, work) || !execute_step(program, work)) return false;
  std::swap(set_states_, set_next_);
  return true;
}

bool Seating::measure(const LaneMemory& memory, const OutputRows& measures) {
  const PreparedProgram& program = run_->measures();
  Work work = work_of(program, run_->programs().segments.back().last, memory);
  work.areas.set(Area::state, memory.accumulators.first, memory.accumulators.stride);
  work.outputs = measures;
  segment_ = nowhere;
  return compute_sets(program.code.set, work) && execute_step(program, work);
}

void Seating::load_sets(LaneColumns<const double> states) {
  for (std::size_t i = 0; i < run_->programs().n_states; ++i) {
    if (run_->state_rates()[i] == Rate::history) continue;
    const double* const from = states.column(i);
    double* const column = set_states_.column(i);
    for (std::size_t set = 0; set < sets_.size(); ++set) column[set] = from[sets_[set].first];
    std::fill(column + sets_.size(), column + set_states_.stride(), column[sets_.size() - 1]);
  }
  segment_ = nowhere;
}

void Seating::save_sets(LaneColumns<double> states) const {
  for (std::size_t i = 0; i < run_->programs().n_states; ++i) {
    if (run_->state_rates()[i] == Rate::history) continue;
    const double* const of_sets = set_states_.column(i);
    for (std::size_t set = 0; set < sets_.size(); ++set) {
      std::fill_n(states.column(i) + sets_[set].first, sets_[set].count, of_sets[set]);
    }
  }
}

}  // namespace casus::machine
