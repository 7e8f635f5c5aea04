// Which operands are columns and which single numbers decides the loop.
#include "machine/lanes/bind.hpp"

namespace casus::machine {
namespace {

class Binding {
 public:
  Binding(Piece& piece, Spread spread, const Kernels& kernels)
      : piece_(piece), spread_(spread), kernels_(kernels) {}

  void run() {
    for (Word& word : piece_.words) {
      word.numbers = numbers_of(word);
      if (word.action == Action::apply) {
        word.loop = kernels_.loops.at(static_cast<std::size_t>(word.op)).at(word.numbers);
      }
    }
    for (Call& call : piece_.calls) bind(call);
  }

 private:
  bool is_number(const Place& place) const {
    switch (place.area) {
      case Area::constant:
      case Area::step: return true;
      case Area::parameter:
      case Area::set_state:
      case Area::set_next:
      case Area::set_value: return piece_.rate == Rate::history && spread_ == Spread::number;
      default: return false;
    }
  }

  std::uint8_t numbers_of(const Word& word) const {
    unsigned numbers = is_number(word.a) ? number_a : 0;
    if (is_number(word.b)) numbers |= number_b;
    if (is_number(word.c)) numbers |= number_c;
    if (word.action != Action::apply) return static_cast<std::uint8_t>(numbers);
    const unsigned n_operands = arity_of(word.op);
    return static_cast<std::uint8_t>(numbers & ((1U << n_operands) - 1U));
  }

  void bind(Call& call) const {
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      if (is_number(call.arguments[i])) {
        call.numbers = static_cast<std::uint8_t>(call.numbers | (1U << i));
      }
    }
    for (const LawRow& row : kernels_.laws) {
      if (row.law != call.law->name) continue;
      call.quantile = row.quantile;
      call.sample = row.sample;
      call.log_density = row.log_density;
    }
  }

  Piece& piece_;
  Spread spread_;
  const Kernels& kernels_;
};

}  // namespace

void bind(Piece& piece, Spread spread, const Kernels& kernels) {
  Binding(piece, spread, kernels).run();
}

}  // namespace casus::machine
