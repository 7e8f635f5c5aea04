// Values and regions of a program in the making.
#include "machine/builder.hpp"

#include "base/bug.hpp"
#include "machine/arithmetic.hpp"
#include "machine/simplify.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

namespace casus::machine {
namespace {

constexpr std::uint32_t index_of(Value value) { return static_cast<std::uint32_t>(value); }
constexpr std::uint32_t index_of(Region region) { return static_cast<std::uint32_t>(region); }

/// `std::bit_cast`, which libc++ 13 lacks.
std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  static_assert(sizeof bits == sizeof value);
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// Multiplies by the golden ratio (Knuth, The Art of Computer Programming 3, section 6.4), which
/// mixes upwards only: hence the shift.
std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15;
  return hash ^ (hash >> 32U);
}

/// Values with equal instructions in one region are equal.
std::uint32_t hash_of(const Instruction& at, Region region) {
  const auto pair = [](std::uint32_t x, std::uint32_t y) { return std::uint64_t{x} << 32U | y; };
  const std::uint64_t first = pair(static_cast<std::uint32_t>(at.op), at.a);
  return static_cast<std::uint32_t>(mixed(mixed(index_of(region), first), pair(at.b, at.c)));
}

bool are_equal(const Instruction& x, const Instruction& y) {
  return x.op == y.op && x.a == y.a && x.b == y.b && x.c == y.c;
}

/// Equal whichever operand comes first, but for the sign of a zero among the last two.
constexpr bool commutes(Op op) {
  switch (op) {
    case Op::add:
    case Op::multiply:
    case Op::equal:
    case Op::not_equal:
    case Op::logical_and:
    case Op::logical_or:
    case Op::minimum:
    case Op::maximum: return true;
    default: return false;
  }
}

/// What follows from `condition` being true: the parts of a true conjunction are true, those of a
/// false disjunction false. Long chains are cut, since facts are searched one by one.
std::vector<Fact> facts_of(const Draft& draft, Value condition) {
  constexpr std::size_t most = 32;
  std::vector<Fact> facts{{.value = condition, .truth = true}};
  for (std::size_t i = 0; i < facts.size() && facts.size() < most; ++i) {
    const auto [value, truth] = facts[i];
    const Instruction& made = draft.at(value).instruction;
    if (made.op == Op::logical_not) facts.push_back({Value{made.a}, !truth});
    if (made.op == (truth ? Op::logical_and : Op::logical_or)) {
      facts.push_back({Value{made.a}, truth});
      facts.push_back({Value{made.b}, truth});
    }
  }
  return facts;
}

}  // namespace

Builder::Builder() { draft_.regions.emplace_back(); }

// ---- values

Value Builder::constant(double value) {
  const std::uint32_t index = constant_index(value);
  if (index >= constant_values_.size()) constant_values_.resize(index + 1);
  std::optional<Value>& made = constant_values_[index];
  if (!made) made = place({Op::constant, index}, root_region);
  return *made;
}

Value Builder::parameter(std::uint32_t index) { return place({Op::parameter, index}, current_); }
Value Builder::state(std::uint32_t index) { return place({Op::state, index}, current_); }
Value Builder::series(std::uint32_t index) { return place({Op::series, index}, current_); }
Value Builder::uniform(std::uint32_t site) { return place({Op::uniform, site}, current_); }

Value Builder::sample(const random::Law& law, std::span<const Value> arguments,
                      std::uint32_t site) {
  return place({Op::sample, call_index(law, arguments, site)}, current_);
}

Value Builder::quantile(const random::Law& law, std::span<const Value> arguments,
                        Value probability) {
  return place({Op::quantile, call_index(law, arguments, 0), index_of(probability)}, current_);
}

Value Builder::log_density(const random::Law& law, std::span<const Value> arguments,
                           Value outcome) {
  return place({Op::log_density, call_index(law, arguments, 0), index_of(outcome)}, current_);
}

Value Builder::apply(Op op, Value a, Value b, Value c) {
  const std::uint8_t arity = arity_of(op);
  require(op >= Op::add, "an operation that needs more than operands was applied");
  if (arity < 2) b = Value{};
  if (arity < 3) c = Value{};
  if (const std::optional<Value> simpler = simplified(*this, {op, a, b, c})) return *simpler;
  if (const std::optional<double> result = folded(op, a, b, c)) return constant(*result);
  if (commutes(op) && b < a) std::swap(a, b);
  return place({op, index_of(a), index_of(b), index_of(c)}, current_);
}

