// The third pass: the unit of every expression, with unknown units for quantities that declare
// none.
#pragma once

#include "language/compile.hpp"
#include "language/units_linear.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::language {

/// What is known of an expression's unit.
struct Form {
  enum class Kind : std::uint8_t {
    unit,
    literal,  ///< a number written without unit: takes the unit of what it meets
    faulty,   ///< part of something already reported; agrees with everything
  };
  Kind kind = Kind::unit;
  bool zero = false;  ///< a literal zero, which is the same in every unit
  UnitTerm unit{};
  QuantityId quantity{nothing};  ///< the expression is this quantity
  /// The declared unit of what it is made of, where that is no base unit ("month"): a literal
  /// beside it would silently count in base units.
  const WrittenUnit* converts = nullptr;

  bool has_unit() const { return kind == Kind::unit; }

  static Form literal_number(bool zero) { return {.kind = Kind::literal, .zero = zero}; }
  static Form faulty_part() { return {.kind = Kind::faulty}; }
};

/// An expression's unit and where the expression stands.
struct Side {
  Form form{};
  Span span{};
};

/// What a definition, a law or an intervention gives its value to.
struct Target {
  std::string name;  ///< as messages call it, in backquotes already
  Side side{};
  /// Literals are in the declared unit and are converted: parameters and data.
  bool boundary = false;
};

class UnitChecker {
 public:
  UnitChecker(const Model& model, Diagnostics& found);

  /// Runs a statement, or a line of a block. After its first fault its other equations are dropped,
  /// so that one slip is one message. True when there was none.
  bool checked(Span where, const std::function<void()>& statement);

  Form expression(NodeId node);
  void each_of(const std::vector<NodeId>& nodes);

  /// The unit of a quantity; its definition is read first when only that can tell.
  Form of(QuantityId id);
  Target target(QuantityId id);

  /// Reads a quantity's definition once.
  void define(QuantityId id);
  /// Reads a function's body by itself, its arguments of unknown units.
  void define(FunctionId id);

  /// `value` is given to `target`; messages call it `role`: "its definition".
  void assign(const Target& target, NodeId value, std::string_view role,
              std::string_view code = "U104");
  void law(const LawCall& call, const Target& outcome);
  /// A span of time, which a literal is only where time has no unit.
  void duration(NodeId node, std::string_view what);
  /// `what` names the place, for example "`exp`".
  void dimensionless(std::string_view code, const Side& side, std::string_view what);

  /// The unit of the payoffs of one player in one game.
  UnitTerm payoff(GameId game, std::uint32_t player);
  UnitTerm time() const { return time_; }

  bool equate(const UnitTerm& a, const UnitTerm& b, Span where);
  Side side(NodeId node) { return {expression(node), model_.tree[node].span}; }
  void fault(Diagnostic diagnostic);

  /// "person / year", "a number without unit".
  std::string name_of(const UnitTerm& unit);
  /// "unit person / year", "no unit".
  std::string having(const UnitTerm& unit);
  std::string help_for_rationality(const UnitTerm& payoff);
  void add_trail(Diagnostic& diagnostic, const UnitTerm& unit) const;
  void conflict(std::string_view code, std::string message, Span primary,
                const std::vector<Side>& sides);

  const Model& model() const { return model_; }

 private:
  struct ActiveCall {
    FunctionId function{};
    std::vector<Form> arguments{};
    std::optional<Span> span{};  ///< of the call; none while the body is read by itself
  };
  struct Frame {
    bool faulty = false;
    std::vector<ActiveCall> calls{};
  };
  enum class Progress : std::uint8_t { fresh, open, good, faulty };

  Form visit(NodeId node, const Number& at);
  Form visit(NodeId node, const NumberWithUnit& at);
  Form visit(NodeId node, const DateValue& at);
  Form visit(NodeId node, const Name& at);
  Form visit(NodeId node, const Element& at);
  Form visit(NodeId node, const Call& at);
  Form visit(NodeId node, const Probability& at);
  Form visit(NodeId node, const Unary& at);
  Form visit(NodeId node, const Binary& at);
  Form visit(NodeId node, const Choice& at);
  Form visit(NodeId node, const Reduce& at);
  Form visit(NodeId node, const OverSteps& at);
  Form visit(NodeId node, const AtDate& at);
  Form visit(NodeId node, const InRange& at);
  Form visit(NodeId node, const Membership& at);

  Form product(const Side& left, const Side& right, bool divide);
  Form power(const Binary& at);
  Form alternatives(const std::vector<Side>& sides);
  Form operation_call(NodeId node, const Call& at);
  Form function_call(NodeId node, const Call& at, FunctionId id);
  Form game_call(NodeId node, const Call& at);
  Form calendar_call(const Call& at);
  Form memory_call(NodeId node, const Call& at);
  std::optional<std::uint32_t> mover_of(GameId game, NodeId option) const;
  Form of_set(SetId id);

  /// Equal units; literals adapt. On a contradiction `message` is asked for the words.
  Form same(std::string_view code, const Side& left, const Side& right, Span primary,
            const std::function<std::string(std::string, std::string)>& message);
  bool literal_in_years(const Side& literal, const WrittenUnit* unit, const std::string& beside);
  void law_argument(const LawCall& call, std::size_t argument, const Target& outcome);
  void converted_twice(const Target& target, const Side& side);

  void definition(QuantityId id);
  void define_parameter(QuantityId id);
  void define_event(QuantityId id);
  void define_state(QuantityId id);
  void define_draw(QuantityId id);

  void sets_with_units();
  std::string help_for(const std::vector<Side>& sides);
  std::string help_by_factor(const UnitTerm& first, const UnitTerm& second);
  std::string unit_of(UnknownUnit unknown) const;

  const Model& model_;
  Diagnostics& found_;
  UnitSystem system_;
  UnitTerm time_;
  Frame frame_;
  std::vector<UnitTerm> units_;  ///< by QuantityId: declared, or an unknown
  std::vector<UnitTerm> links_;  ///< of their weights
  std::vector<Progress> quantities_;
  std::vector<Progress> functions_;
  std::map<std::uint32_t, UnitTerm> set_units_;  ///< by SetId: numeric sets with a unit
  std::map<std::pair<std::uint32_t, std::uint32_t>, UnitTerm> payoffs_;
  std::uint32_t n_call_nodes_ = 0;  ///< nodes read inside functions
};

}  // namespace casus::language
