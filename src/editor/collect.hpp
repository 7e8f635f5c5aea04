// What the tree of a case says about its words.
#pragma once

#include "editor/names.hpp"

namespace casus::editor {

/// Tells `names` of every declaration, label, law and column of the statements that could be read.
class Collector {
 public:
  Collector(const CaseView& view, Names& names) : view_(view), names_(names) {}

  void run();

  void operator()(const language::SetStatement& at);
  void operator()(const language::LinkStatement& at);
  void operator()(const language::DataStatement& at);
  void operator()(const language::EventStatement& at);
  void operator()(const language::ParamStatement& at);
  void operator()(const language::FunctionStatement& at);
  void operator()(const language::StateStatement& at);
  void operator()(const language::LetStatement& at) { declare(at.target); }
  void operator()(const language::DrawStatement& at);
  void operator()(const language::ObserveStatement& at);
  void operator()(const language::GameStatement& at);
  void operator()(const language::TreatyStatement& at);
  void operator()(const language::ExplainStatement& at);
  void operator()(const language::WhatifStatement& at);
  void operator()(const language::StartStatement& at);
  void operator()(const language::MeasureStatement& at) { declare(at.target); }
  template <class Other>
  void operator()(const Other& /*at*/) {}

 private:
  void tell(const language::Word& word, Symbol::Kind kind, bool declares);
  void declare(const language::Word& word);
  void declare(const language::Indexed& target);
  void declare_variant(const language::Word& word);
  void declare_labels(const std::vector<language::Word>& labels);
  void bind(const language::Word& word);
  void bind(const std::vector<language::Indexed::Index>& indices);
  void bind(const std::vector<language::Intervention>& lines);
  void columns(const std::vector<language::Word>& words);
  void columns(const std::vector<language::WhereClause>& where);
  void law(const language::LawCall& call);
  void read_nodes();

  const CaseView& view_;
  Names& names_;
  std::uint32_t statement_ = 0;
};

}  // namespace casus::editor
