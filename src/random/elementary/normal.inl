// The standard normal law: its distribution function and the inverse; see random/elementary.inl.

/// A quotient of polynomials, lowest power first.
template <std::size_t n>
struct Quotient {
  std::array<double, n> numerator;
  std::array<double, n> denominator;
};

/// x, x^2, x^4 and x^8.
template <class X>
struct Powers {
  X power[4];
};

template <class X>
CASUS_INLINE Powers<X> powers_of(X x) {
  const X square = x * x;
  const X fourth = square * square;
  return {{x, square, fourth, fourth * fourth}};
}

/// The polynomial of coefficients first, ... first + count - 1, by halves (Estrin 1960), so that
/// many steps are independent of each other.
template <std::size_t first, std::size_t count, class X, std::size_t n>
CASUS_INLINE X by_halves(const std::array<double, n>& coefficients, const Powers<X>& of) {
  if constexpr (count == 1) {
    return X(coefficients[first]);
  } else {
    constexpr std::size_t level = count <= 2 ? 0 : count <= 4 ? 1 : count <= 8 ? 2 : 3;
    constexpr std::size_t half = std::size_t{1} << level;
    return by_halves<first, half>(coefficients, of) +
           by_halves<first + half, count - half>(coefficients, of) * of.power[level];
  }
}

template <class X, std::size_t n>
CASUS_INLINE X quotient(const Quotient<n>& of, X x) {
  const Powers<X> powers = powers_of(x);
  return by_halves<0, n>(of.numerator, powers) / by_halves<0, n>(of.denominator, powers);
}

// Cody 1969, scaled to the normal law: |z| up to 0.67448975, up to sqrt(32), and beyond.
constexpr Quotient<5> cody_centre{
    {18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287,
     0.065682337918207449113},
    {45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187,
     1.0}};
constexpr Quotient<9> cody_middle{
    {9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711,
     597.27027639480026226, 93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764,
     1.0765576773720192317e-8},
    {19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091,
     6485.558298266760755, 1519.377599407554805, 235.38790178262499861, 22.266688044328115691,
     1.0}};
constexpr Quotient<6> cody_tail{
    {2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639,
     0.21589853405795699, 0.02307344176494017303},
    {7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118,
     1.28426009614491121, 1.0}};
constexpr double widest_cody_centre = 0.67448975;
constexpr double widest_cody_middle = 5.65685424949238019521;

/// The probability of lying beyond z > 0.67 is y 2^whole; `shifted` is the shifted `whole`.
template <class X>
struct UpperTail {
  X y;
  X whole;
  X shifted;
};

/// exp(-z^2 / 2) with the square as a pair, times Cody's quotients.
template <class X>
CASUS_INLINE UpperTail<X> upper_tail(X z) {
  constexpr double one_over_root_two_pi = 0.398942280401432677940;
  const Pair<X> square = exact_product(z, z);
  const ReducedExponent<X> at = reduced_exponent(-0.5 * square.high);
  const Pair<X> e = exp_beside(X(1.0), at.high, at.low + 0.5 * square.low);
  const X bell = e.high + e.low;
  X y = bell * quotient(cody_middle, z);
  const auto far = z > widest_cody_middle;
  if (any(far)) {
    const X inverse = 1.0 / (z * z);
    const X shape = one_over_root_two_pi - inverse * quotient(cody_tail, inverse);
    y = select(far, bell * shape / z, y);
  }
  return {y, at.whole, at.shifted};
}

template <class X>
CASUS_INLINE X normal_cdf(X z) {
  constexpr double widest = 37.5;  // beyond, the lower tail is no normal number
  constexpr double nothing_beyond = 40.0;
  const X size = absolute(z);
  const auto central = size <= widest_cody_centre;
  const X centre = 0.5 + z * quotient(cody_centre, z * z);
  if (!any(!central)) return centre;
  const UpperTail<X> beyond = upper_tail(select(size < nothing_beyond, size, X(nothing_beyond)));
  X tail = times_power_of_two(beyond.y, beyond.shifted);
  const auto ordinary = size < widest;
  if (any(!ordinary)) {
    tail = select(ordinary, tail, scaled_to_the_edge(beyond.y, beyond.whole));
    tail = select(z == z, tail, X(nan_of_doubles));
  }
  return select(central, centre, select(z < 0.0, tail, 1.0 - tail));
}

// Wichura 1988: the probability within 0.425 of a half, then by r = sqrt(-ln tail) to 5 and beyond.
constexpr Quotient<8> wichura_centre{
    {3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3}};
constexpr Quotient<8> wichura_middle{
    {1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
     7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
constexpr Quotient<8> wichura_tail{
    {6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};
constexpr double widest_wichura_centre = 0.425;

/// The z whose probability is 1/2 + offset, |offset| <= widest_wichura_centre.
template <class X>
CASUS_INLINE X central_quantile(X offset) {
  return offset *
         quotient(wichura_centre, widest_wichura_centre * widest_wichura_centre - offset * offset);
}

/// The z at a place beyond widest_wichura_centre.
template <class X>
CASUS_INLINE X outer_quantile(X offset, X tail) {
  const X r = square_root(-log_of(tail));
  const X z = copy_sign(quotient(wichura_middle, r - 1.6), offset);
  const auto near = r <= 5.0;
  if (any(!near)) {
    X beyond = select(tail > 0.0, quotient(wichura_tail, r - 5.0), X(infinity_of_doubles));
    beyond = select(tail >= 0.0, copy_sign(beyond, offset), X(nan_of_doubles));
    return select(near, z, beyond);
  }
  return z;
}

/// A place in the normal law: 1/2 + offset, and the smaller of that and its rest.
template <class X>
struct Place {
  X offset;
  X tail;
};

template <class X>
CASUS_INLINE Place<X> place_of(X u) {
  const X offset = u - 0.5;
  return {offset, select(offset < 0.0, u, 1.0 - u)};
}

template <class X>
CASUS_INLINE Place<X> half_place_of(X u) {
  return {0.5 * u, 0.5 * (1.0 - u)};
}

template <class X>
CASUS_INLINE X normal_quantile(X offset, X tail) {
  const auto central = absolute(offset) <= widest_wichura_centre;
  if (!any(!central)) return central_quantile(offset);
  const X outer = outer_quantile(offset, tail);
  if (!any(central)) return outer;
  return select(central, central_quantile(offset), outer);
}

template <class X>
CASUS_INLINE X inverse_normal(X u) {
  const Place<X> at = place_of(u);
  return normal_quantile(at.offset, at.tail);
}

template <class X>
CASUS_INLINE X inverse_half_normal(X u) {
  const Place<X> at = half_place_of(u);
  return normal_quantile(at.offset, at.tail);
}
