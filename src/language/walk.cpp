#include "language/walk.hpp"

namespace casus::language {

namespace {

struct Parts {
  std::vector<NodeId> list;

  void add(NodeId node) {
    if (node != no_node) list.push_back(node);
  }
  void operator()(const Number& /*at*/) {}
  void operator()(const NumberWithUnit& /*at*/) {}
  void operator()(const DateValue& /*at*/) {}
  void operator()(const Name& /*at*/) {}
  void operator()(const Element& at) { list = at.indices; }
  void operator()(const Call& at) {
    list = at.arguments;
    add(at.otherwise);
  }
  void operator()(const Probability& at) {
    add(at.event);
    add(at.given);
  }
  void operator()(const Unary& at) { add(at.operand); }
  void operator()(const Binary& at) {
    add(at.left);
    add(at.right);
  }
  void operator()(const Choice& at) {
    for (const Choice::Arm& arm : at.arms) {
      add(arm.condition);
      add(arm.value);
    }
    add(at.otherwise);
  }
  void operator()(const Reduce& at) {
    for (const Binder& binder : at.binders) {
      for (const NodeId link : binder.link) add(link);
    }
    add(at.condition);
    add(at.body);
    add(at.otherwise);
  }
  void operator()(const OverSteps& at) {
    add(at.body);
    add(at.condition);
    add(at.range.from);
    add(at.range.to);
  }
  void operator()(const AtDate& at) {
    add(at.body);
    add(at.date);
  }
  void operator()(const InRange& at) {
    add(at.body);
    add(at.range.from);
    add(at.range.to);
  }
  void operator()(const Membership& at) { add(at.body); }
};

}  // namespace

std::vector<NodeId> parts_of(const Tree& tree, NodeId node) {
  Parts parts;
  std::visit(parts, tree[node].expression);
  return std::move(parts.list);
}

}  // namespace casus::language
