// What a statement declares, whatever its kind.
#pragma once

#include "language/syntax.hpp"

#include <string_view>

namespace casus::editor {

struct Declared {
  std::string_view keyword;
  language::Word name{};
  const language::Clauses* clauses = nullptr;  ///< nullptr where there are none
};

/// The name is empty for `case` and `include`.
Declared declared(const language::Statement& statement);

}  // namespace casus::editor
