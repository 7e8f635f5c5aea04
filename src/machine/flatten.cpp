// From a tree of regions to a list of instructions.
#include "base/bug.hpp"
#include "machine/draft.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace casus::machine {
namespace {

constexpr std::uint32_t index_of(Value value) { return static_cast<std::uint32_t>(value); }
constexpr std::uint32_t index_of(Region region) { return static_cast<std::uint32_t>(region); }

constexpr std::uint32_t unnumbered = 0xffffffffU;

class Flattening {
 public:
  explicit Flattening(const Draft& draft)
      : draft_(draft),
        values_(draft.entries.size()),
        regions_(draft.regions.size()),
        constants_(draft.constants.size(), unnumbered),
        calls_(draft.calls.size(), unnumbered) {}

  Program run() {
    mark();
    program_.code.reserve(draft_.entries.size());
    program_.origin.reserve(draft_.entries.size());
    for (const Value input : draft_.inputs) emit(index_of(input));
    emit_items(root_region);
    take_results();
    program_.origins = draft_.origins;
    return std::move(program_);
  }

 private:
  struct ValueState {
    bool live = false;
    std::uint32_t number = unnumbered;  ///< register
  };

  struct RegionState {
    bool live = false;
    bool checked = false;  ///< holds sinks itself
    std::uint32_t guard = unnumbered;
    std::uint32_t truth = unnumbered;  ///< register that says, at the root, whether it ran
  };

  // ---- what is needed

  void mark() {
    for (const Write& write : draft_.states) need(Value{write.source});
    for (const Write& write : draft_.outputs) need(Value{write.source});
    for (const Accumulation& accumulation : draft_.accumulations) {
      need(Value{accumulation.value});
      if (accumulation.condition != no_register) need(Value{accumulation.condition});
    }
    for (const Check& check : draft_.checks) {
      need(check.value);
      need(check.region);
      regions_[index_of(check.region)].checked = true;
    }
    while (!pending_.empty()) {
      const Entry& entry = draft_.at(pending_.back());
      pending_.pop_back();
      need(entry.region);
      if (entry.instruction.op == Op::joined) need(Region{entry.instruction.b});
      for_each_operand(draft_, entry.instruction, [this](Value operand) { need(operand); });
    }
  }

  void need(Value value) {
    ValueState& state = values_[index_of(value)];
    if (state.live) return;
    state.live = true;
    pending_.push_back(value);
  }

  void need(Region region) {
    while (region != root_region && !regions_[index_of(region)].live) {
      regions_[index_of(region)].live = true;
      need(draft_.at(region).condition);
      region = draft_.at(region).parent;
    }
  }

  // ---- instructions

  std::uint32_t append(const Instruction& instruction, std::uint32_t origin) {
    program_.code.push_back(instruction);
    program_.origin.push_back(origin);
    return static_cast<std::uint32_t>(program_.code.size() - 1);
  }

  std::uint32_t register_of(std::uint32_t value) const {
    const std::uint32_t number = values_[value].number;
    require(number != unnumbered, "a value was read before it was computed");
    return number;
  }

  void emit(std::uint32_t value) {
    if (!values_[value].live) return;
    const Entry& entry = draft_.entries[value];
    values_[value].number = append(numbered(entry.instruction), entry.origin);
  }

  Instruction numbered(Instruction instruction) {
    std::uint32_t& a = instruction.a;
    std::uint32_t& b = instruction.b;
    std::uint32_t& c = instruction.c;
    const Op op = instruction.op;
    if (op == Op::constant) a = constant(a);
    if (takes_law(op)) a = call(a);
    if (takes_law(op) && op != Op::sample) b = register_of(b);
    if (op == Op::joined) {
      a = register_of(a);
      b = regions_[b].guard;
      c = constant(c);
    }
    if (op < Op::add) return instruction;
    const std::uint8_t arity = arity_of(op);
    a = register_of(a);
    if (arity > 1) b = register_of(b);
    if (arity > 2) c = register_of(c);
    return instruction;
  }

