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

const Menu* Solver::menu(const Path& path) {
  const Node& node = at(path);
  return node.menu ? &*node.menu : nullptr;
}

const std::vector<Value>& Solver::choice(const Path& path) {
  Node& node = at(path);
  require(node.menu.has_value(), "a choice asked for at a leaf");
  if (!node.choice.value) {
    const InProgress mark(node.choice.in_progress, path);
    const Within place(builder_, region_, origin_);
    node.choice.value = choose(path, *node.menu);
  }
  return *node.choice.value;
}

Value Solver::payoff(const Path& path, std::uint32_t player) {
  Node& node = at(path);
  Lazy<Value>& slot = node.payoff.at(player);
  if (slot.value) return *slot.value;
  const InProgress mark(slot.in_progress, path);
  const Within place(builder_, region_, origin_);
  const auto later = [&](std::size_t, const Path& next) { return payoff(next, player); };
  slot.value = node.menu ? expected(path, later) : form_.payoff(*this, path, player);
  return *slot.value;
}

Value Solver::worth(const Path& path, std::uint32_t player) {
  const Value gross = payoff(path, player);
  const Value costs = cost(path, player);
  if (known_zero(builder_, costs)) return gross;
  const Within place(builder_, region_, origin_);
  return builder_.subtract(gross, costs);
}

Value Solver::probability(const Path& path, const std::function<Value(const Path& leaf)>& event) {
  const Within place(builder_, region_, origin_);
  const Node& node = at(path);
  if (!node.menu) return event(path);
  const Menu& menu = *node.menu;
  return mean(choice(path), [&](std::size_t k) {
    return probability(after(path, menu, menu.options[k]), event);
  });
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
  node.menu = form_.menu(path);
  node.payoff.resize(form_.n_players);
  node.cost.resize(form_.n_players);
  if (node.menu) {
    require(!node.menu->options.empty(), "a menu without options");
    require(path.at(node.menu->move) == not_reached, "a move made twice on one path");
  }
  return node;
}

/// A mover who is fully believed, or has one option, needs no look ahead.
std::vector<Value> Solver::choose(const Path& path, const Menu& menu) {
  const std::size_t n = menu.options.size();
  const std::optional<Held> commitment = held(form_, menu);
  if (n == 1) return certain(builder_, 1, 0);
  if (commitment && builder_.known(commitment->credibility) == 1.0) {
    return certain(builder_, n, commitment->position);
  }
  std::vector<Value> result = weighed(path, menu);
  if (!commitment) return result;
  return committed(builder_, result, commitment->position, commitment->credibility);
}

std::vector<Value> Solver::weighed(const Path& path, const Menu& menu) {
  const std::size_t n = menu.options.size();
  if (form_.logits) {
    if (const std::optional<std::vector<Value>> logits = form_.logits(path, menu)) {
      const std::vector<Value> nothing(n, builder_.constant(0.0));
      return logit(builder_, builder_.constant(1.0), nothing, *logits);
    }
  }
  const std::vector<Value>& costs = own_costs(path);
  std::vector<Value> worths;
  std::vector<Value> offsets;
  std::vector<Value> behind;
  for (std::size_t k = 0; k < n; ++k) {
    const std::int32_t option = menu.options[k];
    const Value gross = worth(after(path, menu, option), menu.player);
    worths.push_back(known_zero(builder_, costs[k]) ? gross : builder_.subtract(gross, costs[k]));
    offsets.push_back(form_.offset ? form_.offset(path, menu, option) : builder_.constant(0.0));
    if (form_.errors->needs_squares) behind.push_back(squares(after(path, menu, option)));
  }
  require(form_.errors->most_options == 0 || n <= form_.errors->most_options,
          "a menu with more options than its errors allow");
  return form_.errors->choice(builder_, {.rationality = form_.rationality(menu.player),
                                         .worths = worths,
                                         .offsets = offsets,
                                         .squares = behind});
}

const std::vector<Value>& Solver::own_costs(const Path& path) {
  Node& node = at(path);
  if (!node.own_costs.value) {
    const InProgress mark(node.own_costs.in_progress, path);
    const Within place(builder_, region_, origin_);
    std::vector<Value> costs;
    for (const std::int32_t option : node.menu->options) {
      costs.push_back(form_.cost ? form_.cost(*this, path, *node.menu, option)
                                 : builder_.constant(0.0));
    }
    node.own_costs.value = std::move(costs);
  }
  return *node.own_costs.value;
}

Value Solver::cost(const Path& path, std::uint32_t player) {
  Node& node = at(path);
  Lazy<Value>& slot = node.cost.at(player);
  if (slot.value) return *slot.value;
  const InProgress mark(slot.in_progress, path);
  const Within place(builder_, region_, origin_);
  if (!form_.cost || !node.menu) {
    slot.value = builder_.constant(0.0);
    return *slot.value;
  }
  const bool own = node.menu->player == player;
  slot.value = expected(path, [&](std::size_t k, const Path& next) {
    const Value later = cost(next, player);
    return own ? builder_.add(own_costs(path)[k], later) : later;
  });
  return *slot.value;
}

Value Solver::squares(const Path& path) {
  Node& node = at(path);
  if (node.squares) return *node.squares;
  const Within place(builder_, region_, origin_);
  if (!node.menu) return *(node.squares = builder_.constant(1.0));
  const std::vector<Value> shares = weights(builder_, choice(path));
  Value sum = builder_.constant(0.0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    if (known_zero(builder_, shares[k])) continue;
    const Value later = squares(after(path, *node.menu, node.menu->options[k]));
    const Value square = builder_.multiply(shares[k], shares[k]);
    sum = builder_.add(sum, builder_.multiply(square, later));
  }
  return *(node.squares = sum);
}

Value Solver::expected(const Path& path,
                       const std::function<Value(std::size_t, const Path&)>& value) {
  const Menu& menu = *at(path).menu;
  return mean(weights(builder_, choice(path)),
              [&](std::size_t k) { return value(k, after(path, menu, menu.options[k])); });
}

/// Options that are never taken are not looked at; a value that all others share is the mean, to
/// the last bit.
Value Solver::mean(std::span<const Value> shares, const std::function<Value(std::size_t)>& value) {
  std::vector<std::pair<Value, Value>> terms;
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

}  // namespace casus::games
