// The elementary functions over arrays, compiled once for each kind of processor.
#include "machine/kernels/functions.hpp"

#include "base/bug.hpp"

#include <array>
#include <string>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "machine/kernels/functions.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/dispatch.hpp"
#include "machine/kernels/vector-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {
namespace {

struct Exp {
  HWY_INLINE Vector operator()(Vector x) const { return exp_of(x); }
};
struct Log {
  HWY_INLINE Vector operator()(Vector x) const { return log_of(x); }
};

template <class Function>
void over(std::span<const double> x, std::span<double> y) {
  for_each(Function(), x, y);
}

constexpr std::array of_one{ArrayFunction{"exp", over<Exp>}, ArrayFunction{"log", over<Log>}};

}  // namespace

const FunctionTable& table() {
  constexpr std::string_view space = HWY_STR(HWY_NAMESPACE);  // "N_" and the name of the target
  static constexpr FunctionTable here{space.substr(2), of_one, {}};
  return here;
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace casus::machine {
namespace {

HWY_EXPORT(table);

}  // namespace

std::vector<std::string_view> targets() {
  std::vector<std::string_view> names;
  for (const auto table_of : runnable(std::span(HWY_DISPATCH_TABLE(table))))
    names.push_back(table_of().target);
  return names;
}

const FunctionTable& functions() { return runnable(std::span(HWY_DISPATCH_TABLE(table)))[0](); }

const FunctionTable& functions(std::string_view target) {
  for (const auto table_of : runnable(std::span(HWY_DISPATCH_TABLE(table)))) {
    if (table_of().target == target) return table_of();
  }
  throw Bug("this processor has no target " + std::string(target));
}

}  // namespace casus::machine
#endif
