// Backward induction over a game's tree, node by node as values are asked for.
#include "base/bug.hpp"
#include "games/choice.hpp"
#include "games/game.hpp"
#include "games/within.hpp"

#include <algorithm>
#include <utility>

namespace casus::games {

namespace {

/// Marks something as being worked out; a second mark means that it depends on itself.
class InProgress {
 public:
  InProgress(bool& flag, const Path& path) : flag_(flag) {
    if (flag_) throw CyclicValue{path};
    flag_ = true;
  }
  ~InProgress() { flag_ = false; }
  InProgress(const InProgress&) = delete;
  InProgress& operator=(const InProgress&) = delete;

 private:
  bool& flag_;
};

/// The commitment that holds at this menu and the position of its option, if any.
struct Held {
  std::size_t position = 0;
  Value credibility{};
};

std::optional<Held> held(const Form& form, const Menu& menu) {
  if (menu.move >= form.commitments.size() || !form.commitments[menu.move]) return std::nullopt;
  const Commitment& commitment = *form.commitments[menu.move];
  const auto found = std::find(menu.options.begin(), menu.options.end(), commitment.option);
  if (found == menu.options.end()) return std::nullopt;
  return Held{static_cast<std::size_t>(found - menu.options.begin()), commitment.credibility};
}

}  // namespace

Path after(Path path, const Menu& menu, std::int32_t option) {
  path.at(menu.move) = option;
  return path;
}

Solver::Solver(Builder& builder, const Form& form)
    : builder_(builder), form_(form), region_(builder.current()), origin_(builder.origin()) {}

/// Options that are never taken are not looked at; a value that all others share is the mean, to
/// the last bit.
template <class Each>
Value Solver::mean(std::span<const Value> shares, const Each& value) {
  std::vector<std::pair<Value, Value>> terms;
  terms.reserve(shares.size());
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (!known_zero(builder_, shares[k])) terms.emplace_back(shares[k], value(k));
  }
  const bool alike = std::all_of(terms.begin(), terms.end(), [&](const auto& term) {
    return term.second == terms.front().second;
  });
  if (alike) return terms.front().second;
  Value sum = builder_.constant(0.0);
  for (const auto& [share, each] : terms) sum = builder_.add(sum, builder_.multiply(share, each));
  return sum;
}

const Menu* Solver::menu(const Path& path) {
  const Node& node = at(path);
  return node.menu ? &*node.menu : nullptr;
}

const std::vector<Value>& Solver::choice(const Path& path) { return choice(at(path)); }

Value Solver::payoff(const Path& path, std::uint32_t player) { return payoff(at(path), player); }

Value Solver::worth(const Path& path, std::uint32_t player) { return worth(at(path), player); }

Value Solver::probability(const Path& path, const std::function<Value(const Path& leaf)>& event) {
  return probability(at(path), event);
}

bool Solver::in_progress(const Path& path) const {
  const auto found = nodes_.find(path);
  if (found == nodes_.end()) return false;
  const Node& node = found->second;
  const auto busy = [](const auto& lazy) { return lazy.in_progress; };
  return busy(node.choice) || busy(node.own_costs) ||
         std::any_of(node.payoff.begin(), node.payoff.end(), busy) ||
         std::any_of(node.cost.begin(), node.cost.end(), busy);
}

Solver::Node& Solver::at(const Path& path) {
  const auto [place, is_new] = nodes_.try_emplace(path);
  Node& node = place->second;
  if (!is_new) return node;
  node.path = &place->first;
  node.menu = form_.menu(path);
  node.payoff.resize(form_.n_players);
  node.cost.resize(form_.n_players);
  if (node.menu) {
    require(!node.menu->options.empty(), "a menu without options");
    require(path.at(node.menu->move) == not_reached, "a move made twice on one path");
    node.next.resize(node.menu->options.size());
  }
  return node;
}

Solver::Node& Solver::next(Node& node, std::size_t option) {
  Node*& there = node.next[option];
  if (there == nullptr) there = &at(after(*node.path, *node.menu, node.menu->options[option]));
  return *there;
}

const std::vector<Value>& Solver::choice(Node& node) {
  require(node.menu.has_value(), "a choice asked for at a leaf");
  if (!node.choice.value) {
    const InProgress mark(node.choice.in_progress, *node.path);
    const Within place(builder_, region_, origin_);
    node.choice.value = choose(node);
  }
  return *node.choice.value;
}

/// Asked for in the region of the solver.
const std::vector<Value>& Solver::weights(Node& node) {
  if (node.weights.empty()) node.weights = games::weights(builder_, choice(node));
  return node.weights;
}

