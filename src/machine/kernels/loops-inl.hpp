// The loops of arithmetic, comparisons and folds; to be included once per target.
#include "machine/kernels/kernels.hpp"
#include "machine/kernels/vector-inl.hpp"
#include "machine/operation.hpp"

#include <utility>

#if defined(CASUS_MACHINE_KERNELS_LOOPS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef CASUS_MACHINE_KERNELS_LOOPS_INL
#undef CASUS_MACHINE_KERNELS_LOOPS_INL
#else
#define CASUS_MACHINE_KERNELS_LOOPS_INL
#endif

HWY_BEFORE_NAMESPACE();
namespace casus::machine::HWY_NAMESPACE {

HWY_INLINE double remainder_of_numbers(double a, double b) {
  return casus::machine::evaluate(Op::remainder, a, b, 0.0);
}

/// For what has no form over vectors: number by number.
HWY_INLINE Vector remainder_of(Vector a, Vector b) {
  HWY_ALIGN double x[HWY_LANES(double)];
  HWY_ALIGN double y[HWY_LANES(double)];
  store(a, x);
  store(b, y);
  for (std::size_t i = 0; i < lanes(); ++i) x[i] = remainder_of_numbers(x[i], y[i]);
  return load(x);
}

#define CASUS_INLINE HWY_INLINE
#include "machine/arithmetic.inl"
#undef CASUS_INLINE

/// An operand: a column, or the one number that stands in all lanes.
template <bool is_number>
struct Operand {
  HWY_INLINE explicit Operand(const double* at) : column(at) {}
  HWY_INLINE Vector operator[](std::size_t i) const { return load(column + i); }
  const double* column;
};

template <>
struct Operand<true> {
  HWY_INLINE explicit Operand(const double* at) : number(*at) {}
  HWY_INLINE Vector operator[](std::size_t) const { return number; }
  Vector number;
};

template <Op op, unsigned numbers>
void loop(const Columns& x) {
  constexpr std::uint8_t arity = arity_of(op);
  const Operand<(numbers & number_a) != 0> a(x.a);
  const Operand<(arity < 2) || (numbers & number_b) != 0> b(arity < 2 ? x.a : x.b);
  const Operand<(arity < 3) || (numbers & number_c) != 0> c(arity < 3 ? x.a : x.c);
  for (std::size_t i = 0; i < x.n; i += lanes()) {
    store(arithmetic_of<op, Vector>(a[i], b[i], c[i]), x.out + i);
  }
}

/// A column or one number, where a loop of its own for each is not worth it.
HWY_INLINE Vector read(Input input, std::size_t i) {
  return input.is_number ? Vector(*input.values) : load(input.values + i);
}

HWY_INLINE Mask holds(Input condition, std::size_t i) {
  if (condition.values == nullptr) return Vector(1.0) == Vector(1.0);
  return is_true(read(condition, i));
}

HWY_INLINE Mask nowhere() { return Vector(1.0) < Vector(0.0); }

/// x - x is zero for finite x, else no number.
HWY_INLINE Mask is_finite(Vector x) { return x - x == Vector(0.0); }
HWY_INLINE Mask is_positive(Vector x) { return (x > 0.0) & is_finite(x); }

/// An input that is read in one way, column or not, so that loops need not ask.
class Reader {
 public:
  /// `otherwise` in all lanes where there is no input.
  HWY_INLINE Reader(const Input& input, double otherwise) {
    if (input.values != nullptr && !input.is_number) {
      from_ = input.values;
      step_ = 1;
      return;
    }
    store(Vector(input.values == nullptr ? otherwise : *input.values), same_);
    from_ = same_;
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() = default;

  HWY_INLINE Vector operator[](std::size_t i) const { return load(from_ + i * step_); }

 private:
  HWY_ALIGN double same_[HWY_LANES(double)];
  const double* from_ = nullptr;
  std::size_t step_ = 0;
};

/// The arguments of a law, zero where it has fewer, and where it holds.
struct LawReader {
  HWY_INLINE explicit LawReader(const LawColumns& x)
      : a(x.arguments[0], 0.0), b(x.arguments[1], 0.0), c(x.arguments[2], 0.0), mask(x.mask, 1.0) {}
  Reader a;
  Reader b;
  Reader c;
  Reader mask;
};

template <Fold fold>
HWY_INLINE Vector folded(Vector before, Vector value, double step) {
  if constexpr (fold == Fold::sum) return before + value;
  if constexpr (fold == Fold::highest) return maximum_of(before, value);
  if constexpr (fold == Fold::lowest) return minimum_of(before, value);
  if constexpr (fold == Fold::first) {
    return select(is_true(value) & (Vector(step) < before), Vector(step), before);
  }
  if constexpr (fold == Fold::last) return select(is_true(value), Vector(step), before);
  return value;
}

template <Fold fold>
void fold_loop(const FoldColumns& x) {
  for (std::size_t i = 0; i < x.n; i += lanes()) {
    const Vector before = load(x.into + i);
    const Vector after = folded<fold>(before, read(x.value, i), x.step);
    store(select(holds(x.condition, i), after, before), x.into + i);
  }
}

HWY_INLINE bool any_loop(const double* truths, std::size_t n) {
  Mask found = is_true(load(truths));
  for (std::size_t i = lanes(); i < n; i += lanes()) found = found | is_true(load(truths + i));
  return any(found);
}

HWY_INLINE bool all_finite_loop(Input values, Input mask, std::size_t n) {
  const Reader value(values, 0.0);
  Mask good = !nowhere();
  if (mask.values == nullptr) {
    for (std::size_t i = 0; i < n; i += lanes()) good = good & is_finite(value[i]);
    return !any(!good);
  }
  const Reader condition(mask, 0.0);
  for (std::size_t i = 0; i < n; i += lanes()) {
    good = good & ((!is_true(condition[i])) | is_finite(value[i]));
  }
  return !any(!good);
}

}  // namespace casus::machine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
