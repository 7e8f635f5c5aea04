// Statements and expressions, one visit each.
#include "editor/collect.hpp"

namespace casus::editor {

using language::NodeId;
using language::Word;
using Kind = Symbol::Kind;

void Collector::run() {
  const std::vector<language::Statement>& statements = view_.model.tree.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    statement_ = static_cast<std::uint32_t>(i);
    std::visit(*this, statements[i]);
  }
  read_nodes();
}

void Collector::tell(const Word& word, Kind kind, bool declares) {
  if (word.empty()) return;
  const Symbol symbol{
      .kind = kind, .text = word.text, .statement = kind == Kind::local ? statement_ : 0};
  names_.told_.try_emplace({word.span.file, word.span.begin},
                           Occurrence{.span = word.span, .symbol = symbol, .declares = declares});
}

void Collector::declare(const Word& word) {
  if (word.empty()) return;
  names_.globals_.try_emplace(word.text, statement_);
  tell(word, Kind::global, true);
}

void Collector::declare(const language::Indexed& target) {
  declare(target.name);
  bind(target.indices);
}

void Collector::declare_variant(const Word& word) {
  names_.variants_.try_emplace(word.text, statement_);
  tell(word, Kind::variant, true);
}

void Collector::declare_labels(const std::vector<Word>& labels) {
  for (const Word& label : labels) {
    names_.labels_.insert(label.text);
    tell(label, Kind::label, true);
  }
}

void Collector::bind(const Word& word) {
  if (word.empty()) return;
  names_.locals_.insert({statement_, word.text});
  tell(word, Kind::local, true);
}

void Collector::bind(const std::vector<language::Indexed::Index>& indices) {
  for (const language::Indexed::Index& index : indices) bind(index.bound);
}

void Collector::bind(const std::vector<language::Intervention>& lines) {
  for (const language::Intervention& line : lines) {
    for (const language::Indexed::Index& index : line.target.indices) bind(index.bound);
  }
}

void Collector::columns(const std::vector<Word>& words) {
  for (const Word& word : words) tell(word, Kind::column, false);
}

void Collector::columns(const std::vector<language::WhereClause>& where) {
  for (const language::WhereClause& each : where) {
    tell(each.column, Kind::column, false);
    columns(each.values);
  }
}

void Collector::law(const language::LawCall& call) {
  tell(call.law, Kind::law, false);
  for (const language::Binder& binder : call.over) bind(binder.name);
  for (const Word& name : call.argument_names) {
    tell(name, names_.labels_.contains(name.text) ? Kind::label : Kind::column, false);
  }
}

void Collector::operator()(const language::SetStatement& at) {
  declare(at.name);
  const bool part = !at.parent.empty();
  if (!part) declare_labels(at.labels);
  if (part) {
    for (const Word& label : at.labels) tell(label, Kind::label, false);
  }
  tell(at.column, Kind::column, false);
  columns(at.where);
}

void Collector::operator()(const language::LinkStatement& at) {
  declare(at.name);
  columns(at.columns);
  columns(at.ignore);
  tell(at.weight, Kind::column, false);
}

void Collector::operator()(const language::DataStatement& at) {
  declare(at.target);
  declare_labels(at.of.labels);
  tell(at.column, Kind::column, false);
  tell(at.date_column, Kind::column, false);
  columns(at.by);
  columns(at.where);
}

void Collector::operator()(const language::EventStatement& at) {
  declare(at.name);
  tell(at.party, Kind::label, false);
}

void Collector::operator()(const language::ParamStatement& at) {
  declare(at.target);
  law(at.prior);
}

void Collector::operator()(const language::FunctionStatement& at) {
  declare(at.name);
  for (const Word& word : at.parameters) bind(word);
}

void Collector::operator()(const language::StateStatement& at) {
  declare(at.target);
  declare_labels(at.of.labels);
}

void Collector::operator()(const language::DrawStatement& at) {
  declare(at.target);
  declare_labels(at.labels);
  law(at.law);
}

void Collector::operator()(const language::ObserveStatement& at) {
  const bool declares = at.law.written() && !at.exact && !at.total && !at.name.empty();
  if (declares) declare(at.name);
  bind(at.indices);
  tell(at.column, Kind::column, false);
  tell(at.date_column, Kind::column, false);
  columns(at.by);
  columns(at.where);
  law(at.law);
}

void Collector::operator()(const language::GameStatement& at) {
  declare(at.name);
  for (const language::MoveMenu& menu : at.moves) {
    declare(menu.name);
    tell(menu.player, Kind::label, false);
    names_.labels_.insert(menu.player.text);
    std::vector<Word> options;
    for (const language::MoveMenu::Option& option : menu.options) options.push_back(option.label);
    declare_labels(options);
  }
  for (const language::GameLet& let : at.lets) bind(let.name);
  for (const language::EndsLine& ends : at.ends) declare(ends.name);
  for (const language::CostLine& cost : at.costs) {
    tell(cost.player, Kind::label, false);
    for (const language::CostLine::Item& item : cost.items) tell(item.option, Kind::label, false);
  }
  for (const language::PayoffLine& payoff : at.payoffs) tell(payoff.player, Kind::label, false);
  for (const language::RationalityLine& line : at.rationalities) {
    tell(line.player, Kind::label, false);
  }
}

void Collector::operator()(const language::TreatyStatement& at) {
  declare(at.name);
  for (const language::Assignment& term : at.terms) bind(term.target.indices);
}

void Collector::operator()(const language::ExplainStatement& at) {
  declare_variant(at.name);
  for (const language::VariantLine& line : at.lines) {
    if (names_.labels_.contains(line.param.text)) tell(line.param, Kind::label, false);
    law(line.prior);
  }
}

void Collector::operator()(const language::WhatifStatement& at) {
  declare_variant(at.name);
  bind(at.lines);
}

void Collector::operator()(const language::StartStatement& at) {
  declare_variant(at.name);
  bind(at.lines);
}

/// Names bound inside expressions, and names that were found to be labels.
void Collector::read_nodes() {
  const language::Tree& tree = view_.model.tree;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const language::Node& node = tree[static_cast<NodeId>(i)];
    const StatementRange* range = view_.statement_at(node.span.file, node.span.begin);
    if (range == nullptr) continue;
    statement_ = range->statement;
    if (const auto* reduce = std::get_if<language::Reduce>(&node.expression)) {
      for (const language::Binder& binder : reduce->binders) bind(binder.name);
    }
    if (const auto* call = std::get_if<language::Call>(&node.expression)) {
      for (const Word& name : call->argument_names) tell(name, Kind::column, false);
    }
    const auto* name = std::get_if<language::Name>(&node.expression);
    if (name == nullptr || i >= view_.model.meanings.size()) continue;
    const bool label = view_.model.meanings[i].kind == language::Meaning::Kind::label;
    if (label) tell(name->word, Kind::label, false);
  }
}

}  // namespace casus::editor
