// The parts of an expression, for passes that look for something anywhere inside one.
#pragma once

#include "language/syntax.hpp"

#include <vector>

namespace casus::language {

/// The direct parts of an expression, in source order; absent ones left out.
std::vector<NodeId> parts_of(const Tree& tree, NodeId node);

/// Calls `each(id)` for the node and everything inside it.
template <class Each>
void walk(const Tree& tree, NodeId node, const Each& each) {
  if (node == no_node) return;
  each(node);
  for (const NodeId part : parts_of(tree, node)) walk(tree, part, each);
}

}  // namespace casus::language
