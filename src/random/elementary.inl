// casus's own elementary functions, each written once for a number type X: a double or a vector of
// doubles. Both forms do the same operations in the same order, without fused multiply-add, and so
// give the same bits on every processor. No value of the C library's reaches a result.
//
// To be included inside a namespace, by whoever provides for X: construction from a double; + - * /
// (also with a double on one side), unary -, comparisons with a mask type that has & | !; and the
// functions any, lanewise, select, absolute, square_root, floor_of, nearest_of, copy_sign,
// leading_bits, has_bit, times_power_of_two, split_near_one (random/elementary/of_double.hpp says
// what each is); and the macro CASUS_INLINE, the attributes of an inline function.

/// A whole number below 2^51 in size is said to be shifted when this is added to it: it then stands
/// in the low bits of the sum, in two's complement. Any other number is rounded by the addition to
/// the nearest whole one, half to even.
constexpr double shift = 0x1.8p52;

constexpr double infinity_of_doubles = std::numeric_limits<double>::infinity();
constexpr double nan_of_doubles = std::numeric_limits<double>::quiet_NaN();
constexpr double smallest_normal = std::numeric_limits<double>::min();
constexpr double largest_double = std::numeric_limits<double>::max();

// In the order of their needs.
#include "random/elementary/arithmetic.inl"
#include "random/elementary/exponential.inl"
#include "random/elementary/logarithm.inl"
#include "random/elementary/normal.inl"
#include "random/elementary/power.inl"
#include "random/elementary/trigonometric.inl"
