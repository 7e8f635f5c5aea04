// Pieces of canonical text that statements are made of.
#pragma once

#include "language/syntax.hpp"

#include <string>
#include <string_view>

namespace casus::language {

/// In quotes when it was.
std::string print(const Word& word);
std::string quoted(std::string_view text);

/// "a, b"
std::string print(const std::vector<Word>& words);

/// An expression in a place where `cases` may stand; its arms are indented by `indent`.
std::string print_value(const Tree& tree, NodeId node, std::size_t indent);

/// "f(a, name = b)"
std::string print(const Tree& tree, const LawCall& law);

std::string print(const std::vector<Indexed::Index>& indices);
std::string print(const Indexed& target);

/// " from D to D"; empty when open on both sides.
std::string print(const Tree& tree, const DateRange& range);

}  // namespace casus::language
