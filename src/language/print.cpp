// Statements as canonical text.
#include "language/print.hpp"

#include "language/print_parts.hpp"

#include <utility>

namespace casus::language {
namespace {

constexpr std::size_t arm_indent = 8;
constexpr std::string_view margin = "\n    ";

/// Appends one statement.
class StatementWriter {
 public:
  explicit StatementWriter(const Tree& tree) : tree_(tree) {}

  std::string take() { return std::move(text_) + '\n'; }

  void operator()(const CaseStatement& statement);
  void operator()(const IncludeStatement& include);
  void operator()(const SetStatement& set);
  void operator()(const LinkStatement& link);
  void operator()(const DataStatement& data);
  void operator()(const EventStatement& event);
  void operator()(const ParamStatement& param);
  void operator()(const FunctionStatement& function);
  void operator()(const StateStatement& state);
  void operator()(const LetStatement& let);
  void operator()(const DrawStatement& draw);
  void operator()(const ObserveStatement& observe);
  void operator()(const GameStatement& game);
  void operator()(const TreatyStatement& treaty);
  void operator()(const ExplainStatement& explain);
  void operator()(const WhatifStatement& whatif);
  void operator()(const StartStatement& start);
  void operator()(const MeasureStatement& measure);

 private:
  void add(std::string_view text) { text_ += text; }
  void add(std::string_view before, const std::string& text) {
    if (!text.empty()) text_.append(before) += text;
  }
  void add(std::string_view before, NodeId node) { add(before, print(tree_, node)); }
  void add(std::string_view before, const Word& word) {
    if (!word.empty()) add(before, print(word));
  }
  void add_value(std::string_view before, NodeId node) {
    if (node != no_node) add(before, print_value(tree_, node, arm_indent));
  }
  void add_of(const LabelType& of);
  void add_where(const std::vector<WhereClause>& where);
  void add_clauses(const Clauses& clauses);
  void add_time(const TimeStatement& time);
  void add_menu(const MoveMenu& menu);
  void add_cost(const CostLine& cost);
  void add_intervention(const Intervention& line);

