// Every diagnostic there is: the table behind docs/errors.md and `casus explain`.
#pragma once

#include <span>
#include <string_view>

namespace casus {

/// One kind of diagnostic. Codes are never reused for another fault.
struct Code {
  std::string_view code;     ///< "U102"
  std::string_view title;    ///< a few words
  std::string_view meaning;  ///< what it says and what to do, one or two sentences
};

std::span<const Code> codes();

/// The row of `code`; nullptr when there is none, which is a bug in casus.
const Code* find_code(std::string_view code);

}  // namespace casus
