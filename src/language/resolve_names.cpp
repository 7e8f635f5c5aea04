// Names: bound names, arguments, labels, quantities, and elements of arrays.
#include "base/text.hpp"
#include "language/resolver.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

bool may_stand_in_prior(Quantity::Kind kind) {
  return kind == Quantity::Kind::parameter || kind == Quantity::Kind::constant ||
         kind == Quantity::Kind::data;
}

std::optional<Meaning> reserved(const std::string& word) {
  if (word == "dt") return Meaning{Meaning::Kind::dt, 0, {TypeKind::number, {}}};
  if (word == "true") return Meaning{Meaning::Kind::truth, 1, {TypeKind::truth, {}}};
  if (word == "false") return Meaning{Meaning::Kind::truth, 0, {TypeKind::truth, {}}};
  return {};
}

}  // namespace

std::optional<Meaning> Resolver::meaning_of(const Word& word, const Scope& scope) {
  if (word.quoted) return {};
  for (auto at = scope.bound.rbegin(); at != scope.bound.rend(); ++at) {
    if (at->name != word.text) continue;
    const Set& set = model_[at->set];
    return Meaning{Meaning::Kind::bound,
                   static_cast<std::uint32_t>(index(at->set)),
                   {TypeKind::label, set.domain}};
  }
  if (scope.arguments != nullptr) {
    for (std::size_t i = 0; i < scope.arguments->size(); ++i) {
      if ((*scope.arguments)[i].text != word.text) continue;
      return Meaning{
          Meaning::Kind::argument, static_cast<std::uint32_t>(i), {TypeKind::number, {}}};
    }
  }
  if (const std::optional<Meaning> fixed = reserved(word.text)) return fixed;
  if (index(scope.game) != nothing) {
    for (const QuantityId id : model_.games[index(scope.game)].lets) {
      if (model_[id].name.text != word.text) continue;
      return Meaning{Meaning::Kind::quantity, static_cast<std::uint32_t>(index(id)), type_of(id)};
    }
  }
  const auto named = model_.quantity_named.find(word.text);
  if (named == model_.quantity_named.end()) return {};
  return Meaning{Meaning::Kind::quantity, static_cast<std::uint32_t>(index(named->second)),
                 type_of(named->second)};
}

Type Resolver::name(NodeId node, const Name& at, const Scope& scope,
                    std::optional<DomainId> wanted) {
  const std::optional<Meaning> meaning = meaning_of(at.word, scope);
  const std::optional<std::uint32_t> label =
      wanted ? model_[*wanted].position(at.word.text) : std::optional<std::uint32_t>{};
  if (wanted && at.word.text == "none" && !at.word.quoted && !meaning) {
    set_meaning(node, {Meaning::Kind::no_move, 0, {TypeKind::label, *wanted}});
    return {TypeKind::label, *wanted};
  }
  if (label && meaning && meaning->kind == Meaning::Kind::quantity) {
    fault(
        "N102",
        fmt::format("`{}` is a label of `{}` and also a quantity", at.word.text,
                    model_[*wanted].name),
        at.word.span,
        fmt::format("write \"{}\" in quotes for the label, or rename the quantity", at.word.text));
    return {TypeKind::label, *wanted};
  }
  if (label) {
    set_meaning(node, {Meaning::Kind::label, *label, {TypeKind::label, *wanted}});
    return {TypeKind::label, *wanted};
  }
  if (!meaning) {
    if (wanted) {
      const std::optional<std::string> near = nearest(at.word.text, model_[*wanted].labels);
      fault("N107", fmt::format("`{}` is no label of `{}`", at.word.text, model_[*wanted].name),
            at.word.span,
            near ? fmt::format("did you mean `{}`?", *near)
                 : fmt::format("its labels are {}", one_of(model_[*wanted].labels)));
    } else {
      unknown_name(at.word, scope);
    }
    return {};
  }
  set_meaning(node, *meaning);
  if (meaning->kind != Meaning::Kind::quantity) return meaning->type;
  const QuantityId id{meaning->target};
  const Quantity& quantity = model_[id];
  if (!quantity.shape.empty()) {
    fault("I101",
          fmt::format("`{}` is an array over {} and stands here without an index", at.word.text,
                      model_[quantity.shape.front()].name.text),
          at.word.span,
          fmt::format("write `{}[...]`, or reduce it: `sum(d in {}: {}[d])`", at.word.text,
                      model_[quantity.shape.front()].name.text, at.word.text));
    return meaning->type;
  }
  return quantity_use(node, id, at.word.span, scope);
}

