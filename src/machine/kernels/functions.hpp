// The elementary functions over arrays, in a form for each kind of processor.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace casus::machine {

/// One function of one argument over arrays: y[i] becomes f(x[i]). x and y have one length, and are
/// one array or do not overlap.
struct ArrayFunction {
  std::string_view name;
  void (*apply)(std::span<const double> x, std::span<double> y);
};

/// The same of two arguments.
struct ArrayFunction2 {
  std::string_view name;
  void (*apply)(std::span<const double> x, std::span<const double> y, std::span<double> z);
};

/// All functions as compiled for one kind of processor. The bits of their results are the same for
/// all kinds, and those of random/elementary.hpp.
struct FunctionTable {
  std::string_view target;  ///< Highway's name for it: "AVX3" for AVX-512, ... "SCALAR"
  std::span<const ArrayFunction> of_one;
  std::span<const ArrayFunction2> of_two;
};

/// The kinds this processor can run, the fastest first.
std::vector<std::string_view> targets();

/// The fastest this processor can run.
const FunctionTable& functions();

/// The table for one of targets(); another name is a Bug.
const FunctionTable& functions(std::string_view target);

}  // namespace casus::machine
