// The table of loops, compiled once for each kind of processor.
#include "machine/kernels/kernels.hpp"

#undef HWY_TARGET_INCLUDE
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): what Highway includes once a target
#define HWY_TARGET_INCLUDE "machine/kernels/kernels.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/dispatch.hpp"
#include "machine/kernels/laws-inl.hpp"
#include "machine/kernels/loops-inl.hpp"
#include "machine/kernels/random-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {
namespace {

using LoopRow = std::array<Loop, 8>;

/// The forms of one operation; without a form where all operands would be columns it lacks.
template <std::size_t op, std::size_t... numbers>
constexpr LoopRow forms(std::index_sequence<numbers...>) {
  constexpr Op operation{op};
  constexpr std::size_t n_forms = std::size_t{1} << arity_of(operation);
  LoopRow row{};
  ((row[numbers] = loop<operation, numbers % n_forms>), ...);
  return row;
}

template <std::size_t... op>
constexpr std::array<LoopRow, n_operations> all_loops(std::index_sequence<op...>) {
  std::array<LoopRow, n_operations> rows{};
  constexpr std::size_t first = static_cast<std::size_t>(Op::add);
  ((rows[first + op] = forms<first + op>(std::make_index_sequence<8>())), ...);
  return rows;
}

constexpr std::size_t n_arithmetic = n_operations - static_cast<std::size_t>(Op::add);

}  // namespace

const Kernels& kernel_table() {
  constexpr std::string_view space = HWY_STR(HWY_NAMESPACE);  // "N_" and the name of the target
  static constexpr Kernels here{
      .target = space.substr(2),
      .loops = all_loops(std::make_index_sequence<n_arithmetic>()),
      .folds = {fold_loop<Fold::sum>, fold_loop<Fold::highest>, fold_loop<Fold::lowest>,
                fold_loop<Fold::first>, fold_loop<Fold::last>, fold_loop<Fold::at>},
      .any = any_loop,
      .all_finite = all_finite_loop,
      .uniform = uniform_loop,
      .laws = law_rows};
  return here;
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {

HWY_EXPORT(kernel_table);

}  // namespace

std::vector<std::string_view> kernel_targets() {
  std::vector<std::string_view> names;
  for (const auto table_of : runnable(std::span(HWY_DISPATCH_TABLE(kernel_table)))) {
    names.push_back(table_of().target);
  }
  return names;
}

const Kernels* kernels_of(std::string_view target) {
  for (const auto table_of : runnable(std::span(HWY_DISPATCH_TABLE(kernel_table)))) {
    if (target.empty() || table_of().target == target) return &table_of();
  }
  return nullptr;
}

}  // namespace casus::machine
#endif