Type Resolver::quantity_use(NodeId node, QuantityId id, Span span, const Scope& scope) {
  const Quantity& quantity = model_[id];
  const Type type = type_of(id);
  set_meaning(node, {Meaning::Kind::quantity, static_cast<std::uint32_t>(index(id)), type});
  if (scope.fixed_only && !may_stand_in_prior(quantity.kind)) {
    fault("N108",
          fmt::format("`{}` changes over time; only parameters, constants and data may stand here",
                      quantity.name.text),
          span,
          fmt::format("use a parameter, or write the value wanted as a constant: `data {}_then = "
                      "12`",
                      quantity.name.text));
  }
  if (quantity.kind == Quantity::Kind::measure && !scope.measure) {
    fault("N109",
          fmt::format("`{}` is a measure: it is known only when a history has ended",
                      quantity.name.text),
          span, "measures may be used in other measures only; give the value a `let`");
  }
  if (quantity.kind == Quantity::Kind::event) {
    fault("N110", fmt::format("`{}` is an event, not a value", quantity.name.text), span,
          fmt::format("write `pulse({0})`, `since({0})` or `during({0})`", quantity.name.text));
  }
  return type;
}

Type Resolver::visit(NodeId node, const Element& at, const Scope& scope) {
  const std::optional<Meaning> meaning = meaning_of(at.name, scope);
  if (!meaning) {
    unknown_name(at.name, scope);
    return {};
  }
  if (meaning->kind != Meaning::Kind::quantity ||
      model_[QuantityId{meaning->target}].shape.empty()) {
    fault("I102", fmt::format("`{}` is no array and takes no index", at.name.text), at.name.span);
    return meaning->type;
  }
  const QuantityId id{meaning->target};
  const Quantity& quantity = model_[id];
  if (quantity.shape.size() != at.indices.size()) {
    wrong_indices(quantity, at.indices.size(), model_.tree[node].span);
    return meaning->type;
  }
  const bool outside = index(quantity.outside) != nothing && quantity.shape.size() == 1;
  const SetId wider = outside ? model_[quantity.outside].shape.front() : SetId{nothing};
  for (std::size_t i = 0; i < at.indices.size(); ++i) {
    index_of(at.indices[i], quantity.shape[i], scope, wider);
  }
  return quantity_use(node, id, at.name.span, scope);
}

/// Too few or too many indices.
void Resolver::wrong_indices(const Quantity& quantity, std::size_t n_found, Span span) {
  std::vector<std::string> sets;
  for (const SetId set : quantity.shape) sets.push_back(model_[set].name.text);
  const bool one = sets.size() == 1;
  fault("I103",
        fmt::format("`{}` has {} {}, found {}", quantity.name.text, sets.size(),
                    one ? "index" : "indices", n_found),
        span,
        fmt::format("write `{}[{}]`, with a label or a bound name for {}", quantity.name.text,
                    join_text(sets, ", "), one ? "the set" : "each set"));
}

void Resolver::index_of(NodeId node, SetId set, const Scope& scope, SetId wider) {
  if (label_index(node, set, scope, wider)) return;
  const Set& over = model_[set];
  const Type type = this->expression(node, scope);
  if (type.kind == TypeKind::unknown) return;
  const Meaning& meaning = model_.meaning(node);
  if (meaning.kind == Meaning::Kind::bound) return bound_index(node, set, wider);
  if (type.kind == TypeKind::label && comparable(type.domain, over.domain)) {
    return labels_within(node, model_[type.domain], set);
  }
  fault("I107",
        fmt::format("an index is a label of `{}` or a name bound to it, not {}", over.name.text,
                    describe(type)),
        model_.tree[node].span);
}