Value Solver::payoff(Node& node, std::uint32_t player) {
  Lazy<Value>& slot = node.payoff.at(player);
  if (slot.value) return *slot.value;
  const InProgress mark(slot.in_progress, *node.path);
  const Within place(builder_, region_, origin_);
  const auto later = [&](std::size_t k) { return payoff(next(node, k), player); };
  slot.value = node.menu ? mean(weights(node), later) : form_.payoff(*this, *node.path, player);
  return *slot.value;
}

Value Solver::worth(Node& node, std::uint32_t player) {
  const Value gross = payoff(node, player);
  const Value costs = cost(node, player);
  if (known_zero(builder_, costs)) return gross;
  const Within place(builder_, region_, origin_);
  return builder_.subtract(gross, costs);
}

Value Solver::probability(Node& node, const std::function<Value(const Path& leaf)>& event) {
  const Within place(builder_, region_, origin_);
  if (!node.menu) return event(*node.path);
  return mean(choice(node), [&](std::size_t k) { return probability(next(node, k), event); });
}

/// A mover who is fully believed, or has one option, needs no look ahead.
std::vector<Value> Solver::choose(Node& node) {
  const std::size_t n = node.menu->options.size();
  const std::optional<Held> commitment = held(form_, *node.menu);
  if (n == 1) return certain(builder_, 1, 0);
  if (commitment && builder_.known(commitment->credibility) == 1.0) {
    return certain(builder_, n, commitment->position);
  }
  std::vector<Value> result = weighed(node);
  if (!commitment) return result;
  return committed(builder_, result, commitment->position, commitment->credibility);
}

std::vector<Value> Solver::weighed(Node& node) {
  const Menu& menu = *node.menu;
  const std::size_t n = menu.options.size();
  if (form_.logits) {
    if (const std::optional<std::vector<Value>> logits = form_.logits(*node.path, menu)) {
      const std::vector<Value> nothing(n, builder_.constant(0.0));
      return logit(builder_, builder_.constant(1.0), nothing, *logits);
    }
  }
  const std::vector<Value>& costs = own_costs(node);
  std::vector<Value> worths;
  std::vector<Value> offsets;
  std::vector<Value> behind;
  for (std::size_t k = 0; k < n; ++k) {
    const Value gross = worth(next(node, k), menu.player);
    worths.push_back(known_zero(builder_, costs[k]) ? gross : builder_.subtract(gross, costs[k]));
    offsets.push_back(form_.offset ? form_.offset(*node.path, menu, menu.options[k])
                                   : builder_.constant(0.0));
    if (form_.errors->needs_squares) behind.push_back(squares(next(node, k)));
  }
  require(form_.errors->most_options == 0 || n <= form_.errors->most_options,
          "a menu with more options than its errors allow");
  return form_.errors->choice(builder_, {.rationality = form_.rationality(menu.player),
                                         .worths = worths,
                                         .offsets = offsets,
                                         .squares = behind});
}

const std::vector<Value>& Solver::own_costs(Node& node) {
  if (!node.own_costs.value) {
    const InProgress mark(node.own_costs.in_progress, *node.path);
    const Within place(builder_, region_, origin_);
    std::vector<Value> costs;
    for (const std::int32_t option : node.menu->options) {
      costs.push_back(form_.cost ? form_.cost(*this, *node.path, *node.menu, option)
                                 : builder_.constant(0.0));
    }
    node.own_costs.value = std::move(costs);
  }
  return *node.own_costs.value;
}

Value Solver::cost(Node& node, std::uint32_t player) {
  Lazy<Value>& slot = node.cost.at(player);
  if (slot.value) return *slot.value;
  const InProgress mark(slot.in_progress, *node.path);
  const Within place(builder_, region_, origin_);
  if (!form_.cost || !node.menu) {
    slot.value = builder_.constant(0.0);
    return *slot.value;
  }
  const bool own = node.menu->player == player;
  slot.value = mean(weights(node), [&](std::size_t k) {
    const Value later = cost(next(node, k), player);
    return own ? builder_.add(own_costs(node)[k], later) : later;
  });
  return *slot.value;
}

Value Solver::squares(Node& node) {
  if (node.squares) return *node.squares;
  const Within place(builder_, region_, origin_);
  if (!node.menu) return *(node.squares = builder_.constant(1.0));
  const std::vector<Value>& shares = weights(node);
  Value sum = builder_.constant(0.0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (known_zero(builder_, shares[k])) continue;
    const Value later = squares(next(node, k));
    const Value square = builder_.multiply(shares[k], shares[k]);
    sum = builder_.add(sum, builder_.multiply(square, later));
  }
  return *(node.squares = sum);
}

}  // namespace casus::games
