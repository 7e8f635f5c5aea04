// Builds one program: expressions to values, quantity by quantity on demand, each element once.
#pragma once

#include "games/game.hpp"
#include "language/moves_behind.hpp"
#include "language/plan.hpp"
#include "language/step_range.hpp"
#include "language/undo.hpp"
#include "machine/builder.hpp"
#include "random/law.hpp"

#include <functional>
#include <map>
#include <memory>
#include <tuple>

namespace casus::language {

using machine::Builder;
using machine::Op;
using machine::Value;

class GameLowering;
class Supposition;

/// Thrown when a game needs its own outcome; reported before, ends the program.
struct UnsolvedGame {};

/// The path of a game in whose light an expression is built.
struct GamePath {
  GameLowering* game = nullptr;
  const games::Path* path = nullptr;
  /// Outside of the game's block: what the path makes of everything that moves decide.
  Supposition* supposed = nullptr;
};

/// Where an expression is built: names bound to labels, arguments of a function, a path of a game.
struct Environment {
  std::vector<Binding> bound{};
  const std::vector<Value>* arguments = nullptr;
  GamePath game{};
  bool end_of_step = false;
  /// Inside the new definition of a quantity its own name means the definition below this one.
  std::uint32_t old_quantity = nothing;
  std::uint32_t old_layer = 0;
};

/// Where everything of a variant's run lives; no program yet.
Plan planned(const Model& model, const Variant& variant);

/// Lowers all programs of the plan's variant into `plan.lowered`. Stretches of steps in which the
/// same lines hold have the same program.
void lower_into(Plan& plan, Diagnostics& found);

class Lowering {
 public:
  enum class Moment : std::uint8_t { parameters, initial, step, measures };

  /// What holds in the steps that a program is for.
  struct Holding {
    std::vector<ActiveLine> lines{};
    Given given{};

    friend bool operator==(const Holding&, const Holding&) = default;
  };

  Lowering(Plan& plan, Moment moment, Holding holding, Diagnostics& found);
  ~Lowering();
  Lowering(const Lowering&) = delete;
  Lowering& operator=(const Lowering&) = delete;

  Value expression(NodeId node, const Environment& environment);
  /// As a number: labels of a numeric set become their numbers, dates years.
  Value number(NodeId node, const Environment& environment);
  Value element(QuantityId id, std::uint32_t number, const Environment& environment);
  /// A let's own definition, under whatever `path` supposes.
  Value let_value(QuantityId id, std::uint32_t number, const GamePath& path = {});
  Value state_after(QuantityId id, std::uint32_t number);

  // ---- whole programs, in lower_program.cpp
  machine::Program parameters();
  machine::Program initial();
  machine::Program step(bool outputs);
  /// All of a step but the program, for who asks only whether it can be lowered.
  bool write_step(bool outputs);
  machine::Program measures();

  Builder& builder() { return builder_; }
  Plan& plan() { return plan_; }
  const Model& model() const { return plan_.model; }
  Diagnostics& found() { return found_; }
  const std::vector<ActiveLine>& active() const { return holding_.lines; }
  const Given& given() const { return holding_.given; }
  std::uint32_t site(const std::string& name, Span span);
  /// Truth of the steps in which a column of the record says something.
  Value where_recorded(const RecordColumn& column);
  /// Truth of the steps, and histories, in which an observed variable has a datum that counts.
  Value where_observed(const ScoreColumn& column);
  struct LawArguments {  ///< in the law's own order
    const random::Law* law = nullptr;
    std::vector<Value> values{};
    std::vector<Span> spans{};
  };
  /// Of the law by which a column's variable is observed.
  LawArguments law_of(const ScoreColumn& column, const GamePath& path = {});
  /// Log density of a column's datum in its declared unit.
  Value log_density(const ScoreColumn& column, const LawArguments& law, Value datum);
  /// The series of an observed variable's data, 0 where there is none.
  Value data_of(QuantityId id, std::uint32_t number);
  MoveFinder& moves_behind() { return moves_behind_; }
  GameLowering& game(GameId id);
  GameLowering& game_in(GameId id, const Environment& environment);
  void fault(std::string_view code, std::string message, Span span, std::string help = {});

