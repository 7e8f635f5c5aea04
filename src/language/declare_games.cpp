#include "language/declare.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

/// All menus of one move name, wherever in the case they stand.
struct MoveMenus {
  std::vector<const MoveMenu*> menus;
  std::vector<std::string> first_seen;  ///< labels in order of first appearance
};

/// An order of all labels in which every menu's own order holds (Kahn 1962), labels seen first
/// coming first; empty when the menus contradict each other.
std::vector<std::string> consistent_order(const MoveMenus& move) {
  std::map<std::string, std::set<std::string>> before;
  for (const MoveMenu* menu : move.menus) {
    std::vector<std::string> once;  // an option that stands twice is another fault
    for (const MoveMenu::Option& option : menu->options) {
      if (std::find(once.begin(), once.end(), option.label.text) == once.end())
        once.push_back(option.label.text);
    }
    for (std::size_t i = 1; i < once.size(); ++i) before[once[i]].insert(once[i - 1]);
  }
  std::vector<std::string> order;
  std::vector<std::string> left = move.first_seen;
  while (!left.empty()) {
    const auto ready = std::find_if(left.begin(), left.end(), [&](const std::string& label) {
      const std::set<std::string>& needs = before[label];
      return std::none_of(left.begin(), left.end(),
                          [&](const std::string& l) { return needs.contains(l); });
    });
    if (ready == left.end()) return {};
    order.push_back(*ready);
    left.erase(ready);
  }
  return order;
}

class GameBuilder {
 public:
  GameBuilder(Model& model, Diagnostics& found) : model_(model), found_(found) {}

  void run() {
    for_each_game([this](std::uint32_t, const GameStatement& game) { collect(game); });
    for (const std::string& name : move_order_) declare_move(name, moves_.at(name));
    for_each_game(
        [this](std::uint32_t number, const GameStatement& game) { declare_game(number, game); });
  }

 private:
  template <class Each>
  void for_each_game(Each each) {
    for (std::uint32_t i = 0; i < model_.tree.statements.size(); ++i) {
      if (const auto* game = std::get_if<GameStatement>(&model_.tree.statements[i])) each(i, *game);
    }
  }

  void collect(const GameStatement& game) {
    for (const MoveMenu& menu : game.moves) {
      auto [at, fresh] = moves_.try_emplace(menu.name.text);
      if (fresh) move_order_.push_back(menu.name.text);
      MoveMenus& move = at->second;
      move.menus.push_back(&menu);
      for (const MoveMenu::Option& option : menu.options) {
        auto& seen = move.first_seen;
        if (std::find(seen.begin(), seen.end(), option.label.text) == seen.end())
          seen.push_back(option.label.text);
      }
    }
  }

  void declare_move(const std::string& name, const MoveMenus& move) {
    const MoveMenu& first = *move.menus.front();
    const auto taken = model_.quantity_named.find(name);
    if (taken != model_.quantity_named.end() || model_.set_named.contains(name)) {
      found_.add(
          {.code = "N002",
           .message = fmt::format("`{}` is a move and something else", name),
           .primary = {first.name.span, {}},
           .related = taken == model_.quantity_named.end()
                          ? std::vector<Label>{}
                          : std::vector<Label>{{model_[taken->second].name.span, "defined here"}}});
      return;
    }
    Quantity quantity{.kind = Quantity::Kind::move, .name = first.name};
    if (!first.option_set.empty()) {
      const std::optional<SetId> set = find_set(model_, first.option_set, found_);
      if (!set) return;
      quantity.type = {TypeKind::label, model_[*set].domain};
    } else {
      const std::vector<std::string> order = consistent_order(move);
      if (order.empty()) return contradiction(name, move);
      quantity.type = {TypeKind::label, id_of<DomainId>(model_.domains.size())};
      model_.domains.push_back({name, order});
    }
    same_players(name, move);
    push(std::move(quantity));
  }

  void contradiction(const std::string& name, const MoveMenus& move) {
    Diagnostic diagnostic{
        .code = "G002",
        .message = fmt::format("the menus of `{}` put their options in contradictory orders", name),
        .primary = {move.menus.front()->span, {}},
        .help = "keep one order in all menus: a draw of the move runs over it"};
    for (std::size_t i = 1; i < move.menus.size(); ++i)
      diagnostic.related.push_back({move.menus[i]->span, {}});
    found_.add(std::move(diagnostic));
  }

  void same_players(const std::string& name, const MoveMenus& move) {
    for (const MoveMenu* menu : move.menus) {
      if (menu->player.text == move.menus.front()->player.text) continue;
      found_.add({.code = "G003",
                  .message = fmt::format("`{}` is made by `{}` here and by `{}` elsewhere", name,
                                         menu->player.text, move.menus.front()->player.text),
                  .primary = {menu->player.span, {}},
                  .related = {{move.menus.front()->player.span, "first here"}},
                  .help = "a move belongs to one player; give the other move another name"});
    }
  }

