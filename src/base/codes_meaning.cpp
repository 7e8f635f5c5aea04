// Diagnostics of indices (I), units (U), order (O), games (G) and time (T), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"U001", "unit cannot be read",
         "A unit is made of names, *, /, ^ and brackets, for example \"million USD2022 / year\"."},
};

}  // namespace

std::span<const Code> meaning_codes() { return rows; }

}  // namespace casus