 private:
  using Key = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>;  // quantity, layer, element

  struct Made {
    Value value{};
    std::optional<Value> exists{};  ///< of a measure: whether a history has a value at all
  };

  /// The expression that asks for values outside the steps of a history, of a measure, a prior or a
  /// start value; in faults the smallest part of it that is known.
  struct Asked {
    Span span;
    std::size_t depth = 0;
    std::string_view word{};  ///< the quantity that the part names
  };

  /// For as long as it lives, an expression asks, or the part of it at `node`.
  class Asking {
   public:
    Asking(Lowering& lowering, Span span) : lowering_(lowering), before_(lowering.asked_) {
      lowering.asked_ = Asked{span, lowering.open_.size() + lowering.depth_};
    }
    Asking(Lowering& lowering, NodeId node, const Word& word)
        : lowering_(lowering), before_(lowering.asked_) {
      const std::size_t depth = lowering.open_.size() + lowering.depth_;
      if (!before_ || before_->depth != depth) return;
      lowering.asked_ = Asked{lowering.span_of(node), depth, word.text};
    }
    ~Asking() { lowering_.asked_ = before_; }
    Asking(const Asking&) = delete;
    Asking& operator=(const Asking&) = delete;

   private:
    Lowering& lowering_;
    std::optional<Asked> before_;
  };

  Span span_of(NodeId node) const { return model().tree[node].span; }

  Value visit(NodeId node, const Number& at, const Environment& environment);
  Value visit(NodeId node, const NumberWithUnit& at, const Environment& environment);
  Value visit(NodeId node, const DateValue& at, const Environment& environment);
  Value visit(NodeId node, const Name& at, const Environment& environment);
  Value visit(NodeId node, const Element& at, const Environment& environment);
  Value visit(NodeId node, const Call& at, const Environment& environment);
  Value visit(NodeId node, const Probability& at, const Environment& environment);
  Value visit(NodeId node, const Unary& at, const Environment& environment);
  Value visit(NodeId node, const Binary& at, const Environment& environment);
  Value visit(NodeId node, const Choice& at, const Environment& environment);
  Value visit(NodeId node, const Reduce& at, const Environment& environment);
  Value visit(NodeId node, const OverSteps& at, const Environment& environment);
  Value visit(NodeId node, const AtDate& at, const Environment& environment);
  Value visit(NodeId node, const InRange& at, const Environment& environment);
  Value visit(NodeId node, const Membership& at, const Environment& environment);

  const Binding* bound(const std::string& name, const Environment& environment) const;
  const std::string* label_text(NodeId node, const Environment& environment) const;
  std::optional<std::string> known_label(NodeId node, const Environment& environment);
  Value translated(Value place, DomainId from, DomainId to);
  Value equality(const Binary& at, const Environment& environment);
  Value elapsed();
  Value calendar(NodeId node, const Call& at, const Environment& environment);
  Value event_pulse(QuantityId event, const Environment& environment);
  std::vector<double> steps_of_event(QuantityId event, bool from_first) const;
  std::vector<double> steps_of_dates(const Call& at) const;
  Value operation(Op op, const std::vector<NodeId>& operands, const Environment& environment);
  Value remembered(NodeId node, const Environment& environment);
  Value at_first(Value first, Value later);
  void write_memories();
  Value call_function(NodeId node, const Call& at, const Environment& environment);
  void reduce_over(const Reduce& at, std::size_t binder, Environment& environment,
                   std::vector<Value>& terms, std::vector<Value>& conditions);
  void each_label(const Binder& binder, const Environment& environment,
                  const std::function<void(Environment&, std::uint32_t)>& build);
  Value fold_reduction(const Reduce& at, const std::vector<Value>& terms,
                       const std::vector<Value>& conditions, const Environment& environment,
                       Span span);
  Value index_element(QuantityId id, const std::vector<NodeId>& indices,
                      const Environment& environment);
  Value outside_element(const Quantity& state, const std::string& label,
                        const Environment& environment);
  void unknown_link(Span span);
  Value select_label(const Set& set, Value position, const std::vector<Value>& values);

