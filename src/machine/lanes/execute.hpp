// Runs a piece over the lanes of one block.
#pragma once

#include "machine/lanes/code.hpp"

#include <array>
#include <span>

namespace casus::machine {

/// Where areas lie: place (area, index) is at `first[area] + index * stride[area]`.
class Areas {
 public:
  void set(Area area, double* first, std::size_t stride) {
    set(area, static_cast<const double*>(first), stride);
    written_[static_cast<std::size_t>(area)] = first;
  }
  /// An area that is only read.
  void set(Area area, const double* first, std::size_t stride) {
    first_[static_cast<std::size_t>(area)] = first;
    stride_[static_cast<std::size_t>(area)] = stride;
  }

  const double* read(const Place& place) const {
    const auto area = static_cast<std::size_t>(place.area);
    return first_[area] + place.index * stride_[area];
  }
  double* write(const Place& place) const {
    const auto area = static_cast<std::size_t>(place.area);
    return written_[area] + place.index * stride_[area];
  }

 private:
  std::array<const double*, n_areas> first_{};
  std::array<double*, n_areas> written_{};
  std::array<std::size_t, n_areas> stride_{};
};

/// The lanes [first, first + count) of one parameter set.
struct LanesOfSet {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// Folds in progress: accumulator i is at `values + i * stride`.
struct Folding {
  std::span<const Accumulator> accumulators;
  double* values = nullptr;
  std::size_t stride = 0;
};

/// Output i goes to `values + i * stride`, one number for each of `n` histories.
struct OutputRows {
  double* values = nullptr;
  std::size_t stride = 0;
  std::size_t n = 0;
};

/// What a piece runs over. What comes behind `n` counts for histories only.
struct Work {
  const Kernels* kernels = nullptr;
  Areas areas{};
  std::size_t n = 0;  ///< lanes, in whole groups
  std::uint32_t step = 0;
  Spread spread = Spread::copy;
  std::span<const LanesOfSet> sets{};
  Addresses addresses{};
  Folding folding{};     ///< without values: nothing is folded
  OutputRows outputs{};  ///< without values: nothing is put out
};

/// False as soon as a number that must be finite is not, or an argument of a law is invalid.
bool execute(const Piece& piece, const Work& work);

}  // namespace casus::machine
