// Numbers in documents, and members of large objects.
#pragma once

#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace casus::cases {

/// Null where there is none.
inline nlohmann::ordered_json number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// Of logarithms of probabilities and of their errors: infinities are values, "-inf" and "inf".
inline nlohmann::ordered_json log_number(double value) {
  return std::isinf(value) ? nlohmann::ordered_json(value < 0 ? "-inf" : "inf") : number(value);
}

/// Adds a member that is not there yet. An ordered object searches all members for one of that
/// name, which takes seconds where steps are the names.
inline void add_member(nlohmann::ordered_json& object, std::string name,
                       nlohmann::ordered_json value) {
  using Members = nlohmann::ordered_json::object_t;
  object.get_ref<Members&>().Members::Container::emplace_back(std::move(name), std::move(value));
}

}  // namespace casus::cases
