// Diagnostics of lexing (L), parsing (P) and names (N), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{"L001", "tab in the text",
         "Tabs do not have one width, so indentation would depend on the editor. Use spaces."},
};

}  // namespace

std::span<const Code> syntax_codes() { return rows; }

}  // namespace casus
