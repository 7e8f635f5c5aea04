// How far weights may go in one stage.
#pragma once

#include <span>

namespace casus::inference {

/// Of weights e^(logs) times e^(power gains), the greatest power in (0, most] at which the
/// effective number is at least `share` of what it is without gains, counting only those that can
/// have a weight at all: `most` itself where that is enough, else by bisection. Gains of -inf are
/// zero weights at any power.
double greatest_power(std::span<const double> logs, std::span<const double> gains, double most,
                      double share);

/// logs[i] + power * gains[i]; -inf where either is. `result` may be `logs`.
void add_power(std::span<const double> logs, std::span<const double> gains, double power,
               std::span<double> result);

}  // namespace casus::inference
