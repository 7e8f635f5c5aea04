// Statements and their citations.
#include "case/load.hpp"

#include <fmt/format.h>

namespace casus::cases {
namespace {

using namespace language;  // NOLINT(google-build-using-namespace): one overload a statement

evidence::Statement statement_of(std::string name, const Clauses& clauses, Span span) {
  evidence::Statement statement{.name = std::move(name), .cited = {}, .span = span};
  for (const Word& claim : clauses.because.claims) {
    statement.cited.push_back({claim.text, claim.span});
  }
  return statement;
}

/// What a statement is called, or nothing when it assumes nothing.
struct Namer {
  std::string operator()(const SetStatement& at) const { return "set " + at.name.text; }
  std::string operator()(const LinkStatement& at) const { return "link " + at.name.text; }
  std::string operator()(const DataStatement& at) const { return "data " + at.target.name.text; }
  std::string operator()(const EventStatement& at) const { return "event " + at.name.text; }
  std::string operator()(const ParamStatement& at) const { return "param " + at.target.name.text; }
  std::string operator()(const StateStatement& at) const { return "state " + at.target.name.text; }
  std::string operator()(const LetStatement& at) const { return "let " + at.target.name.text; }
  std::string operator()(const DrawStatement& at) const { return "draw " + at.target.name.text; }
  std::string operator()(const ObserveStatement& at) const {
    return "observe " + (at.ends ? "ends" : at.name.empty() ? at.column.text : at.name.text);
  }
  std::string operator()(const GameStatement& at) const { return "game " + at.name.text; }
  std::string operator()(const TreatyStatement& at) const { return "treaty " + at.name.text; }
  std::string operator()(const ExplainStatement& at) const {
    return (at.replaces.empty() ? "explain " : "rival ") + at.name.text;
  }
  std::string operator()(const StartStatement& at) const { return "start " + at.name.text; }
  std::string operator()(const CaseStatement&) const { return {}; }
  std::string operator()(const IncludeStatement&) const { return {}; }
  std::string operator()(const FunctionStatement&) const { return {}; }
  std::string operator()(const WhatifStatement&) const { return {}; }
  std::string operator()(const MeasureStatement&) const { return {}; }
};

const Clauses* clauses_of(const Statement& statement) {
  return std::visit(
      [](const auto& at) -> const Clauses* {
        if constexpr (requires { at.clauses; }) return &at.clauses;
        return nullptr;
      },
      statement);
}

}  // namespace

std::vector<evidence::Statement> assumptions(const Tree& tree) {
  std::vector<evidence::Statement> all;
  for (std::size_t i = 0; i < tree.statements.size(); ++i) {
    std::string name = std::visit(Namer{}, tree.statements[i]);
    const Clauses* clauses = clauses_of(tree.statements[i]);
    if (name.empty() || clauses == nullptr) continue;
    all.push_back(statement_of(std::move(name), *clauses, tree.statement_spans[i]));
  }
  return all;
}

}  // namespace casus::cases
