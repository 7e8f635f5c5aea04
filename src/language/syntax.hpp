// What a case file says, as a tree: expressions by id in one arena, statements as plain structs.
// Nothing here knows what a name means; that is names.hpp.
#pragma once

#include "base/calendar.hpp"
#include "base/source.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace casus::language {

/// An expression in `Tree`. `no_node` stands for an absent one.
enum class NodeId : std::uint32_t {};
inline constexpr NodeId no_node{0xffffffffU};

/// A word as written, with its place. Quoted words force the reading as a label.
struct Word {
  std::string text;
  Span span;
  bool quoted = false;

  bool empty() const { return text.empty(); }
};

// ---- expressions

struct Number {
  double value = 0.0;
};

/// `30 months` or `1 "million USD / year"`.
struct NumberWithUnit {
  double value = 0.0;
  Word unit;
};

struct DateValue {
  Date date;
};

/// A name, or a label in quotes; `dt`, `true`, `false`, `end` and `none` are names too.
struct Name {
  Word word;
};

/// `stock[s]`, `armenian[lachin]`.
struct Element {
  Word name;
  std::vector<NodeId> indices;
};

/// `exp(x)`, `win(edge)`, `borders(d)`, `worth(Russia)`, `crisis.worth(Russia)`,
/// `value(offensive)`, `since(2018-05)`, `pulse(turmoil)`. `otherwise` is the trailing `otherwise
/// e` of worth and value.
struct Call {
  Word function;
  Word qualifier{};  ///< `crisis` in `crisis.worth(Russia)`
  std::vector<NodeId> arguments{};
  std::vector<Word> argument_names{};  ///< as long as `arguments`; empty words where not written
  NodeId otherwise = no_node;
};

/// `prob(attack == offensive)`, `prob(backing == back given attack == offensive)`,
/// `crisis.prob(attack == raid)`.
struct Probability {
  Word qualifier{};
  NodeId event = no_node;
  NodeId given = no_node;
};

enum class UnaryKind : std::uint8_t { negate, logical_not };
struct Unary {
  UnaryKind kind{};
  NodeId operand = no_node;
};

enum class BinaryKind : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  power,
  less,
  less_equal,
  greater,
  greater_equal,
  equal,
  not_equal,
  logical_and,
  logical_or,
};
struct Binary {
  BinaryKind kind{};
  Span op{};
  NodeId left = no_node;
  NodeId right = no_node;
};

/// `cases` with its arms, first match wins; also `(a if c else b)`. `otherwise` may be `no_node`.
struct Choice {
  struct Arm {
    NodeId condition = no_node;
    NodeId value = no_node;
  };
  std::vector<Arm> arms;
  NodeId otherwise = no_node;
};

/// `d in Belt`: a bound name and what it runs over, a set's name or a link's row `borders(d)`.
struct Binder {
  Word name;
  Word set{};                  ///< the set, or the link
  std::vector<NodeId> link{};  ///< the link's argument; empty for a set
};

enum class ReduceKind : std::uint8_t { sum, product, max, min, any, all, count };

/// `sum(d in District if c: a[d] * b[d])`, `max(e in borders(d): x[e]) default 0`.
struct Reduce {
  ReduceKind kind{};
  std::vector<Binder> binders;
  NodeId condition = no_node;
  NodeId body = no_node;  ///< absent for `count`
  NodeId otherwise = no_node;
};

enum class StepsKind : std::uint8_t {
  any,
  all,
  share,
  rate,
  total,
  mean,
  highest,
  lowest,
  first_date,
  last_date
};

/// A date range as written; absent ends are open.
struct DateRange {
  NodeId from = no_node;
  NodeId to = no_node;
  bool written() const { return from != no_node || to != no_node; }
};

/// A reduction over steps, only in `measure` and `observe ... over`:
/// `any(attack == offensive) from 2020-07 to 2020-12`, `share(A while B)`, `first date A`.
struct OverSteps {
  StepsKind kind{};
  NodeId body = no_node;
  NodeId condition = no_node;  ///< after `while`
  DateRange range{};
};

/// `held at 2015-12-31`, `x at end`.
struct AtDate {
  NodeId body = no_node;
  NodeId date = no_node;  ///< a DateValue, a number (numeric time) or the name `end`
};

/// `first_war in 2018-01 to 2022-12`.
struct InRange {
  NodeId body = no_node;
  DateRange range{};
};

/// `d in Belt`, `attack in (raid, offensive)`.
struct Membership {
  NodeId body = no_node;
  std::vector<Word> members;  ///< one set name, or labels in brackets
  bool bracketed = false;
};

using Expression =
    std::variant<Number, NumberWithUnit, DateValue, Name, Element, Call, Probability, Unary, Binary,
                 Choice, Reduce, OverSteps, AtDate, InRange, Membership>;

struct Node {
  Expression expression;
  Span span;
};

// ---- statements

/// `because c041, c044`.
struct Because {
  std::vector<Word> claims;
};

