// A program made ready for lanes: in four pieces by rate, with a place for every value.
#pragma once

#include "machine/kernels/kernels.hpp"
#include "machine/lanes/rate.hpp"

#include <cstdint>
#include <vector>

namespace casus::machine {

/// Memory that instructions read and write. A column has a number for each lane; the lanes of a
/// piece are steps, parameter sets or histories.
enum class Area : std::uint8_t {
  constant,   ///< single numbers of the piece
  step,       ///< single numbers of the step
  series,     ///< columns over steps
  parameter,  ///< columns over sets
  set_state,  ///< columns over sets: states of rate `set_step` at the step's start
  set_next,   ///< the same at the step's end
  set_value,  ///< columns over sets
  state,      ///< columns over histories: states at the step's start
  next,       ///< the same at the step's end
  lane,       ///< columns of the piece that runs, reused
};
inline constexpr std::size_t n_areas = 10;

struct Place {
  Area area{};
  std::uint32_t index = 0;  ///< of the number or column

  friend bool operator==(const Place&, const Place&) = default;
};

/// How values of a parameter set reach the histories of a block.
enum class Spread : std::uint8_t {
  number,  ///< all lanes are of one set: its column has one number, the same for all
  column,  ///< every set has one history: its column is one over histories
  copy,    ///< copied to the lanes of each set
};

/// What a word does; `a`, `b`, `c` and `out` are places, `detail` as said here.
enum class Action : std::uint8_t {
  apply,        ///< out = op(a, b, c)
  spread,       ///< out = a, from sets to histories or as it is
  uniform,      ///< out = uniform at site `detail`
  sample,       ///< out = a draw from calls[detail]
  quantile,     ///< out = quantile of calls[detail] at probability b
  log_density,  ///< out = log density of calls[detail] at b
  guard,        ///< goes on at word `detail` when a is true in no lane
  check,        ///< a must be finite where b is true
  fold,         ///< accumulator `detail` takes a where b is true
  output,       ///< output `detail` is a
};

/// Calls of laws; all but `sample` have a place b.
constexpr bool takes_law(Action action) {
  return action == Action::sample || action == Action::quantile || action == Action::log_density;
}

struct Word {
  Action action{};
  Op op{};
  bool has_mask = false;  ///< of check and fold: b counts; of what takes a law: c
  Place out{};
  Place a{};
  Place b{};
  Place c{};
  std::uint32_t detail = 0;
  std::uint32_t source = 0;  ///< instruction of the program
  std::uint8_t numbers =
      0;                ///< which of a, b, c are single numbers, by number_a + number_b + number_c
  Loop loop = nullptr;  ///< of `apply`
};

/// A law with the places of its arguments.
struct Call {
  const random::Law* law = nullptr;
  std::vector<Place> arguments;
  std::uint32_t site = 0;
  std::uint8_t numbers = 0;       ///< which arguments are single numbers, by bit
  LawLoop quantile = nullptr;     ///< nullptr: lane by lane
  SampleLoop sample = nullptr;    ///< nullptr: by `quantile`
  LawLoop log_density = nullptr;  ///< nullptr: lane by lane
};

struct Piece {
  Rate rate{};
  std::vector<Word> words;
  std::vector<double> constants;
  std::vector<Call> calls;
  std::uint32_t n_columns = 0;  ///< of its own: `lane`, or `set_value` up to here
};

/// The four pieces of one program.
struct Code {
  Piece step;                                  ///< lanes are steps; once for a segment
  Piece set;                                   ///< lanes are sets; once for a block and segment
  Piece set_step;                              ///< lanes are sets; every step
  Piece history;                               ///< lanes are histories; every step
  std::vector<Place> step_row;                 ///< places in `step` of the numbers of `Area::step`
  std::vector<std::uint32_t> kept_states;      ///< that no step of this program changes
  std::vector<std::uint32_t> kept_set_states;  ///< by number of state
};

}  // namespace casus::machine
