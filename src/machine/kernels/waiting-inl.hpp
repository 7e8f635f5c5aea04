// Lanes that wait for their numbers while others have theirs; to be included once per target.
#include "machine/kernels/kernels.hpp"
#include "machine/kernels/random-inl.hpp"
#include "machine/kernels/vector-inl.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#if defined(CASUS_MACHINE_KERNELS_WAITING_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_WAITING_INL
#undef CASUS_MACHINE_KERNELS_WAITING_INL
#else
#define CASUS_MACHINE_KERNELS_WAITING_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

constexpr std::size_t waiting_block = 256;

HWY_INLINE Mask first_of(std::size_t count) { return {hn::FirstN(DoubleTag(), count)}; }

/// For each set of lanes the numbers of its members in order, four bits each.
using MemberTable = std::array<std::uint64_t, std::size_t{1} << HWY_LANES(double)>;

constexpr MemberTable member_table() {
  MemberTable table{};
  for (std::size_t bits = 0; bits < table.size(); ++bits) {
    unsigned found = 0;
    for (std::uint64_t lane = 0; bits >> lane != 0; ++lane) {
      if ((bits >> lane) % 2 == 0) continue;
      table[bits] |= lane << (4 * found);
      ++found;
    }
  }
  return table;
}
constexpr MemberTable members = member_table();

/// Moves the lanes of a mask to the front. hn::Compress of Highway 1.0.3 does this too, but GCC 12
/// copies its table to the stack for every vector.
class ToFront {
 public:
  HWY_INLINE explicit ToFront(Mask mask) : from_(indices(mask)) {}

  HWY_INLINE Words operator()(Words x) const { return hn::TableLookupLanes(x, from_); }
  HWY_INLINE Vector operator()(Vector x) const { return vector_of((*this)(words_of(x))); }

 private:
  using Indices = decltype(hn::IndicesFromVec(WordTag(), hn::Zero(WordTag())));

  static HWY_INLINE Indices indices(Mask mask) {
    std::uint8_t bits[8] = {};
    hn::StoreMaskBits(DoubleTag(), mask.bits, bits);
    const Words places = hn::ShiftLeft<2>(hn::Iota(WordTag(), 0));
    const Words shifted = hn::Shr(word(members[bits[0]]), places);
    return hn::IndicesFromVec(WordTag(), hn::And(shifted, word(HWY_LANES(double) - 1)));
  }

  Indices from_;
};

HWY_INLINE Words gather(const std::uint64_t* from, Words at) {
  const hn::RebindToSigned<DoubleTag> index;
  return hn::GatherIndex(WordTag(), from, hn::BitCast(index, at));
}
HWY_INLINE Vector gather(const double* from, Words at) {
  const hn::RebindToSigned<DoubleTag> index;
  return hn::GatherIndex(DoubleTag(), from, hn::BitCast(index, at));
}

/// A vector of waiting lanes.
struct Entry {
  Vector a;  ///< arguments of the law
  Vector b;
  Vector u;
  Vector v;
  Words lane;
  Words next;  ///< the first of the lane's uniforms that is not in use
};

/// At most waiting_block lanes, side by side, so that all vectors but the last are full.
struct Waiting {
  static constexpr std::size_t room = waiting_block + HWY_LANES(double);

  HWY_ALIGN double a[room];
  HWY_ALIGN double b[room];
  HWY_ALIGN double u[room];
  HWY_ALIGN double v[room];
  HWY_ALIGN std::uint64_t lane[room];
  HWY_ALIGN std::uint64_t next[room];
  std::size_t size = 0;

  HWY_INLINE Entry at(std::size_t i) const {
    return {load(a + i),
            load(b + i),
            load(u + i),
            load(v + i),
            hn::LoadU(WordTag(), lane + i),
            hn::LoadU(WordTag(), next + i)};
  }

  /// Adds the lanes of the mask. Entries may be added to the front of the array they are read from.
  HWY_INLINE void add(const Entry& entry, Mask mask) {
    const ToFront to_front(mask);
    add({to_front(entry.a), to_front(entry.b), to_front(entry.u), to_front(entry.v),
         to_front(entry.lane), to_front(entry.next)});
    size = size - lanes() + hn::CountTrue(DoubleTag(), mask.bits);
  }

  /// Adds all lanes.
  HWY_INLINE void add(const Entry& entry) {
    store(entry.a, a + size);
    store(entry.b, b + size);
    store(entry.u, u + size);
    store(entry.v, v + size);
    hn::StoreU(entry.lane, WordTag(), lane + size);
    hn::StoreU(entry.next, WordTag(), next + size);
    size += lanes();
  }

  /// Fills the last vector up with copies of the last lane, of which no results are taken.
  HWY_INLINE void fill_up() {
    for (std::size_t i = size; size > 0 && i % lanes() != 0; ++i) {
      a[i] = a[i - 1];
      b[i] = b[i - 1];
      u[i] = u[i - 1];
      v[i] = v[i - 1];
      lane[i] = lane[i - 1];
      next[i] = next[i - 1];
    }
  }

  /// Writes the numbers of the entries i, i + 1, ..., of which there are `count`, to their lanes.
  HWY_INLINE void put(Vector numbers, std::size_t i, std::size_t count, double* out) const {
    HWY_ALIGN double some[HWY_LANES(double)];
    store(numbers, some);
    for (std::size_t k = 0; k < std::min(lanes(), count); ++k) out[lane[i + k]] = some[k];
  }
};

/// A draw over lanes: what of, and where its uniforms come from.
struct Drawing {
  const LawColumns& x;
  const Addresses& at;
  Site site;
};

/// Uniform number `attempt` of the lanes from `first` on; `first` and `n` are even.
inline void uniforms_of_block(const Drawing& of, std::size_t first, std::size_t n,
                              std::uint32_t attempt, double* out) {
  const std::size_t skipped = of.at.is_paired ? first / 2 : first;
  Addresses at = of.at;
  at.half_slot += skipped;
  at.key_0 += skipped;
  at.key_1 += skipped;
  if (!at.is_paired) at.is_odd += skipped;
  at.n = n;
  Site site = of.site;
  site.attempt = attempt;
  uniform_loop(at, site, out);
}

/// Uniform number next + `later` of each waiting lane.
inline void uniforms_of_waiting(const Drawing& of, const Waiting& waiting, std::uint64_t later,
                                double* out) {
  for (std::size_t i = 0; i < waiting.size; i += lanes()) {
    const Words lane = load_words(waiting.lane + i);
    const Words attempt = hn::Add(load_words(waiting.next + i), word(later));
    const Words at = of.at.is_paired ? hn::ShiftRight<1>(lane) : lane;
    const Words odd = of.at.is_paired ? hn::And(lane, word(1)) : gather(of.at.is_odd, lane);
    const CounterWords words =
        philox({gather(of.at.half_slot, at), word(of.site.step_word), word(of.site.site), attempt},
               gather(of.at.key_0, at), gather(of.at.key_1, at));
    store(uniform_of_slot(words, odd), out + i);
  }
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
