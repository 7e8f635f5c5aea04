// Counts by summation of probabilities; see random/counts.inl.

/// A law of counts with p(k + 1) / p(k) = (alpha + beta k) / (k + 1): Poisson, binomial, negative
/// binomial. Johnson, Kemp & Kotz 2005, "Univariate discrete distributions", section 2.3.1.
template <class X>
struct Katz {
  X first;  ///< p(0)
  X alpha;
  X beta;
};

/// Sums of the probabilities of 0, 1, ...
template <class X>
struct KatzSum {
  X term;
  X sum;
  double k = 0.0;

  CASUS_INLINE explicit KatzSum(const Katz<X>& law) : term(law.first), sum(law.first) {}

  CASUS_INLINE void add_next(const Katz<X>& law) {
    const X ratio = law.alpha + law.beta * k;
    k += 1.0;
    term = term * (ratio * (1.0 / k));
    sum = sum + term;
  }
};

/// As summed_count, for any u: where the rounded sum never reaches it, the last count that moves
/// the sum.
template <class X>
CASUS_INLINE X summed_count_of_any(X u, const Katz<X>& law) {
  KatzSum<X> at(law);
  X count = X(0.0);
  auto beyond = u > at.sum;
  while (any(beyond)) {
    const X before = at.sum;
    at.add_next(law);
    beyond = beyond & (at.sum > before);
    count = select(beyond, X(at.k), count);
    beyond = beyond & (u > at.sum);
  }
  return count;
}

/// The smallest count whose sum of probabilities reaches u. The probabilities must not fall to
/// nothing ahead of the mode. It never falls where u rises.
template <class X>
CASUS_INLINE X summed_count(X u, const Katz<X>& law) {
  constexpr double surely_reached = 1.0 - 0x1p-20;
  if (any(u > surely_reached)) return summed_count_of_any(u, law);
  KatzSum<X> at(law);
  X count = X(0.0);
  auto beyond = u > at.sum;
  while (any(beyond)) {  // two at a time, since to ask takes as long as to add
    at.add_next(law);
    count = select(beyond, X(at.k), count);
    beyond = u > at.sum;
    at.add_next(law);
    count = select(beyond, X(at.k), count);
    beyond = u > at.sum;
  }
  return count;
}

/// From this mean on trials are faster. The first probability is at least exp(-1.4 summed_below).
constexpr double summed_below = 30.0;

template <class X>
CASUS_INLINE auto poisson_is_summed(X mean) {
  return mean < summed_below;
}

template <class X>
CASUS_INLINE X poisson_by_summation(X u, X mean) {
  return summed_count(u, Katz<X>{exp_of(-mean), mean, X(0.0)});
}

/// The probability of the rarer outcome.
template <class X>
CASUS_INLINE X rarer_of(X p) {
  return select(p > 0.5, 1.0 - p, p);
}

/// Successes, where the rarer outcome has come about k times.
template <class X>
CASUS_INLINE X successes_of(X k, X n, X p) {
  return select(p > 0.5, n - k, k);
}

template <class X>
CASUS_INLINE auto binomial_is_summed(X n, X p) {
  return n * rarer_of(p) < summed_below;
}

template <class X>
CASUS_INLINE X binomial_by_summation(X u, X n, X p) {
  const X rarer = rarer_of(p);
  const X odds = rarer / (1.0 - rarer);
  const Katz<X> law{exp_of(n * log1p_of(-rarer)), n * odds, -odds};
  return successes_of(summed_count(select(p > 0.5, 1.0 - u, u), law), n, p);
}

/// A mean many times the size has a tail too long to be summed.
template <class X>
CASUS_INLINE auto negbinomial_is_summed(X mean, X size) {
  constexpr double longest_tail = 20.0;
  return (mean < summed_below) & (mean <= longest_tail * size);
}

template <class X>
CASUS_INLINE X negbinomial_by_summation(X u, X mean, X size) {
  const X excess = mean / size;
  const X decay = select(excess < 0x1p-60, mean, size * log1p_of(excess));
  return summed_count(u, Katz<X>{exp_of(-decay), mean / (1.0 + excess), 1.0 / (1.0 + size / mean)});
}
