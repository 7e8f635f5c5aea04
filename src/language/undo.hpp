// Expressions undone from their value down to one part of them, as instructions: what that part
// must have been, and how fast it moves with the value.
#pragma once

#include "language/syntax.hpp"
#include "machine/builder.hpp"
#include "random/law.hpp"

#include <string_view>
#include <vector>

namespace casus::language {

/// Whether a function of one argument has an inverse.
bool can_undo(machine::Op op);

/// Begins at a value y of a whole expression; each call goes one operation further in. Where a part
/// of `ranges` does not hold nothing gives y, and `value` and `log_slope` mean nothing.
class Undoing {
 public:
  using Value = machine::Value;
  using Op = machine::Op;

  Undoing(machine::Builder& builder, Value y);

  struct Range {
    Value holds{};
    std::string_view why{};  ///< what the operation gives, "`exp` is above 0"
    Span span{};             ///< of the operation
  };

  void negation() { value_ = builder_.apply(Op::negate, value_); }

  /// A function that `can_undo`.
  void function(Op op, Span span);

  /// `+ - * /` with `other` on the other side; `left`: the part stands on the left of the sign.
  void arithmetic(BinaryKind kind, bool left, Value other, Span span);

  /// part ^ exponent. `odd`: the exponent is an odd whole number and the part may be negative; else
  /// the part is known to be positive.
  void power(Value exponent, bool odd, Span span);

  /// base ^ part
  void exponent(Value base, Span span);

  /// A law gives 0 and more only, or 0 to 1.
  void support(random::Support support, Span span);

  Value value() const { return value_; }
  Value log_slope() const { return log_slope_; }  ///< log |d value / d y|
  const std::vector<Range>& ranges() const { return ranges_; }

 private:
  void demand(Value holds, std::string_view why, Span span) {
    ranges_.push_back({holds, why, span});
  }
  void steeper(Value log_slope) { log_slope_ = builder_.add(log_slope_, log_slope); }
  Value log_size(Value value);
  Value number(double value) { return builder_.constant(value); }
  Value above(Value value, double bound) { return builder_.apply(Op::less, number(bound), value); }
  Value below(Value value, double bound) { return builder_.apply(Op::less, value, number(bound)); }
  Value not_zero(Value value) { return builder_.apply(Op::not_equal, value, number(0.0)); }

  machine::Builder& builder_;
  Value value_;
  Value log_slope_;
  std::vector<Range> ranges_;
};

}  // namespace casus::language
