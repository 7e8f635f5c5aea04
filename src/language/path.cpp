#include "language/path.hpp"

#include "base/bug.hpp"

#include <algorithm>

namespace casus::language {

namespace {

/// Evaluates conditions on one path. Positions of labels are compared as numbers; -1 is `none`.
class OnPath {
 public:
  OnPath(const Model& model, GameId game, const games::Path& path)
      : model_(model), game_(game), path_(path) {}

  std::optional<bool> truth(NodeId node) const {
    const Expression& at = model_.tree[node].expression;
    if (std::get_if<Name>(&at) != nullptr) return named(node);
    if (const auto* unary = std::get_if<Unary>(&at)) {
      const std::optional<bool> inner = truth(unary->operand);
      if (!inner || unary->kind != UnaryKind::logical_not) return {};
      return !*inner;
    }
    if (const auto* in = std::get_if<Membership>(&at)) return member(node, *in);
    const auto* binary = std::get_if<Binary>(&at);
    if (binary == nullptr) return {};
    if (binary->kind == BinaryKind::equal || binary->kind == BinaryKind::not_equal) {
      const std::optional<std::int32_t> left = label(binary->left);
      const std::optional<std::int32_t> right = label(binary->right);
      if (!left || !right) return {};
      return (*left == *right) == (binary->kind == BinaryKind::equal);
    }
    return both(*binary);
  }

 private:
  std::optional<bool> both(const Binary& binary) const {
    const std::optional<bool> left = truth(binary.left);
    const std::optional<bool> right = truth(binary.right);
    if (!left || !right) return {};
    if (binary.kind == BinaryKind::logical_and) return *left && *right;
    if (binary.kind == BinaryKind::logical_or) return *left || *right;
    return {};
  }

  /// `true`, `false`, or an outcome of this game.
  std::optional<bool> named(NodeId node) const {
    const Meaning& meaning = model_.meaning(node);
    if (meaning.kind == Meaning::Kind::truth) return meaning.target != 0;
    if (meaning.kind != Meaning::Kind::quantity) return {};
    const Quantity& quantity = model_[QuantityId{meaning.target}];
    if (quantity.kind != Quantity::Kind::ends) return {};
    const auto& block = model_.statement<GameStatement>(model_.games[index(game_)].statement);
    for (const EndsLine& line : block.ends) {
      if (line.name.text == quantity.name.text) return truth(line.condition);
    }
    return false;
  }

  std::optional<std::int32_t> label(NodeId node) const {
    const Meaning& meaning = model_.meaning(node);
    if (meaning.kind == Meaning::Kind::label) return static_cast<std::int32_t>(meaning.target);
    if (meaning.kind == Meaning::Kind::no_move) return games::not_reached;
    if (meaning.kind != Meaning::Kind::quantity) return {};
    const std::optional<std::uint32_t> place =
        place_of(model_.games[index(game_)], QuantityId{meaning.target});
    if (!place) return {};
    return path_[*place];
  }

  std::optional<bool> member(NodeId node, const Membership& in) const {
    const std::optional<std::int32_t> at = label(in.body);
    if (!at || model_.meaning(node).kind == Meaning::Kind::set) return {};
    const Domain& domain = model_[model_.meaning(in.body).type.domain];
    return std::any_of(in.members.begin(), in.members.end(), [&](const Word& word) {
      const std::optional<std::uint32_t> position = domain.position(word.text);
      return position && static_cast<std::int32_t>(*position) == *at;
    });
  }

  const Model& model_;
  GameId game_;
  const games::Path& path_;
};

/// Where the move of a line of the game's block stands in the game's paths.
std::uint32_t place_of_menu(const Game& game, std::uint32_t line) {
  for (std::uint32_t i = 0; i < game.moves.size(); ++i) {
    const std::vector<std::uint32_t>& menus = game.moves[i].menus;
    if (std::find(menus.begin(), menus.end(), line) != menus.end()) return i;
  }
  throw Bug("a menu of no move");
}

/// The line of GameStatement::moves whose menu comes next.
std::optional<std::uint32_t> line_after(const Model& model, GameId id, const games::Path& path) {
  const Game& game = model.games[index(id)];
  const auto& block = model.statement<GameStatement>(game.statement);
  for (std::uint32_t line = 0; line < block.moves.size(); ++line) {
    const MoveMenu& written = block.moves[line];
    if (path[place_of_menu(game, line)] != games::not_reached) continue;
    if (written.condition == no_node ||
        holds_on(model, id, written.condition, path).value_or(false))
      return line;
  }
  return {};
}

}  // namespace

std::optional<std::uint32_t> place_of(const Game& game, QuantityId move) {
  for (std::uint32_t i = 0; i < game.moves.size(); ++i) {
    if (game.moves[i].move == move) return i;
  }
  return {};
}

std::optional<bool> holds_on(const Model& model, GameId game, NodeId condition,
                             const games::Path& path) {
  return OnPath(model, game, path).truth(condition);
}

std::optional<games::Menu> menu_after(const Model& model, GameId id, const games::Path& path) {
  const std::optional<std::uint32_t> line = line_after(model, id, path);
  if (!line) return {};
  const Game& game = model.games[index(id)];
  const std::uint32_t place = place_of_menu(game, *line);
  games::Menu menu{.move = place, .player = game.moves[place].player, .options = {}};
  for (const std::uint32_t option : model.options[index(id)][*line]) {
    menu.options.push_back(static_cast<std::int32_t>(option));
  }
  return menu;
}

std::vector<games::Path> leaves_of(const Model& model, GameId id) {
  std::vector<games::Path> leaves;
  std::vector<games::Path> open{
      games::Path(model.games[index(id)].moves.size(), games::not_reached)};
  while (!open.empty()) {
    const games::Path path = std::move(open.back());
    open.pop_back();
    const std::optional<games::Menu> menu = menu_after(model, id, path);
    if (!menu) {
      leaves.push_back(path);
      continue;
    }
    for (std::size_t i = menu->options.size(); i-- > 0;) {
      open.push_back(path);
      open.back()[menu->move] = menu->options[i];
    }
  }
  return leaves;
}

bool opens(const Model& model, GameId id, std::uint32_t line) {
  struct Reached {
    games::Path path;
    bool waited = true;  ///< every move so far took its status quo
  };
  const Game& game = model.games[index(id)];
  const auto& moves = model.statement<GameStatement>(game.statement).moves;
  std::vector<Reached> open{{games::Path(game.moves.size(), games::not_reached)}};
  while (!open.empty()) {
    const Reached at = std::move(open.back());
    open.pop_back();
    const std::optional<std::uint32_t> next = line_after(model, id, at.path);
    if (!next) continue;
    if (*next == line) {
      if (!at.waited) return false;
      continue;
    }
    const games::Menu menu = *menu_after(model, id, at.path);
    for (std::size_t i = 0; i < menu.options.size(); ++i) {
      open.push_back({at.path, at.waited && moves[*next].options[i].status_quo});
      open.back().path[menu.move] = menu.options[i];
    }
  }
  return true;
}

}  // namespace casus::language
