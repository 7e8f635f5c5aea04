// Nodes with their meanings.
#include "language/amend.hpp"

namespace casus::language {
namespace {

NodeId add(Model& model, Expression expression, Span span) {
  const NodeId node = model.tree.add(std::move(expression), span);
  model.meanings.push_back({.type = {.kind = TypeKind::number}});
  return node;
}

}  // namespace

NodeId add_number(Model& model, double value, Span span) { return add(model, Number{value}, span); }

NodeId add_product(Model& model, double factor, NodeId node) {
  const Span span = model.tree[node].span;
  const NodeId left = add_number(model, factor, span);
  return add(model, Binary{.kind = BinaryKind::multiply, .op = span, .left = left, .right = node},
             span);
}

}  // namespace casus::language