  Value definition(QuantityId id, std::uint32_t layer, std::uint32_t number);
  Value new_definition(QuantityId id, std::uint32_t layer, std::uint32_t number);
  Value base_definition(QuantityId id, std::uint32_t number);
  Value parameter_value(QuantityId id, std::uint32_t number);
  void check_fixed(QuantityId id, std::uint32_t number, const LawCall& law, double value);
  Value prior_value(QuantityId id, std::uint32_t number, const LawCall& law);
  Value data_value(QuantityId id, std::uint32_t number);
  Value draw_value(QuantityId id, std::uint32_t number);
  Value free_draw(QuantityId id, std::uint32_t number);

  // ---- what is observed exactly, in lower_exact.cpp
  using ElementKey = std::pair<std::uint32_t, std::uint32_t>;  // quantity, element
  struct DecidedBy {  ///< of an element of a draw: whose datum
    const ExactObservation* observation = nullptr;
    std::uint32_t element = 0;
  };
  struct Decided {  ///< what a datum makes of its draw
    Value value{};
    Value log_slope{};  ///< log |d draw / d datum|
    Value possible{};   ///< whether the draw can give the datum; else the others mean nothing
  };
  std::optional<DecidedBy> decided_by(QuantityId draw, std::uint32_t number);
  void note_decided();
  const Decided& decided(const DecidedBy& by);
  Decided new_decided(const DecidedBy& by);
  Value or_median(const DecidedBy& by, Value possible, Value value);
  Value decided_draw(const DecidedBy& by, QuantityId draw, std::uint32_t number);
  Value exact_value(const ExactObservation& exact, std::uint32_t number);
  Value where_exact(const ExactObservation& exact, std::uint32_t number);
  Value score_of_exact(const ScoreColumn& column, const ExactObservation& exact);
  const ScoreColumn& score_column(QuantityId id, std::uint32_t number) const;
  std::uint32_t known_element(NodeId node, const Environment& environment) const;
  std::uint32_t draw_behind(const DecidedBy& by) const;
  Environment definition_of(QuantityId id, std::uint32_t number) const;
  void check_datum(const DecidedBy& by, const Undoing::Range& range);
  std::optional<double> in_step(Value value, std::uint32_t step,
                                std::map<Value, std::optional<double>>& seen) const;
  LawArguments arguments_of(const LawCall& call, const Environment& environment);
  void check_arguments(const LawArguments& given);
  Value sample(const LawCall& call, const Environment& environment, const std::string& name,
               Span span, bool prior);
  Value sample(const LawArguments& given, const std::string& name, Span span, bool prior);
  Value rate_value(const Rival& rival, const RivalRate& rate);
  std::vector<Value> drawn(const DrawStatement& draw, QuantityId id, std::uint32_t group,
                           std::uint32_t size);
  std::vector<Value> drawn_now(const DrawStatement& draw, QuantityId id, std::uint32_t group,
                               std::uint32_t size);
  Value category(const DrawStatement& draw, const Environment& inside, const std::string& name,
                 Span span);
  std::vector<Value> shares(const DrawStatement& draw, QuantityId id, std::uint32_t group,
                            std::uint32_t size);
  Value link_weight(NodeId node, const Call& at, const Environment& environment);
  Value not_known_here(const Quantity& quantity);
  Span asked_span(QuantityId id) const { return asked_ ? asked_->span : model()[id].name.span; }
  Value move_value(QuantityId id);
  Value ends_value(QuantityId id);
  Value measure_value(QuantityId id, std::uint32_t number);
  Environment environment_of(const Indexed& target, const Quantity& quantity,
                             std::uint32_t number) const;
  std::vector<const Intervention*> layers(QuantityId id, std::uint32_t number) const;
  Value logical(const Binary& at, Op op, const Environment& environment);
  struct Arm {
    Value condition{};
    NodeId value = no_node;
  };
  std::vector<Value> paths_of(const std::vector<Arm>& arms);
  void needs(Value holds);
  std::optional<Value> all_needed();
  Made measured_definition(QuantityId id, std::uint32_t number);

