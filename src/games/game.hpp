// A finite sequential game whose players err or know more than the others, solved by backward
// induction into plain instructions (with logit errors an agent quantal response equilibrium:
// McKelvey and Palfrey 1998, Experimental Economics 1:9-41).
#pragma once

#include "games/errors.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace casus::games {

/// Options taken so far: for every move of the game the chosen option, or `not_reached`. Options
/// are positions in the move's domain.
using Path = std::vector<std::int32_t>;
inline constexpr std::int32_t not_reached = -1;

/// A choice offered to a player.
struct Menu {
  std::uint32_t move = 0;  ///< position in `Path`
  std::uint32_t player = 0;
  std::vector<std::int32_t> options;  ///< in declared order, at least one
};

/// `path` with `option` of the menu taken.
Path after(Path path, const Menu& menu, std::int32_t option);

/// Thrown when a payoff, a cost or a choice depends on itself, as when the payoff of `hold` asks
/// for the value of the menu that offers `hold`. Another branch of that menu is no cycle.
struct CyclicValue {
  Path path;  ///< where the solver came back to
};

/// A mover who is known to take `option` with probability `credibility`, and otherwise chooses as
/// before (decisions: `commits`).
struct Commitment {
  std::int32_t option = 0;
  Value credibility{};
};

class Solver;

/// What a solver asks of a game. The functions build values in the current region.
/// `cost` and `offset` may be empty functions: there is none.
struct Form {
  std::uint32_t n_moves = 0;
  std::uint32_t n_players = 0;

  /// The menu offered after `path`, nothing at a leaf.
  std::function<std::optional<Menu>(const Path&)> menu;

  /// A player's payoff at a leaf. May ask the solver for `value` and `probability` of other
  /// branches.
  std::function<Value(Solver&, const Path& leaf, std::uint32_t player)> payoff;

  /// The mover's own cost of taking `option` after `path`; constant 0 when there is none.
  std::function<Value(Solver&, const Path&, const Menu&, std::int32_t option)> cost;

  /// Added to the logit of `option` (not to its worth): the status-quo term.
  std::function<Value(const Path&, const Menu&, std::int32_t option)> offset;

  /// Logits by which a mover chooses, in menu order, in place of weighing what comes after; nothing
  /// at menus where she weighs. May be an empty function.
  std::function<std::optional<std::vector<Value>>(const Path&, const Menu&)> logits{};

  /// Payoff sensitivity of a player, 0: at random. Lambda with logit errors, one over the standard
  /// deviation with normal ones.
  std::function<Value(std::uint32_t player)> rationality;

  /// Whose conditions on menus and moves the game meets.
  const ErrorStructure* errors = &error_structures().front();

  /// Indexed by move; absent where nobody is committed. May be empty: nobody is.
  std::vector<std::optional<Commitment>> commitments;
};

/// Backward induction. A payoff, a cost, a choice is worked out when first asked for and kept; its
/// values stand in the region and come from the statement that were current when the solver was
/// made, whichever are current when they are asked for. Throws `CyclicValue`.
class Solver {
 public:
  /// `builder` and `form` must outlive the solver.
  Solver(Builder& builder, const Form& form);

  /// The menu after `path`, nullptr at a leaf.
  const Menu* menu(const Path& path);

  /// Probability of each option of the menu after `path`, in menu order. Small ones are exact to
  /// rounding: none is one minus the others.
  const std::vector<Value>& choice(const Path& path);

  /// The player's expected leaf payoff from `path` on, costs not subtracted.
  Value payoff(const Path& path, std::uint32_t player);

  /// The player's expected payoff from `path` on with the costs of their moves from there.
  Value worth(const Path& path, std::uint32_t player);

  /// Probability, from `path` on, of leaves for which `event` holds.
  Value probability(const Path& path, const std::function<Value(const Path& leaf)>& event);

  /// True while something at `path` is being worked out; asking for the same thing then throws.
  bool in_progress(const Path& path) const;

  /// The path before any move.
  Path opening() const { return Path(form_.n_moves, not_reached); }

  /// Where the values of this solver stand.
  machine::Region region() const { return region_; }
  /// The statement they come from, but for payoffs and costs that name another.
  std::uint32_t origin() const { return origin_; }

 private:
  template <class T>
  struct Lazy {
    std::optional<T> value;
    bool in_progress = false;
  };

  struct Node {
    const Path* path = nullptr;
    std::optional<Menu> menu;
    std::vector<Node*> next;             ///< by option; nullptr before it is asked for
    Lazy<std::vector<Value>> choice;     ///< by option
    std::vector<Value> weights;          ///< by option; empty before they are asked for
    Lazy<std::vector<Value>> own_costs;  ///< the mover's, by option
    std::vector<Lazy<Value>> payoff;     ///< by player
    std::vector<Lazy<Value>> cost;       ///< by player: expected costs of own moves from here
    std::optional<Value> squares;        ///< sum of the squared probabilities of leaves from here
  };

  Node& at(const Path& path);
  Node& next(Node& node, std::size_t option);
  const std::vector<Value>& choice(Node& node);
  const std::vector<Value>& weights(Node& node);
  std::vector<Value> choose(Node& node);
  std::vector<Value> weighed(Node& node);
  const std::vector<Value>& own_costs(Node& node);
  Value payoff(Node& node, std::uint32_t player);
  Value worth(Node& node, std::uint32_t player);
  Value cost(Node& node, std::uint32_t player);
  Value squares(Node& node);
  Value probability(Node& node, const std::function<Value(const Path& leaf)>& event);
  template <class Each>
  Value mean(std::span<const Value> shares, const Each& value);

  Builder& builder_;
  const Form& form_;
  machine::Region region_;
  std::uint32_t origin_;
  std::map<Path, Node> nodes_;  // references to nodes stay valid while others are added
};

/// How a path through a game is drawn.
struct Drawing {
  std::vector<Value> uniforms{};  ///< (n_moves) the same at every node of a move
  /// (n_moves) an option taken wherever it is on the menu, whatever its probability
  std::vector<std::optional<std::int32_t>> forced{};
  /// The probability, from a path on, of what is known to have happened: the draw is given that. At
  /// a leaf 1 or 0. Empty: nothing is known.
  std::function<Value(const Path&)> admitted{};
};

/// Moves drawn by inverse CDF over their declared order: for every move the label (position in its
/// domain, -1 when not reached).
///
/// Two options: the first when u < 1 - p(second). An option that is impossible in every history is
/// never drawn. Choice probabilities of the nodes that can be reached must be finite. The values
/// stand in the region of the solver, where the uniforms must be visible.
std::vector<Value> realise(Builder& builder, const Form& form, Solver& solver,
                           const Drawing& drawing);

}  // namespace casus::games
