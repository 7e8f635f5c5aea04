// Keywords and names by kind of statement.
#include "editor/declared.hpp"

namespace casus::editor {
namespace {

using namespace language;  // NOLINT(google-build-using-namespace): every kind of statement

struct Visitor {
  Declared operator()(const CaseStatement& at) const {
    return {.keyword = "case", .name = {.text = at.title, .span = at.span}};
  }
  Declared operator()(const IncludeStatement& at) const {
    return {.keyword = "include", .name = at.file};
  }
  Declared operator()(const SetStatement& at) const { return {"set", at.name, &at.clauses}; }
  Declared operator()(const LinkStatement& at) const { return {"link", at.name, &at.clauses}; }
  Declared operator()(const DataStatement& at) const {
    return {"data", at.target.name, &at.clauses};
  }
  Declared operator()(const EventStatement& at) const { return {"event", at.name, &at.clauses}; }
  Declared operator()(const ParamStatement& at) const {
    return {"param", at.target.name, &at.clauses};
  }
  Declared operator()(const FunctionStatement& at) const {
    return {"function", at.name, &at.clauses};
  }
  Declared operator()(const StateStatement& at) const {
    return {"state", at.target.name, &at.clauses};
  }
  Declared operator()(const LetStatement& at) const { return {"let", at.target.name, &at.clauses}; }
  Declared operator()(const DrawStatement& at) const {
    return {"draw", at.target.name, &at.clauses};
  }
  Declared operator()(const ObserveStatement& at) const {
    return {"observe", at.name, &at.clauses};
  }
  Declared operator()(const GameStatement& at) const { return {"game", at.name, &at.clauses}; }
  Declared operator()(const TreatyStatement& at) const { return {"treaty", at.name, &at.clauses}; }
  Declared operator()(const ExplainStatement& at) const {
    return {at.replaces.empty() ? "explain" : "rival", at.name, &at.clauses};
  }
  Declared operator()(const WhatifStatement& at) const { return {"whatif", at.name, &at.clauses}; }
  Declared operator()(const StartStatement& at) const { return {"start", at.name, &at.clauses}; }
  Declared operator()(const MeasureStatement& at) const {
    return {"measure", at.target.name, &at.clauses};
  }
  template <class Other>
  Declared operator()(const Other& /*at*/) const {
    return {};
  }
};

}  // namespace

Declared declared(const Statement& statement) { return std::visit(Visitor{}, statement); }

}  // namespace casus::editor
