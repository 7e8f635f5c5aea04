// The elementary functions over arrays, compiled once for each kind of processor.
#include "machine/kernels/functions.hpp"

#include "base/bug.hpp"

#include <array>
#include <string>

#undef HWY_TARGET_INCLUDE
// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): what Highway includes once a target
#define HWY_TARGET_INCLUDE "machine/kernels/functions.cpp"
#include "hwy/foreach_target.h"
#include "machine/kernels/dispatch.hpp"
#include "machine/kernels/quantiles-inl.hpp"
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
struct Log1p {
  HWY_INLINE Vector operator()(Vector x) const { return log1p_of(x); }
};
struct Expm1 {
  HWY_INLINE Vector operator()(Vector x) const { return expm1_of(x); }
};
struct Logistic {
  HWY_INLINE Vector operator()(Vector x) const { return logistic_of(x); }
};
struct Softplus {
  HWY_INLINE Vector operator()(Vector x) const { return softplus_of(x); }
};
struct Tanh {
  HWY_INLINE Vector operator()(Vector x) const { return tanh_of(x); }
};
struct Sin {
  HWY_INLINE Vector operator()(Vector x) const { return sine_of(x); }
};
struct Cos {
  HWY_INLINE Vector operator()(Vector x) const { return cosine_of(x); }
};
struct NormalCdf {
  HWY_INLINE Vector operator()(Vector x) const { return normal_cdf(x); }
};
struct Power {
  HWY_INLINE Vector operator()(Vector a, Vector b) const { return power_of(a, b); }
};

template <class Function>
void over(std::span<const double> x, std::span<double> y) {
  for_each(Function(), x, y);
}

template <class Function>
void over_two(std::span<const double> x, std::span<const double> y, std::span<double> z) {
  for_each(Function(), x, y, z);
}

constexpr std::array rows{
    ArrayFunction{"exp", over<Exp>},
    ArrayFunction{"log", over<Log>},
    ArrayFunction{"log1p", over<Log1p>},
    ArrayFunction{"expm1", over<Expm1>},
    ArrayFunction{"logistic", over<Logistic>},
    ArrayFunction{"softplus", over<Softplus>},
    ArrayFunction{"tanh", over<Tanh>},
    ArrayFunction{"sin", over<Sin>},
    ArrayFunction{"cos", over<Cos>},
    ArrayFunction{"normal_cdf", over<NormalCdf>},
    ArrayFunction{"inverse_normal", inverse_normals},
    ArrayFunction{"inverse_half_normal", inverse_half_normals},
};
constexpr std::array rows_of_two{ArrayFunction2{"pow", over_two<Power>}};

}  // namespace

const FunctionTable& table() {
  constexpr std::string_view space = HWY_STR(HWY_NAMESPACE);  // "N_" and the name of the target
  static constexpr FunctionTable here{space.substr(2), rows, rows_of_two};
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
