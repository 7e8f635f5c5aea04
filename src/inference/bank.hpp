// Many parameter sets side by side, each with its particles, moved step by step through a scored
// run: all particles of all sets in the same blocks of lanes.
#pragma once

#include "inference/boost.hpp"
#include "inference/scored_run.hpp"
#include "inference/trail.hpp"
#include "inference/weighing.hpp"
#include "machine/lanes/seating.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace casus::inference {

struct BankOptions {
  std::size_t n_sets = 1;
  std::uint32_t n_particles = 1000;  ///< of a set; an exact run (see `is_exact`) needs one
  const Scheme* scheme = nullptr;    ///< nullptr: the first of the table
  When when = When::below_half;
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;  ///< of the whole work under the seed
  std::uint32_t epoch = 0;  ///< banks of one replication must differ here, else they share draws
  Boosts boosts{};
  std::uint32_t n_lanes = 0;                  ///< of a block; 0: what suits the run
  const machine::Kernels* kernels = nullptr;  ///< nullptr: the best
};

/// The bootstrap particle filter (Gordon, Salmond & Smith 1993). In a step each particle moves by
/// the step's program, is weighted by its scores, and may get another parent inside its set before
/// the next. A particle draws at the slot of its place in the set, whoever its parent is. All
/// numbers are the same for any number of threads and any size of blocks.
class Bank {
 public:
  /// The programs must outlive the bank.
  Bank(const ScoredRun& run, const BankOptions& options);
  Bank(const Bank&) = delete;
  Bank& operator=(const Bank&) = delete;
  ~Bank() = default;

  const BankOptions& options() const { return options_; }
  std::uint32_t first_step() const { return inference::first_step(run_); }

  /// Draws are those of another epoch from the next `begin` or `load` on.
  void set_epoch(std::uint32_t epoch);

  /// From the next time on that its step is run.
  void boost(const Boost& boost);
  void set_boosts(const Boosts& boosts) { options_.boosts = boosts; }

  /// `parameters` (n_sets × n_parameters): all sets at their start, with equal weights.
  [[nodiscard]] std::optional<Fault> begin(std::span<const double> parameters, Workers workers);

  /// The same, but draws are those at the addresses of `trails` (n_sets), which must be of this
  /// seed and replication, from the first step to the last that is run.
  [[nodiscard]] std::optional<Fault> begin_on(std::span<const double> parameters,
                                              std::vector<Trail> trails, Workers workers);

  /// The next step. After a fault only `begin` helps.
  [[nodiscard]] std::optional<Fault> step(std::uint32_t step, Workers workers);

  /// Of the last step, (n_columns) of a set: see `Weighed`.
  std::span<const double> scores(std::size_t set) const {
    return std::span(scores_).subspan(set * run_.n_columns, run_.n_columns);
  }
  /// Of all sets, (n_sets × n_columns).
  std::span<const double> scores() const { return scores_; }

  /// Log-likelihood estimates of all steps since `begin`; the likelihood is estimated without bias.
  std::span<const double> log_likelihoods() const { return log_likelihoods_; }
  std::span<const double> parameters(std::size_t set) const {
    return std::span(parameters_).subspan(set * n_parameters(), n_parameters());
  }
  const Weighing& weighing() const { return weighing_; }

  /// Behind a boosted step: by how many of the particles that it went on from a set's draws weigh.
  double effective_parents(std::size_t set) const { return effective_parents_[set]; }

  /// (n_sets) where all draws of a set came from: a bank begun on them goes through them again.
  std::span<const Trail> trails() const { return trails_; }

  // ---- moving sets. The place of a set decides its draws in the steps to come.

  /// Set `i` becomes what `parents[i]` was.
  void rearrange(std::span<const std::uint32_t> parents, Workers workers);

  /// Each of `sets` becomes what it is in `from`, a bank of the same run, size and step.
  void take(std::span<const std::uint32_t> sets, Bank& from, Workers workers);

  /// Where a particle stands.
  struct Place {
    std::size_t set = 0;
    std::size_t particle = 0;  ///< of the set
  };
  /// Copies of particles behind the last step: state i of the k-th goes to
  /// `states[i * places.size() + k]`.
  void states_of(std::span<const Place> places, std::span<double> states, Workers workers);

  /// All that the steps to come depend on, (n_numbers), which goes with the step that comes next
  /// and with the boosts.
  std::size_t n_numbers() const;
  void save(std::span<double> numbers, Workers workers);
  void load(std::span<const double> numbers);
  /// Comes before `load` where another bank saved: trails of those sets, and the next step.
  void set_trails(std::vector<Trail> trails, std::uint32_t next_step);
  /// Puts the bank back to before its last step with the numbers saved then.
  void step_back(std::span<const double> numbers);

 private:
  struct Room {  ///< what one worker works in
    machine::ColumnMemory lanes;
    machine::ColumnMemory states;
    machine::ColumnMemory scores;  ///< of a part, where sets have blocks of their own
  };

