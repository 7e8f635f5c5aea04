#include "language/exclusive.hpp"

#include <algorithm>

namespace casus::language {

namespace {

void collect(const Model& model, NodeId node, bool holds, std::vector<Conjunct>& list) {
  const Tree& tree = model.tree;
  const Expression& at = tree[node].expression;
  if (const auto* name = std::get_if<Name>(&at))
    return list.push_back({name->word.text, {}, holds, false});
  if (const auto* unary = std::get_if<Unary>(&at)) {
    if (unary->kind == UnaryKind::logical_not) collect(model, unary->operand, !holds, list);
    return;
  }
  const auto* binary = std::get_if<Binary>(&at);
  if (binary == nullptr) return;
  if (binary->kind == (holds ? BinaryKind::logical_and : BinaryKind::logical_or)) {
    collect(model, binary->left, holds, list);
    collect(model, binary->right, holds, list);
    return;
  }
  const auto* left = std::get_if<Name>(&tree[binary->left].expression);
  const auto* right = std::get_if<Name>(&tree[binary->right].expression);
  if (left == nullptr || right == nullptr) return;
  const Meaning::Kind kind = model.meaning(binary->right).kind;
  const bool is_label = kind == Meaning::Kind::label || kind == Meaning::Kind::no_move;
  if (binary->kind == BinaryKind::equal)
    list.push_back({left->word.text, right->word.text, holds, is_label});
  if (binary->kind == BinaryKind::not_equal)
    list.push_back({left->word.text, right->word.text, !holds, is_label});
}

bool contradicts(const Conjunct& a, const Conjunct& b) {
  if (a.what != b.what) return false;
  if (a.other == b.other) return a.holds != b.holds;
  return a.holds && b.holds && a.is_label && b.is_label;
}

}  // namespace

std::vector<Conjunct> conjuncts_of(const Model& model, NodeId condition) {
  std::vector<Conjunct> list;
  if (condition != no_node) collect(model, condition, true, list);
  return list;
}

bool contradict(const std::vector<Conjunct>& a, const std::vector<Conjunct>& b) {
  return std::any_of(a.begin(), a.end(), [&](const Conjunct& x) {
    return std::any_of(b.begin(), b.end(), [&](const Conjunct& y) { return contradicts(x, y); });
  });
}

}  // namespace casus::language