  std::uint32_t constant(std::uint32_t index) {
    std::uint32_t& number = constants_[index];
    if (number == unnumbered) {
      number = static_cast<std::uint32_t>(program_.constants.size());
      program_.constants.push_back(draft_.constants[index]);
    }
    return number;
  }

  std::uint32_t call(std::uint32_t index) {
    std::uint32_t& number = calls_[index];
    if (number == unnumbered) {
      LawUse use = draft_.calls[index];
      for (std::uint32_t& argument : use.arguments) argument = register_of(argument);
      number = static_cast<std::uint32_t>(program_.calls.size());
      program_.calls.push_back(std::move(use));
    }
    return number;
  }

  /// The constant "false"; the draft may hold none.
  std::uint32_t zero() {
    if (!zero_) {
      zero_ = static_cast<std::uint32_t>(program_.constants.size());
      program_.constants.push_back(0.0);
    }
    return *zero_;
  }

  // ---- regions

  /// Returns the regions with sinks in what it emitted; their `truth` can be read after it.
  std::vector<Region> emit_items(Region region) {
    std::vector<Region> checked;
    for (const Item& item : draft_.at(region).items) {
      if (!item.is_region) {
        emit(item.index);
      } else if (regions_[item.index].live) {
        const std::vector<Region> inner = emit_region(Region{item.index});
        checked.insert(checked.end(), inner.begin(), inner.end());
      }
    }
    return checked;
  }

  std::vector<Region> emit_region(Region region) {
    const Stretch& stretch = draft_.at(region);
    RegionState& state = regions_[index_of(region)];
    state.guard = append({Op::guard, register_of(index_of(stretch.condition))}, stretch.origin);
    std::vector<Region> checked = emit_items(region);
    program_.code[state.guard].b = static_cast<std::uint32_t>(program_.code.size());
    // Where this region was skipped, the guards inside hold what an earlier step left.
    for (const Region inner : checked) {
      std::uint32_t& truth = regions_[index_of(inner)].truth;
      truth = append({Op::joined, truth, state.guard, zero()}, draft_.at(inner).origin);
    }
    if (state.checked) {
      state.truth = state.guard;
      checked.push_back(region);
    }
    return checked;
  }

  // ---- results

  std::vector<Write> writes(const std::vector<Write>& drafted) const {
    std::vector<Write> result = drafted;
    const auto by_target = [](const Write& x, const Write& y) { return x.target < y.target; };
    const auto same = [](const Write& x, const Write& y) { return x.target == y.target; };
    std::stable_sort(result.begin(), result.end(), by_target);
    require(std::adjacent_find(result.begin(), result.end(), same) == result.end(),
            "a state or an output was written twice");
    for (Write& write : result) write.source = register_of(write.source);
    return result;
  }

  void take_results() {
    program_.states = writes(draft_.states);
    program_.outputs = writes(draft_.outputs);
    for (Accumulation accumulation : draft_.accumulations) {
      accumulation.value = register_of(accumulation.value);
      if (accumulation.condition != no_register) {
        accumulation.condition = register_of(accumulation.condition);
      }
      program_.accumulations.push_back(accumulation);
    }
    for (const Check& check : draft_.checks) {
      const bool always = check.region == root_region;
      program_.sinks.push_back(
          {.value = register_of(index_of(check.value)),
           .live = always ? no_register : regions_[index_of(check.region)].truth,
           .origin = check.origin});
    }
  }

  const Draft& draft_;
  Program program_;
  std::vector<ValueState> values_;
  std::vector<RegionState> regions_;
  std::vector<std::uint32_t> constants_;  ///< numbers in the program
  std::vector<std::uint32_t> calls_;
  std::vector<Value> pending_;
  std::optional<std::uint32_t> zero_;
};

}  // namespace

Program flattened(const Draft& draft) { return Flattening(draft).run(); }

}  // namespace casus::machine
