// Sine and cosine of angles beyond a million, one at a time.
#pragma once

namespace casus::random {

/// For |x| > 2^19, infinite or not a number. Payne & Hanek 1983, "Radian reduction for
/// trigonometric functions": of 2 / pi only the bits that make out the last two quarter turns and
/// their fraction.
double sine_of_wide_angle(double x);
double cosine_of_wide_angle(double x);

}  // namespace casus::random
