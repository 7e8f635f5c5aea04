// Rates flow from inputs to results, and through states from step to step.
#include "machine/lanes/rate.hpp"

#include <algorithm>
#include <array>

namespace casus::machine {
namespace {

class RateFlow {
 public:
  RateFlow(const Program& program, std::span<const Rate> states)
      : program_(program), states_(states), guards_(guards_of(program)) {}

  std::vector<Rate> run() {
    rates_.resize(program_.code.size());
    for (std::uint32_t i = 0; i < rates_.size(); ++i) rates_[i] = rate_of(i);
    return std::move(rates_);
  }

 private:
  Rate rate_of(std::uint32_t index) const {
    const auto [op, a, b, c] = program_.code[index];
    switch (op) {
      case Op::constant: return Rate::once;
      case Op::parameter: return Rate::set;
      case Op::state: return states_[a];
      case Op::series: return Rate::step;
      case Op::uniform:
      case Op::sample: return Rate::history;
      // Its arguments may be invalid where its region is not entered: it stays inside.
      case Op::quantile:
      case Op::log_density: return rates_[b] | of_arguments(a) | around(index);
      case Op::guard: return rates_[a] | around(index);
      case Op::joined: return rates_[a] | rates_[b];
      default: break;
    }
    Rate rate = rates_[a];
    const std::uint8_t arity = operation(op).arity;
    if (arity > 1) rate = rate | rates_[b];
    if (arity > 2) rate = rate | rates_[c];
    return rate;
  }

  Rate around(std::uint32_t index) const {
    return guards_[index] == no_register ? Rate::once : rates_[guards_[index]];
  }

  Rate of_arguments(std::uint32_t call) const {
    Rate rate = Rate::once;
    for (const std::uint32_t argument : program_.calls[call].arguments) {
      rate = rate | rates_[argument];
    }
    return rate;
  }

  const Program& program_;
  std::span<const Rate> states_;
  std::vector<std::uint32_t> guards_;
  std::vector<Rate> rates_;
};

constexpr std::array<std::string_view, 8> names{
    "once", "step", "parameter set", "parameter set and step", "", "", "", "history"};

/// Raises the rates of written states; true when one rose.
bool raise(const Program& program, std::vector<Rate>& states) {
  const std::vector<Rate> rates = rates_of(program, states);
  bool rose = false;
  for (const Write& write : program.states) {
    const Rate after = states[write.target] | rates[write.source];
    rose = rose || after != states[write.target];
    states[write.target] = after;
  }
  return rose;
}

}  // namespace

std::string_view name_of(Rate rate) { return names.at(static_cast<std::size_t>(rate)); }

std::vector<Rate> rates_of(const Program& program, std::span<const Rate> states) {
  return RateFlow(program, states).run();
}

std::vector<Rate> state_rates(const Program& initial, std::span<const Program* const> steps,
                              std::span<const Rate> at_least) {
  std::vector<Rate> states(at_least.begin(), at_least.end());
  for (Rate& rate : states) rate = rate | Rate::set_step;
  raise(initial, states);
  bool rose = true;
  while (rose) {
    rose = false;
    for (const Program* program : steps) rose = raise(*program, states) || rose;
  }
  return states;
}

std::vector<std::uint32_t> guards_of(const Program& program) {
  std::vector<std::uint32_t> guards;
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 0; i < program.code.size(); ++i) {
    while (!open.empty() && program.code[open.back()].b <= i) open.pop_back();
    guards.push_back(open.empty() ? no_register : open.back());
    if (program.code[i].op == Op::guard) open.push_back(i);
  }
  return guards;
}

}  // namespace casus::machine
