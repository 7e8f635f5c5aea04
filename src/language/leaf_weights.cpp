#include "language/leaf_weights.hpp"

#include <algorithm>
#include <limits>

namespace casus::language {

using machine::Op;
using Value = LeafWeights::Value;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Each costs an exponential and a logarithm in every history.
constexpr std::size_t most_classes = 16;

}  // namespace

LeafWeights::LeafWeights(Builder& builder, std::vector<Value> masses)
    : builder_(builder),
      masses_(std::move(masses)),
      log_weights_(masses_.size(), builder.constant(0.0)),
      log_total_(log_total(classes(log_weights_))) {}

Value LeafWeights::mass(const std::vector<std::size_t>& leaves) const {
  Value sum = builder_.constant(0.0);
  for (const std::size_t leaf : leaves) sum = builder_.add(sum, masses_[leaf]);
  return sum;
}

std::vector<LeafWeights::Class> LeafWeights::classes(const std::vector<Value>& log_weights) const {
  std::vector<Class> result;
  for (std::size_t leaf = 0; leaf < masses_.size(); ++leaf) {
    if (builder_.known(masses_[leaf]) == 0.0) continue;
    const auto at = std::find_if(result.begin(), result.end(), [&](const Class& each) {
      return each.log_weight == log_weights[leaf];
    });
    if (at == result.end())
      result.push_back({log_weights[leaf], masses_[leaf]});
    else
      at->mass = builder_.add(at->mass, masses_[leaf]);
  }
  return result;
}

Value LeafWeights::is_possible(Value mass) const {
  return builder_.apply(Op::less, builder_.constant(0.0), mass);
}

/// False of what is no number: it has to show in the score.
Value LeafWeights::is_log_of_zero(Value value) const {
  return builder_.apply(Op::equal, value, builder_.constant(-infinity));
}

/// log of the sum over classes of mass times exp(log weight); -infinity when all are impossible.
Value LeafWeights::log_total(const std::vector<Class>& classes) const {
  const Value impossible = builder_.constant(-infinity);
  std::vector<Value> terms;
  Value largest = impossible;
  for (const Class& each : classes) {
    const Value term = builder_.add(builder_.apply(Op::logarithm, each.mass), each.log_weight);
    terms.push_back(builder_.select(is_possible(each.mass), term, impossible));
    largest = terms.size() == 1 ? terms.back() : builder_.apply(Op::maximum, largest, terms.back());
  }
  if (terms.size() <= 1) return largest;
  Value sum = builder_.constant(0.0);
  for (const Value term : terms)
    sum = builder_.add(sum, builder_.apply(Op::exponential, builder_.subtract(term, largest)));
  const Value total = builder_.add(largest, builder_.apply(Op::logarithm, sum));
  return builder_.select(is_log_of_zero(largest), impossible, total);
}

std::optional<Value> LeafWeights::hear(Value has, const std::function<std::vector<Value>()>& told) {
  const machine::Region region = builder_.open(has);
  const std::vector<Value> here = told();
  std::vector<Value> after;
  for (std::size_t leaf = 0; leaf < here.size(); ++leaf)
    after.push_back(builder_.add(log_weights_[leaf], here[leaf]));
  const std::vector<Class> apart = classes(after);
  const bool few = apart.size() <= most_classes;
  const Value total = few ? log_total(apart) : log_total_;
  const Value score = builder_.select(is_log_of_zero(log_total_), builder_.constant(0.0),
                                      builder_.subtract(total, log_total_));
  builder_.close();
  if (!few) return std::nullopt;
  for (std::size_t leaf = 0; leaf < here.size(); ++leaf)
    log_weights_[leaf] = builder_.add(log_weights_[leaf], builder_.joined(region, here[leaf], 0.0));
  log_total_ = builder_.select(has, builder_.joined(region, total, 0.0), log_total_);
  return builder_.joined(region, score, 0.0);
}

std::vector<Value> LeafWeights::weights() const {
  std::vector<Value> result(masses_.size(), builder_.constant(0.0));
  const Value one = builder_.constant(1.0);
  const Value unexplained = is_log_of_zero(log_total_);
  for (const Class& each : classes(log_weights_)) {
    const Value ratio =
        builder_.apply(Op::exponential, builder_.subtract(each.log_weight, log_total_));
    const Value weight = builder_.select(
        is_possible(each.mass), builder_.select(unexplained, one, ratio), builder_.constant(0.0));
    for (std::size_t leaf = 0; leaf < result.size(); ++leaf) {
      if (log_weights_[leaf] == each.log_weight && builder_.known(masses_[leaf]) != 0.0)
        result[leaf] = weight;
    }
  }
  return result;
}

}  // namespace casus::language