/// The clauses any statement may carry.
struct Clauses {
  Because because{};
  std::string description{};
  Span described_at{};  ///< the description with its quotes
  Word unit{};          ///< quoted text of `unit "..."`
};

/// `x[d in District, t in Type]` on a left side, or `x[District]` where only the shape is declared.
struct Indexed {
  struct Index {
    Word bound{};  ///< empty when only the set is named
    Word set;
  };
  Word name;
  std::vector<Index> indices{};
};

/// `column == value`, `column in (a, b)`.
struct WhereClause {
  Word column;
  std::vector<Word> values;
};

struct TimeStatement {
  enum class Kind : std::uint8_t { calendar, numeric, steps, rows };
  Kind kind{};
  NodeId from = no_node;
  NodeId to = no_node;
  Word by{};               ///< month, week, day, year (calendar)
  NodeId step = no_node;   ///< numeric: by 0.01
  Word unit{};             ///< numeric: quoted unit
  Word file{};             ///< rows
  NodeId count = no_node;  ///< steps
  Span span{};
};

struct CaseStatement {
  std::string title;
  Span span;
  std::optional<TimeStatement> time{};
  Word claims{};  ///< file
};

struct SetStatement {
  Word name;
  std::vector<Word> labels{};  ///< `set S = a, b`
  Word file{};                 ///< `set S from "f.csv"`
  Word column{};
  Word parent{};  ///< `set S in P where ...`
  std::vector<WhereClause> where{};
  NodeId range_from = no_node;  ///< `set Offer = 0 to 1 by 0.01`
  NodeId range_to = no_node;
  NodeId range_by = no_node;
  Clauses clauses{};
};

struct LinkStatement {
  Word name;
  Word from_set;
  Word to_set;
  bool outside = false;  ///< `+ outside` after the second set
  Word file;
  std::vector<Word> columns{};  ///< two, or none
  Word weight{};                ///< the column of weights
  bool symmetric = false;
  std::vector<Word> ignore{};
  Clauses clauses{};
};

/// `: {peace, war}` or `: Side`: what a quantity is a label of; empty for a number.
struct LabelType {
  std::vector<Word> labels{};
  Word set{};

  bool written() const { return !labels.empty() || !set.empty(); }
};

struct DataStatement {
  Indexed target;
  LabelType of{};
  Word file{};
  Word column{};
  Word date_column{};      ///< `date COLUMN`
  std::vector<Word> by{};  ///< `by country, supplier`: label columns, one per index
  std::vector<WhereClause> where{};
  bool linear = false;
  Span linear_at{};
  bool allow_gaps = false;     ///< `gaps held`
  bool extend_before = false;  ///< `before held`
  bool extend_after = false;   ///< `after held`
  NodeId value = no_node;      ///< `data x = 3`: a constant with provenance
  Clauses clauses{};
};

struct EventStatement {
  struct Date {
    NodeId at = no_node;
    NodeId to = no_node;         ///< `at D to E`: a span
    NodeId magnitude = no_node;  ///< `= 0.3`; one when absent
  };
  Word name;
  Word party{};  ///< `in Azerbaijan`
  std::vector<Date> dates;
  Clauses clauses{};
};

/// `beta(2, 18)`, `negbinomial(mean = m, size = 2)`, `categorical(d in District: weight[d])`.
struct LawCall {
  Word law;
  std::vector<NodeId> arguments{};
  std::vector<Word> argument_names{};  ///< as long as `arguments`; empty words where not written
  std::vector<Binder> over{};          ///< of `categorical`: at most one
  Span span{};

  bool written() const { return !law.empty(); }
};

struct ParamStatement {
  Indexed target;
  LawCall prior{};         ///< `~ law`
  NodeId value = no_node;  ///< `= v`: a constant
  NodeId base = no_node;
  Clauses clauses{};
};

struct FunctionStatement {
  Word name;
  std::vector<Word> parameters;
  NodeId body = no_node;
  Clauses clauses{};
};

struct StateStatement {
  Indexed target;
  LabelType of{};
  NodeId initial = no_node;
  NodeId next = no_node;  ///< `then`; absent: the state stays
  Word outside{};         ///< `outside held_outside`: data over the larger set
  Clauses clauses{};
};

struct LetStatement {
  Indexed target;
  NodeId value = no_node;
  Clauses clauses{};
};

struct DrawStatement {
  enum class When : std::uint8_t { step, year, once };
  Indexed target;
  std::vector<Word> labels{};  ///< `: {weak, strong}`, of `categorical`
  LawCall law;
  When when = When::step;
  Clauses clauses{};
};

