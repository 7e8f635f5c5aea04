// Builds a program value by value: folds constants, shares common subexpressions, keeps guarded
// regions apart and drops what no result needs.
#pragma once

#include "machine/draft.hpp"
#include "machine/lookup.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace casus::machine {

class Builder {
 public:
  Builder();

  Value constant(double value);
  Value parameter(std::uint32_t index);
  Value state(std::uint32_t index);
  Value series(std::uint32_t index);
  Value uniform(std::uint32_t site);
  Value sample(const random::Law& law, std::span<const Value> arguments, std::uint32_t site);
  Value quantile(const random::Law& law, std::span<const Value> arguments, Value probability);
  /// -infinity outside the support.
  Value log_density(const random::Law& law, std::span<const Value> arguments, Value outcome);

  /// Any operation from `add` on; operands beyond its arity are ignored. Folds what is known:
  /// constants, x + 0, 1 * x, select on a known truth, and 0 * x, which is 0 whatever x is, since a
  /// term with a zero factor is meant to be absent. x == x is not folded, since x may be no number,
  /// nor is what gives no finite number, so that a failure can name it. Equal values are one value
  /// where one is at hand: in the current region or in one around it.
  Value apply(Op op, Value a, Value b = Value{}, Value c = Value{});

  Value add(Value a, Value b) { return apply(Op::add, a, b); }
  Value subtract(Value a, Value b) { return apply(Op::subtract, a, b); }
  Value multiply(Value a, Value b) { return apply(Op::multiply, a, b); }
  Value divide(Value a, Value b) { return apply(Op::divide, a, b); }
  Value select(Value condition, Value yes, Value no) {
    return apply(Op::select, condition, yes, no);
  }

  /// The value when it is the same in every run, else nothing.
  std::optional<double> known(Value value) const {
    const Instruction& made = definition(value);
    if (made.op != Op::constant) return std::nullopt;
    return draft_.constants[made.a];
  }

  /// Whether it is true, where that is known in the current region: of constants, and of what the
  /// conditions of the regions around imply.
  std::optional<bool> truth(Value value) const;

  /// How a value is computed; operands are values as `Entry` says.
  const Instruction& definition(Value value) const { return draft_.at(value).instruction; }

  // ---- regions. New values go into the current region; a value may be used in its own region and
  // in regions inside it, elsewhere only through `joined`.

  /// Opens a region inside the current one and makes it current. It runs where `close` puts it,
  /// after all that its parent holds by then. Where the condition is known to be true this is the
  /// current region itself.
  Region open(Value condition);
  void close();

  /// Makes `region` current again, for values that need nothing computed after it was closed.
  void resume(Region region);
  void leave();  ///< ends `resume`

  /// Makes the root current until `leave`: for values that do not depend on any open region.
  void to_root() { resume(root_region); }

  Region current() const { return current_; }

  /// In the current region, which holds `region`, closed, at any depth: the inner value where the
  /// region ran, `otherwise` where it did not.
  Value joined(Region region, Value inner, double otherwise);

  // ---- what a run takes from the program. Values must be of the root; each state and output is
  // written at most once. None of these checks that the value is finite.

  void write_state(std::uint32_t state, Value value);
  void write_output(std::uint32_t output, Value value);
  void accumulate(std::uint32_t accumulator, Value value);
  void accumulate(std::uint32_t accumulator, Value value, Value condition);

  /// `value` must be finite in the regions it lives in (its guard is found from where it was
  /// built; for a constant: the current region).
  void must_be_finite(Value value);

  /// Statements that the following values come from, until changed; returns the previous one.
  std::uint32_t set_origin(std::uint32_t origin);
  std::uint32_t add_origin(Origin origin);
  std::uint32_t origin() const { return origin_; }

  /// The finished program: regions flattened, dead values dropped, registers numbered in order.
  Program finish() const;

 private:
  enum class Entered : std::uint8_t { opened, merged, resumed };

  struct Place {  ///< a region that was current, and how the present one was entered
    Region before{};
    Entered entered{};
  };

  /// The value of `instruction` at the end of `region`: one that is at hand there, or a new one.
  Value place(const Instruction& instruction, Region region);
  std::optional<Value> shared(const Instruction& instruction, Region region) const;
  std::uint32_t found(const Instruction& instruction, Region region) const;

  /// Whether `value` is computed before the end of `region`, and wherever that runs.
  bool visible(Value value, Region region) const;

  std::uint32_t constant_index(double value);
  std::uint32_t call_index(const random::Law& law, std::span<const Value> arguments,
                           std::uint32_t site);

  /// The result when every operand is known and it is finite, or no operand is.
  std::optional<double> folded(Op op, Value a, Value b, Value c) const;

  /// `inner` of `region` in the parent of `region`.
  Value outside(Region region, Value inner, double otherwise);
  bool of_root(Value value) const;
  void enter(Region region, Entered entered);
  void go_back();

  Draft draft_;
  Region current_ = root_region;
  std::uint32_t origin_ = 0;
  std::vector<Place> places_;
  Lookup values_;                                      ///< by instruction and region, the latest
  Lookup constants_;                                   ///< by bits
  std::vector<std::optional<Value>> constant_values_;  ///< by constant
  std::map<std::vector<std::uint32_t>, std::uint32_t> calls_;  ///< by law, site, arguments
  std::vector<const random::Law*> laws_;                       ///< in order of first use
};

}  // namespace casus::machine