std::optional<double> Builder::folded(Op op, Value a, Value b, Value c) const {
  const std::uint8_t arity = arity_of(op);
  const std::optional<double> x = known(a);
  const std::optional<double> y = arity > 1 ? known(b) : 0.0;
  const std::optional<double> z = arity > 2 ? known(c) : 0.0;
  if (!x || !y || !z) return std::nullopt;
  const double result = evaluate(op, *x, *y, *z);
  const bool from_finite = std::isfinite(*x) && std::isfinite(*y) && std::isfinite(*z);
  return from_finite && !std::isfinite(result) ? std::nullopt : std::optional(result);
}

std::optional<bool> Builder::truth(Value value) const {
  if (const std::optional<double> number = known(value)) return is_true(*number);
  for (Region region = current_; region != root_region; region = draft_.at(region).parent) {
    for (const Fact& fact : draft_.at(region).facts) {
      if (fact.value == value) return fact.truth;
    }
  }
  if (definition(value).op != Op::logical_not) return std::nullopt;
  const std::optional<bool> opposite = truth(Value{definition(value).a});
  return opposite ? std::optional(!*opposite) : std::nullopt;
}

Value Builder::place(const Instruction& instruction, Region region) {
  const bool input = is_input(instruction.op);
  const Region home = input ? root_region : region;
  if (const std::optional<Value> found = shared(instruction, home)) return *found;
  if (instruction.op != Op::joined) {
    for_each_operand(draft_, instruction, [&](Value operand) {
      require(visible(operand, home), "a value was used where it is not computed");
    });
  }
  const Value value{static_cast<std::uint32_t>(draft_.entries.size())};
  std::vector<Item>& items = draft_.at(home).items;
  draft_.entries.push_back({.instruction = instruction,
                            .region = home,
                            .position = static_cast<std::uint32_t>(items.size()),
                            .origin = origin_});
  if (input) {
    draft_.inputs.push_back(value);
  } else {
    items.push_back({.is_region = false, .index = index_of(value)});
  }
  values_.set(hash_of(instruction, home), index_of(value), [&](std::uint32_t number) {
    const Entry& other = draft_.entries[number];
    return other.region == home && are_equal(other.instruction, instruction);
  });
  return value;
}

std::optional<Value> Builder::shared(const Instruction& instruction, Region region) const {
  for (Region around = region;; around = draft_.at(around).parent) {
    const std::uint32_t number = found(instruction, around);
    if (number != Lookup::none && visible(Value{number}, region)) return Value{number};
    if (around == root_region) return std::nullopt;
  }
}

/// The latest value that `instruction` made in `region`.
std::uint32_t Builder::found(const Instruction& instruction, Region region) const {
  return values_.find(hash_of(instruction, region), [&](std::uint32_t number) {
    const Entry& entry = draft_.entries[number];
    return entry.region == region && are_equal(entry.instruction, instruction);
  });
}

bool Builder::visible(Value value, Region region) const {
  const Entry& entry = draft_.at(value);
  if (is_input(entry.instruction.op)) return true;
  std::uint32_t limit = unplaced;
  for (Region around = region; around != entry.region; around = draft_.at(around).parent) {
    if (around == root_region) return false;
    limit = draft_.at(around).position;
  }
  return entry.position < limit;
}

std::uint32_t Builder::constant_index(double value) {
  const std::uint64_t bits = bits_of(value);
  const auto hash = static_cast<std::uint32_t>(mixed(bits >> 32U, bits));
  const auto is_same = [&](std::uint32_t number) {
    return bits_of(draft_.constants[number]) == bits;
  };
  const std::uint32_t known = constants_.find(hash, is_same);
  if (known != Lookup::none) return known;
  const auto next = static_cast<std::uint32_t>(draft_.constants.size());
  draft_.constants.push_back(value);
  constants_.set(hash, next, is_same);
  return next;
}

std::uint32_t Builder::call_index(const random::Law& law, std::span<const Value> arguments,
                                  std::uint32_t site) {
  require(arguments.size() == law.parameters.size(), "a law was given too few or many arguments");
  const auto found = std::find(laws_.begin(), laws_.end(), &law);
  std::vector<std::uint32_t> key{static_cast<std::uint32_t>(found - laws_.begin()), site};
  if (found == laws_.end()) laws_.push_back(&law);
  for (const Value argument : arguments) key.push_back(index_of(argument));
  const auto next = static_cast<std::uint32_t>(draft_.calls.size());
  const auto [place, added] = calls_.try_emplace(key, next);
  if (added) {
    draft_.calls.push_back({.law = &law, .arguments = {key.begin() + 2, key.end()}, .site = site});
  }
  return place->second;
}

