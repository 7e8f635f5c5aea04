// Random case files that are right by construction.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace casus::fuzz {

/// The files of a case by name: model.casus, and what it reads.
using Texts = std::map<std::string, std::string>;

/// Sets, parameters, draws, states, lets, functions, games, treaties, records, variants and
/// measures of everything there is.
Texts random_model(std::uint64_t seed);

}  // namespace casus::fuzz
