// Parameter values from a file.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// `wear = 0.1` for a parameter, `[edge]` with `Aland = 0.2` below for the elements of one; in
/// declared units. Throws `Stop` when the file cannot be read (F001) or is not like that (R119).
std::vector<std::pair<std::string, double>> read_values(const std::string& path);

}  // namespace casus::cases
