// The table of costs.
#include "machine/lanes/cost.hpp"

#include "base/bug.hpp"
#include "machine/lanes/columns.hpp"
#include "machine/lanes/memory.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

namespace casus::machine {
namespace {

struct OperationTime {
  Op op{};
  double lane = 0.0;
};

constexpr std::array operation_rows{OperationTime{Op::add, 0.16},
                                    OperationTime{Op::subtract, 0.16},
                                    OperationTime{Op::multiply, 0.16},
                                    OperationTime{Op::divide, 0.30},
                                    OperationTime{Op::negate, 0.14},
                                    OperationTime{Op::power, 5.5},
                                    OperationTime{Op::minimum, 0.20},
                                    OperationTime{Op::maximum, 0.20},
                                    OperationTime{Op::clamp, 0.34},
                                    OperationTime{Op::absolute, 0.14},
                                    OperationTime{Op::square_root, 0.57},
                                    OperationTime{Op::exponential, 0.95},
                                    OperationTime{Op::logarithm, 1.1},
                                    OperationTime{Op::log1p, 1.3},
                                    OperationTime{Op::expm1, 1.1},
                                    OperationTime{Op::logistic, 1.8},
                                    OperationTime{Op::softplus, 3.4},
                                    OperationTime{Op::hyperbolic_tangent, 1.9},
                                    OperationTime{Op::normal_cdf, 2.8},
                                    OperationTime{Op::floor, 0.15},
                                    OperationTime{Op::remainder, 7.2},
                                    OperationTime{Op::sine, 1.9},
                                    OperationTime{Op::cosine, 2.0},
                                    OperationTime{Op::less, 0.16},
                                    OperationTime{Op::less_equal, 0.16},
                                    OperationTime{Op::equal, 0.16},
                                    OperationTime{Op::not_equal, 0.16},
                                    OperationTime{Op::logical_and, 0.20},
                                    OperationTime{Op::logical_or, 0.20},
                                    OperationTime{Op::logical_not, 0.12},
                                    OperationTime{Op::select, 0.27},
                                    OperationTime{Op::multiply_add, 0.22},
                                    OperationTime{Op::multiply_subtract, 0.22},
                                    OperationTime{Op::subtract_product, 0.22}};

constexpr bool in_order() {
  constexpr auto first = static_cast<std::size_t>(Op::add);
  for (std::size_t i = 0; i < operation_rows.size(); ++i) {
    if (static_cast<std::size_t>(operation_rows[i].op) != first + i) return false;
  }
  return first + operation_rows.size() == n_operations;
}
static_assert(in_order());

/// At the first examples of a law's parameters: what is found by search takes more or less time
/// elsewhere.
struct LawTime {
  std::string_view law;
  LawCost cost;
};

constexpr std::array law_rows{
    LawTime{"normal", {3.2, 2.4, 1.5}},          LawTime{"lognormal", {4.0, 3.5, 2.5}},
    LawTime{"halfnormal", {3.0, 2.7, 1.5}},      LawTime{"uniform", {1.7, 1.3, 1.5}},
    LawTime{"exponential", {2.9, 2.8, 1.5}},     LawTime{"gamma", {480.0, 440.0, 60.0}},
    LawTime{"beta", {910.0, 910.0, 60.0}},       LawTime{"logitnormal", {5.0, 4.5, 30.0}},
    LawTime{"studentt", {1800.0, 1600.0, 60.0}}, LawTime{"cauchy", {69.0, 30.0, 30.0}},
    LawTime{"bernoulli", {1.6, 1.2, 2.5}},       LawTime{"poisson", {3.6, 730.0, 60.0}},
    LawTime{"negbinomial", {7.4, 3500.0, 60.0}}, LawTime{"binomial", {8.1, 990.0, 60.0}}};

struct FoldTime {
  Fold fold{};
  double lane = 0.0;
};

constexpr std::array fold_rows{FoldTime{Fold::sum, 0.25},    FoldTime{Fold::highest, 0.27},
                               FoldTime{Fold::lowest, 0.27}, FoldTime{Fold::first, 0.28},
                               FoldTime{Fold::last, 0.28},   FoldTime{Fold::at, 0.25}};

/// The share of the steps of `size` in which the accumulator folds.
double share_of_steps(const Accumulator& accumulator, const RunSize& size) {
  const bool is_one_step = accumulator.fold == Fold::at;
  const std::uint32_t first = std::max(accumulator.first_step, size.first_step);
  const std::uint32_t last =
      std::min(is_one_step ? accumulator.first_step : accumulator.last_step, size.last_step);
  return first > last ? 0.0 : (last - first + 1.0) / size.n_steps();
}

double lane_cost(const Piece& piece, const Word& word, const RunSize& size) {
  switch (word.action) {
    case Action::apply: return cost_of(word.op);
    case Action::sample: return cost_of(*piece.calls[word.detail].law).sample;
    case Action::quantile: return cost_of(*piece.calls[word.detail].law).quantile;
    case Action::log_density: return cost_of(*piece.calls[word.detail].law).log_density;
    case Action::fold: return cost_of(size.accumulators[word.detail].fold);
    default: return cost_of(word.action);
  }
}

std::size_t sets_of_block(const RunSize& size) {
  return whole_groups((size.n_lanes + size.per_set - 1) / size.per_set);
}

/// Numbers that a place holds, one for each lane of a block.
std::size_t numbers_at(Area area, const RunSize& size) {
  switch (area) {
    case Area::constant:
    case Area::step:
    case Area::series: return 1;
    case Area::state:
    case Area::next:
    case Area::lane: return size.n_lanes;
    default: return sets_of_block(size);
  }
}

double over(double lanes, double lane) { return word_cost + lanes * lane; }

}  // namespace

double cost_of(Op op) {
  require(op >= Op::add, "what is no arithmetic was asked for its cost");
  return operation_rows.at(static_cast<std::size_t>(op) - static_cast<std::size_t>(Op::add)).lane;
}

LawCost cost_of(const random::Law& law) {
  for (const LawTime& row : law_rows) {
    if (row.law == law.name) return row.cost;
  }
  throw Bug("no cost of the law " + std::string(law.name));
}

double cost_of(Fold fold) {
  for (const FoldTime& row : fold_rows) {
    if (row.fold == fold) return row.lane;
  }
  throw Bug("no cost of a fold");
}

double cost_of(Action action) {
  switch (action) {
    case Action::guard: return 0.09;
    case Action::check: return 0.21;
    case Action::spread: return 0.31;
    case Action::output: return 0.14;
    case Action::uniform: return 1.4;
    default: throw Bug("the cost of a word of this kind depends on what it does");
  }
}

double cost_of(const Piece& piece, const Word& word, const RunSize& size) {
  const double lane = lane_cost(piece, word, size);
  const double histories = size.n_lanes;
  const auto sets = static_cast<double>(sets_of_block(size));
  switch (piece.rate) {
    case Rate::history: {
      const bool is_fold = word.action == Action::fold;
      const double share = is_fold ? share_of_steps(size.accumulators[word.detail], size) : 1.0;
      return share * over(histories, lane) / histories;
    }
    case Rate::set_step: return over(sets, lane) / histories;
    case Rate::set: return over(sets, lane) / (histories * size.n_steps());
    default: return over(size.n_steps(), lane) / (size.n_histories * size.n_steps());
  }
}

std::vector<double> costs_of(const Piece& piece, const RunSize& size) {
  struct Entered {
    std::uint32_t end = 0;  ///< word behind the region
    double share = 1.0;
  };
  std::vector<Entered> regions;
  std::vector<double> costs;
  for (std::uint32_t i = 0; i < piece.words.size(); ++i) {
    while (!regions.empty() && regions.back().end <= i) regions.pop_back();
    const double share = regions.empty() ? 1.0 : regions.back().share;
    const Word& word = piece.words[i];
    costs.push_back(share * cost_of(piece, word, size));
    if (word.action != Action::guard) continue;
    // The truth of an inner region holds that of the outer one.
    const bool is_known = word.a.area == Area::step && word.a.index < size.true_shares.size();
    regions.push_back({word.detail, is_known ? size.true_shares[word.a.index] : share});
  }
  return costs;
}

std::size_t bytes_of_step(const Code& code, const RunSize& size) {
  std::size_t numbers = 0;
  std::set<std::uint32_t> folds;
  std::set<std::pair<Area, std::uint32_t>> common;  // of both pieces
  for (const Piece* piece : {&code.set_step, &code.history}) {
    numbers += piece->constants.size();
    const auto take = [&](const Place& place) {
      if (place.area == Area::constant) return;
      if (common.insert({place.area, place.index}).second) numbers += numbers_at(place.area, size);
    };
    for (const Word& word : piece->words) {
      for_each_place_read(*piece, word, take);
      if (writes(word.action)) take(word.out);
      if (word.action == Action::fold && folds.insert(word.detail).second) numbers += size.n_lanes;
    }
  }
  return numbers * sizeof(double);
}

}  // namespace casus::machine