  const Tree& tree_;
  std::string text_{};
};

void StatementWriter::add_clauses(const Clauses& clauses) {
  if (!clauses.unit.empty()) add("\n    unit ", quoted(clauses.unit.text));
  add("\n    because ", print(clauses.because.claims));
  if (!clauses.description.empty()) add(margin, quoted(clauses.description));
}

void StatementWriter::add_of(const LabelType& of) {
  if (!of.labels.empty()) add(" : ", '{' + print(of.labels) + '}');
  add(" : ", of.set);
}

void StatementWriter::add_where(const std::vector<WhereClause>& where) {
  for (const WhereClause& clause : where) {
    add(" where ", clause.column);
    if (clause.values.size() == 1) {
      add(" == ", clause.values.front());
    } else {
      add(" in ", '(' + print(clause.values) + ')');
    }
  }
}

void StatementWriter::add_time(const TimeStatement& time) {
  add("\n    time");
  add(" rows ", time.file);
  if (time.kind == TimeStatement::Kind::steps) {
    add(" ", time.count);
    add(" steps");
    return;
  }
  add(" from ", time.from);
  add(" to ", time.to);
  add(" by ", time.by);
  add(" by ", time.step);
  add(" unit ", time.unit);
}

void StatementWriter::operator()(const CaseStatement& statement) {
  add("case ", quoted(statement.title));
  if (statement.time) add_time(*statement.time);
  add("\n    claims ", statement.claims);
}

void StatementWriter::operator()(const IncludeStatement& include) { add("include ", include.file); }

void StatementWriter::operator()(const SetStatement& set) {
  add("set ", set.name);
  add(" in ", set.parent);
  add(" = ", print(set.labels));
  add(" from ", set.file);
  add(" = ", set.range_from);
  add(" to ", set.range_to);
  add(" by ", set.range_by);
  add(" column ", set.column);
  add_where(set.where);
  add_clauses(set.clauses);
}

void StatementWriter::operator()(const LinkStatement& link) {
  add("link ", link.name);
  add("(", link.from_set);
  add(", ", link.to_set);
  if (link.outside) add(" + outside");
  add(") from ", link.file);
  add(" columns ", print(link.columns));
  add(" weight ", link.weight);
  if (link.symmetric) add(" symmetric");
  add(" ignore ", print(link.ignore));
  add_clauses(link.clauses);
}

void StatementWriter::operator()(const DataStatement& data) {
  add("data ", print(data.target));
  add_of(data.of);
  add(" from ", data.file);
  add_value(" = ", data.value);
  add("\n    column ", data.column);
  add("\n    date ", data.date_column);
  add("\n    by ", print(data.by));
  if (!data.where.empty()) add("\n   ");
  add_where(data.where);
  if (data.linear) add("\n    linear");
  if (data.allow_gaps) add("\n    gaps held");
  if (data.extend_before) add("\n    before held");
  if (data.extend_after) add("\n    after held");
  add_clauses(data.clauses);
}

void StatementWriter::operator()(const EventStatement& event) {
  add("event ", event.name);
  add(" in ", event.party);
  add(" at ");
  for (const EventStatement::Date& date : event.dates) {
    if (&date != &event.dates.front()) add(", ");
    add("", date.at);
    add(" to ", date.to);
    add(" = ", date.magnitude);
  }
  add_clauses(event.clauses);
}

void StatementWriter::operator()(const ParamStatement& param) {
  add("param ", print(param.target));
  if (param.prior.written()) add(" ~ ", print(tree_, param.prior));
  add(" = ", param.value);
  add(" base ", param.base);
  add_clauses(param.clauses);
}

void StatementWriter::operator()(const FunctionStatement& function) {
  add("function ", function.name);
  add("(");
  add(print(function.parameters));
  add(")");
  add_value(" = ", function.body);
  add_clauses(function.clauses);
}

void StatementWriter::operator()(const StateStatement& state) {
  add("state ", print(state.target));
  add_of(state.of);
  add_value(" = ", state.initial);
  add_value("\n    then ", state.next);
  add("\n    outside ", state.outside);
  add_clauses(state.clauses);
}

void StatementWriter::operator()(const LetStatement& let) {
  add("let ", print(let.target));
  add_value(" = ", let.value);
  add_clauses(let.clauses);
}

void StatementWriter::operator()(const DrawStatement& draw) {
  add("draw ", print(draw.target));
  if (!draw.labels.empty()) add(" : ", '{' + print(draw.labels) + '}');
  add(" ~ ", print(tree_, draw.law));
  if (draw.when == DrawStatement::When::year) add(" by year");
  if (draw.when == DrawStatement::When::once) add(" once");
  add_clauses(draw.clauses);
}

void StatementWriter::operator()(const ObserveStatement& observe) {
  add("observe ");
  if (observe.total) {
    add("total");
    add("(", observe.expression);
    add(") over ", observe.over.from);
    add(" to ", observe.over.to);
    add(" = ", observe.value);
  } else {
    if (observe.expression != no_node) add("", '(' + print(tree_, observe.expression) + ')');
    if (observe.ends) add("ends");
    add("", observe.name);
    add(print(observe.indices));
    add(" from ", observe.file);
  }
  add("\n    column ", observe.column);
  add("\n    date ", observe.date_column);
  add("\n    by ", print(observe.by));
  if (!observe.where.empty()) add("\n   ");
  add_where(observe.where);
  add("\n    while ", observe.condition);
  if (observe.exact) add("\n    exact");
  if (observe.law.written()) add("\n    ~ ", print(tree_, observe.law));
  add_clauses(observe.clauses);
}

void StatementWriter::add_menu(const MoveMenu& menu) {
  add(margin, menu.name);
  add(" by ", menu.player);
  add(": ", menu.option_set);
  for (const MoveMenu::Option& option : menu.options) {
    add(&option == &menu.options.front() ? ": " : ", ", option.label);
    if (option.status_quo) add(" (status quo");
    add(" per ", option.per);
    if (option.status_quo) add(")");
  }
  add(" if ", menu.condition);
}

void StatementWriter::add_cost(const CostLine& cost) {
  add("\n    cost ", cost.move);
  add(" by ", cost.player);
  for (const CostLine::Item& item : cost.items) {
    add(&item == &cost.items.front() ? ": " : ", ", item.option);
    add(" = ", item.value);
  }
}

void StatementWriter::operator()(const GameStatement& game) {
  add("game ", game.name);
  add(" while ", game.condition);
  add(" rationality ", game.rationality);
  add(" errors ", game.errors);
  for (const MoveMenu& menu : game.moves) add_menu(menu);
  for (const GameLet& let : game.lets) {
    add("\n    let ", let.name);
    add_value(" = ", let.value);
  }
  for (const CostLine& cost : game.costs) add_cost(cost);
  for (const PayoffLine& payoff : game.payoffs) {
    add("\n    payoff ", payoff.player);
    add_value(" = ", payoff.value);
  }
  for (const EndsLine& ends : game.ends) {
    add("\n    ends ", ends.name);
    add(" when ", ends.condition);
  }
  for (const RationalityLine& line : game.rationalities) {
    add("\n    rationality ", line.player);
    add(" = ", line.value);
  }
  add_clauses(game.clauses);
}

void StatementWriter::operator()(const TreatyStatement& treaty) {
  add("treaty ", treaty.name);
  add(" when ", treaty.condition);
  add(" after ", print(treaty.after));
  for (const Assignment& term : treaty.terms) {
    add(margin, print(term.target));
    add_value(" := ", term.value);
    if (term.duration == no_node) continue;
    const bool below = std::holds_alternative<Choice>(tree_[term.value].expression);
    add(below ? "\n      for " : " for ", term.duration);
    add_value(" then ", term.afterwards);
  }
  add_clauses(treaty.clauses);
}

void StatementWriter::operator()(const ExplainStatement& explain) {
  add(explain.replaces.empty() ? "explain " : "rival ", explain.name);
  add(" replaces ", print(explain.replaces));
  add(" on ", explain.covariate);
  for (const VariantLine& line : explain.lines) {
    add(margin, line.param);
    if (line.slope) add(" slope");
    if (line.kind == VariantLine::Kind::free) add(" free");
    if (line.prior.written()) add(" ~ ", print(tree_, line.prior));
    add(" = ", line.value);
  }
  add_clauses(explain.clauses);
}

void StatementWriter::add_intervention(const Intervention& line) {
  add(margin);
  if (line.at != no_node) add("at ", print(tree_, line.at) + ' ');
  if (line.range.written()) add(print(tree_, line.range).substr(1) + ' ');
  if (line.commits) {
    add("", line.player);
    add(" commits ", print(line.target));
    add(" = ", line.value);
    add(" credibility ", line.credibility);
    return;
  }
  add(print(line.target));
  add_value(" := ", line.value);
  if (!line.unforeseen) return;
  const bool below = std::holds_alternative<Choice>(tree_[line.value].expression);
  add(below ? "\n      unforeseen throughout" : " unforeseen throughout");
}

void StatementWriter::operator()(const WhatifStatement& whatif) {
  add("whatif ", whatif.name);
  for (const Intervention& line : whatif.lines) add_intervention(line);
  add_clauses(whatif.clauses);
}

void StatementWriter::operator()(const StartStatement& start) {
  add("start ", start.name);
  add(" at ", start.at);
  for (const Intervention& line : start.lines) add_intervention(line);
  add_clauses(start.clauses);
}

void StatementWriter::operator()(const MeasureStatement& measure) {
  add("measure ", print(measure.target));
  add_value(" = ", measure.value);
  const bool below =
      measure.value != no_node && std::holds_alternative<Choice>(tree_[measure.value].expression);
  add(below ? "\n    given " : " given ", measure.given);
  add_clauses(measure.clauses);
}

}  // namespace

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

std::string print(const Word& word) { return word.quoted ? quoted(word.text) : word.text; }

std::string print(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words) {
    if (&word != &words.front()) text += ", ";
    text += print(word);
  }
  return text;
}

std::string print(const std::vector<Indexed::Index>& indices) {
  if (indices.empty()) return {};
  std::string text = "[";
  for (const Indexed::Index& index : indices) {
    if (&index != &indices.front()) text += ", ";
    if (!index.bound.empty()) text += index.bound.text + " in ";
    text += print(index.set);
  }
  return text + ']';
}

std::string print(const Indexed& target) { return target.name.text + print(target.indices); }

std::string print(const Tree& tree, const Statement& statement) {
  StatementWriter writer(tree);
  std::visit(writer, statement);
  return writer.take();
}

std::string print(const Tree& tree) {
  std::string text = "casus 1\n";
  for (const Statement& statement : tree.statements) text += print(tree, statement);
  return text;
}

}  // namespace casus::language
