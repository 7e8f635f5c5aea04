// Diagnostics of data (D), evidence (E) and files (F), in order of codes.
#include "base/codes.hpp"

#include <array>

namespace casus {
namespace {

constexpr std::array rows{
    Code{
        "F001", "cannot read a file",
        "The file named does not exist or may not be read. Names are relative to the case folder."},
    Code{"F002", "cannot write a file",
         "The folder does not exist, may not be written to, or the disk is full."},
};

}  // namespace

std::span<const Code> data_codes() { return rows; }

}  // namespace casus
