// Frequent mistakes, each with its own message.
#pragma once

#include "language/parser_state.hpp"

namespace casus::language {

/// An expression has ended and what follows does not belong there. Fails when it looks like a
/// known slip; else false and nothing is reported.
bool fail_on_slip(Parser& in);

/// `=` where values are compared.
void fail_on_assign(Parser& in);

/// `:=` in a place where `=` is wanted.
void fail_on_define(Parser& in);

/// A reserved word where a name or a value is wanted; `what` is "a name" and the like.
void fail_on_reserved(Parser& in, std::string_view what, std::string help);

/// A construct of a later version, written by its words, at the next token.
void fail_on_planned(Parser& in, std::string_view construct, std::string_view meanwhile);

/// A line of a block begins with a word that no line of it begins with.
void fail_on_unknown_line(Parser& in, std::string_view block, std::string help);

/// "did you mean `param`?", or `otherwise` when nothing is near.
std::string suggest(std::string_view word, const std::vector<std::string>& candidates,
                    std::string otherwise);

}  // namespace casus::language