/// A word that is a label of the set, or a fault; false when it is something else to be looked at.
bool Resolver::label_index(NodeId node, SetId set, const Scope& scope, SetId wider) {
  const auto* at = std::get_if<Name>(&model_.tree[node].expression);
  if (at == nullptr) return false;
  const Set& over = model_[set];
  const std::optional<Meaning> meaning = meaning_of(at->word, scope);
  const std::optional<std::uint32_t> label = over.position(at->word.text);
  if (label && meaning && meaning->kind == Meaning::Kind::quantity) {
    fault("N102",
          fmt::format("`{}` is a label of `{}` and also a quantity", at->word.text, over.name.text),
          at->word.span, fmt::format("write \"{}\" in quotes for the label", at->word.text));
    return true;
  }
  if (label && !meaning) {
    set_meaning(node, {Meaning::Kind::label, *label, {TypeKind::label, over.domain}});
    return true;
  }
  if (meaning) return false;
  if (index(wider) != nothing) {
    const Set& around = model_[wider];
    if (const std::optional<std::uint32_t> outside = around.position(at->word.text)) {
      set_meaning(node, {Meaning::Kind::label, *outside, {TypeKind::label, around.domain}});
      return true;
    }
  }
  const std::optional<std::string> near = nearest(at->word.text, over.labels);
  fault("I104", fmt::format("`{}` is no label of `{}`", at->word.text, over.name.text),
        at->word.span,
        near                     ? fmt::format("did you mean `{}`?", *near)
        : over.labels.size() < 9 ? fmt::format("its labels are {}", one_of(over.labels))
                                 : std::string{});
  return true;
}

/// A name bound to another set must take labels of this one only, or the array has values outside.
void Resolver::bound_index(NodeId node, SetId set, SetId wider) {
  const Set& over = model_[set];
  const Set& from = model_[SetId{model_.meaning(node).target}];
  if (from.root != over.root) {
    return fault("I105",
                 fmt::format("this index runs over `{}`, the array over `{}`", from.name.text,
                             over.name.text),
                 model_.tree[node].span);
  }
  if (index(wider) != nothing) return;
  labels_within(node, model_[from.domain], set);
}

/// An index may only be a label that the array has.
void Resolver::labels_within(NodeId node, const Domain& from, SetId set) {
  const Set& over = model_[set];
  const bool bound = model_.meaning(node).kind == Meaning::Kind::bound;
  const auto* named = std::get_if<Name>(&model_.tree[node].expression);
  for (const std::string& text : from.labels) {
    if (over.position(text)) continue;
    return fault(
        "I106",
        fmt::format("this index {} `{}`, and `{}` is outside `{}`",
                    bound ? "runs over" : "may be any label of", from.name, text, over.name.text),
        model_.tree[node].span,
        bound ? "run over the smaller set, or give the state `outside` values"
              : fmt::format("keep the one meant: `sum(l in {} if l == {}: x[l])`", over.name.text,
                            named == nullptr ? "it" : named->word.text));
  }
}

/// Asks for names only, not for what they mean: a definition may be open while its own indices are
/// read.
bool Resolver::is_taken(const std::string& name, const Scope& scope) const {
  const bool bound = std::any_of(scope.bound.begin(), scope.bound.end(),
                                 [&](const BoundName& at) { return at.name == name; });
  if (bound || model_.quantity_named.contains(name) || reserved(name)) return true;
  if (scope.arguments != nullptr) {
    for (const Word& argument : *scope.arguments) {
      if (argument.text == name) return true;
    }
  }
  if (index(scope.game) == nothing) return false;
  const std::vector<QuantityId>& lets = model_.games[index(scope.game)].lets;
  return std::any_of(lets.begin(), lets.end(),
                     [&](QuantityId id) { return model_[id].name.text == name; });
}

