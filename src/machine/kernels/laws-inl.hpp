// Laws over lanes, each with the operations of its row in random/laws/ in their order; to be
// included once per target.
#include "machine/kernels/counts-inl.hpp"
#include "machine/kernels/loops-inl.hpp"
#include "machine/kernels/quantiles-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

#include <array>

#if defined(CASUS_MACHINE_KERNELS_LAWS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_LAWS_INL
#undef CASUS_MACHINE_KERNELS_LAWS_INL
#else
#define CASUS_MACHINE_KERNELS_LAWS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

constexpr double smallest_positive = std::numeric_limits<double>::min();
constexpr double largest_finite = std::numeric_limits<double>::max();
constexpr double largest_below_one = 1.0 - 0x1p-53;

/// std::clamp, which returns the first argument when it is no number.
HWY_INLINE Vector clamped(Vector x, double low, double high) {
  return select(x < Vector(low), Vector(low), select(Vector(high) < x, Vector(high), x));
}

/// Where one pass over the uniforms is turned into what the second pass needs.
struct AsItIs {
  static void first_pass(double*, std::size_t) {}
};
struct ByNormal {
  static void first_pass(double* u, std::size_t n) { inverse_normals({u, n}, {u, n}); }
};
struct ByHalfNormal {
  static void first_pass(double* u, std::size_t n) { inverse_half_normals({u, n}, {u, n}); }
};

struct NormalQuantile : ByNormal {
  static HWY_INLINE Mask valid(Vector mean, Vector sd, Vector) {
    return is_finite(mean) & is_positive(sd);
  }
  static HWY_INLINE Vector at(Vector z, Vector mean, Vector sd, Vector) { return mean + sd * z; }
};

struct LognormalQuantile : ByNormal {
  static HWY_INLINE Mask valid(Vector meanlog, Vector sdlog, Vector) {
    return is_finite(meanlog) & is_positive(sdlog);
  }
  static HWY_INLINE Vector at(Vector z, Vector meanlog, Vector sdlog, Vector) {
    return clamped(exp_of(meanlog + sdlog * z), smallest_positive, largest_finite);
  }
};

struct HalfnormalQuantile : ByHalfNormal {
  static HWY_INLINE Mask valid(Vector sd, Vector, Vector) { return is_positive(sd); }
  static HWY_INLINE Vector at(Vector z, Vector sd, Vector, Vector) {
    const Vector x = sd * z;
    return select(x < Vector(smallest_positive), Vector(smallest_positive), x);
  }
};

struct LogitnormalQuantile : ByNormal {
  static HWY_INLINE Mask valid(Vector mean, Vector sd, Vector) {
    return is_finite(mean) & is_positive(sd);
  }
  static HWY_INLINE Vector at(Vector z, Vector mean, Vector sd, Vector) {
    return clamped(logistic_of(mean + sd * z), smallest_positive, largest_below_one);
  }
};

struct UniformQuantile : AsItIs {
  static HWY_INLINE Mask valid(Vector low, Vector high, Vector) {
    return is_finite(low) & is_finite(high) & (high > low);
  }
  static HWY_INLINE Vector at(Vector u, Vector low, Vector high, Vector) {
    const Vector x = low + u * (high - low);
    return select(high < x, high, x);
  }
};

struct ExponentialQuantile : AsItIs {
  static HWY_INLINE Mask valid(Vector rate, Vector, Vector) { return is_positive(rate); }
  static HWY_INLINE Vector at(Vector u, Vector rate, Vector, Vector) {
    const Vector x = -log1p_of(-u) / rate;
    return select(x < Vector(smallest_positive), Vector(smallest_positive), x);
  }
};

struct BernoulliQuantile : AsItIs {
  static HWY_INLINE Mask valid(Vector p, Vector, Vector) { return (p >= 0.0) & (p <= 1.0); }
  static HWY_INLINE Vector at(Vector u, Vector p, Vector, Vector) {
    return select(u <= 1.0 - p, Vector(0.0), Vector(1.0));
  }
};

HWY_INLINE Vector number_of(const Input& input) {
  return Vector(input.values == nullptr ? 0.0 : *input.values);
}

HWY_INLINE bool is_column(const Input& input) {
  return input.values != nullptr && !input.is_number;
}

/// out[i] = Law::at(out[i], arguments).
template <class Law>
HWY_INLINE bool with_columns(const LawColumns& x) {
  const LawReader of(x);
  Mask bad = nowhere();
  for (std::size_t i = 0; i < x.n; i += lanes()) {
    const Vector a = of.a[i];
    const Vector b = of.b[i];
    const Vector c = of.c[i];
    bad = bad | (is_true(of.mask[i]) & !Law::valid(a, b, c));
    store(Law::at(load(x.out + i), a, b, c), x.out + i);
  }
  return !any(bad);
}