  QuantityId push(Quantity quantity) {
    const QuantityId id = id_of<QuantityId>(model_.quantities.size());
    model_.quantity_named.emplace(quantity.name.text, id);
    model_.quantities.push_back(std::move(quantity));
    return id;
  }

  void declare_game(std::uint32_t number, const GameStatement& statement) {
    const GameId id = id_of<GameId>(model_.games.size());
    Game game{.name = statement.name, .statement = number};
    model_.options.emplace_back();
    for (std::uint32_t line = 0; line < statement.moves.size(); ++line)
      add_menu(game, statement, line);
    for (std::uint32_t line = 0; line < statement.lets.size(); ++line) {
      add_let(game, id, number, line, statement.lets[line].name);
    }
    for (std::uint32_t line = 0; line < statement.ends.size(); ++line)
      add_ends(game, id, number, line, statement);
    model_.games.push_back(std::move(game));
  }

  std::uint32_t player_of(Game& game, const std::string& name) {
    const auto at = std::find(game.players.begin(), game.players.end(), name);
    if (at != game.players.end()) return static_cast<std::uint32_t>(at - game.players.begin());
    game.players.push_back(name);
    return static_cast<std::uint32_t>(game.players.size() - 1);
  }

  void add_menu(Game& game, const GameStatement& statement, std::uint32_t line) {
    const MoveMenu& menu = statement.moves[line];
    std::vector<std::uint32_t>& options = model_.options.back().emplace_back();
    const auto named = model_.quantity_named.find(menu.name.text);
    if (named == model_.quantity_named.end() || model_[named->second].kind != Quantity::Kind::move)
      return;
    const QuantityId id = named->second;
    Quantity& move = model_.quantities[index(id)];
    if (move.statement == nothing) move.statement = game.statement;
    const Domain& domain = model_[move.type.domain];
    if (!menu.option_set.empty()) {
      for (std::uint32_t i = 0; i < domain.labels.size(); ++i) options.push_back(i);
    }
    for (const MoveMenu::Option& option : menu.options) {
      const std::optional<std::uint32_t> at = domain.position(option.label.text);
      if (at && std::find(options.begin(), options.end(), *at) == options.end()) {
        options.push_back(*at);
        continue;
      }
      found_.add(
          {.code = "G004",
           .message = fmt::format("option `{}` stands twice on this menu", option.label.text),
           .primary = {option.label.span, {}}});
    }
    const std::uint32_t player = player_of(game, menu.player.text);
    const auto same = std::find_if(game.moves.begin(), game.moves.end(),
                                   [&](const GameMove& at) { return at.move == id; });
    if (same != game.moves.end()) return same->menus.push_back(line);
    game.moves.push_back({.move = id, .player = player, .menus = {line}});
  }

  void add_let(Game& game, GameId id, std::uint32_t number, std::uint32_t line, const Word& name) {
    if (taken_outside(name) || taken_inside(game.lets, name)) return;
    game.lets.push_back(id_of<QuantityId>(model_.quantities.size()));
    model_.quantities.push_back({.kind = Quantity::Kind::game_let,
                                 .name = name,
                                 .statement = number,
                                 .item = line,
                                 .game = id});
  }

  bool taken_outside(const Word& name) {
    const auto at = model_.quantity_named.find(name.text);
    if (at == model_.quantity_named.end() && !model_.set_named.contains(name.text)) return false;
    Diagnostic diagnostic{.code = "N002",
                          .message = fmt::format("`{}` is defined twice", name.text),
                          .primary = {name.span, "again here"}};
    if (at != model_.quantity_named.end())
      diagnostic.related.push_back({model_[at->second].name.span, "first here"});
    found_.add(std::move(diagnostic));
    return true;
  }

  bool taken_inside(const std::vector<QuantityId>& list, const Word& name) {
    for (const QuantityId at : list) {
      if (model_[at].name.text != name.text) continue;
      found_.add({.code = "N002",
                  .message = fmt::format("`{}` is defined twice", name.text),
                  .primary = {name.span, "again here"},
                  .related = {{model_[at].name.span, "first here"}}});
      return true;
    }
    return false;
  }

  /// An outcome may be named in several games: one truth, held by whichever is played.
  void add_ends(Game& game, GameId id, std::uint32_t number, std::uint32_t line,
                const GameStatement& statement) {
    const Word& name = statement.ends[line].name;
    const auto at = model_.quantity_named.find(name.text);
    if (at != model_.quantity_named.end() && model_[at->second].kind == Quantity::Kind::ends &&
        model_[at->second].game != id) {
      game.ends.push_back(at->second);
      return;
    }
    if (taken_outside(name)) return;
    game.ends.push_back(push({.kind = Quantity::Kind::ends,
                              .name = name,
                              .type = {TypeKind::truth, {}},
                              .statement = number,
                              .item = line,
                              .game = id}));
  }

  Model& model_;
  Diagnostics& found_;
  std::map<std::string, MoveMenus> moves_;
  std::vector<std::string> move_order_;
};

}  // namespace

void declare_games(Model& model, Diagnostics& found) { GameBuilder(model, found).run(); }

}  // namespace casus::language