void Resolver::bound_name(const Word& name, const Scope& scope) {
  if (is_taken(name.text, scope)) {
    return fault("N103", fmt::format("`{}` already means something here", name.text), name.span,
                 "a bound name may not equal a quantity or another bound name; choose another "
                 "letter");
  }
  if (model_.set_named.contains(name.text)) {
    return fault("N103", fmt::format("`{}` is a set", name.text), name.span,
                 "a bound name may not equal a set; choose another letter");
  }
  const auto label = labelled_.find(name.text);
  if (label == labelled_.end()) return;
  fault("N103", fmt::format("`{}` is a label of `{}`", name.text, label->second), name.span,
        "a bound name may not equal a label; choose another letter");
}

bool Resolver::bind(const Binder& binder, Scope& scope) {
  bound_name(binder.name, scope);
  for (std::size_t i = 0; i < model_.links.size(); ++i) {
    const Link& link = model_.links[i];
    if (link.name.text != binder.set.text) continue;
    if (binder.link.size() != 1) {
      fault("I108", fmt::format("link `{}` takes one argument", link.name.text), binder.set.span,
            fmt::format("write `e in {}(d)`", link.name.text));
      return false;
    }
    index_of(binder.link.front(), link.from, scope, SetId{nothing});
    scope.bound.push_back({binder.name.text, link.to});
    return true;
  }
  const auto set = model_.set_named.find(binder.set.text);
  if (set == model_.set_named.end()) {
    std::vector<std::string> names;
    for (const Set& at : model_.sets) names.push_back(at.name.text);
    for (const Link& at : model_.links) names.push_back(at.name.text);
    const std::optional<std::string> near = nearest(binder.set.text, names);
    fault("N003", fmt::format("there is no set or link `{}`", binder.set.text), binder.set.span,
          near ? fmt::format("did you mean `{}`?", *near) : std::string{});
    return false;
  }
  if (!binder.link.empty()) {
    fault("I108", fmt::format("`{}` is a set, not a link, and takes no argument", binder.set.text),
          binder.set.span);
    return false;
  }
  scope.bound.push_back({binder.name.text, set->second});
  return true;
}

std::vector<std::string> Resolver::names_known(const Scope& scope) const {
  std::vector<std::string> names;
  for (const auto& [name, id] : model_.quantity_named) names.push_back(name);
  for (const BoundName& bound : scope.bound) names.push_back(bound.name);
  if (scope.arguments != nullptr) {
    for (const Word& argument : *scope.arguments) names.push_back(argument.text);
  }
  if (index(scope.game) != nothing) {
    for (const QuantityId id : model_.games[index(scope.game)].lets)
      names.push_back(model_[id].name.text);
  }
  return names;
}

void Resolver::unknown_name(const Word& word, const Scope& scope) {
  if (!unknown_.insert(word.text).second) return;  // said at its first use
  for (const Game& game : model_.games) {
    for (const QuantityId id : game.lets) {
      if (model_[id].name.text != word.text) continue;
      found_.add(
          {.code = "N122",
           .message =
               fmt::format("`{}` is known inside the game `{}` only", word.text, game.name.text),
           .primary = {word.span, {}},
           .related = {{model_[id].name.span, "defined here"}},
           .help = "write the same `let` outside the game, with the moves as they were made"});
      return;
    }
  }
  std::string help;
  if (const std::optional<std::string> near = nearest(word.text, names_known(scope))) {
    help = fmt::format("did you mean `{}`?", *near);
  } else {
    for (const Domain& domain : model_.domains) {
      if (!domain.position(word.text)) continue;
      const bool is_set = model_.set_named.contains(domain.name);
      help = is_set ? fmt::format(
                          "`{0}` is a label of the set `{1}` and no value; an element of an "
                          "array over it is written `x[{0}]`",
                          word.text, domain.name)
                    : fmt::format("`{}` is a label of `{}`: compare with it, `{} == {}`", word.text,
                                  domain.name, domain.name, word.text);
      break;
    }
  }
  fault("N101", fmt::format("there is no `{}`", word.text), word.span, std::move(help));
}

}  // namespace casus::language
