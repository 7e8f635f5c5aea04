// Random case files that are right by construction.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace casus::fuzz {

struct RandomModel {
  std::string text;  ///< needs no other files
  std::vector<std::string> explanations{};
  std::vector<std::string> whatifs{};
};

/// Sets, parameters, draws, states, lets, functions, games, treaties, variants and measures of
/// everything there is.
RandomModel random_model(std::uint64_t seed);

}  // namespace casus::fuzz