  /// A part of an expression that counts only where `condition` holds.
  template <class Build>
  Value under(Value condition, const Build& build) {
    if (moment_ != Moment::measures) return build();
    const std::optional<Value> before = path_;
    path_ = before ? builder_.apply(Op::logical_and, *before, condition) : condition;
    const Value value = build();
    path_ = before;
    return value;
  }

  Value date_step(NodeId node, bool last);
  Value dated(NodeId node, bool last, const Environment& environment);
  Value among_steps(Value date, const StepRange& range);
  void cycle(QuantityId id, std::uint32_t number);
  void too_deep(NodeId node);
  void write_states();
  std::vector<std::uint32_t> treaties_in_order();
  void no_conflict(std::uint32_t number, std::vector<std::uint32_t>& writers,
                   const Assignment& term, const std::string& element);
  struct Signed {  ///< a treaty's term for one element of its state
    const Assignment* term = nullptr;
    Environment inside{};     ///< the names that its right sides may use
    Value now{};              ///< whether the treaty is signed in this step
    Value at_start{};         ///< of the element
    std::uint32_t timer = 0;  ///< of a term with a duration: the state that counts it down
  };
  Value term_value(const Signed& at, Value before);
  Value held_value(const Signed& at, Value before);
  Value steps_lasting(NodeId duration);
  Value assigned(const Indexed& target, NodeId value, const Environment& inside);
  Span span_of_state(std::uint32_t place) const;
  void write_treaties(std::map<std::uint32_t, Value>& after);
  void write_outputs();
  void write_accumulations();
  void gather(std::uint32_t accumulator, Value value, std::optional<Value> condition);
  void begin_gathered();
  void write_scores();
  void write_paths();
  void write_happened();
  void write_totals();
  Value happened(const ScoreColumn& column);
  Value total_drawn(const ScoreColumn& column);
  Value score_of_record(std::uint32_t number);
  Value score_of_observed(const ScoreColumn& column);
  Value score_of_total(const ScoreColumn& column);
  Value score_of_datum(const ScoreColumn& column, Value datum, Value condition);
  Value observed_value(QuantityId id, std::uint32_t number);
  void finite_when_counted(const FoldedExpression& folded, Value value, const Environment& inside);
  std::optional<Value> counts_in(const MeasureStatement& measure, const Quantity& quantity,
                                 std::uint32_t number);
  void measure_outputs(const MeasureStatement& measure, QuantityId id, std::uint32_t number,
                       MeasureColumn& column, const std::function<std::uint32_t(Value)>& write);

  Plan& plan_;
  Moment moment_;
  Holding holding_;
  Diagnostics& found_;
  Builder builder_;
  MoveFinder moves_behind_;
  std::map<Key, Made> made_;
  std::vector<Key> open_;
  std::map<std::uint32_t, std::unique_ptr<GameLowering>> games_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Value>>
      shared_out_;  ///< by draw and group: elements that share one number
  std::optional<std::map<ElementKey, DecidedBy>> decided_by_;  ///< by element of a draw
  std::map<ElementKey, Decided> decided_;                      ///< by element observed exactly
  std::map<std::uint32_t, Value> after_;  ///< state number -> its value at the step's end
  std::optional<Asked> asked_{};
  std::size_t depth_ = 0;   ///< of calls
  std::size_t nested_ = 0;  ///< expressions, through definitions
  bool is_too_deep_ = false;
  std::vector<Value> needed_{};  ///< what must hold for the measure being built to have a value
  std::optional<Value>
      path_{};  ///< while building a measure: what holds where the expression counts
};

}  // namespace casus::language
