// The gamma factor of a negative binomial count; see random/counts.inl.

/// A proposal for a gamma number of shape `size`, or size + 1 where size is less than one: d cube,
/// d = shape - 1/3. Marsaglia & Tsang 2000, "A simple method for generating gamma variables".
template <class X>
struct GammaProposal {
  X d;
  X cube;

  CASUS_INLINE X value() const { return d * cube; }
};

template <class X>
CASUS_INLINE GammaProposal<X> gamma_proposal(X normal, X size) {
  const X d = select(size < 1.0, size + 1.0, size) - 1.0 / 3.0;
  const X root = 1.0 + normal / (3.0 * square_root(d));
  return {d, root * root * root};
}

/// Whether the uniform v lies in the squeeze, under which all is accepted.
template <class X>
CASUS_INLINE auto gamma_is_squeezed(X v, X normal, const GammaProposal<X>& at) {
  const X square = normal * normal;
  return (at.cube > 0.0) & (v < 1.0 - 0.0331 * (square * square));
}

template <class X>
CASUS_INLINE auto gamma_is_accepted(X v, X normal, const GammaProposal<X>& at) {
  const X log_ratio = 0.5 * normal * normal - at.d * deviance(X(1.0), at.cube);
  return (at.cube > 0.0) & (log_of(v) < log_ratio);
}

/// What the accepted proposal is multiplied by, given another uniform, where size is less than one.
template <class X>
CASUS_INLINE X gamma_boost(X u, X size) {
  return select(size < 1.0, exp_of(log_of(u) / size), X(1.0));
}

/// The mean of the Poisson part of a negative binomial count.
template <class X>
CASUS_INLINE X poisson_part(X mean, X size, X gamma) {
  const X rate = mean * (gamma / size);
  return select(rate < largest_double, rate, X(largest_double));
}
