// One pass over a program for each of its pieces.
#include "machine/lanes/writer.hpp"

#include "machine/draft.hpp"
#include "random/elementary/of_double.hpp"

#include <algorithm>

namespace casus::machine {
namespace {

/// The piece that computes values of a rate; what is never folded is computed with the steps.
Rate piece_of(Rate rate) { return rate == Rate::once ? Rate::step : rate; }

bool is_of_sets(Rate rate) { return rate == Rate::set || rate == Rate::set_step; }

/// The area of states of a rate at the step's end.
Area next_area(Rate rate) { return rate == Rate::history ? Area::next : Area::set_next; }

/// Values of `rate` that are computed in the place of a state at the step's end, whose number it
/// gives.
std::map<std::uint32_t, std::uint32_t> in_place(const Studied& study, Rate rate) {
  std::map<std::uint32_t, std::uint32_t> result;
  for (const Write& write : study.program.states) {
    const bool is_computed =
        study.rates[write.source] == rate && !is_input(study.program.code[write.source].op);
    if (is_computed && study.states[write.target] == rate) {
      result.emplace(write.source, write.target);
    }
  }
  return result;
}

/// Calls `use` with every entry of `key` in order of insertion.
template <class Map, class Use>
void for_entries(const Map& map, std::uint32_t key, Use use) {
  const auto [first, end] = map.equal_range(key);
  for (auto at = first; at != end; ++at) use(at->second);
}

}  // namespace

PieceWriter::PieceWriter(const Studied& study, Rate rate, const SplitOptions& options,
                         Imports& imports)
    : study_(study),
      program_(study.program),
      rate_(rate),
      options_(options),
      imports_(imports),
      n_virtual_(static_cast<std::uint32_t>(study.program.code.size())) {
  piece_.rate = rate;
}

Piece PieceWriter::run() {
  regions_.emplace_back();
  plan_states();
  plan_checks();
  plan_takers();
  for_entries(checks_in_, no_register, [this](const Due& check) { write_check(check); });
  for_entries(accumulations_after_, no_register,
              [this](const Accumulation& one) { write_accumulation(one); });
  for (at_ = 0; at_ < program_.code.size(); ++at_) {
    close_regions(at_);
    if (study_.needed[at_]) write(at_);
  }
  close_regions(at_);
  for_entries(outputs_after_, no_register, [this](const Write& one) { write_output(one); });
  write_remaining_states();
  piece_.n_columns = n_virtual_;
  return std::move(piece_);
}

// ---- what is asked of this piece

void PieceWriter::plan_states() {
  if (rate_ != Rate::history && rate_ != Rate::set_step) return;
  for (const Rate rate : {Rate::set_step, rate_}) {
    for (const auto& [value, state] : in_place(study_, rate)) {
      final_[value] = {next_area(rate), state};
    }
  }
  for (const Write& write : program_.states) {
    if (study_.states[write.target] != rate_ || keeps(program_, write)) continue;
    const auto at = final_.find(write.source);
    const Place target{next_area(rate_), write.target};
    if (at == final_.end() || at->second != target) copied_states_.push_back(write);
  }
}

void PieceWriter::plan_checks() {
  for (const Due& check : study_.checks) {
    if (piece_of(study_.rate_of(check)) != rate_) continue;
    const bool is_here = is_ours(check.value) && study_.guards[check.value] == check.guard;
    if (is_here) {
      checks_after_.emplace(check.value, check);
    } else {
      checks_in_.emplace(check.guard, check);
    }
  }
}

void PieceWriter::plan_takers() {
  if (rate_ != Rate::history) return;
  for (const Accumulation& one : program_.accumulations) {
    std::uint32_t last = is_ours(one.value) ? one.value : no_register;
    if (one.condition != no_register && is_ours(one.condition)) {
      last = last == no_register ? one.condition : std::max(last, one.condition);
    }
    accumulations_after_.emplace(last, one);
  }
  if (!options_.outputs) return;
  for (const Write& one : program_.outputs) {
    outputs_after_.emplace(is_ours(one.source) ? one.source : no_register, one);
  }
}

// ---- words

void PieceWriter::push(Word word, std::uint32_t source) {
  word.source = source;
  piece_.words.push_back(word);
}

void PieceWriter::close_regions(std::uint32_t index) {
  while (regions_.size() > 1 && program_.code[regions_.back().guard].b <= index) {
    const std::size_t word = regions_.back().word;
    regions_.pop_back();
    if (word + 1 == piece_.words.size()) {
      piece_.words.pop_back();  // nothing of this piece was inside
    } else {
      piece_.words[word].detail = static_cast<std::uint32_t>(piece_.words.size());
    }
  }
}

void PieceWriter::write(std::uint32_t index) {
  const bool is_guard = program_.code[index].op == Op::guard;
  const bool is_alias = is_guard && study_.truth_of(index) != index;
  if (is_ours(index) && !is_alias) write_instruction(index);
  if (is_guard && is_within(study_.rates[index], rate_)) enter(index);
  for_entries(checks_after_, index, [this](const Due& check) { write_check(check); });
  for_entries(accumulations_after_, index,
              [this](const Accumulation& one) { write_accumulation(one); });
  for_entries(outputs_after_, index, [this](const Write& one) { write_output(one); });
}

void PieceWriter::enter(std::uint32_t guard) {
  const Place truth = place(study_.truth_of(guard));
  push({.action = Action::guard, .a = truth}, guard);
  regions_.push_back({.guard = guard, .word = piece_.words.size() - 1});
  for_entries(checks_in_, guard, [this](const Due& check) { write_check(check); });
}

void PieceWriter::write_instruction(std::uint32_t index) {
  const auto [op, a, b, c] = program_.code[index];
  Word word{.action = Action::apply, .op = op, .out = result(index)};
  switch (op) {
    case Op::uniform:
      word.action = Action::uniform;
      word.detail = a;
      break;
    case Op::sample:
    case Op::quantile:
    case Op::log_density: write_law(index, word); break;
    case Op::guard:
      word.op = Op::logical_and;
      word.a = place(a);
      word.b = place(study_.truth_of(study_.guards[index]));
      break;
    case Op::joined:
      word.op = Op::select;
      word.a = place(study_.truth_of(b));
      word.b = place(a);
      word.c = constant(program_.constants[c]);
      break;
    default: {
      const std::uint8_t arity = operation(op).arity;
      word.a = place(a);
      if (arity > 1) word.b = place(b);
      if (arity > 2) word.c = place(c);
    }
  }
  push(word, index);
}

void PieceWriter::write_law(std::uint32_t index, Word& word) {
  const Instruction& instruction = program_.code[index];
  const LawUse& use = program_.calls[instruction.a];
  Call call{.law = use.law, .arguments = {}, .site = use.site};
  for (const std::uint32_t argument : use.arguments) call.arguments.push_back(place(argument));
  word.action = instruction.op == Op::sample     ? Action::sample
                : instruction.op == Op::quantile ? Action::quantile
                                                 : Action::log_density;
  if (word.action != Action::sample) word.b = place(instruction.b);
  const std::uint32_t guard = study_.guards[index];
  if (guard != no_register) {
    word.has_mask = true;
    word.c = place(study_.truth_of(guard));
  }
  word.detail = static_cast<std::uint32_t>(piece_.calls.size());
  piece_.calls.push_back(std::move(call));
}

void PieceWriter::write_check(const Due& check) {
  Word word{.action = Action::check, .a = place(check.value)};
  if (check.guard != no_register) {
    word.has_mask = true;
    word.b = place(study_.truth_of(check.guard));
  }
  push(word, check.value);
}

void PieceWriter::write_accumulation(const Accumulation& one) {
  Word word{.action = Action::fold, .a = place(one.value), .detail = one.target};
  if (one.condition != no_register) {
    word.has_mask = true;
    word.b = place(one.condition);
  }
  push(word, one.value);
}

void PieceWriter::write_output(const Write& output) {
  push({.action = Action::output, .a = place_of_source(output.source), .detail = output.target},
       output.source);
}

void PieceWriter::write_remaining_states() {
  for (const Write& write : copied_states_) {
    push({.action = Action::spread,
          .out = {next_area(rate_), write.target},
          .a = place_of_source(write.source)},
         write.source);
  }
}

// ---- places

bool PieceWriter::is_ours(std::uint32_t value) const {
  return piece_of(study_.rates[value]) == rate_ && !is_input(program_.code[value].op);
}

Place PieceWriter::result(std::uint32_t value) const {
  const auto at = final_.find(value);
  if (at != final_.end()) return at->second;
  return {is_of_sets(rate_) ? Area::set_value : Area::lane, value};
}

Place PieceWriter::constant(double value) {
  const std::uint64_t bits = random::elementary::bits_of(value);
  const auto [at, is_new] =
      constants_.emplace(bits, static_cast<std::uint32_t>(piece_.constants.size()));
  if (is_new) piece_.constants.push_back(value);
  return {Area::constant, at->second};
}

Place PieceWriter::place(std::uint32_t value) {
  const Place from = place_of_source(value);
  const bool is_column_of_sets = from.area == Area::parameter || from.area == Area::set_state ||
                                 from.area == Area::set_next || from.area == Area::set_value;
  const bool needs_copy =
      rate_ == Rate::history && options_.spread == Spread::copy && is_column_of_sets;
  return needs_copy ? in_lanes(value, from) : from;
}

Place PieceWriter::place_of_source(std::uint32_t value) {
  const Instruction& instruction = program_.code[value];
  if (instruction.op == Op::constant) return constant(program_.constants[instruction.a]);
  if (is_ours(value)) return result(value);
  const Rate rate = piece_of(study_.rates[value]);
  if (rate == Rate::step) {
    if (rate_ == Rate::step) return {Area::series, instruction.a};
    const auto number = static_cast<std::uint32_t>(imports_.row.size());
    return {Area::step, imports_.row.emplace(value, number).first->second};
  }
  if (instruction.op == Op::parameter) return {Area::parameter, instruction.a};
  if (instruction.op == Op::state) {
    return {rate == Rate::history ? Area::state : Area::set_state, instruction.a};
  }
  if (final_.count(value) != 0) return final_.at(value);
  imports_.sets.insert(value);
  return {Area::set_value, value};
}

/// The column of sets copied to lanes: once for a region and all inside it.
Place PieceWriter::in_lanes(std::uint32_t value, Place from) {
  for (const Region& region : regions_) {
    const auto at = region.copied.find(value);
    if (at != region.copied.end()) return at->second;
  }
  const Place to{Area::lane, n_virtual_++};
  push({.action = Action::spread, .out = to, .a = from}, value);
  regions_.back().copied.emplace(value, to);
  return to;
}

}  // namespace casus::machine
