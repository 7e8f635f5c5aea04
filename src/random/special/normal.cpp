// The standard normal law: its distribution function and the inverse.
#include "random/special.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace casus::random {
namespace {

/// Coefficients of a quotient of polynomials, lowest power first.
template <std::size_t n, std::size_t d>
struct Quotient {
  std::array<double, n> numerator;
  std::array<double, d> denominator;

  double operator()(double x) const { return value(numerator, x) / value(denominator, x); }

 private:
  template <std::size_t size>
  static double value(const std::array<double, size>& coefficients, double x) {
    double sum = 0.0;
    for (std::size_t i = size; i-- > 0;) sum = sum * x + coefficients[i];
    return sum;
  }
};

// Cody 1969, scaled to the normal law: |z| below 0.67448975, below sqrt(32), and beyond.
constexpr Quotient<5, 5> cody_centre{
    {18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287,
     0.065682337918207449113},
    {45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187,
     1.0}};
constexpr Quotient<9, 9> cody_middle{
    {9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711,
     597.27027639480026226, 93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764,
     1.0765576773720192317e-8},
    {19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091,
     6485.558298266760755, 1519.377599407554805, 235.38790178262499861, 22.266688044328115691,
     1.0}};
constexpr Quotient<6, 6> cody_tail{
    {2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639,
     0.21589853405795699, 0.02307344176494017303},
    {7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118,
     1.28426009614491121, 1.0}};

/// exp(-z^2 / 2), the square taken in two parts: the first has few enough digits to be exact.
double bell(double z) {
  const double coarse = std::trunc(z * 16.0) / 16.0;
  return std::exp(-0.5 * coarse * coarse) * std::exp(-0.5 * (z - coarse) * (z + coarse));
}

/// Probability of lying beyond z, z > 0.67.
double upper_tail(double z) {
  constexpr double one_over_root_two_pi = 0.398942280401432677940;
  constexpr double root_32 = 5.65685424949238019521;
  if (z > 40.0) return 0.0;
  if (z <= root_32) return bell(z) * cody_middle(z);
  const double inverse_square = 1.0 / (z * z);
  return bell(z) * (one_over_root_two_pi - inverse_square * cody_tail(inverse_square)) / z;
}

// Wichura 1988: the probability within 0.425 of a half, then by r = sqrt(-ln tail) to 5 and beyond.
constexpr Quotient<8, 8> wichura_centre{
    {3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
     1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
     3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
     5.2264952788528545610e3}};
constexpr Quotient<8, 8> wichura_middle{
    {1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
     1.27045825245236838258, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
     7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187, 1.67638483018380384940, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9}};
constexpr Quotient<8, 8> wichura_tail{
    {6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
     2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
     2.71155556874348757815e-5, 2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15}};

constexpr double widest_centre = 0.425;

/// The z whose probability is 1/2 + offset, |offset| <= widest_centre.
double central_inverse(double offset) {
  return offset * wichura_centre(widest_centre * widest_centre - offset * offset);
}

/// The z beyond which lies the probability `tail`, up to 1/2 - widest_centre.
double tail_inverse(double tail) {
  const double r = std::sqrt(-std::log(tail));
  return r <= 5.0 ? wichura_middle(r - 1.6) : wichura_tail(r - 5.0);
}

}  // namespace

double normal_cdf(double z) {
  if (std::abs(z) <= 0.67448975) return 0.5 + z * cody_centre(z * z);
  return z < 0.0 ? upper_tail(-z) : 1.0 - upper_tail(z);
}

double inverse_normal(double u) {
  const double offset = u - 0.5;
  if (std::abs(offset) <= widest_centre) return central_inverse(offset);
  return offset < 0.0 ? -tail_inverse(u) : tail_inverse(1.0 - u);
}

double inverse_half_normal(double u) {
  const double offset = 0.5 * u;
  return offset <= widest_centre ? central_inverse(offset) : tail_inverse(0.5 * (1.0 - u));
}

}  // namespace casus::random
