// Writes one piece of a program: the words of its rate, every value with a column of its own.
#pragma once

#include "machine/lanes/code.hpp"
#include "machine/lanes/needs.hpp"
#include "machine/lanes/split.hpp"

#include <map>
#include <set>
#include <unordered_map>

namespace casus::machine {

/// What finer pieces read of coarser ones. Columns of `set_value` and `lane` are numbered by the
/// value they hold until they are allocated.
struct Imports {
  std::map<std::uint32_t, std::uint32_t> row{};  ///< value of rate `step` -> number in the row
  std::set<std::uint32_t> sets{};                ///< values of rates `set` and `set_step`
};

class PieceWriter {
 public:
  PieceWriter(const Studied& study, Rate rate, const SplitOptions& options, Imports& imports);

  Piece run();

 private:
  struct Region {
    std::uint32_t guard = no_register;
    std::size_t word = 0;                     ///< of its guard
    std::map<std::uint32_t, Place> copied{};  ///< set values that are at hand in lanes
  };

  // ---- what is asked of this piece beside its instructions
  void plan_states();
  void plan_checks();
  void plan_takers();

  // ---- words
  void close_regions(std::uint32_t index);
  void write(std::uint32_t index);
  void enter(std::uint32_t guard);
  void write_instruction(std::uint32_t index);
  void write_law(std::uint32_t index, Word& word);
  void write_check(const Due& check);
  void write_accumulation(const Accumulation& one);
  void write_output(const Write& output);
  void write_remaining_states();
  void push(Word word, std::uint32_t source);

  // ---- places
  bool is_ours(std::uint32_t value) const;  ///< computed by this piece
  Place place(std::uint32_t value);
  Place place_of_source(std::uint32_t value);  ///< before it is copied to lanes
  Place in_lanes(std::uint32_t value, Place from);
  Place constant(double value);
  Place result(std::uint32_t value) const;

  const Studied& study_;
  const Program& program_;
  Rate rate_;
  const SplitOptions& options_;
  Imports& imports_;
  Piece piece_;
  std::uint32_t n_virtual_;
  std::uint32_t at_ = 0;         ///< the instruction being written
  std::vector<Region> regions_;  ///< the first is the root
  std::map<std::uint32_t, Place>
      final_;  ///< values that this piece, or one before, computes in a state's place
  std::vector<Write> copied_states_;  ///< the other states
  std::unordered_map<std::uint64_t, std::uint32_t> constants_;
  std::multimap<std::uint32_t, Due> checks_after_;  ///< by value
  std::multimap<std::uint32_t, Due> checks_in_;     ///< by guard; `no_register`: at the start
  std::multimap<std::uint32_t, Accumulation> accumulations_after_;
  std::multimap<std::uint32_t, Write> outputs_after_;
};

}  // namespace casus::machine
