// Expressions with all their brackets, written independently of the printer.
#pragma once

#include "language/syntax.hpp"

#include <array>
#include <string>
#include <variant>
#include <vector>

namespace casus::language {

/// Every operator with its brackets, so that precedence shows; independent of the printer.
inline std::string shape(const Tree& tree, NodeId node);

struct Shape {
  const Tree& tree;

  std::string of(NodeId node) const { return shape(tree, node); }
  std::string list(const std::vector<NodeId>& nodes) const {
    std::string text;
    for (const NodeId node : nodes) text += (text.empty() ? "" : ",") + of(node);
    return text;
  }
  std::string after(const char* word, NodeId node) const {
    return node == no_node ? "" : word + of(node);
  }

  std::string operator()(const Number& number) const {
    return std::to_string(static_cast<int>(number.value));
  }
  std::string operator()(const NumberWithUnit& number) const {
    return std::to_string(static_cast<int>(number.value)) + "<" + number.unit.text + ">";
  }
  std::string operator()(const DateValue& date) const { return "@" + to_text(date.date); }
  std::string operator()(const Name& name) const {
    return name.word.quoted ? "'" + name.word.text + "'" : name.word.text;
  }
  std::string operator()(const Element& element) const {
    return element.name.text + "[" + list(element.indices) + "]";
  }
  std::string operator()(const Call& call) const {
    const std::string game = call.qualifier.empty() ? "" : call.qualifier.text + ".";
    return game + call.function.text + "(" + list(call.arguments) + ")" +
           after("|", call.otherwise);
  }
  std::string operator()(const Probability& probability) const {
    const std::string game = probability.qualifier.empty() ? "" : probability.qualifier.text + ".";
    return game + "P(" + of(probability.event) + after("|", probability.given) + ")";
  }
  std::string operator()(const Unary& unary) const {
    return (unary.kind == UnaryKind::negate ? "{- " : "{not ") + of(unary.operand) + "}";
  }
  std::string operator()(const Binary& binary) const {
    constexpr std::array<const char*, 13> signs{
        "+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"};
    return "{" + of(binary.left) + " " + signs.at(static_cast<std::size_t>(binary.kind)) + " " +
           of(binary.right) + "}";
  }
  std::string operator()(const Choice& choice) const {
    std::string text = "?";
    for (const Choice::Arm& arm : choice.arms) {
      text += "(" + of(arm.condition) + ":" + of(arm.value) + ")";
    }
    return text + after("", choice.otherwise);
  }
  std::string operator()(const Reduce& reduce) const {
    std::string text = "reduce" + std::to_string(static_cast<int>(reduce.kind)) + "[";
    for (const Binder& binder : reduce.binders) {
      text += binder.name.text + ":" + binder.set.text +
              (binder.link.empty() ? "" : "(" + list(binder.link) + ")") + ";";
    }
    return text + after("if ", reduce.condition) + after(" ", reduce.body) + "]" +
           after("|", reduce.otherwise);
  }
  std::string operator()(const OverSteps& steps) const {
    return "steps" + std::to_string(static_cast<int>(steps.kind)) + "[" + of(steps.body) +
           after(" while ", steps.condition) + after(" from ", steps.range.from) +
           after(" to ", steps.range.to) + "]";
  }
  std::string operator()(const AtDate& at) const {
    return "{" + of(at.body) + " at " + of(at.date) + "}";
  }
  std::string operator()(const InRange& in) const {
    return "{" + of(in.body) + " in " + of(in.range.from) + ".." + of(in.range.to) + "}";
  }
  std::string operator()(const Membership& membership) const {
    std::string text = "{" + of(membership.body) + (membership.bracketed ? " in(" : " in ");
    for (const Word& word : membership.members) text += word.text + ";";
    return text + "}";
  }
};

inline std::string shape(const Tree& tree, NodeId node) {
  return std::visit(Shape{tree}, tree[node].expression);
}

}  // namespace casus::language
