// Draws of counts over lanes; to be included once per target. Small means are summed where they
// stand. Lanes with large means wait together, and after every trial those whose trial failed go on
// to the next.
#include "machine/kernels/loops-inl.hpp"
#include "machine/kernels/quantiles-inl.hpp"
#include "machine/kernels/vector-inl.hpp"
#include "machine/kernels/waiting-inl.hpp"

#include <algorithm>
#include <cstddef>

#if defined(CASUS_MACHINE_KERNELS_COUNTS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_COUNTS_INL
#undef CASUS_MACHINE_KERNELS_COUNTS_INL
#else
#define CASUS_MACHINE_KERNELS_COUNTS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

#define CASUS_INLINE HWY_INLINE
#include "random/counts.inl"
#undef CASUS_INLINE

/// Writes all proposals, and leaves the lanes whose proposals may be wrong.
template <class Trials>
void propose(Waiting& waiting, double* out) {
  const std::size_t n = waiting.size;
  waiting.size = 0;
  for (std::size_t i = 0; i < n; i += lanes()) {
    const Entry entry = waiting.at(i);
    const Hat<Vector> hat = Trials::hat(entry.a, entry.b);
    const Proposal<Vector> at = proposal_of(entry.u, hat);
    waiting.put(Trials::outcome(at.k, entry.a, entry.b), i, n - i, out);
    waiting.add(entry, first_of(n - i) & !is_squeezed(entry.v, at, hat));
  }
  waiting.fill_up();
}

/// Leaves the lanes whose proposals are wrong.
template <class Trials>
void decide(Waiting& waiting) {
  const std::size_t n = waiting.size;
  waiting.size = 0;
  for (std::size_t i = 0; i < n; i += lanes()) {
    Entry entry = waiting.at(i);
    const Hat<Vector> hat = Trials::hat(entry.a, entry.b);
    const Proposal<Vector> at = proposal_of(entry.u, hat);
    const Vector height = height_of(entry.v, at, hat);
    entry.next = hn::Add(entry.next, word(2));
    waiting.add(entry, first_of(n - i) & !Trials::accepts(height, at.k, entry.a, entry.b));
  }
  waiting.fill_up();
}

/// Gives the waiting lanes the uniforms of their next trial.
inline void begin_trial(const Drawing& of, Waiting& waiting) {
  uniforms_of_waiting(of, waiting, 0, waiting.u);
  uniforms_of_waiting(of, waiting, 1, waiting.v);
}

/// Draws for all waiting lanes, which have the uniforms of their first trials.
template <class Trials>
void draw_by_trials(const Drawing& of, Waiting& waiting) {
  while (waiting.size > 0) {
    propose<Trials>(waiting, of.x.out);
    decide<Trials>(waiting);
    begin_trial(of, waiting);
  }
}

struct PoissonLanes {
  static HWY_INLINE Mask valid(Vector mean, Vector) { return (mean >= 0.0) & is_finite(mean); }
  static HWY_INLINE Mask is_summed(Vector mean, Vector) { return poisson_is_summed(mean); }
  static HWY_INLINE Vector summed(Vector u, Vector mean, Vector) {
    return poisson_by_summation(u, mean);
  }
  static void draw(const Drawing& of, Waiting& waiting) {
    draw_by_trials<PoissonTrials>(of, waiting);
  }
};

struct BinomialLanes {
  static HWY_INLINE Mask valid(Vector n, Vector p) {
    return (n >= 0.0) & (n <= 0x1p53) & (floor_of(n) == n) & (p >= 0.0) & (p <= 1.0);
  }
  static HWY_INLINE Mask is_summed(Vector n, Vector p) { return binomial_is_summed(n, p); }
  static HWY_INLINE Vector summed(Vector u, Vector n, Vector p) {
    return binomial_by_summation(u, n, p);
  }
  static void draw(const Drawing& of, Waiting& waiting) {
    draw_by_trials<BinomialTrials>(of, waiting);
  }
};

/// As `propose`: moves the lanes whose proposals are surely right to `done`, their numbers as `u`.
inline void propose_gammas(Waiting& waiting, Waiting& done) {
  const std::size_t n = waiting.size;
  waiting.size = 0;
  for (std::size_t i = 0; i < n; i += lanes()) {
    Entry entry = waiting.at(i);
    const GammaProposal<Vector> at = gamma_proposal(entry.u, entry.b);
    const Mask right = gamma_is_squeezed(entry.v, entry.u, at);
    entry.next = hn::Add(entry.next, word(2));
    waiting.add(entry, first_of(n - i) & !right);
    entry.u = at.value();
    done.add(entry, first_of(n - i) & right);
  }
  waiting.fill_up();
}

inline void decide_gammas(Waiting& waiting, Waiting& done) {
  const std::size_t n = waiting.size;
  waiting.size = 0;
  for (std::size_t i = 0; i < n; i += lanes()) {
    Entry entry = waiting.at(i);
    const GammaProposal<Vector> at = gamma_proposal(entry.u, entry.b);
    const Mask right = gamma_is_accepted(entry.v, entry.u, at);
    waiting.add(entry, first_of(n - i) & !right);
    entry.u = at.value();
    done.add(entry, first_of(n - i) & right);
  }
  waiting.fill_up();
}

