// Philox over lanes; to be included once per target.
#include "machine/kernels/kernels.hpp"
#include "machine/kernels/vector-inl.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#if defined(CASUS_MACHINE_KERNELS_RANDOM_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_RANDOM_INL
#undef CASUS_MACHINE_KERNELS_RANDOM_INL
#else
#define CASUS_MACHINE_KERNELS_RANDOM_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

/// Products of the lower halves of 64-bit words.
HWY_INLINE Words product_of_lower_halves(Words a, Words b) {
#if HWY_TARGET == HWY_SCALAR
  const Words half = word(0xffff'ffffU);
  return hn::Mul(hn::And(a, half), hn::And(b, half));
#else
  const hn::Repartition<std::uint32_t, DoubleTag> halves;
  return hn::MulEven(hn::BitCast(halves, a), hn::BitCast(halves, b));
#endif
}

HWY_INLINE Words load_words(const std::uint64_t* from) { return hn::LoadU(WordTag(), from); }

/// Four words of 32 bits in the lower halves; what stands in the upper halves does not count.
struct CounterWords {
  Words w0;
  Words w1;
  Words w2;
  Words w3;
};

/// One of the ten rounds of random::philox.
HWY_INLINE CounterWords philox_round(const CounterWords& counter, Words key_0, Words key_1) {
  const Words product_0 = product_of_lower_halves(counter.w0, word(0xD2511F53U));
  const Words product_1 = product_of_lower_halves(counter.w2, word(0xCD9E8D57U));
  return {hn::Xor(hn::ShiftRight<32>(product_1), hn::Xor(counter.w1, key_0)), product_1,
          hn::Xor(hn::ShiftRight<32>(product_0), hn::Xor(counter.w3, key_1)), product_0};
}

constexpr std::size_t philox_rounds = 10;
constexpr std::uint64_t weyl_0 = 0x9E3779B9U;
constexpr std::uint64_t weyl_1 = 0xBB67AE85U;

/// random::philox for a counter and a key a lane.
HWY_INLINE CounterWords philox(CounterWords counter, Words key_0, Words key_1) {
  for (std::size_t round = 0; round < philox_rounds; ++round) {
    counter = philox_round(counter, key_0, key_1);
    key_0 = hn::Add(key_0, word(weyl_0));
    key_1 = hn::Add(key_1, word(weyl_1));
  }
  return counter;
}

/// random::uniform_of: the 52 bits behind the point of a number from 1 to 2, less 1 - 2^-53, which
/// is exact.
HWY_INLINE Vector uniform_of(Words low, Words high) {
  const Words bits = hn::Or(hn::ShiftLeft<32>(high), hn::And(low, word(0xffff'ffffU)));
  const Words one = word(0x3ff0'0000'0000'0000U);
  return vector_of(hn::Or(hn::ShiftRight<12>(bits), one)) - (1.0 - 0x1p-53);
}

HWY_INLINE CounterWords words_at(const Addresses& at, const Site& site, std::size_t i) {
  return philox(
      {load_words(at.half_slot + i), word(site.step_word), word(site.site), word(site.attempt)},
      load_words(at.key_0 + i), load_words(at.key_1 + i));
}

/// The uniform of slots that are odd, or even, among the two of their counters.
HWY_INLINE Vector uniform_of_slot(CounterWords words, Words odd) {
  const hn::Mask<WordTag> is_odd = hn::Ne(odd, hn::Zero(WordTag()));
  return uniform_of(hn::IfThenElse(is_odd, words.w2, words.w0),
                    hn::IfThenElse(is_odd, words.w3, words.w1));
}

/// Both uniforms of as many pairs as a vector has lanes.
HWY_INLINE void store_pairs(const CounterWords& words, double* out) {
  hn::StoreInterleaved2(uniform_of(words.w0, words.w1).lanes, uniform_of(words.w2, words.w3).lanes,
                        DoubleTag(), out);
}

/// Which counters of a run stand where in a vector: one from each half in turn, so that
/// interleaving their numbers inside blocks of two brings all into order.
constexpr std::array<std::uint64_t, HWY_LANES(double)> make_run_order() {
  constexpr std::size_t n = HWY_LANES(double);
  std::array<std::uint64_t, n> order{};
  for (std::size_t i = 0; i < n; ++i) order[i] = i / 2 + i % 2 * (n / 2);
  return order;
}
constexpr auto run_order = make_run_order();

/// Both uniforms of a vector of counters in the order of a run.
HWY_INLINE void store_run(const CounterWords& words, double* out) {
#if HWY_TARGET == HWY_SCALAR
  store_pairs(words, out);
#else
  const DoubleTag tag;
  const Doubles even = uniform_of(words.w0, words.w1).lanes;
  const Doubles odd = uniform_of(words.w2, words.w3).lanes;
  hn::StoreU(hn::InterleaveLower(tag, even, odd), tag, out);
  hn::StoreU(hn::InterleaveUpper(tag, even, odd), tag, out + lanes());
#endif
}

/// The keys of all rounds, the same for all lanes.
struct RoundKeys {
  HWY_INLINE explicit RoundKeys(const Addresses& at) {
    for (std::size_t round = 0; round < philox_rounds; ++round) {
      hn::Store(word(at.key_0[0] + round * weyl_0), WordTag(), key_0[round]);
      hn::Store(word(at.key_1[0] + round * weyl_1), WordTag(), key_1[round]);
    }
  }
  HWY_ALIGN std::uint64_t key_0[philox_rounds][HWY_LANES(double)];
  HWY_ALIGN std::uint64_t key_1[philox_rounds][HWY_LANES(double)];
};

/// Two vectors of counters side by side: each round waits for the one before.
struct TwoCounters {
  CounterWords a;
  CounterWords b;
};

HWY_INLINE TwoCounters next_round(const TwoCounters& of, const RoundKeys& keys, std::size_t round) {
  const Words key_0 = hn::Load(WordTag(), keys.key_0[round]);
  const Words key_1 = hn::Load(WordTag(), keys.key_1[round]);
  return {philox_round(of.a, key_0, key_1), philox_round(of.b, key_0, key_1)};
}

HWY_INLINE TwoCounters all_rounds(TwoCounters of, const RoundKeys& keys) {
  for (std::size_t round = 0; round < philox_rounds; round += 2) {
    of = next_round(next_round(of, keys, round), keys, round + 1);
  }
  return of;
}

/// Addresses of a run are counted instead of read.
HWY_INLINE void uniforms_of_run(const Addresses& at, const Site& site, double* out) {
  const RoundKeys keys(at);
  const Words zero = word(0);
  const CounterWords rest{zero, word(site.step_word), word(site.site), word(site.attempt)};
  const Words step = word(lanes());
  Words half_slot = hn::Add(word(at.half_slot[0]), load_words(run_order.data()));
  const std::size_t n_counters = at.n / 2;
  for (std::size_t i = 0; i < n_counters; i += 2 * lanes()) {
    const Words next = hn::Add(half_slot, step);
    const TwoCounters drawn = all_rounds(
        {{half_slot, rest.w1, rest.w2, rest.w3}, {next, rest.w1, rest.w2, rest.w3}}, keys);
    store_run(drawn.a, out + 2 * i);
    if (i + lanes() < n_counters) store_run(drawn.b, out + 2 * i + 2 * lanes());
    half_slot = hn::Add(next, step);
  }
}

HWY_INLINE void uniform_loop(const Addresses& at, const Site& site, double* out) {
  if (at.is_run) return uniforms_of_run(at, site, out);
  if (at.is_paired) {
    for (std::size_t i = 0; i < at.n / 2; i += lanes()) {
      store_pairs(words_at(at, site, i), out + 2 * i);
    }
    return;
  }
  for (std::size_t i = 0; i < at.n; i += lanes()) {
    store(uniform_of_slot(words_at(at, site, i), load_words(at.is_odd + i)), out + i);
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
