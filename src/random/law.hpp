// A law: a distribution as a row of a table, complete enough that checker, simulator, filter and
// reference pages need nothing else.
#pragma once

#include "random/address.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace casus::random {

/// The arguments of a law in the order of its parameters.
using Arguments = std::span<const double>;

enum class Support : std::uint8_t {
  real,
  positive,  ///< above zero; a density that has a limit at zero takes it there
  unit,      ///< strictly between 0 and 1
  count,     ///< 0, 1, 2, ...
  truth,     ///< 0 or 1
};

/// What an argument may be. Every argument must be finite.
enum class Domain : std::uint8_t {
  finite,
  positive,
  non_negative,
  probability,  ///< 0 and 1 included
  whole,        ///< 0, 1, 2, ... at most 2^53
  above_low,    ///< greater than the first argument, which is called low
};

/// How the unit of an argument follows from the unit of the outcome.
enum class UnitRole : std::uint8_t { as_outcome, per_outcome, dimensionless };

/// Whether the outcome may carry a unit at all.
enum class OutcomeUnit : std::uint8_t { any, dimensionless };

/// How `Law::sample` turns uniforms into an outcome.
enum class Sampling : std::uint8_t {
  inverse,    ///< always one uniform u, and the outcome is quantile(u): draws stay coupled
  rejection,  ///< a varying number of uniforms, at least for some arguments
};

struct Parameter {
  std::string_view name;
  Domain domain = Domain::finite;
  UnitRole unit = UnitRole::dimensionless;
  /// For the tests of the table: the k-th examples of all parameters are one valid set.
  std::array<double, 4> examples{};
};

/// All functions need valid arguments (see `valid`) and an x or u that is no NaN.
struct Law {
  std::string_view name;
  std::span<const Parameter> parameters;
  Support support = Support::real;
  OutcomeUnit outcome = OutcomeUnit::any;
  Sampling sampling = Sampling::inverse;

  /// Natural logarithm of the density, or of the probability of x when discrete; -inf outside
  /// the support, never NaN.
  double (*log_density)(double x, Arguments args) = nullptr;
  /// Probability of an outcome of at most x.
  double (*cdf)(double x, Arguments args) = nullptr;
  /// For 0 < u < 1 the outcome below which lies u; when discrete the smallest k with
  /// cdf(k) >= u. Non-decreasing in u. It stays inside the support even where it underflows.
  double (*quantile)(double u, Arguments args) = nullptr;
  double (*sample)(Draws& draws, Arguments args) = nullptr;
  /// Infinite where the integral diverges, NaN where it does not exist.
  double (*mean)(Arguments args) = nullptr;
  double (*variance)(Arguments args) = nullptr;

  std::string_view source;  ///< the definition and the method, published

  bool discrete() const { return support == Support::count || support == Support::truth; }
};

/// True when there is one argument for each parameter and each lies in its domain.
bool valid(const Law& law, Arguments args);

/// The first argument outside its domain, by index; nullopt when `valid`. `args` has one value for
/// each parameter.
std::optional<std::size_t> first_invalid(const Law& law, Arguments args);

/// "must be positive", "must be greater than low".
std::string_view requirement(Domain domain);

}  // namespace casus::random
