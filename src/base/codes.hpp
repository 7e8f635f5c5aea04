// Every diagnostic there is: the table behind docs/errors.md and `casus explain`.
//
// To add one, add a row, in order of codes, to the file of its phase:
//   codes_syntax.cpp   L lexing, P parsing, N names
//   codes_meaning.cpp  I indices, U units, O order, G games, T time
//   codes_data.cpp     D data, E evidence, F files
//   codes_run.cpp      R run
// Nothing else needs to change.
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

/// All rows, sorted by code.
std::span<const Code> codes();

/// The rows of one file each, in order of codes.
std::span<const Code> syntax_codes();
std::span<const Code> meaning_codes();
std::span<const Code> data_codes();
std::span<const Code> run_codes();

/// The row of `code`; nullptr when there is none, which is a bug in casus.
const Code* find_code(std::string_view code);

}  // namespace casus
