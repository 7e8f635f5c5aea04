// Trees back to text, in one canonical form: for tests, for `check --json` and for hashing.
#pragma once

#include "language/syntax.hpp"

#include <string>

namespace casus::language {

/// The whole case, which reads back as a tree that prints the same. Layout, comments and the order
/// of clauses are not kept, nor the order of lines of different kinds inside a game.
std::string print(const Tree& tree);

/// One statement, with its line break.
std::string print(const Tree& tree, const Statement& statement);

/// An expression, with no more brackets than it needs; empty for `no_node`. A choice is written
/// inline.
std::string print(const Tree& tree, NodeId node);

}  // namespace casus::language
