// Diagnostics of running (R), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"R001", "not a number",
         "A calculation gave a value that is not a number, such as 0 / 0 or log(-1)."},
};

}  // namespace

std::span<const Code> run_codes() { return rows; }

}  // namespace casus