/// Multiplies the gamma numbers `u` of sizes `b` below one, each with one more uniform.
inline void boost_gammas(const Drawing& of, Waiting& waiting) {
  Mask found = nowhere();
  for (std::size_t i = 0; i < waiting.size; i += lanes())
    found = found | (load(waiting.b + i) < 1.0);
  if (!any(found)) return;
  uniforms_of_waiting(of, waiting, 0, waiting.v);
  for (std::size_t i = 0; i < waiting.size; i += lanes()) {
    const Entry entry = waiting.at(i);
    const hn::Mask<WordTag> small = hn::RebindMask(WordTag(), (entry.b < 1.0).bits);
    store(entry.u * gamma_boost(entry.v, entry.b), waiting.u + i);
    hn::StoreU(hn::Add(entry.next, hn::IfThenElseZero(small, word(1))), WordTag(),
               waiting.next + i);
  }
}

/// The Poisson counts of the negative binomial lanes with gamma numbers `u`.
inline void draw_poisson_parts(const Drawing& of, Waiting& waiting) {
  for (std::size_t i = 0; i < waiting.size; i += lanes()) {
    const Entry entry = waiting.at(i);
    store(poisson_part(entry.a, entry.b, entry.u), waiting.a + i);
  }
  begin_trial(of, waiting);
  const std::size_t n = waiting.size;
  waiting.size = 0;
  for (std::size_t i = 0; i < n; i += lanes()) {
    const Entry entry = waiting.at(i);
    const Mask summed = poisson_is_summed(entry.a);
    waiting.put(poisson_by_summation(entry.u, select(summed, entry.a, 0.0)), i, n - i, of.x.out);
    waiting.add(entry, first_of(n - i) & !summed);
  }
  waiting.fill_up();
  draw_by_trials<PoissonTrials>(of, waiting);
}

struct NegbinomialLanes {
  static HWY_INLINE Mask valid(Vector mean, Vector size) {
    return (mean >= 0.0) & is_finite(mean) & is_positive(size);
  }
  static HWY_INLINE Mask is_summed(Vector mean, Vector size) {
    return negbinomial_is_summed(mean, size);
  }
  static HWY_INLINE Vector summed(Vector u, Vector mean, Vector size) {
    return negbinomial_by_summation(u, mean, size);
  }
  static void draw(const Drawing& of, Waiting& waiting) {
    Waiting done;
    while (waiting.size > 0) {
      inverse_normals({waiting.u, waiting.size}, {waiting.u, waiting.size});
      propose_gammas(waiting, done);
      decide_gammas(waiting, done);
      begin_trial(of, waiting);
    }
    done.fill_up();
    boost_gammas(of, done);
    draw_poisson_parts(of, done);
  }
};

/// Writes the counts of live lanes with small means and has those with large means wait. True where
/// a live lane has an invalid argument; neither it nor a dead lane is drawn for.
template <class Law>
HWY_INLINE Mask sum_or_wait(const LawReader& of, double* out, std::size_t i, Waiting& waiting) {
  const Vector a = of.a[i];
  const Vector b = of.b[i];
  const Mask live = is_true(of.mask[i]);
  const Mask valid = Law::valid(a, b);
  const Mask is_summed = Law::is_summed(a, b);
  const Mask summed = live & valid & is_summed;
  const Mask waits = live & valid & !is_summed;
  const Vector u = load(out + i);
  if (any(summed)) {
    store(Law::summed(u, select(summed, a, 0.0), select(summed, b, 1.0)), out + i);
  }
  const Entry entry{a, b, u, u, hn::Iota(WordTag(), i), word(0)};
  if (!any(!waits)) {
    waiting.add(entry);
  } else if (any(waits)) {
    waiting.add(entry, waits);
  }
  return live & !valid;
}

/// The second uniforms of the waiting lanes, which are of the block from `first` on.
inline void second_uniforms(const Drawing& of, std::size_t first, std::size_t n, Waiting& waiting) {
  if (2 * waiting.size < n) return uniforms_of_waiting(of, waiting, 1, waiting.v);
  HWY_ALIGN double all[waiting_block];
  uniforms_of_block(of, first, n, 1, all);
  for (std::size_t i = 0; i < waiting.size; i += lanes()) {
    store(gather(all, hn::Sub(load_words(waiting.lane + i), word(first))), waiting.v + i);
  }
}

template <class Law>
bool sample_loop(const LawColumns& x, const Addresses& at, const Site& site) {
  const Drawing of{x, at, site};
  const LawReader arguments(x);
  Waiting waiting;
  Mask bad = nowhere();
  for (std::size_t first = 0; first < x.n; first += waiting_block) {
    const std::size_t n = std::min(waiting_block, x.n - first);
    uniforms_of_block(of, first, n, 0, x.out + first);
    waiting.size = 0;
    for (std::size_t i = 0; i < n; i += lanes()) {
      bad = bad | sum_or_wait<Law>(arguments, x.out, first + i, waiting);
    }
    if (waiting.size == 0) continue;
    waiting.fill_up();
    second_uniforms(of, first, n, waiting);
    Law::draw(of, waiting);
  }
  return !any(bad);
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
