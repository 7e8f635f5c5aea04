// Numbers in documents.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>

namespace casus::cases {

/// Null where there is none.
inline nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// Of logarithms of probabilities and of their errors: infinities are values, "-inf" and "inf".
inline nlohmann::ordered_json log_number(double value) {
  return std::isinf(value) ? nlohmann::ordered_json(value < 0 ? "-inf" : "inf") : number(value);
}

}  // namespace casus::cases
