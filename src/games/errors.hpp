// What keeps a player from taking the better option for certain: one row for each error structure.
#pragma once

#include "machine/builder.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace casus::games {

using machine::Builder;
using machine::Value;

/// What a mover weighs at a menu, an entry for each option.
struct Weighing {
  Value rationality{};
  std::span<const Value> worths{};   ///< expected payoffs, the mover's own costs subtracted
  std::span<const Value> offsets{};  ///< of logits; all 0 where the structure has no logits
  /// Sum over the leaves behind the option of their squared probabilities; empty unless the
  /// structure asks for it.
  std::span<const Value> squares{};
};

/// An error structure and the games that it fits.
struct ErrorStructure {
  std::string_view name;         ///< as case files write it: `errors probit`
  std::size_t most_options = 0;  ///< of a menu; 0: any number
  bool has_status_quo = false;   ///< a waiting time can be added to its logits
  bool moves_once = false;       ///< no player may move twice on a path
  bool needs_squares = false;
  /// Probability of each option, at least two.
  std::vector<Value> (*choice)(Builder&, const Weighing&) = nullptr;
};

/// All of them; the first is the one of games that name none.
std::span<const ErrorStructure> error_structures();

/// The row of `name`, nullptr when there is none.
const ErrorStructure* find_error_structure(std::string_view name);

}  // namespace casus::games
