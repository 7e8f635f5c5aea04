// Reading expressions. Every function returns `no_node`, or something half-read, after a failure;
// the statement around it is then dropped.
#pragma once

#include "language/parser_state.hpp"

namespace casus::language {

/// Any expression but `cases`.
NodeId read_expression(Parser& in);

/// An expression, or `cases` with its arms on the lines below.
NodeId read_value(Parser& in);

/// A value with its signs and powers, tighter than `*`.
NodeId read_signed(Parser& in);

/// An expression or `a if c else b`, between brackets that the caller reads.
NodeId read_inline_choice(Parser& in);

/// A date, a year or other number, or `end`.
NodeId read_date(Parser& in);

/// A date, or a bound name that stands for one: `from y to y`.
NodeId read_asked_date(Parser& in);

/// What may stand alone: numbers, names, calls, brackets (parse_primary.cpp).
NodeId read_primary(Parser& in);

/// `word(`...: calls, reductions, `prob` (parse_call.cpp). The word is the next token.
NodeId read_called(Parser& in);

/// `word.worth(P)`. The word is the next token.
NodeId read_qualified(Parser& in);

/// `first date E`. The next token is `first` or `last`.
NodeId read_first_date(Parser& in);

/// `beta(2, 18)`.
LawCall read_law(Parser& in);

}  // namespace casus::language
