// Marking backwards from what a run keeps.
#include "machine/lanes/needs.hpp"

#include "base/bug.hpp"

namespace casus::machine {
namespace {

/// The guard whose region a truth at the root stands for: `joined` after `joined` leads there.
std::uint32_t guard_behind(const Program& program, std::uint32_t live) {
  while (live != no_register && program.code[live].op == Op::joined) live = program.code[live].a;
  require(live == no_register || program.code[live].op == Op::guard, "a sink lives in no region");
  return live;
}

class Marking {
 public:
  explicit Marking(Studied& study) : study_(study) {}

  void need(std::uint32_t value) { study_.needed[value] = true; }

  void need_region(std::uint32_t guard) {
    if (guard == no_register) return;
    need(guard);
    need(study_.truth_of(guard));
  }

  /// Every instruction reads only earlier ones, so one pass from the end reaches all.
  void spread() {
    for (auto i = static_cast<std::uint32_t>(study_.needed.size()); i-- > 0;) {
      if (!study_.needed[i]) continue;
      for_each_read(study_, i, [this](std::uint32_t read) { need(read); });
      const std::uint32_t guard = study_.guards[i];
      if (guard != no_register && is_within(study_.rates[guard], study_.rates[i])) {
        need_region(guard);
      }
    }
  }

 private:
  Studied& study_;
};

}  // namespace

bool keeps(const Program& program, const Write& write) {
  const Instruction& source = program.code[write.source];
  return source.op == Op::state && source.a == write.target;
}

Studied studied(const Program& program, std::span<const Rate> states, bool outputs) {
  Studied study{.program = program,
                .states = states,
                .rates = rates_of(program, states),
                .guards = guards_of(program),
                .needed = std::vector<bool>(program.code.size()),
                .checks = {}};
  for (const Sink& sink : program.sinks) {
    study.checks.push_back({sink.value, guard_behind(program, sink.live)});
  }
  Marking marking(study);
  for (const Write& write : program.states) marking.need(write.source);
  for (const Accumulation& accumulation : program.accumulations) {
    marking.need(accumulation.value);
    if (accumulation.condition != no_register) marking.need(accumulation.condition);
  }
  for (const Due& check : study.checks) {
    marking.need(check.value);
    marking.need_region(check.guard);
  }
  if (outputs) {
    for (const Write& write : program.outputs) marking.need(write.source);
  }
  marking.spread();
  return study;
}

}  // namespace casus::machine
