// Bisection on the effective number.
#include "inference/temperature.hpp"

#include "inference/weights.hpp"

#include <vector>

namespace casus::inference {

void add_power(std::span<const double> logs, std::span<const double> gains, double power,
               std::span<double> result) {
  for (std::size_t i = 0; i < logs.size(); ++i) {
    result[i] = gains[i] == impossible ? impossible : logs[i] + power * gains[i];
  }
}

double greatest_power(std::span<const double> logs, std::span<const double> gains, double most,
                      double share) {
  std::vector<double> room(logs.size());
  const auto size_at = [&](double power) {
    add_power(logs, gains, power, room);
    return effective_size(room);
  };
  const double least_size = share * size_at(0.0);
  if (!(size_at(most) < least_size)) return most;
  double low = 0.0;
  double high = most;
  constexpr int n_halvings = 50;
  for (int i = 0; i < n_halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (size_at(middle) < least_size ? high : low) = middle;
  }
  return low > 0.0 ? low : high;
}

}  // namespace casus::inference
