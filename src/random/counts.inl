// How uniforms become Poisson, binomial and negative binomial counts, each step written once for a
// number type X as random/elementary.inl is, and to be included behind it: so that lanes draw what
// one history draws, bit for bit.
//
// Small means: one uniform by summation, a count that never falls where the uniform rises. Large
// means: trials of two uniforms each, of which the first in its order that is accepted counts.

// In the order of their needs.
#include "random/counts/summation.inl"
#include "random/counts/rejection.inl"
#include "random/counts/gamma.inl"
