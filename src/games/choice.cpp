// The logit rule of choice, as instructions.
#include "games/choice.hpp"

#include "base/bug.hpp"

#include <algorithm>

namespace casus::games {

using machine::Op;

namespace {

bool all_known_zero(const Builder& builder, std::span<const Value> values) {
  return std::all_of(values.begin(), values.end(),
                     [&](Value value) { return known_zero(builder, value); });
}

Value largest(Builder& builder, std::span<const Value> values) {
  Value best = values.front();
  for (const Value value : values.subspan(1)) best = builder.apply(Op::maximum, best, value);
  return best;
}

std::vector<Value> two_options(Builder& builder, Value rationality, std::span<const Value> worths,
                               std::span<const Value> offsets) {
  const Value gain = builder.multiply(rationality, builder.subtract(worths[1], worths[0]));
  const Value difference = builder.add(gain, builder.subtract(offsets[1], offsets[0]));
  return {builder.apply(Op::logistic, builder.apply(Op::negate, difference)),
          builder.apply(Op::logistic, difference)};
}

std::vector<Value> many_options(Builder& builder, Value rationality, std::span<const Value> worths,
                                std::span<const Value> offsets) {
  const Value best = largest(builder, worths);
  std::vector<Value> logits;
  for (std::size_t k = 0; k < worths.size(); ++k) {
    const Value gain = builder.multiply(rationality, builder.subtract(worths[k], best));
    logits.push_back(builder.add(gain, offsets[k]));
  }
  // Without offsets the largest logit is 0 already.
  if (!all_known_zero(builder, offsets)) {
    const Value peak = largest(builder, logits);
    for (Value& logit : logits) logit = builder.subtract(logit, peak);
  }
  std::vector<Value> shares;
  Value sum = builder.constant(0.0);
  for (const Value logit : logits) {
    shares.push_back(builder.apply(Op::exponential, logit));
    sum = builder.add(sum, shares.back());
  }
  const Value scale = builder.divide(builder.constant(1.0), sum);
  for (Value& share : shares) share = builder.multiply(share, scale);
  return shares;
}

}  // namespace

bool known_zero(const Builder& builder, Value value) { return builder.known(value) == 0.0; }

std::vector<Value> logit(Builder& builder, Value rationality, std::span<const Value> worths,
                         std::span<const Value> offsets) {
  require(!worths.empty() && worths.size() == offsets.size(), "a menu without options");
  if (worths.size() == 1) return certain(builder, 1, 0);
  if (worths.size() == 2) return two_options(builder, rationality, worths, offsets);
  return many_options(builder, rationality, worths, offsets);
}

std::vector<Value> committed(Builder& builder, std::span<const Value> choice, std::size_t option,
                             Value credibility) {
  const Value doubt = builder.subtract(builder.constant(1.0), credibility);
  std::vector<Value> result;
  for (std::size_t k = 0; k < choice.size(); ++k) {
    const Value otherwise = builder.multiply(doubt, choice[k]);
    result.push_back(k == option ? builder.add(credibility, otherwise) : otherwise);
  }
  return result;
}

std::vector<Value> certain(Builder& builder, std::size_t n_options, std::size_t option) {
  std::vector<Value> result(n_options, builder.constant(0.0));
  result.at(option) = builder.constant(1.0);
  return result;
}

std::vector<Value> weights(Builder& builder, std::span<const Value> choice) {
  if (choice.size() != 2) return {choice.begin(), choice.end()};
  return {builder.subtract(builder.constant(1.0), choice[1]), choice[1]};
}

}  // namespace casus::games
