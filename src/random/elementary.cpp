// The elementary functions for one double at a time.
#include "random/elementary.hpp"

#include "random/elementary/of_double.hpp"

#include <limits>

#define CASUS_INLINE inline

namespace casus::random::elementary {
namespace {
#include "random/elementary.inl"
}  // namespace
}  // namespace casus::random::elementary

#undef CASUS_INLINE

namespace casus::random {

double exp_of(double x) { return elementary::exp_of(x); }
double log_of(double x) { return elementary::log_of(x); }

}  // namespace casus::random
