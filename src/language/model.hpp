// A checked model: the tree with every name resolved to a set, a label, a quantity or a function,
// and every expression typed.
#pragma once

#include "base/unit.hpp"
#include "language/inputs.hpp"
#include "language/steps.hpp"
#include "language/syntax.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace casus::language {

enum class SetId : std::uint32_t {};
enum class DomainId : std::uint32_t {};  ///< a list of labels that can be compared
enum class QuantityId : std::uint32_t {};
enum class LinkId : std::uint32_t {};
enum class FunctionId : std::uint32_t {};
enum class GameId : std::uint32_t {};
inline constexpr std::uint32_t nothing = 0xffffffffU;

template <class Id>
std::size_t index(Id id) {
  return static_cast<std::size_t>(id);
}

template <class Id>
Id id_of(std::size_t position) {
  return Id{static_cast<std::uint32_t>(position)};
}

/// Labels that may be compared with each other: of a set, a state, a move.
struct Domain {
  std::string name;
  std::vector<std::string> labels;

  std::optional<std::uint32_t> position(const std::string& label) const;
};

struct Set {
  Word name;
  DomainId domain{};
  std::vector<std::string> labels{};
  SetId parent{nothing};
  SetId root{};                   ///< the set at the top of the chain of parents
  std::vector<double> numbers{};  ///< of `0 to 1 by 0.01`; else empty
  std::uint32_t statement = 0;

  std::optional<std::uint32_t> position(const std::string& label) const;
};

struct Link {
  Word name;
  SetId from{};
  SetId to{};
  std::vector<std::vector<std::uint32_t>> neighbours{};  ///< by label of `from`: labels of `to`
  std::vector<std::vector<double>> weights{};  ///< as `neighbours`, in base units; 1 by default
  std::optional<WrittenUnit> unit{};           ///< of the weights, as declared
};

enum class TypeKind : std::uint8_t { unknown, number, truth, label, date, party };

struct Type {
  TypeKind kind = TypeKind::unknown;
  DomainId domain{};  ///< of a label

  friend bool operator==(const Type&, const Type&) = default;
};

/// Anything with a value: what a name in an expression can mean.
struct Quantity {
  enum class Kind : std::uint8_t {
    parameter,
    constant,
    data,
    event,
    let,
    game_let,
    state,
    draw,
    observed,
    move,
    ends,
    treaty,
    measure
  };
  Kind kind{};
  Word name;
  std::vector<SetId> shape{};
  Type type{};
  std::uint32_t statement = nothing;  ///< in Tree::statements
  std::uint32_t item = 0;             ///< game lets and ends: line in the game
  GameId game{nothing};               ///< game lets, ends
  std::optional<WrittenUnit> unit{};  ///< as declared
  QuantityId outside{nothing};        ///< a state's values beyond its set

  std::size_t n_elements(const std::vector<Set>& sets) const {
    std::size_t n = 1;
    for (const SetId set : shape) n *= sets[index(set)].labels.size();
    return n;
  }
};

/// A move in one game: all menus there with its name.
struct GameMove {
  QuantityId move{};
  std::uint32_t player = 0;          ///< in Game::players
  std::vector<std::uint32_t> menus;  ///< lines in GameStatement::moves
};

struct Game {
  Word name;
  std::uint32_t statement = 0;
  std::vector<std::string> players{};
  std::vector<GameMove> moves{};  ///< in the order of their first menu
  std::vector<QuantityId> lets{};
  std::vector<QuantityId> ends{};
};

/// A column of the record of choices and outcomes: what an `observe` without a law reads.
struct RecordColumn {
  enum class Of : std::uint8_t {
    move,
    ends,     ///< one named set of leaves: labels are "false" and "true"
    outcome,  ///< `observe ends`: labels are the names of all sets of leaves
    event,    ///< an expression about moves, a truth
    treaty,   ///< a truth
  };
  Of of{};
  std::uint32_t statement = 0;
  QuantityId quantity{nothing};        ///< of a move, a set of leaves, a treaty
  std::vector<std::string> labels{};   ///< that cells may have
  std::vector<QuantityId> outcomes{};  ///< of `outcome`, by label
  std::vector<RecordedCell> cells{};   ///< by step
};

struct Function {
  Word name;
  std::uint32_t statement = 0;
};

/// A name bound to the labels of a set.
struct BoundName {
  std::string name;
  SetId set{};
};

/// A bound name and the label that it stands for while an expression is built.
struct Binding {
  std::string name;
  SetId set{};
  std::uint32_t position = 0;
};

/// What an expression keeps of earlier steps: a call of `averaged`, `lagged` or `slope`, for each
/// combination of the labels bound around it.
struct Memory {
  enum class Kind : std::uint8_t { averaged, lagged, slope };
  Kind kind{};
  NodeId call = no_node;
  std::vector<BoundName> bound{};
  std::uint32_t n_steps = 0;  ///< how far back: of `lagged` and `slope`