/// `observe deaths from "deaths.csv" ~ law`, `observe attack from "record.csv" column azerbaijan`,
/// `observe (push == press or reply == press) from ...`, `observe ends from ... column outcome`,
/// `observe total(deaths) over D1 to D2 = 7593 ~ law`, `observe budget from ... exact`.
struct ObserveStatement {
  Word name{};  ///< the observed variable or move; empty for an expression
  std::vector<Indexed::Index> indices{};
  NodeId expression = no_node;  ///< `observe (e) from`, `observe total(x) over`
  bool ends = false;            ///< `observe ends`
  bool total = false;           ///< `observe total(NAME) over`
  DateRange over{};
  NodeId value = no_node;  ///< the datum after `=`
  Word file{};
  Word column{};
  Word date_column{};
  std::vector<Word> by{};
  std::vector<WhereClause> where{};
  bool exact = false;
  LawCall law{};
  NodeId condition = no_node;  ///< after `while`
  Span span{};
  Clauses clauses{};
};

struct MoveMenu {
  struct Option {
    Word label;
    bool status_quo = false;
    Word per{};  ///< the unit of `(status quo per month)`
  };
  Word name;
  Word player;
  std::vector<Option> options{};
  Word option_set{};  ///< `offer by A: Offer`: the labels of a set
  NodeId condition = no_node;
  Span span{};
};

struct GameLet {
  Word name;
  NodeId value = no_node;
};

struct CostLine {
  Word move;
  Word player;
  struct Item {
    Word option;
    NodeId value = no_node;
  };
  std::vector<Item> items;
};

struct PayoffLine {
  Word player;
  NodeId value = no_node;
};

struct EndsLine {
  Word name;
  NodeId condition = no_node;
};

struct RationalityLine {
  Word player;
  NodeId value = no_node;
};

struct GameStatement {
  Word name;
  NodeId condition = no_node;    ///< `while`
  NodeId rationality = no_node;  ///< of every player without a line of their own
  Word errors{};                 ///< `errors probit`; empty: logit
  std::vector<MoveMenu> moves{};
  std::vector<GameLet> lets{};
  std::vector<CostLine> costs{};
  std::vector<PayoffLine> payoffs{};
  std::vector<EndsLine> ends{};
  std::vector<RationalityLine> rationalities{};
  Clauses clauses{};
};

/// `x[d in Belt] := e for 5 years then f`.
struct Assignment {
  Indexed target;
  NodeId value = no_node;
  NodeId duration = no_node;    ///< `for 5 years`
  NodeId afterwards = no_node;  ///< `then f`
  Span span{};
};

struct TreatyStatement {
  Word name;
  NodeId condition = no_node;  ///< `when`
  std::vector<Word> after{};
  std::vector<Assignment> terms{};
  Clauses clauses{};
};

/// A line of `explain`: `p ~ law`, `p free`, `p = v`. In a `rival` also of an option of its move:
/// `raid ~ law`, `raid slope ~ law`.
struct VariantLine {
  Word param;
  bool slope = false;
  enum class Kind : std::uint8_t { prior, free, value };
  Kind kind{};
  LawCall prior{};
  NodeId value = no_node;
};

/// `explain NAME`, or `rival NAME replaces MOVE, ... [on e]`: an explanation in which these moves
/// follow rates, not payoffs.
struct ExplainStatement {
  Word name;
  std::vector<Word> replaces{};  ///< moves; empty of `explain`
  NodeId covariate = no_node;    ///< after `on`
  std::vector<VariantLine> lines{};
  Clauses clauses{};
};

/// A line of `whatif` or `start`: `from 2018-05 Russia commits answer = intervene credibility 0.9`,
/// `from 2005-01 oil_price := 0.5 * oil_price`, `at 1994-06 phase := peace`,
/// `from 2020-09 answer := intervene unforeseen throughout`.
struct Intervention {
  DateRange range{};
  NodeId at = no_node;
  Word player{};  ///< of `commits`
  bool commits = false;
  Indexed target;
  NodeId value = no_node;
  NodeId credibility = no_node;
  bool unforeseen = false;
  Span span{};
};

struct WhatifStatement {
  Word name;
  std::vector<Intervention> lines{};
  Clauses clauses{};
};

/// `start line_of_1994 at 1994-06`: interventions that carry a run along the record to a date from
/// which histories are free.
struct StartStatement {
  Word name;
  NodeId at = no_node;
  std::vector<Intervention> lines{};
  Clauses clauses{};
};

struct MeasureStatement {
  Indexed target;
  NodeId value = no_node;
  NodeId given = no_node;
  Clauses clauses{};
};

/// `include "games.casus"`.
struct IncludeStatement {
  Word file;
};

using Statement =
    std::variant<CaseStatement, IncludeStatement, SetStatement, LinkStatement, DataStatement,
                 EventStatement, ParamStatement, FunctionStatement, StateStatement, LetStatement,
                 DrawStatement, ObserveStatement, GameStatement, TreatyStatement, ExplainStatement,
                 WhatifStatement, StartStatement, MeasureStatement>;

class Tree {
 public:
  NodeId add(Expression expression, Span span) {
    nodes_.push_back({std::move(expression), span});
    return NodeId(nodes_.size() - 1);
  }
  const Node& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return nodes_.size(); }

  std::vector<Statement> statements;
  std::vector<Span> statement_spans;  ///< as long as `statements`: the statement's first line

 private:
  std::vector<Node> nodes_;
};

}  // namespace casus::language