// ---- regions

Region Builder::open(Value condition) {
  require(visible(condition, current_), "a condition was used where it is not computed");
  const std::optional<bool> holds = truth(condition);
  if (holds == true) {
    enter(current_, Entered::merged);
    return current_;
  }
  const Region region{static_cast<std::uint32_t>(draft_.regions.size())};
  Stretch stretch{.parent = current_, .condition = condition, .origin = origin_};
  stretch.never = holds == false || draft_.at(current_).never;
  stretch.facts = facts_of(draft_, condition);
  draft_.regions.push_back(std::move(stretch));
  enter(region, Entered::opened);
  return region;
}

void Builder::close() {
  require(!places_.empty() && places_.back().entered != Entered::resumed,
          "a region was closed that is not the current one");
  if (places_.back().entered == Entered::opened) {
    Stretch& closed = draft_.at(current_);
    std::vector<Item>& items = draft_.at(closed.parent).items;
    closed.position = static_cast<std::uint32_t>(items.size());
    items.push_back({.is_region = true, .index = index_of(current_)});
  }
  go_back();
}

void Builder::resume(Region region) { enter(region, Entered::resumed); }

void Builder::leave() {
  require(!places_.empty() && places_.back().entered == Entered::resumed,
          "a region was left that was not resumed");
  go_back();
}

void Builder::enter(Region region, Entered entered) {
  places_.push_back({.before = current_, .entered = entered});
  current_ = region;
}

void Builder::go_back() {
  current_ = places_.back().before;
  places_.pop_back();
}

Value Builder::joined(Region region, Value inner, double otherwise) {
  require(visible(inner, region), "a value was joined from a region that does not hold it");
  Value value = inner;
  for (Region from = region; from != current_; from = draft_.at(from).parent) {
    require(from != root_region, "a region was joined outside the regions that hold it");
    value = outside(from, value, otherwise);
  }
  return value;
}

Value Builder::outside(Region region, Value inner, double otherwise) {
  const Stretch& stretch = draft_.at(region);
  const Region parent = stretch.parent;
  if (stretch.never) return constant(otherwise);
  require(stretch.position != unplaced, "a region was joined before it was closed");
  if (!visible(inner, parent)) {
    const Instruction instruction{Op::joined, index_of(inner), index_of(region),
                                  constant_index(otherwise)};
    return place(instruction, parent);
  }
  const Value condition = stretch.condition;
  resume(parent);
  const Value chosen = select(condition, inner, constant(otherwise));
  leave();
  return chosen;
}

// ---- what a run takes

bool Builder::of_root(Value value) const { return draft_.at(value).region == root_region; }

void Builder::write_state(std::uint32_t state, Value value) {
  require(of_root(value), "a value of a guarded region was written to a state");
  draft_.states.push_back({.target = state, .source = index_of(value)});
}

void Builder::write_output(std::uint32_t output, Value value) {
  require(of_root(value), "a value of a guarded region was written to an output");
  draft_.outputs.push_back({.target = output, .source = index_of(value)});
}

void Builder::accumulate(std::uint32_t accumulator, Value value) {
  require(of_root(value), "a value of a guarded region was accumulated");
  draft_.accumulations.push_back({.target = accumulator, .value = index_of(value)});
}

void Builder::accumulate(std::uint32_t accumulator, Value value, Value condition) {
  require(of_root(condition), "a value of a guarded region was accumulated");
  const std::optional<double> holds = known(condition);
  if (holds && !is_true(*holds)) return;
  accumulate(accumulator, value);
  if (!holds) draft_.accumulations.back().condition = index_of(condition);
}

void Builder::must_be_finite(Value value) {
  Entry& entry = draft_.entries.at(index_of(value));
  const std::optional<double> number = known(value);
  if (entry.checked || (number && std::isfinite(*number))) return;
  entry.checked = !number;
  const Region region = number ? current_ : entry.region;
  if (draft_.at(region).never) return;
  draft_.checks.push_back({.value = value, .region = region, .origin = origin_});
}

std::uint32_t Builder::set_origin(std::uint32_t origin) { return std::exchange(origin_, origin); }

std::uint32_t Builder::add_origin(Origin origin) {
  draft_.origins.push_back(std::move(origin));
  return static_cast<std::uint32_t>(draft_.origins.size() - 1);
}

Program Builder::finish() const {
  require(places_.empty(), "a program was finished inside a region");
  return flattened(draft_);
}

}  // namespace casus::machine