  std::size_t n_elements(const std::vector<Set>& sets) const {
    std::size_t n = 1;
    for (const BoundName& each : bound) n *= sets[index(each.set)].labels.size();
    return n;
  }
};

/// What a node of the tree means where that is not plain from the tree itself.
struct Meaning {
  enum class Kind : std::uint8_t {
    none,
    quantity,  ///< target: QuantityId
    label,     ///< target: position in `type.domain`
    bound,     ///< a bound name; looked up by its text
    argument,  ///< target: position among the function's parameters
    dt,
    elapsed,    ///< time since the start of the run
    truth,      ///< target: 0 or 1
    no_move,    ///< `none`
    function,   ///< target: FunctionId (a call of a model's function)
    operation,  ///< target: machine::Op (a call of a built-in)
    link,       ///< target: LinkId
    set,        ///< target: SetId (membership)
    game,       ///< target: GameId (worth, value, prob)
    calendar,   ///< since, during, pulse, half_life
    memory,     ///< target: in Model::memories (averaged, lagged, slope)
  };
  Kind kind = Kind::none;
  std::uint32_t target = 0;
  Type type{};
};

/// A turn on the way from an observed value down to the draw that decides it.
struct Turn {
  enum class Into : std::uint8_t {
    definition,  ///< of the let that the node names; at the end of a way the draw itself
    body,        ///< of the function that the node calls
    argument,    ///< of the call whose body the way is in
    operand,     ///< of the operation at the node
  };
  Into into{};
  NodeId node = no_node;
  std::vector<std::uint32_t> held{};  ///< operands, or arguments, in which the draw stands
};

/// `observe E from F exact`: the draw that a datum decides, and the way to it from the definition
/// of E; none where E is the draw.
struct ExactObservation {
  std::uint32_t statement = 0;
  QuantityId quantity{nothing};
  QuantityId draw{nothing};
  std::vector<Turn> way{};
};

/// A number of a rival: the logarithm of an option's rate, or how it goes with the covariate.
struct RivalRate {
  std::string name;  ///< "attack.raid.log_rate", "attack.raid.slope"
  QuantityId move{nothing};
  std::uint32_t option = 0;  ///< in the move's domain
  bool slope = false;
  std::uint32_t line = nothing;  ///< of the statement; nothing: its default prior
  double spread = 1.0;           ///< factor of the default prior's standard deviation
};

/// `rival NAME replaces MOVE, ...`.
struct Rival {
  std::uint32_t statement = 0;
  std::vector<QuantityId> moves{};
  std::vector<RivalRate> rates{};  ///< of each option but the status quo: its rate, its slope
};

struct Model {
  Tree tree;
  std::string title;
  Steps steps;
  Word claims_file{};
  std::vector<Domain> domains;
  std::vector<Set> sets;
  std::vector<Link> links;
  std::vector<Quantity> quantities;
  std::vector<Function> functions;
  std::vector<Game> games;
  std::vector<Meaning> meanings;  ///< by NodeId
  std::vector<Memory> memories;

  /// By QuantityId; empty but for data, observed variables and what is observed exactly.
  std::vector<Series> series;
  std::vector<RecordColumn> record;
  std::vector<ExactObservation> exact;
  /// Menus' options as positions in the move's domain: [game][line of GameStatement::moves].
  std::vector<std::vector<std::vector<std::uint32_t>>> options;

  std::vector<std::uint32_t> explanations;  ///< statements, those of rivals too
  std::vector<Rival> rivals;
  std::vector<std::uint32_t> whatifs;
  std::vector<std::uint32_t> starts;
  std::vector<QuantityId> measures;

  std::map<std::string, QuantityId, std::less<>> quantity_named;  ///< game lets are not here
  std::map<std::string, SetId, std::less<>> set_named;

  const Quantity& operator[](QuantityId id) const { return quantities[index(id)]; }
  const Set& operator[](SetId id) const { return sets[index(id)]; }
  const Domain& operator[](DomainId id) const { return domains[index(id)]; }
  const Meaning& meaning(NodeId id) const { return meanings[index(id)]; }

  /// The exact observation of a quantity, nullptr when there is none.
  const ExactObservation* exact_of(QuantityId id) const;

  /// The rival of this name, nullptr when there is none.
  const Rival* rival_named(std::string_view name) const;
  /// Whether a line of a rival is about an option of its moves, not about a parameter.
  bool is_rate(const ExplainStatement& explain, const VariantLine& line) const;

  template <class T>
  const T& statement(std::uint32_t number) const {
    return std::get<T>(tree.statements[number]);
  }
};

}  // namespace casus::language
