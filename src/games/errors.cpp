// The table of error structures. R is the mover's rationality, V(a) what she expects after option
// a, her costs subtracted, Phi the standard normal distribution function.
//
// Logit agent error (McKelvey and Palfrey 1998): p(a) is in proportion to exp(R V(a)).
//
// Probit agent error (Signorino 1999): whoever moves adds to the worth of each option an error of
// her own, normal with standard deviation s = 1 / R and independent of all others. Two errors are
// compared, so p(a) = Phi((V(a) - V(b)) / (s sqrt(2))).
//
// Private information (Signorino 2003, Political Analysis 11:316-344): each payoff of player i at a
// leaf has a part x(i, leaf), normal with standard deviation s = 1 / R(i), independent over leaves
// and players, that only i knows. Nobody learns from a move: i's parts say nothing of what the
// others will do, and i moves once on a path, so what others will do after option a has
// probabilities q(leaf | a) that do not depend on x(i, .). Her gain from a over b is then
//
//   V(a) - V(b) + sum q(leaf | a) x(i, leaf) - sum q(leaf | b) x(i, leaf),
//
// where no leaf is behind both options: normal with variance s^2 (Q(a) + Q(b)),
// Q(a) = sum q(leaf | a)^2, and p(a) = Phi(R (V(a) - V(b)) / sqrt(Q(a) + Q(b))). With one reply
// behind a and none behind b this is Signorino's sqrt(1 + p3^2 + p4^2). A player who moves twice
// would choose now with parts in mind that also move her later, and others would learn from what
// she did: another model. More than two options need the distribution of the largest of several
// correlated normals.
#include "games/errors.hpp"

#include "games/choice.hpp"

#include <algorithm>
#include <array>

namespace casus::games {

using machine::Op;

namespace {

std::vector<Value> by_logit(Builder& builder, const Weighing& at) {
  return logit(builder, at.rationality, at.worths, at.offsets);
}

/// Of two options, each exact to rounding where it is small; `variance` is that of the difference
/// of their errors where the rationality is 1.
std::vector<Value> by_normal(Builder& builder, const Weighing& at, Value variance) {
  const Value gain = builder.multiply(at.rationality, builder.subtract(at.worths[1], at.worths[0]));
  const Value scaled = builder.divide(gain, builder.apply(Op::square_root, variance));
  return {builder.apply(Op::normal_cdf, builder.apply(Op::negate, scaled)),
          builder.apply(Op::normal_cdf, scaled)};
}

std::vector<Value> by_probit(Builder& builder, const Weighing& at) {
  return by_normal(builder, at, builder.constant(2.0));
}

std::vector<Value> by_private_information(Builder& builder, const Weighing& at) {
  return by_normal(builder, at, builder.add(at.squares[0], at.squares[1]));
}

constexpr std::array rows{
    ErrorStructure{.name = "logit", .has_status_quo = true, .choice = by_logit},
    ErrorStructure{.name = "probit", .most_options = 2, .choice = by_probit},
    ErrorStructure{.name = "private",
                   .most_options = 2,
                   .moves_once = true,
                   .needs_squares = true,
                   .choice = by_private_information},
};

}  // namespace

std::span<const ErrorStructure> error_structures() { return rows; }

const ErrorStructure* find_error_structure(std::string_view name) {
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [name](const ErrorStructure& each) { return each.name == name; });
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace casus::games
