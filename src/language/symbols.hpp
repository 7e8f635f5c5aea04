// Operators and brackets, and those of other languages.
#pragma once

#include "language/token.hpp"

#include <string_view>

namespace casus::language {

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

/// The longest symbol with which `text` begins; nullptr when there is none.
const Symbol* find_symbol(std::string_view text);

/// What people write by habit of other languages, and what to write here.
struct ForeignSymbol {
  std::string_view text;
  std::string_view help;
};

/// The longest one with which `text` begins; nullptr when there is none, or when what stands there
/// is a symbol of ours.
const ForeignSymbol* find_foreign_symbol(std::string_view text);

}  // namespace casus::language
