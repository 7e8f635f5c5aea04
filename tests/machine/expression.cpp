// A recursive-descent reader of expressions without names.
#include "expression.hpp"

#include "base/text.hpp"

#include <array>
#include <cctype>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace casus::machine {
namespace {

struct Infix {
  std::string_view text;
  Op op{};
  bool swapped = false;
};

class Reader {
 public:
  Reader(Builder& builder, std::string_view text) : builder_(builder), rest_(text) {}

  Value whole() {
    const Value value = choice();
    if (!trim(rest_).empty()) fault();
    return value;
  }

 private:
  Value choice() {
    const Value yes = disjunction();
    if (!take("if")) return yes;
    const Value condition = disjunction();
    if (!take("else")) fault();
    return builder_.select(condition, yes, choice());
  }

  Value disjunction() {
    Value left = conjunction();
    while (take("or")) left = builder_.apply(Op::logical_or, left, conjunction());
    return left;
  }

  Value conjunction() {
    Value left = negation();
    while (take("and")) left = builder_.apply(Op::logical_and, left, negation());
    return left;
  }

  Value negation() {
    if (take("not")) return builder_.apply(Op::logical_not, negation());
    return comparison();
  }

  Value comparison() {
    static constexpr std::array infixes{
        Infix{"<=", Op::less_equal}, Infix{">=", Op::less_equal, true},
        Infix{"==", Op::equal},      Infix{"!=", Op::not_equal},
        Infix{"<", Op::less},        Infix{">", Op::less, true}};
    const Value left = sum();
    for (const Infix& infix : infixes) {
      if (!take(infix.text)) continue;
      const Value right = sum();
      return infix.swapped ? builder_.apply(infix.op, right, left)
                           : builder_.apply(infix.op, left, right);
    }
    return left;
  }

  Value sum() {
    Value left = product();
    while (true) {
      if (take("+")) {
        left = builder_.add(left, product());
      } else if (take("-")) {
        left = builder_.subtract(left, product());
      } else {
        return left;
      }
    }
  }

  Value product() {
    Value left = factor();
    while (true) {
      if (take("*")) {
        left = builder_.multiply(left, factor());
      } else if (take("/")) {
        left = builder_.divide(left, factor());
      } else {
        return left;
      }
    }
  }

  Value factor() {
    if (take("-")) return builder_.apply(Op::negate, factor());
    const Value base = atom();
    return take("^") ? builder_.apply(Op::power, base, factor()) : base;
  }

  Value atom() {
    if (take("(")) {
      const Value inner = choice();
      if (!take(")")) fault();
      return inner;
    }
    rest_ = trim(rest_);
    std::size_t length = 0;
    while (length < rest_.size() && belongs(rest_.substr(0, length), rest_[length])) ++length;
    const std::string_view word = rest_.substr(0, length);
    rest_.remove_prefix(length);
    if (const std::optional<double> number = parse_number(word)) return builder_.constant(*number);
    return call(word);
  }

  Value call(std::string_view name) {
    const Operation* function = find_function(name);
    if (function == nullptr || !take("(")) fault();
    std::vector<Value> arguments{choice()};
    while (take(",")) arguments.push_back(choice());
    if (!take(")") || arguments.size() != function->arity) fault();
    arguments.resize(3);
    return builder_.apply(function->op, arguments[0], arguments[1], arguments[2]);
  }

  /// Whether `next` continues the number or name `word`; 1e-20 is one word.
  static bool belongs(std::string_view word, char next) {
    if (std::isalnum(static_cast<unsigned char>(next)) != 0 || next == '_' || next == '.') {
      return true;
    }
    return next == '-' && word.size() > 1 && word.back() == 'e' &&
           std::isdigit(static_cast<unsigned char>(word.front())) != 0;
  }

  bool take(std::string_view text) {
    rest_ = trim(rest_);
    if (rest_.substr(0, text.size()) != text) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  [[noreturn]] void fault() const {
    throw std::runtime_error("no expression at \"" + std::string(rest_) + "\"");
  }

  Builder& builder_;
  std::string_view rest_;
};

}  // namespace

Value built(Builder& builder, std::string_view text) { return Reader(builder, text).whole(); }

}  // namespace casus::machine
