// Growing expressions.
#include "fuzz/random_expression.hpp"

#include <algorithm>
#include <array>

namespace casus::fuzz {

const Set& Scope::set(const std::string& name) const {
  return *std::find_if(sets.begin(), sets.end(), [&](const Set& one) { return one.name == name; });
}

std::string Expressions::literal() {
  constexpr std::array literals{"0",   "1",    "2",    "3",     "0.5",  "0.25",
                                "1.5", "0.01", "1e-9", "0.125", "7.75", "0.3333"};
  const std::string value = dice_.one_of(literals);
  return dice_.chance(25) ? "(-" + value + ")" : value;
}

/// A label of the set, a bound name that runs over it, or data of its labels.
std::string Expressions::label_of(const std::string& set) {
  std::vector<std::string> names = scope_.set(set).labels;
  for (const auto& [name, over] : scope_.bound) {
    for (int weight = 0; weight < 3 && over == set; ++weight) names.push_back(name);
  }
  for (const auto& [name, of] : scope_.indices) {
    if (of == set) names.push_back(name);
  }
  return dice_.one_of(names);
}

std::string Expressions::element() {
  const auto& [name, set] = dice_.one_of(scope_.arrays);
  return name + "[" + label_of(set) + "]";
}

std::string Expressions::leaf() {
  const std::size_t kind = dice_.below(4);
  if (kind == 0 && !scope_.arrays.empty()) return element();
  if (kind <= 2 && !scope_.numbers.empty()) return dice_.one_of(scope_.numbers);
  return literal();
}

/// What may leave the finite numbers.
std::string Expressions::daring(std::size_t depth) {
  const std::string x = number(depth - 1);
  switch (dice_.below(5)) {
    case 0: return "log(" + x + ")";
    case 1: return "sqrt(" + x + ")";
    case 2: return "(1 / (" + x + "))";
    case 3: return "exp(20 * " + x + ")";
    default: return "(" + x + " ^ 3)";
  }
}

std::string Expressions::call(std::size_t depth) {
  const std::string x = number(depth - 1);
  switch (dice_.below(14)) {
    case 0: return "tanh(" + x + ")";
    case 1: return "logistic(" + x + ")";
    case 2: return "log(1 + abs(" + x + "))";
    case 3: return "log1p(abs(" + x + "))";
    case 4: return "sqrt(abs(" + x + "))";
    case 5: return "exp(min(" + x + ", 1))";
    case 6: return "softplus(" + x + ")";
    case 7: return "normal_cdf(" + x + ")";
    case 8: return "floor(" + x + ")";
    case 9: return "sin(" + x + ")";
    case 10: return "cos(" + x + ")";
    case 11: return "mod(" + x + ", 2)";
    case 12: return "expm1(min(" + x + ", 0.5))";
    default:
      return scope_.functions.empty() ? "abs(" + x + ")"
                                      : dice_.one_of(scope_.functions) + "(" + x + ")";
  }
}

std::string Expressions::reduction(std::size_t depth) {
  if (scope_.sets.empty() || scope_.bound.size() > 1) return call(depth);
  const Set& set = dice_.one_of(scope_.sets);
  const std::string name = "i" + std::to_string(++scope_.n_binders);
  const std::string over = name + " in " + set.name;
  scope_.bound.emplace_back(name, set.name);
  const std::string condition = dice_.chance(30) ? " if " + truth(depth - 1) : "";
  const std::string body = number(depth - 1);
  const std::string known = truth(depth - 1);
  scope_.bound.pop_back();
  switch (dice_.below(5)) {
    case 0: return "tanh(sum(" + over + condition + ": " + body + "))";
    case 1: return "tanh(product(" + over + condition + ": tanh(" + body + ")))";
    case 2:
      return "max(" + over + condition + ": " + body + ")" +
             (condition.empty() ? "" : " default " + literal());
    case 3: return "(1 if any(" + over + ": " + known + ") else 0)";
    default: return "count(" + over + " if " + known + ")";
  }
}

std::string Expressions::choice(std::size_t depth) {
  return "(" + number(depth - 1) + " if " + truth(depth - 1) + " else " + number(depth - 1) + ")";
}

std::string Expressions::number(std::size_t depth) {
  if (depth == 0) return leaf();
  if (dice_.chance(2)) return daring(depth);
  switch (dice_.below(9)) {
    case 0: return "(" + number(depth - 1) + " + " + number(depth - 1) + ")";
    case 1: return "(" + number(depth - 1) + " - " + number(depth - 1) + ")";
    case 2: return "(" + number(depth - 1) + " * " + number(depth - 1) + ")";
    case 3: return "(" + number(depth - 1) + " / (1 + abs(" + number(depth - 1) + ")))";
    case 4: return choice(depth);
    case 5: return reduction(depth);
    case 6:
      return std::string(dice_.chance(50) ? "min(" : "max(") + number(depth - 1) + ", " +
             number(depth - 1) + ")";
    case 7: return call(depth);
    default: return leaf();
  }
}

std::string Expressions::truth(std::size_t depth) {
  if (!scope_.labelled.empty() && dice_.chance(30)) {
    const Labelled& one = dice_.one_of(scope_.labelled);
    const std::string sign = dice_.chance(70) ? " == " : " != ";
    return "(" + one.name + sign + dice_.one_of(one.labels) + ")";
  }
  if (!scope_.truths.empty() && dice_.chance(20)) return dice_.one_of(scope_.truths);
  if (depth == 0) return "(" + leaf() + " < " + leaf() + ")";
  switch (dice_.below(6)) {
    case 0: return "(" + truth(depth - 1) + " and " + truth(depth - 1) + ")";
    case 1: return "(" + truth(depth - 1) + " or " + truth(depth - 1) + ")";
    case 2: return "(not " + truth(depth - 1) + ")";
    case 3: return "(" + number(depth - 1) + " <= " + number(depth - 1) + ")";
    case 4: return "(" + number(depth - 1) + " == " + number(depth - 1) + ")";
    default: return "(" + number(depth - 1) + " > " + number(depth - 1) + ")";
  }
}

std::string Expressions::density(std::size_t depth) {
  switch (dice_.below(10)) {
    case 0: return "normal(" + number(depth) + ", " + positive(depth) + ")";
    case 1: return "lognormal(tanh(" + number(depth) + "), 0.4)";
    case 2: return "halfnormal(" + positive(depth) + ")";
    case 3: return "uniform(-1, " + positive(depth) + ")";
    case 4: return "exponential(" + positive(depth) + ")";
    case 5: return "gamma(" + positive(depth) + ", " + positive(depth) + ")";
    case 6: return "beta(" + positive(depth) + ", " + positive(depth) + ")";
    case 7: return "logitnormal(" + number(depth) + ", " + positive(depth) + ")";
    case 8: return "studentt(4, " + number(depth) + ", " + positive(depth) + ")";
    default: return "cauchy(" + number(depth) + ", 0.01)";
  }
}

std::string Expressions::law(std::size_t depth) {
  switch (dice_.below(9)) {
    case 0: return "bernoulli(" + share(depth) + ")";
    case 1: return "poisson(" + positive(depth) + ")";
    case 2: return "negbinomial(" + positive(depth) + ", " + positive(depth) + ")";
    case 3: return "binomial(" + count(depth) + ", " + share(depth) + ")";
    default: return density(depth);
  }
}

}  // namespace casus::fuzz
