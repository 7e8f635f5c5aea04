// A piece of a program in words that a person reads, each with what it costs.
#pragma once

#include "machine/lanes/cost.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus::machine {

/// What places are called, by number. A place behind the end of its names goes by letter and
/// number.
struct PlaceNames {
  std::span<const std::string> parameters{};
  std::span<const std::string> states{};
  std::span<const std::string> accumulators{};
  std::span<const std::string> outputs{};
};

/// A line of a listing.
struct ListedWord {
  std::uint32_t number = 0;  ///< of the word in its piece
  std::uint32_t depth = 0;   ///< regions of the piece around it
  std::string text;          ///< "r3 = exp r5"
  std::uint32_t origin = 0;  ///< of its instruction, index into `Program::origins`
  double cost = 0.0;         ///< nanoseconds for each history and step (see `costs_of`)
};

/// The words of a piece in the order in which they run.
std::vector<ListedWord> listing(const Piece& piece, const Program& program, const PlaceNames& names,
                                const RunSize& size);

/// The numbers of the step that finer pieces read, "t0 = d3", as words that cost nothing.
std::vector<ListedWord> listing_of_row(const Code& code, const Program& program);

/// A letter of places without names and what it stands for.
struct PlaceLetter {
  std::string_view letter;
  std::string_view meaning;
};
std::span<const PlaceLetter> place_letters();

}  // namespace casus::machine
