// The loops over lanes, one table of them for each kind of processor.
#pragma once

#include "machine/operation.hpp"
#include "machine/program.hpp"
#include "random/law.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace casus::machine {

/// Columns begin at multiples of this many bytes, and have whole multiples of `lane_group` lanes:
/// no loop has a remainder.
inline constexpr std::size_t column_alignment = 64;
inline constexpr std::size_t lane_group = 16;

/// A column, or one number for all lanes.
struct Input {
  const double* values = nullptr;
  bool is_number = false;
};

/// One instruction over `n` lanes. Each operand is a column or one number, as the loop was chosen
/// for; `out` may be one of them.
struct Columns {
  double* out = nullptr;
  const double* a = nullptr;
  const double* b = nullptr;
  const double* c = nullptr;
  std::size_t n = 0;
};
using Loop = void (*)(const Columns&);

/// Which operands are single numbers, as bits of the index into `Kernels::loops`.
inline constexpr unsigned number_a = 1;
inline constexpr unsigned number_b = 2;
inline constexpr unsigned number_c = 4;

/// One step of a fold: `into` takes `value` in lanes where `condition` is true; without values the
/// condition is true everywhere.
struct FoldColumns {
  double* into = nullptr;
  Input value{};
  Input condition{};
  double step = 0.0;
  std::size_t n = 0;
};

/// Where the uniforms of lanes come from: for each pair of lanes 2 k and 2 k + 1, which share a
/// counter, or for each lane.
struct Addresses {
  const std::uint64_t* half_slot = nullptr;  ///< slot / 2; (n / 2) when paired, else (n)
  const std::uint64_t* key_0 = nullptr;      ///< as many
  const std::uint64_t* key_1 = nullptr;
  const std::uint64_t* is_odd = nullptr;  ///< (n) slot modulo 2; unused when paired
  bool is_paired = false;
  bool is_run = false;  ///< one key, and slots that follow each other from an even one on
  std::size_t n = 0;    ///< lanes
};

/// The rest of the counter (see random/address.hpp).
struct Site {
  std::uint32_t step_word = 0;  ///< step * 16 + sub-step
  std::uint32_t site = 0;
  std::uint32_t attempt = 0;
};

/// A law over lanes: at the probabilities `out` holds, in place. Returns false when in a lane where
/// `mask` is true (all, without one) an argument is invalid; such a lane gets no number.
struct LawColumns {
  double* out = nullptr;
  std::array<Input, 3> arguments{};
  Input mask{};
  std::size_t n = 0;
};
using LawLoop = bool (*)(const LawColumns&);

/// Draws from a law over lanes; of `site` the attempt does not count. False as a `LawLoop`.
using SampleLoop = bool (*)(const LawColumns&, const Addresses& at, const Site& site);

/// A law has one of the first two loops; one with a quantile is drawn as the quantile of one
/// uniform.
struct LawRow {
  std::string_view law;
  LawLoop quantile = nullptr;
  SampleLoop sample = nullptr;
  LawLoop log_density = nullptr;  ///< in place too: at the outcomes `out` holds
};

struct Kernels {
  std::string_view target;                                ///< "AVX2"
  std::array<std::array<Loop, 8>, n_operations> loops{};  ///< by operation and number_a + ... bits
  std::array<void (*)(const FoldColumns&), 6> folds{};    ///< by Fold
  /// Whether a truth holds in some lane.
  bool (*any)(const double* truths, std::size_t n) = nullptr;
  /// Whether all lanes where `mask` is true hold finite numbers.
  bool (*all_finite)(Input values, Input mask, std::size_t n) = nullptr;
  void (*uniform)(const Addresses& at, const Site& site, double* out) = nullptr;
  std::span<const LawRow> laws;  ///< those with loops of their own
};

/// Names of the targets this processor can run, the best first.
std::vector<std::string_view> kernel_targets();

/// The loops of a target; of the best when the name is empty. nullptr when there is none.
const Kernels* kernels_of(std::string_view target);

}  // namespace casus::machine
