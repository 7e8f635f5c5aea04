// Counts by transformed rejection with squeeze; see random/counts.inl.

/// The hat over a law of counts in Hörmann 1993, "The transformed rejection method for generating
/// Poisson random variables" and "The generation of binomial random variates": PTRS and BTRS.
template <class X>
struct Hat {
  X a;
  X b;
  X centre;
  X squeeze;
  X scale;
};

/// What the first uniform of a trial proposes.
template <class X>
struct Proposal {
  X k;
  X distance;  ///< of the uniform from 0 or 1, whichever is nearer
};

template <class X>
CASUS_INLINE Proposal<X> proposal_of(X u, const Hat<X>& hat) {
  const X from_half = u - 0.5;
  const X distance = 0.5 - absolute(from_half);
  return {floor_of((2.0 * hat.a / distance + hat.b) * from_half + hat.centre), distance};
}

/// Whether the second uniform lies in the squeeze, under which all is accepted.
template <class X>
CASUS_INLINE auto is_squeezed(X v, const Proposal<X>& at, const Hat<X>& hat) {
  return (at.distance >= 0.07) & (v <= hat.squeeze);
}

/// What the probability of the proposal must reach, in the law's own unit.
template <class X>
CASUS_INLINE X height_of(X v, const Proposal<X>& at, const Hat<X>& hat) {
  return v * hat.scale / (hat.a / (at.distance * at.distance) + hat.b);
}

/// ln Gamma(z) less Stirling's (z - 1/2) ln z - z + ln(2 pi) / 2 for `inverse` = 1 / z, z >= 1, to
/// 1 / (1188 z^9) (Abramowitz & Stegun 6.1.41). With a mean of 30 no probability is wrong by more
/// than 2^-53.
template <class X>
CASUS_INLINE X stirling_rest(X inverse) {
  const X square = inverse * inverse;
  return (((-1.0 / 1680.0 * square + 1.0 / 1260.0) * square - 1.0 / 360.0) * square + 1.0 / 12.0) *
         inverse;
}

/// Trials for a Poisson count; the second argument is not used.
struct PoissonTrials {
  template <class X>
  static CASUS_INLINE Hat<X> hat(X mean, X) {
    const X b = 0.931 + 2.53 * square_root(mean);
    const X a = -0.059 + 0.02483 * b;
    return {a, b, mean + 0.43, 0.9277 - 3.6224 / (b - 2.0), 1.1239 + 1.1328 / (b - 3.4)};
  }

  /// With z = k + 1 the probability of k is
  /// sqrt(z / (2 pi)) / mean exp(-deviance(z, mean) - stirling_rest(1 / z)).
  template <class X>
  static CASUS_INLINE auto accepts(X height, X k, X mean, X) {
    constexpr double two_pi = 6.28318530717958647693;
    const X z = k + 1.0;
    const X inverse = 1.0 / z;
    const X reached = log_of(height * mean * square_root(two_pi * inverse));
    return (k >= 0.0) & (reached <= -(deviance(z, mean) + stirling_rest(inverse)));
  }

  template <class X>
  static CASUS_INLINE X outcome(X k, X, X) {
    return k;
  }
};

/// Trials for the rarer outcome of n.
struct BinomialTrials {
  template <class X>
  static CASUS_INLINE Hat<X> hat(X n, X p) {
    const X rarer = rarer_of(p);
    const X spread = square_root(n * rarer * (1.0 - rarer));
    const X b = 1.15 + 2.53 * spread;
    const X a = -0.0873 + 0.0248 * b + 0.01 * rarer;
    return {a, b, n * rarer + 0.5, 0.92 - 4.2 / b, (2.83 + 5.1 / b) * spread};
  }

  /// y = k + 1 and z = n - k + 1, of which the gamma functions are factorials.
  template <class X>
  struct Factorials {
    X y;
    X z;
    X product;
    X inverse;  ///< of the product
  };

  template <class X>
  static CASUS_INLINE Factorials<X> factorials_of(X k, X n) {
    const X y = k + 1.0;
    const X z = n - k + 1.0;
    const X product = y * z;
    return {y, z, product, 1.0 / product};
  }

  /// The probability of k is sqrt(y z) exp(-exponent) times what does not depend on k.
  template <class X>
  static CASUS_INLINE X exponent(const Factorials<X>& at, X rarer) {
    const X whole = at.y + at.z;
    return (deviance(at.y, whole * rarer) + deviance(at.z, whole * (1.0 - rarer))) +
           (stirling_rest(at.z * at.inverse) + stirling_rest(at.y * at.inverse));
  }

  template <class X>
  static CASUS_INLINE auto accepts(X height, X k, X n, X p) {
    const X rarer = rarer_of(p);
    const Factorials<X> mode = factorials_of(floor_of((n + 1.0) * rarer), n);
    const Factorials<X> at = factorials_of(k, n);
    const X reached = log_of(height * square_root(mode.product * at.inverse));
    return (k >= 0.0) & (k <= n) & (reached <= exponent(mode, rarer) - exponent(at, rarer));
  }

  template <class X>
  static CASUS_INLINE X outcome(X k, X n, X p) {
    return successes_of(k, n, p);
  }
};
