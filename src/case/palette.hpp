// The colours of all figures: one blue hue for what the model gives, earth for the record and
// faults.
#pragma once

#include <string_view>

namespace casus::cases::palette {

constexpr std::string_view model = "#1f4e79";
constexpr std::string_view model_inner = "#a9c4dd";  // intervals: the middle
constexpr std::string_view model_outer = "#dbe6f0";  // intervals: the tails
constexpr std::string_view record = "#b3541e";
constexpr std::string_view fault = "#b04a2f";
constexpr std::string_view fault_inner = "#d8a08c";
constexpr std::string_view axis = "#bbbbbb";
constexpr std::string_view zero = "#555555";  // the line to compare with; errors

}  // namespace casus::cases::palette
