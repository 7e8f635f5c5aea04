// Laws of draws that give more than one number at a time, or a label: `multinomial`, `categorical`.
#include "base/text.hpp"
#include "language/declare.hpp"
#include "language/resolver.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

bool is_law_of_draws(std::string_view name) {
  return name == "multinomial" || name == "categorical";
}

void Resolver::drawn(const DrawStatement& draw) {
  const Scope scope = scope_of(draw.target, {});
  if (draw.law.law.text == "categorical") return chosen(draw, scope);
  if (!draw.labels.empty()) {
    fault("N125", fmt::format("`{}` gives numbers, not labels", draw.law.law.text), draw.law.span,
          "choose a label by `categorical`, with a weight for each");
    return;
  }
  if (draw.law.law.text == "multinomial") return shared_out(draw, scope);
  law(draw.law, scope);
}

/// `draw x[k in Set] ~ multinomial(n, p[k])`: n is shared out over the last index.
void Resolver::shared_out(const DrawStatement& draw, const Scope& scope) {
  const LawCall& call = draw.law;
  if (scope.bound.empty()) {
    fault("N125", "`multinomial` shares a number out over a set, and this draw has none", call.span,
          fmt::format("write `draw {}[d in Set] ~ multinomial(n, p[d])`", draw.target.name.text));
    return;
  }
  if (call.arguments.size() != 2) {
    fault("N105", fmt::format("`multinomial` takes 2 arguments, found {}", call.arguments.size()),
          call.span, "write `multinomial(n, p)`");
    return;
  }
  const std::vector<Word>& names = call.argument_names;
  const bool swapped = names.front().text == "p";
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string_view wanted = (i == 0) == swapped ? "p" : "n";
    if (names[i].empty() || names[i].text == wanted) continue;
    fault("N112", fmt::format("`multinomial` has no argument `{}`", names[i].text), names[i].span,
          "write `multinomial(n, p)`");
    return;
  }
  Scope shared = scope;
  shared.bound.pop_back();
  number(call.arguments[swapped ? 1 : 0], shared);
  number(call.arguments[swapped ? 0 : 1], scope);
}

/// `draw x : {a, b} ~ categorical(0.3, 0.7)`, `draw x ~ categorical(d in Set: w[d])`.
void Resolver::chosen(const DrawStatement& draw, Scope scope) {
  const LawCall& call = draw.law;
  if (!call.over.empty() && draw.labels.empty()) {
    if (!bind(call.over.front(), scope)) return;
    number(call.arguments.front(), scope);
    return;
  }
  if (draw.labels.empty() || !call.over.empty()) {
    fault("N125", "`categorical` chooses among the labels of the draw, or those of a set",
          call.span,
          fmt::format("write `draw {0} : {{a, b}} ~ categorical(0.3, 0.7)` or `draw {0} ~ "
                      "categorical(d in Set: weight[d])`",
                      draw.target.name.text));
    return;
  }
  for (const NodeId weight : call.arguments) number(weight, scope);
  if (call.arguments.size() != draw.labels.size()) {
    fault("N105",
          fmt::format("`categorical` needs a weight for each of {} labels, found {}",
                      draw.labels.size(), call.arguments.size()),
          call.span);
    return;
  }
  std::set<std::string> given;
  for (std::size_t i = 0; i < call.argument_names.size(); ++i) {
    const Word& word = call.argument_names[i].empty() ? draw.labels[i] : call.argument_names[i];
    const bool known = std::any_of(draw.labels.begin(), draw.labels.end(),
                                   [&](const Word& label) { return label.text == word.text; });
    if (known && given.insert(word.text).second) continue;
    fault("N112",
          known ? fmt::format("`{}` has two weights", word.text)
                : fmt::format("`{}` is no label of `{}`", word.text, draw.target.name.text),
          call.argument_names[i].empty() ? call.span : call.argument_names[i].span);
  }
}

}  // namespace casus::language