/// The same where the first argument alone is a column, as is common: what follows from the others
/// is found once.
template <class Law>
HWY_INLINE bool with_first_column(const LawColumns& x) {
  const double* const column = x.arguments[0].values;
  const Vector b = number_of(x.arguments[1]);
  const Vector c = number_of(x.arguments[2]);
  double* const out = x.out;
  const std::size_t n = x.n;
  Mask good = !nowhere();
  for (std::size_t i = 0; i < n; i += lanes()) {
    const Vector a = load(column + i);
    good = good & Law::valid(a, b, c);
    store(Law::at(load(out + i), a, b, c), out + i);
  }
  return !any(!good);
}

template <class Law>
HWY_INLINE bool with_arguments(const LawColumns& x) {
  const bool first_only = is_column(x.arguments[0]) && !is_column(x.arguments[1]) &&
                          !is_column(x.arguments[2]) && x.mask.values == nullptr;
  return first_only ? with_first_column<Law>(x) : with_columns<Law>(x);
}

template <class Law>
bool quantile_loop(const LawColumns& x) {
  Law::first_pass(x.out, x.n);
  return with_arguments<Law>(x);
}

// ---- log densities

constexpr double log_root_two_pi = 0.918938533204672741780;
constexpr double two_over_pi = 0.636619772367581343076;
constexpr double minus_infinity = -std::numeric_limits<double>::infinity();

struct NormalDensity : NormalQuantile {
  static HWY_INLINE Vector at(Vector x, Vector mean, Vector sd, Vector) {
    const Vector z = (x - mean) / sd;
    return -0.5 * z * z - log_of(sd) - log_root_two_pi;
  }
};

struct LognormalDensity : LognormalQuantile {
  static HWY_INLINE Vector at(Vector x, Vector meanlog, Vector sdlog, Vector) {
    const Vector log_x = log_of(x);
    const Vector z = (log_x - meanlog) / sdlog;
    const Vector inside = -0.5 * z * z - log_of(sdlog) - log_root_two_pi - log_x;
    return select(x <= 0.0, Vector(minus_infinity), inside);
  }
};

struct HalfnormalDensity : HalfnormalQuantile {
  static HWY_INLINE Vector at(Vector x, Vector sd, Vector, Vector) {
    const Vector z = x / sd;
    const Vector inside = -0.5 * z * z - log_of(sd) + 0.5 * log_of(Vector(two_over_pi));
    return select(x < 0.0, Vector(minus_infinity), inside);
  }
};

struct UniformDensity : UniformQuantile {
  static HWY_INLINE Vector at(Vector x, Vector low, Vector high, Vector) {
    return select((x < low) | (x > high), Vector(minus_infinity), -log_of(high - low));
  }
};

struct ExponentialDensity : ExponentialQuantile {
  static HWY_INLINE Vector at(Vector x, Vector rate, Vector, Vector) {
    return select(x < 0.0, Vector(minus_infinity), log_of(rate) - rate * x);
  }
};

struct BernoulliDensity : BernoulliQuantile {
  static HWY_INLINE Vector at(Vector x, Vector p, Vector, Vector) {
    const Vector fails = select(x == 0.0, log1p_of(-p), Vector(minus_infinity));
    return select(x == 1.0, log_of(p), fails);
  }
};

/// Nothing to do before the second pass: outcomes are taken as they are.
template <class Law>
bool density_loop(const LawColumns& x) {
  return with_arguments<Law>(x);
}

template <class Quantile, class Density>
constexpr LawRow both(std::string_view law) {
  return {.law = law, .quantile = quantile_loop<Quantile>, .log_density = density_loop<Density>};
}

constexpr std::array law_rows{both<NormalQuantile, NormalDensity>("normal"),
                              both<LognormalQuantile, LognormalDensity>("lognormal"),
                              both<HalfnormalQuantile, HalfnormalDensity>("halfnormal"),
                              LawRow{"logitnormal", quantile_loop<LogitnormalQuantile>},
                              both<UniformQuantile, UniformDensity>("uniform"),
                              both<ExponentialQuantile, ExponentialDensity>("exponential"),
                              both<BernoulliQuantile, BernoulliDensity>("bernoulli"),
                              LawRow{"poisson", nullptr, sample_loop<PoissonLanes>},
                              LawRow{"binomial", nullptr, sample_loop<BinomialLanes>},
                              LawRow{"negbinomial", nullptr, sample_loop<NegbinomialLanes>}};

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
