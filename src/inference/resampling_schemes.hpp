// Schemes with a file of their own, for the table in resampling.cpp.
#pragma once

#include "inference/resampling.hpp"

namespace casus::inference {

/// Where uniform number `number` of a choice is drawn.
random::Stream stream_of(const random::Stream& at, std::size_t number);

/// The whole parts of the expected numbers for certain, the rest by multinomial draws.
void residual(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents);

/// The whole parts for certain; the rests are played off pair by pair, each pair until one of the
/// two is whole (the Srinivasan sampling process).
void ssp(Weights weights, const random::Stream& at, std::span<std::uint32_t> parents);

}  // namespace casus::inference