  std::size_t n_parameters() const { return run_.programs.n_parameters; }
  std::size_t n_lanes_of(std::size_t block) const { return stretches_[block].count; }
  std::size_t first_lane(std::size_t block) const { return stretches_[block].first; }
  std::size_t set_of(std::size_t lane) const { return lane / set_stride_; }

  std::optional<Fault> start(std::span<const double> parameters, Workers workers);
  void draw_at(std::size_t set, const Address& address);
  void follow_trails(std::uint32_t step, Workers workers);
  void seat(std::size_t block);
  void seat_all();
  void seat_again();
  void fill_behind(std::size_t block);
  void make_rooms(std::size_t width);
  /// `work` for each of `n`, in parallel.
  void for_each(std::size_t n, Workers workers,
                const std::function<void(std::size_t i, Room& room)>& work);
  bool move(std::size_t block, std::uint32_t step, Room& room, machine::LaneColumns<double> scores);
  bool move_part(std::size_t part, std::uint32_t step, Room& room);
  void move_and_weigh(std::uint32_t step, const Weighed& weighed, Workers workers);
  std::optional<Fault> plain_step(std::uint32_t step, Workers workers);

  /// States vary at least at these rates (see `machine::LaneOptions`).
  Bank(const ScoredRun& run, const BankOptions& options, std::span<const machine::Rate> at_least);

  // ---- boosts
  std::optional<Fault> boosted_step(const Boost& boost, Workers workers);
  Bank& crowd(const Boost& boost);
  void enter_crowd(Bank& crowd, std::size_t k, std::size_t set, const Boost& boost) const;
  void leave_crowd(const Bank& crowd, std::size_t k, std::size_t set, const Boost& boost,
                   double before);
  void take_scores(const Bank& crowd, std::size_t k, std::size_t set, double before);
  void choose_from(const Bank& crowd, std::size_t k, std::size_t set, std::uint32_t step);

  machine::LaneColumns<double> columns(machine::ColumnMemory& memory, std::size_t block) const;
  void gather(std::size_t block, machine::LaneColumns<double> into) const;
  machine::LaneColumns<const double> states_of(std::size_t block, Room& room);

  Fault failing_lane(std::size_t block, const machine::Program& program, std::uint32_t step,
                     machine::LaneColumns<const double> states) const;
  std::optional<Fault> failed_begin(std::size_t block) const;
  std::optional<Fault> failed_step(std::size_t block, std::uint32_t step);
  Fault fault_of(const BadScore& bad, std::uint32_t step) const;

  /// States of all particles in their places, those that vary by set too.
  void settle(Workers workers);

  struct Stretch {  ///< the lanes of a block among all
    std::size_t first = 0;
    std::size_t count = 0;
  };

  ScoredRun run_;
  BankOptions options_;
  std::size_t set_stride_;        ///< lanes from one set to the next
  std::uint32_t first_slot_ = 0;  ///< where particle 0 of a set draws
  machine::LaneRun lanes_;
  Weighing weighing_;
  std::vector<double> parameters_;  ///< (n_sets × n_parameters)
  std::vector<random::Key> keys_;   ///< of the histories, of the choices of parents
  std::vector<random::Key> choice_keys_;
  std::vector<Stretch> stretches_;  ///< by block
  std::vector<unsigned char> failed_;
  std::vector<machine::Seating> seats_;
  std::vector<Room> rooms_;
  machine::ColumnMemory states_;  ///< of all particles of all sets
  machine::ColumnMemory next_;
  machine::ColumnMemory all_scores_;                 ///< where sets share blocks
  std::vector<std::vector<std::uint32_t>> written_;  ///< columns by segment
  bool parents_pending_ = false;                     ///< parents were chosen, states not yet moved
  std::vector<Trail> trails_;
  bool follows_ = false;         ///< draws are where the trails say
  std::uint32_t next_step_ = 0;  ///< to be run
  std::vector<double> scores_;
  std::vector<double> log_likelihoods_;

  struct Crowd {  ///< what goes through a boost
    Boost boost{};
    std::unique_ptr<Bank> bank{};
  };
  std::vector<Crowd> crowds_;
  std::vector<double> effective_parents_;  ///< by set

  // ---- what a boost goes back to
  struct Kept {  ///< all sets as they were when a step began
    machine::ColumnMemory states{};
    std::vector<double> weights{};          ///< (n_sets × n_saved)
    std::vector<double> log_likelihoods{};  ///< by set
  };
  std::map<std::uint32_t, Kept> kept_;  ///< by the step that begins
  std::set<std::uint32_t> steps_to_keep() const;
  Kept empty_kept() const;
  void keep(Workers workers);
  void load_kept(std::span<const double> numbers);
  void rearrange_kept(std::span<const std::uint32_t> parents);
  void take_kept(std::uint32_t set, const Bank& from);
};

}  // namespace casus::inference
