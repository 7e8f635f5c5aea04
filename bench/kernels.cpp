// Question: what does each word of a program cost, for one lane? One benchmark for each row of the
// tables of operations, laws and folds, and for what moves numbers. The answers are the table in
// src/machine/lanes/cost.cpp.
#include "machine/lanes/bind.hpp"
#include "machine/lanes/execute.hpp"
#include "machine/lanes/memory.hpp"
#include "random/laws.hpp"

#include <array>
#include <benchmark/benchmark.h>
#include <string>

namespace casus::machine {
namespace {

constexpr std::uint32_t n_inputs = 28;
constexpr std::uint32_t n_truths = 4;    // columns of truths, behind the inputs
constexpr std::uint32_t n_results = 32;  // behind the truths; all together stay in the second cache
constexpr std::uint32_t n_words = 224;
constexpr std::uint32_t per_set = 16;

/// A block of lanes whose histories have each its own numbers.
class Lanes {
 public:
  explicit Lanes(std::uint32_t n) : n_(n) {
    for (std::uint32_t i = 0; i < n_inputs; ++i) {
      for (std::uint32_t k = 0; k < n; ++k)
        lanes_.column(i)[k] = 0.1 + ((i + k) * 37 % 256) / 320.0;
    }
    for (std::uint32_t i = 0; i < n_truths; ++i) {
      for (std::uint32_t k = 0; k < n; ++k)
        lanes_.column(n_inputs + i)[k] = (i + k) % 3 > 0 ? 1 : 0;
    }
    for (std::uint32_t k = 0; k < n / 2; ++k) half_slot_.push_back(k);
    key_.resize(n / 2, 12345);
    for (std::uint32_t first = 0; first < n; first += per_set) sets_.push_back({first, per_set});
  }

  std::uint32_t size() const { return n_; }

  Work work(const Piece& piece) {
    Work work{.kernels = kernels_of(""),
              .n = n_,
              .step = 17,
              .spread = Spread::copy,
              .sets = sets_,
              .addresses = {.half_slot = half_slot_.data(),
                            .key_0 = key_.data(),
                            .key_1 = key_.data(),
                            .is_paired = true,
                            .n = n_},
              .folding = {.accumulators = accumulators_,
                          .values = folded_.data(),
                          .stride = folded_.stride()},
              .outputs = {.values = outputs_.data(), .stride = outputs_.stride(), .n = n_}};
    work.areas.set(Area::constant, piece.constants.data(), 1);
    work.areas.set(Area::lane, lanes_.data(), lanes_.stride());
    work.areas.set(Area::set_value, sets_values_.data(), sets_values_.stride());
    return work;
  }

 private:
  std::uint32_t n_;
  ColumnMemory lanes_{n_inputs + n_truths + n_results, n_};
  ColumnMemory sets_values_{n_inputs, n_};
  ColumnMemory folded_{6, n_};
  ColumnMemory outputs_{n_inputs, n_};
  std::vector<std::uint64_t> half_slot_;
  std::vector<std::uint64_t> key_;
  std::vector<LanesOfSet> sets_;
  std::vector<Accumulator> accumulators_{
      {.fold = Fold::sum},   {.fold = Fold::highest}, {.fold = Fold::lowest},
      {.fold = Fold::first}, {.fold = Fold::last},    {.fold = Fold::at, .first_step = 17}};
};

Place input(std::uint32_t i) { return {Area::lane, i % n_inputs}; }
Place truth(std::uint32_t i) { return {Area::lane, n_inputs + i % n_truths}; }
Place result(std::uint32_t i) { return {Area::lane, n_inputs + n_truths + i % n_results}; }

/// `n_words` words alike, on other columns each.
template <class MakeWord>
Piece piece_of(const MakeWord& word) {
  Piece piece;
  piece.rate = Rate::history;
  for (std::uint32_t i = 0; i < n_words; ++i) piece.words.push_back(word(i));
  return piece;
}

/// The first examples of a law's parameters as its arguments.
Piece piece_of_law(const random::Law& law, Action action) {
  Piece piece = piece_of([action](std::uint32_t i) {
    return Word{.action = action, .out = result(i), .b = input(i)};
  });
  Call call{.law = &law, .arguments = {}};
  for (std::uint32_t i = 0; i < law.parameters.size(); ++i) {
    piece.constants.push_back(law.parameters[i].examples[0]);
    call.arguments.push_back({Area::constant, i});
  }
  piece.calls.push_back(std::move(call));
  return piece;
}

void run(benchmark::State& state, Piece piece) {
  Lanes lanes(static_cast<std::uint32_t>(state.range(0)));
  bind(piece, Spread::copy, *kernels_of(""));
  const Work work = lanes.work(piece);
  for (auto _ : state) {
    if (!execute(piece, work)) state.SkipWithError("a number is not finite");
  }
  const double n = static_cast<double>(n_words) * lanes.size();
  state.counters["a lane"] = benchmark::Counter(
      n, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void add(const std::string& name, const Piece& piece) {
  benchmark::RegisterBenchmark(name.c_str(),
                               [piece](benchmark::State& state) { run(state, piece); })
      ->Arg(256)
      ->Arg(16);
}

void add_operations() {
  for (const Operation& row : operations()) {
    if (row.op < Op::add) continue;
    const bool of_truths = row.units == UnitRule::truth || row.op == Op::select;
    add("operation/" + std::string(row.name), piece_of([&](std::uint32_t i) {
          return Word{.action = Action::apply,
                      .op = row.op,
                      .out = result(i),
                      .a = of_truths ? truth(i) : input(i),
                      .b = input(i + 5),
                      .c = input(i + 11)};
        }));
  }
}

void add_laws() {
  for (const random::Law* law : random::laws()) {
    add("sample/" + std::string(law->name), piece_of_law(*law, Action::sample));
    add("quantile/" + std::string(law->name), piece_of_law(*law, Action::quantile));
    add("log density/" + std::string(law->name), piece_of_law(*law, Action::log_density));
  }
}

void add_folds() {
  constexpr std::array names{"sum", "highest", "lowest", "first", "last", "at"};
  for (std::uint32_t fold = 0; fold < names.size(); ++fold) {
    add("fold/" + std::string(names[fold]), piece_of([fold](std::uint32_t i) {
          return Word{.action = Action::fold,
                      .has_mask = true,
                      .a = input(i),
                      .b = truth(i),
                      .detail = fold};
        }));
  }
}

void add_others() {
  add("uniform", piece_of([](std::uint32_t i) {
        return Word{.action = Action::uniform, .out = result(i), .detail = i};
      }));
  add("spread", piece_of([](std::uint32_t i) {
        return Word{
            .action = Action::spread, .out = result(i), .a = {Area::set_value, i % n_inputs}};
      }));
  add("guard", piece_of([](std::uint32_t i) {
        return Word{.action = Action::guard, .a = truth(i), .detail = i + 1};
      }));
  add("check", piece_of([](std::uint32_t i) {
        return Word{.action = Action::check, .has_mask = true, .a = input(i), .b = truth(i)};
      }));
  add("output", piece_of([](std::uint32_t i) {
        return Word{.action = Action::output, .a = input(i), .detail = i % n_inputs};
      }));
}

const bool is_registered = [] {
  add_operations();
  add_laws();
  add_folds();
  add_others();
  return true;
}();

}  // namespace
}  // namespace casus::machine
