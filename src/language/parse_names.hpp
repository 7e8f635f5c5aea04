// Reading names, labels, columns and left sides.
#pragma once

#include "language/parser_state.hpp"

namespace casus::language {

constexpr std::string_view name_of_a_set = "a name for the set";

/// A word that is not reserved. `what` is "a name for the set" and the like.
Word read_name(Parser& in, std::string_view what);

/// A word that is not reserved, or any text in quotes.
Word read_label(Parser& in, std::string_view what);
std::vector<Word> read_labels(Parser& in, std::string_view what);

/// A column of a file: any word, or text in quotes.
Word read_column(Parser& in);
std::vector<Word> read_columns(Parser& in);

/// The text in quotes that is the next token; it must not be empty.
Word read_text(Parser& in, std::string_view what);

/// Text in quotes, not empty. `what` is "a file name" and the like.
Word read_quoted(Parser& in, std::string_view what);

/// `x`, `x[d in District]`, `x[District]`.
Indexed read_target(Parser& in, std::string_view what);

/// `{peace, war}`, behind the colon.
std::vector<Word> read_braced_labels(Parser& in);

/// `{peace, war}`, or the name of a set, behind the colon.
LabelType read_label_type(Parser& in);

/// `[d in District, Type]`; nothing when there is no bracket.
std::vector<Indexed::Index> read_indices(Parser& in);

/// `a, b` between round brackets of a function.
std::vector<Word> read_parameters(Parser& in);

}  // namespace casus::language
