#include "language/declare.hpp"
#include "random/laws.hpp"

#include <fmt/format.h>
#include <set>
#include <string>

namespace casus::language {

namespace {

using Kind = Quantity::Kind;

/// Enters every quantity that statements outside games declare.
class QuantityBuilder {
 public:
  QuantityBuilder(Model& model, Diagnostics& found) : model_(model), found_(found), names_(found) {}

  void run() {
    const auto& statements = model_.tree.statements;
    for (const Statement& statement : statements) {
      if (const auto* explain = std::get_if<ExplainStatement>(&statement)) note_drawn(*explain);
    }
    for (number_ = 0; number_ < statements.size(); ++number_) {
      std::visit([this](const auto& statement) { enter(statement); }, statements[number_]);
    }
  }

 private:
  void enter(const CaseStatement& /*statement*/) {}
  void enter(const IncludeStatement& /*statement*/) {}
  void enter(const SetStatement& set) { names_.take(set.name); }
  void enter(const LinkStatement& link) { names_.take(link.name); }
  void enter(const ObserveStatement& observe);
  void enter(const ExplainStatement& variant) {
    take_variant(variant.name, explanations_, model_.explanations);
  }
  void enter(const WhatifStatement& variant) {
    take_variant(variant.name, whatifs_, model_.whatifs);
  }
  void enter(const StartStatement& variant) { take_variant(variant.name, starts_, model_.starts); }
  void enter(const GameStatement& game) { names_.take(game.name); }

  void enter(const FunctionStatement& function) {
    if (!names_.take(function.name)) return;
    model_.functions.push_back({.name = function.name, .statement = number_});
  }

  void enter(const DataStatement& data) {
    add(Kind::data, data.target, data.clauses, labelled(data.target.name, data.of));
  }

  void enter(const EventStatement& event) {
    if (names_.take(event.name)) push({.kind = Kind::event, .name = event.name, .type = number()});
  }

  /// Params that an explanation draws are parameters in all, whatever they are without it.
  void note_drawn(const ExplainStatement& explain) {
    for (const VariantLine& line : explain.lines) {
      if (line.prior.written()) drawn_.insert(line.param.text);
    }
  }

  void enter(const ParamStatement& param) {
    const bool drawn =
        param.prior.written() || param.base != no_node || drawn_.contains(param.target.name.text);
    const Kind kind = drawn ? Kind::parameter : Kind::constant;
    Type type = number();
    if (param.prior.written()) type = outcome_type(param.prior);
    add(kind, param.target, param.clauses, type);
  }

  void enter(const StateStatement& state) {
    add(Kind::state, state.target, state.clauses, labelled(state.target.name, state.of));
  }

  void enter(const LetStatement& let) { add(Kind::let, let.target, let.clauses, Type{}); }

  void enter(const DrawStatement& draw) {
    Type type = outcome_type(draw.law);
    if (!draw.labels.empty()) {
      type = {TypeKind::label, add_domain(draw.target.name, draw.labels)};
    } else if (!draw.law.over.empty()) {
      const std::optional<DomainId> domain = domain_of(draw.law.over.front().set);
      type = domain ? Type{TypeKind::label, *domain} : Type{};
    }
    add(Kind::draw, draw.target, draw.clauses, type);
  }

  void enter(const TreatyStatement& treaty) {
    if (!names_.take(treaty.name)) return;
    push({.kind = Kind::treaty, .name = treaty.name, .type = {TypeKind::truth, {}}});
  }

  void enter(const MeasureStatement& measure) {
    const std::optional<QuantityId> id =
        add(Kind::measure, measure.target, measure.clauses, Type{});
    if (id) model_.measures.push_back(*id);
  }

  static Type number() { return {TypeKind::number, {}}; }

  /// Of what is declared with `: {a, b}` or `: Set`; a number without.
  Type labelled(const Word& name, const LabelType& of) {
    if (!of.labels.empty()) return {TypeKind::label, add_domain(name, of.labels)};
    if (of.set.empty()) return number();
    const std::optional<SetId> set = set_of(of.set);
    return set ? Type{TypeKind::label, model_[*set].domain} : Type{};
  }

  /// The set, told of once where there is none.
  std::optional<SetId> set_of(const Word& name) {
    if (unknown_sets_.contains(name.text)) return {};
    const std::optional<SetId> set = find_set(model_, name, found_);
    if (!set) unknown_sets_.insert(name.text);
    return set;
  }

  static Type outcome_type(const LawCall& call) {
    const random::Law* law = random::find_law(call.law.text);
    const bool truth = law != nullptr && law->support == random::Support::truth;
    return {truth ? TypeKind::truth : TypeKind::number, {}};
  }

  /// Of a set, or of the set that a link leads to; the resolving pass tells when there is none.
  std::optional<DomainId> domain_of(const Word& name) const {
    const auto set = model_.set_named.find(name.text);
    if (set != model_.set_named.end()) return model_[set->second].domain;
    for (const Link& link : model_.links) {
      if (link.name.text == name.text) return model_[link.to].domain;
    }
    return {};
  }

  DomainId add_domain(const Word& name, const std::vector<Word>& words) {
    Domain domain{.name = name.text, .labels = {}};
    for (const Word& word : words) {
      if (domain.position(word.text)) {
        found_.add({.code = "N007",
                    .message = fmt::format("label `{}` stands twice in `{}`", word.text, name.text),
                    .primary = {word.span, {}}});
        continue;
      }
      domain.labels.push_back(word.text);
    }
    model_.domains.push_back(std::move(domain));
    return id_of<DomainId>(model_.domains.size() - 1);
  }

  std::optional<QuantityId> add(Kind kind, const Indexed& target, const Clauses& clauses,
                                Type type) {
    if (!names_.take(target.name)) return {};
    Quantity quantity{.kind = kind, .name = target.name, .type = type};
    for (const Indexed::Index& at : target.indices) {
      if (const std::optional<SetId> set = set_of(at.set)) quantity.shape.push_back(*set);
    }
    quantity.unit = written_unit(clauses.unit, found_);
    return push(std::move(quantity));
  }

  QuantityId push(Quantity quantity) {
    quantity.statement = number_;
    const QuantityId id = id_of<QuantityId>(model_.quantities.size());
    model_.quantity_named.emplace(quantity.name.text, id);
    model_.quantities.push_back(std::move(quantity));
    return id;
  }

  void take_variant(const Word& name, std::map<std::string, Span>& taken,
                    std::vector<std::uint32_t>& list) {
    const auto [at, fresh] = taken.emplace(name.text, name.span);
    if (fresh) return list.push_back(number_);
    found_.add({.code = "N002",
                .message = fmt::format("`{}` is defined twice", name.text),
                .primary = {name.span, "again here"},
                .related = {{at->second, "first here"}}});
  }

  Model& model_;
  Diagnostics& found_;
  Names names_;
  std::set<std::string> unknown_sets_{};
  std::set<std::string> drawn_;
  std::map<std::string, Span> explanations_;
  std::map<std::string, Span> whatifs_;
  std::map<std::string, Span> starts_;
  std::uint32_t number_ = 0;
};

void QuantityBuilder::enter(const ObserveStatement& observe) {
  if (observe.name.empty() || !observe.law.written() || observe.total || observe.exact) return;
  add(Kind::observed, {.name = observe.name, .indices = observe.indices}, observe.clauses,
      outcome_type(observe.law));
}

}  // namespace

void declare_quantities(Model& model, Diagnostics& found) { QuantityBuilder(model, found).run(); }

}  // namespace casus::language
