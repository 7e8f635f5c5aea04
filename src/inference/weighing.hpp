// The weights of the particles of many parameter sets, and the choice of parents inside each.
#pragma once

#include "inference/resampling.hpp"
#include "inference/scored_run.hpp"
#include "inference/weights.hpp"
#include "machine/kernels/weights.hpp"

#include <optional>
#include <span>
#include <vector>

namespace casus::inference {

/// When parents are chosen, of steps in which something was scored.
enum class When : std::uint8_t {
  below_half,  ///< the effective number of particles is less than half of them
  always,
  never,
};

struct WeighingOptions {
  std::size_t n_sets = 1;
  std::uint32_t n_particles = 1;  ///< of a set
  const Scheme* scheme = nullptr;
  When when = When::below_half;
};

/// Scores of the particles of one part: that of particle k in column j is at
/// `first + j * stride + k`.
struct PartScores {
  const double* first = nullptr;
  std::size_t stride = 0;

  const double* column(std::size_t j) const { return first + j * stride; }
};

/// A score that is NaN or +inf.
struct BadScore {
  std::size_t set = 0;
  std::uint32_t particle = 0;
  std::uint32_t column = 0;
  double score = 0.0;
};

/// What the choice of parents draws from: a key for each set.
struct ChoiceAddress {
  std::span<const random::Key> keys;
  std::uint32_t step = 0;
};

/// The scores of one step, what is drawn from, and what is made of them: `scores[s * n + j]`, n of
/// them a set, becomes the log score of column j in set s given the columns before it and all
/// earlier steps: the log of the ratio of mean weights (the chain rule). A set in which no particle
/// can comply has score -inf there and no scores from then on.
struct Weighed {
  std::span<const std::uint32_t> columns{};  ///< those that were written, in order
  ChoiceAddress address{};
  std::span<double> scores{};
};

/// All numbers are the same for any division of the work among threads.
class Weighing {
 public:
  explicit Weighing(const WeighingOptions& options);

  const WeighingOptions& options() const { return options_; }

  /// Equal weights.
  void begin();

  /// Equal weights of a set whose particles were chosen elsewhere, out of so many effective ones;
  /// 0: none of them could comply.
  void start_again(std::size_t set, double effective_size);

  /// Particles gain the weights of one step's scores; then parents are chosen where it is time:
  /// `prepare`, then `weigh_part` once for every part, in any order and on any thread, then
  /// `finish`. `prepare` makes `weighed.scores` zero. Scores need not outlive `weigh_part`.
  void prepare(const Weighed& weighed);
  void weigh_part(std::size_t part, const PartScores& scores, const Weighed& weighed);
  /// Returns the first score that is no number, if there is one.
  std::optional<BadScore> finish(const Weighed& weighed, Workers workers);

  /// Particles 0 to `part_size` - 1 of set 0 are part 0, and so on; a set begins with a new part.
  std::size_t n_parts() const { return latest_.size(); }
  std::size_t parts_per_set() const { return parts_per_set_; }

  /// The effective number of particles of a set when it was last weighed, before parents were
  /// chosen; 0 of one that cannot comply.
  double effective_size(std::size_t set) const { return effective_[set]; }

  /// Whether the last step chose parents, anywhere or in a set.
  bool any_chosen() const { return any_chosen_; }
  bool is_chosen(std::size_t set) const { return chosen_[set] != 0; }

  /// (n_particles) of a set for which `is_chosen`.
  std::span<const std::uint32_t> parents(std::size_t set) const {
    return std::span(parents_).subspan(set * options_.n_particles, options_.n_particles);
  }

  /// What the numbers of one set go on from, for moving it elsewhere.
  void save(std::size_t set, std::span<double> numbers) const;
  void load(std::size_t set, std::span<const double> numbers);
  std::size_t n_saved() const { return options_.n_particles + std::size_t{2}; }

 private:
  struct Slice {  ///< particles of one part
    std::size_t set = 0;
    std::size_t first = 0;  ///< over all sets
    std::size_t count = 0;
  };

  /// Where the logs of a part are to be found.
  enum class LogsAre : std::uint8_t {
    zero,     ///< nowhere: all are
    scores,   ///< in the one column of scores that was written, until the part is done
    written,  ///< in their place
  };

  Slice slice(std::size_t part) const;
  std::optional<BadScore> first_bad(std::size_t part, const PartScores& scores,
                                    const Weighed& weighed) const;
  BadScore bad_of(std::size_t set) const;
  void write_logs(std::size_t part);
  void keep_logs(std::size_t part, const double* scores);
  void keep_all_logs(std::size_t set);
  Part whole_of(std::size_t set, std::size_t j) const;
  machine::Gained gain_column(std::size_t part, const double* column, bool is_new);
  void gain(std::size_t part, const PartScores& scores, const Weighed& weighed);
  bool settle(std::size_t set, const Weighed& weighed);
  bool wants_parents(std::size_t set) const;
  void choose(std::size_t set, const ChoiceAddress& address);
  void choose_in_parts(const ChoiceAddress& address, Workers workers);
  void start(std::size_t set);
  random::Stream stream(std::size_t set, const ChoiceAddress& address) const;
  double factor(std::size_t part, std::size_t set) const;

  WeighingOptions options_;
  std::size_t parts_per_set_ = 1;
  std::size_t n_columns_ = 0;  ///< room in `parts_` for each part
  std::vector<double> logs_;
  std::vector<double> weights_;  ///< of each part, relative to its greatest
  std::vector<std::uint32_t> parents_;
  std::vector<Part> parts_;          ///< (part × column): sums with the columns up to this one
  std::vector<unsigned char> says_;  ///< (part × column): some score is not zero
  std::vector<Part> wholes_;         ///< by set: the last one
  std::vector<Part> latest_;         ///< by part: the last one
  std::vector<LogsAre> logs_are_;    ///< by part
  std::vector<std::optional<BadScore>> bad_;  ///< by part: the first
  std::vector<double> totals_;                ///< by set: log of the sum of the weights; -inf: dead
  std::vector<double> effective_;
  std::vector<unsigned char> chosen_;
  bool any_chosen_ = false;
};

}  // namespace casus::inference
