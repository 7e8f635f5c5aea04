// Questions to a game (`prob`, `worth`, `value`) and the lines of a game's block.
#include "base/text.hpp"
#include "language/exclusive.hpp"
#include "language/path.hpp"
#include "language/resolver.hpp"
#include "language/walk.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

std::optional<std::uint32_t> player_named(const Game& game, const std::string& name) {
  const auto at = std::find(game.players.begin(), game.players.end(), name);
  if (at == game.players.end()) return {};
  return static_cast<std::uint32_t>(at - game.players.begin());
}

}  // namespace

std::optional<GameId> Resolver::game_named(const Word& word) {
  for (std::size_t i = 0; i < model_.games.size(); ++i) {
    if (model_.games[i].name.text == word.text) return id_of<GameId>(i);
  }
  std::vector<std::string> names;
  for (const Game& game : model_.games) names.push_back(game.name.text);
  const std::optional<std::string> near = nearest(word.text, names);
  fault("G005", fmt::format("there is no game `{}`", word.text), word.span,
        near ? fmt::format("did you mean `{}`?", *near) : std::string{});
  return {};
}

/// Which game a `worth` or `value` asks: the one named, the one around it, or the only one that
/// fits.
std::optional<GameId> Resolver::game_asked(const Call& at, const Scope& scope) {
  if (!at.qualifier.empty()) return game_named(at.qualifier);
  if (index(scope.game) != nothing) return scope.game;
  std::vector<GameId> fitting;
  const auto* word = at.arguments.empty()
                         ? nullptr
                         : std::get_if<Name>(&model_.tree[at.arguments.front()].expression);
  for (std::size_t i = 0; i < model_.games.size(); ++i) {
    const bool asks_player = word != nullptr && at.function.text == "worth";
    if (!asks_player || player_named(model_.games[i], word->word.text))
      fitting.push_back(id_of<GameId>(i));
  }
  if (fitting.size() == 1) return fitting.front();
  if (model_.games.empty()) {
    fault("G006", fmt::format("`{}` asks a game, and the case has none", at.function.text),
          at.function.span);
  } else if (fitting.empty()) {  // so a player was asked for
    moves_nowhere(word->word, model_.tree[at.arguments.front()].span);
  } else {
    fault("G008", fmt::format("`{}` fits several games", at.function.text), at.function.span,
          fmt::format("name the game: `{}.{}(...)`", model_.games.front().name.text,
                      at.function.text));
  }
  return {};
}

void Resolver::moves_nowhere(const Word& player, Span span) {
  std::vector<std::string> players;
  for (const Game& game : model_.games)
    players.insert(players.end(), game.players.begin(), game.players.end());
  const std::optional<std::string> near = nearest(player.text, players);
  fault("G007", fmt::format("`{}` makes no move in any game", player.text), span,
        near ? fmt::format("did you mean `{}`?", *near) : std::string{});
}

Type Resolver::game_call(NodeId node, const Call& at, const Scope& scope) {
  const Type number_type{TypeKind::number, {}};
  const std::optional<GameId> game = game_asked(at, scope);
  if (at.otherwise != no_node) number(at.otherwise, scope);
  if (!game) return number_type;
  set_meaning(node, {Meaning::Kind::game, static_cast<std::uint32_t>(index(*game)), number_type});
  if (at.arguments.size() != 1) {
    fault("N105",
          fmt::format("`{}` takes 1 argument, found {}", at.function.text, at.arguments.size()),
          model_.tree[node].span);
    return number_type;
  }
  if (index(scope.game) == nothing && at.otherwise == no_node) {
    fault(
        "G009",
        fmt::format("`{}` outside its game needs a value for steps in which the game is not played",
                    at.function.text),
        model_.tree[node].span, fmt::format("write `{}(...) otherwise 0`", at.function.text));
  }
  if (at.function.text == "value") {
    value_argument(at.arguments.front(), *game, scope);
    return number_type;
  }
  const auto* word = std::get_if<Name>(&model_.tree[at.arguments.front()].expression);
  const std::optional<std::uint32_t> player =
      word != nullptr ? player_named(model_.games[index(*game)], word->word.text)
                      : std::optional<std::uint32_t>{};
  if (!player) {
    fault("G007",
          fmt::format("`worth` takes a player of `{}`", model_.games[index(*game)].name.text),
          model_.tree[at.arguments.front()].span,
          fmt::format("its players are {}", one_of(model_.games[index(*game)].players)));
    return number_type;
  }
  set_meaning(at.arguments.front(), {Meaning::Kind::label, *player, {TypeKind::party, {}}});
  return number_type;
}

/// `prob` asks about moves and outcomes; anything else that changes is a fault at its place.
void Resolver::about_moves(NodeId event) {
  walk(model_.tree, event, [&](NodeId part) {
    const Meaning& meaning = model_.meaning(part);
    if (meaning.kind != Meaning::Kind::quantity) return;
    const Quantity& quantity = model_[QuantityId{meaning.target}];
    const bool fine =
        quantity.kind != Quantity::Kind::state && quantity.kind != Quantity::Kind::let &&
        quantity.kind != Quantity::Kind::draw && quantity.kind != Quantity::Kind::observed &&
        quantity.kind != Quantity::Kind::treaty;
    if (fine) return;
    fault("G019",
          fmt::format("`prob` asks about moves of a game, and `{}` is none", quantity.name.text),
          model_.tree[part].span,
          "compare moves with labels; multiply by other conditions outside `prob`");
  });
}

std::string Resolver::nearest_option(GameId game, const Name* word) const {
  std::vector<std::string> options;
  for (const GameMove& move : model_.games[index(game)].moves) {
    const std::vector<std::string>& labels = model_[model_[move.move].type.domain].labels;
    options.insert(options.end(), labels.begin(), labels.end());
  }
  const std::optional<std::string> near =
      word != nullptr ? nearest(word->word.text, options) : std::optional<std::string>{};
  return near ? fmt::format("did you mean `{}`?", *near)
              : fmt::format("its options are {}", one_of(options));
}

/// `value(offensive)` or, where an option's name is not enough, `value(attack == offensive)`.
void Resolver::value_argument(NodeId node, GameId game, const Scope& scope) {
  const Expression& at = model_.tree[node].expression;
  if (std::get_if<Binary>(&at) != nullptr) {
    truth(node, scope);
    return;
  }
  const auto* word = std::get_if<Name>(&at);
  std::vector<const GameMove*> fitting;
  for (const GameMove& move : model_.games[index(game)].moves) {
    if (word != nullptr && model_[model_[move.move].type.domain].position(word->word.text))
      fitting.push_back(&move);
  }
  if (fitting.size() == 1) {
    const DomainId domain = model_[fitting.front()->move].type.domain;
    set_meaning(node, {Meaning::Kind::label,
                       *model_[domain].position(word->word.text),
                       {TypeKind::label, domain}});
    model_.meanings[index(node)].type = {TypeKind::label, domain};
    return;
  }
  fault("G010",
        fitting.empty() ? "`value` takes an option of this game"
                        : "this option belongs to several moves",
        model_.tree[node].span,
        fitting.empty() ? nearest_option(game, word) : "say which: `value(move == option)`");
}

Type Resolver::visit(NodeId node, const Probability& at, const Scope& scope) {
  const Type type{TypeKind::number, {}};
  std::optional<GameId> game;
  if (!at.qualifier.empty()) {
    game = game_named(at.qualifier);
    if (!game) return type;
  } else if (index(scope.game) != nothing) {
    game = scope.game;
  }
  truth(at.event, scope);
  about_moves(at.event);
  if (at.given != no_node) truth(at.given, scope);
  set_meaning(
      node, {Meaning::Kind::game, game ? static_cast<std::uint32_t>(index(*game)) : nothing, type});
  if (model_.games.empty()) {
    fault("G006", "`prob` asks a game, and the case has none", model_.tree[node].span);
  }
  return type;
}

void Resolver::game(GameId id) {
  const Game& at = model_.games[index(id)];
  if (at.moves.empty()) {
    return fault("G024", fmt::format("`{}` has no moves", at.name.text), at.name.span,
                 "add one to its block: `attack by A: hold, raid`");
  }
  const auto& statement = model_.statement<GameStatement>(at.statement);
  const Scope outside;
  const Scope inside{.game = id};
  if (statement.condition != no_node) truth(statement.condition, outside);
  if (statement.rationality != no_node) number(statement.rationality, outside);
  for (const QuantityId let : at.lets) define(let);
  for (const MoveMenu& menu : statement.moves) {
    if (menu.condition != no_node) menu_condition(id, menu);
    known_player(at, menu.player);
  }
  for (const EndsLine& ends : statement.ends) truth(ends.condition, inside);
  for (const RationalityLine& line : statement.rationalities) {
    known_player(at, line.player);
    number(line.value, outside);
  }
  for (const CostLine& line : statement.costs) cost_line(at, line, inside);
  payoffs(at, statement, inside);
  status_quo(id);
  if (!statement.errors.empty()) errors(id, statement);
  shared_moves(id);
}

/// Normal errors fit fewer games than logit errors do (games/errors.cpp says why).
void Resolver::errors(GameId id, const GameStatement& statement) {
  const games::ErrorStructure& errors = *games::find_error_structure(statement.errors.text);
  const std::string name = fmt::format("`errors {}`", errors.name);
  bool fits = !found_.has_errors();  // whose paths are known
  for (std::size_t line = 0; line < statement.moves.size(); ++line) {
    const MoveMenu& menu = statement.moves[line];
    const std::size_t n = model_.options[index(id)][line].size();
    if (errors.most_options != 0 && n > errors.most_options) {
      fits = false;
      fault("G027", fmt::format("{} is for menus of two options, and this one has {}", name, n),
            menu.span, "ask in two moves, one after the other, or write `errors logit`");
    }
    for (const MoveMenu::Option& option : menu.options) {
      if (!option.status_quo || errors.has_status_quo) continue;
      fault("G028", fmt::format("{} has no logit to which a waiting time could be added", name),
            option.label.span, "write `errors logit`, or leave `(status quo)` out");
    }
  }
  if (errors.moves_once && fits) moves_once(id);
}

/// On every path.
void Resolver::moves_once(GameId id) {
  const Game& game = model_.games[index(id)];
  for (const games::Path& leaf : leaves_of(model_, id)) {
    std::map<std::uint32_t, std::uint32_t> moved;  // player -> move
    for (std::uint32_t move = 0; move < game.moves.size(); ++move) {
      if (leaf[move] == games::not_reached) continue;
      const auto [first, fresh] = moved.emplace(game.moves[move].player, move);
      if (!fresh) return moves_twice(game, first->second, move);
    }
  }
}

void Resolver::moves_twice(const Game& game, std::uint32_t first, std::uint32_t second) {
  const auto& moves = model_.statement<GameStatement>(game.statement).moves;
  const MoveMenu& again = moves[game.moves[second].menus.front()];
  found_.add({.code = "G029",
              .message = fmt::format("`{}` moves twice on one path, and what it did first would "
                                     "tell the others what it alone knows",
                                     again.player.text),
              .primary = {again.span, {}},
              .related = {{moves[game.moves[first].menus.front()].span, "its first move"}},
              .help = "write `errors logit` or `errors probit`"});
}

/// A move is made once in a step, so games that share one are never played together.
void Resolver::shared_moves(GameId later) {
  const Game& second = model_.games[index(later)];
  for (std::size_t i = 0; i < index(later); ++i) {
    const Game& first = model_.games[i];
    const auto shared =
        std::find_if(second.moves.begin(), second.moves.end(),
                     [&](const GameMove& move) { return place_of(first, move.move).has_value(); });
    if (shared == second.moves.end()) continue;
    const auto condition = [&](const Game& game) {
      return conjuncts_of(model_, model_.statement<GameStatement>(game.statement).condition);
    };
    if (contradict(condition(first), condition(second))) continue;
    found_.add(
        {.code = "G030",
         .message = fmt::format("`{}` and `{}` share the move `{}` and may be played in one "
                                "step",
                                first.name.text, second.name.text, model_[shared->move].name.text),
         .primary = {second.name.span, {}},
         .related = {{first.name.span, "the other game"}},
         .help = "guard each by another value of one state, `while phase == war`, or give "
                 "the move another name"});
  }
}

/// Menus depend on moves only, so that the tree is the same in every step.
void Resolver::menu_condition(GameId id, const MoveMenu& menu) {
  truth(menu.condition, {.game = id});
  const games::Path opening(model_.games[index(id)].moves.size(), games::not_reached);
  if (found_.has_errors() || holds_on(model_, id, menu.condition, opening)) return;
  fault("G021",
        fmt::format("whether `{}` is offered depends on more than moves of this game",
                    menu.name.text),
        model_.tree[menu.condition].span,
        "make the option unattractive by a `cost`, or guard the whole game with `while`");
}

void Resolver::known_player(const Game& game, const Word& player) {
  if (player_named(game, player.text)) return;
  const std::optional<std::string> near = nearest(player.text, game.players);
  fault("G007", fmt::format("`{}` makes no move in `{}`", player.text, game.name.text), player.span,
        near ? fmt::format("did you mean `{}`?", *near)
             : fmt::format("its players are {}", one_of(game.players)));
}

void Resolver::cost_line(const Game& game, const CostLine& line, const Scope& scope) {
  const auto move = std::find_if(game.moves.begin(), game.moves.end(), [&](const GameMove& at) {
    return model_[at.move].name.text == line.move.text;
  });
  if (move == game.moves.end()) {
    std::vector<std::string> moves;
    for (const GameMove& at : game.moves) moves.push_back(model_[at.move].name.text);
    const std::optional<std::string> near = nearest(line.move.text, moves);
    fault("G011", fmt::format("`{}` is no move of `{}`", line.move.text, game.name.text),
          line.move.span,
          near ? fmt::format("did you mean `{}`?", *near)
               : fmt::format("its moves are {}", one_of(moves)));
  } else {
    if (game.players[move->player] != line.player.text) {
      fault("G003", fmt::format("`{}` is made by `{}`", line.move.text, game.players[move->player]),
            line.player.span, "only the mover bears the cost of a move");
    }
    const Domain& domain = model_[model_[move->move].type.domain];
    for (const CostLine::Item& item : line.items) {
      if (domain.position(item.option.text)) continue;
      const std::optional<std::string> near = nearest(item.option.text, domain.labels);
      fault("N107", fmt::format("`{}` is no option of `{}`", item.option.text, line.move.text),
            item.option.span, near ? fmt::format("did you mean `{}`?", *near) : std::string{});
    }
  }
  for (const CostLine::Item& item : line.items) number(item.value, scope);
}

void Resolver::payoffs(const Game& game, const GameStatement& statement, const Scope& scope) {
  std::map<std::string, Span> given;
  for (const PayoffLine& line : statement.payoffs) {
    known_player(game, line.player);
    number(line.value, scope);
    const auto [at, fresh] = given.emplace(line.player.text, line.player.span);
    if (fresh) continue;
    found_.add(
        {.code = "G012",
         .message = fmt::format("`{}` has two payoffs in `{}`", line.player.text, game.name.text),
         .primary = {line.player.span, {}},
         .related = {{at->second, "first here"}}});
  }
  for (const std::string& player : game.players) {
    if (given.contains(player)) continue;
    fault("G013", fmt::format("`{}` moves in `{}` and has no payoff", player, game.name.text),
          game.name.span, fmt::format("add `payoff {} = ...`", player));
  }
  for (const std::string& player : game.players) {
    const bool own =
        std::any_of(statement.rationalities.begin(), statement.rationalities.end(),
                    [&](const RationalityLine& line) { return line.player.text == player; });
    if (own || statement.rationality != no_node) continue;
    fault("G014", fmt::format("nothing says how sharply `{}` tells payoffs apart", player),
          game.name.span,
          "add `rationality sharp` to the game's first line, or `rationality PLAYER = ...` in its "
          "block");
  }
}

/// The status-quo term belongs to opening moves, and to one option of each.
void Resolver::status_quo(GameId id) {
  const auto& moves = model_.statement<GameStatement>(model_.games[index(id)].statement).moves;
  for (std::uint32_t line = 0; line < moves.size(); ++line) {
    std::size_t count = 0;
    for (const MoveMenu::Option& option : moves[line].options) {
      if (!option.status_quo) continue;
      if (++count > 1) fault("G015", "a menu has one status quo", option.label.span);
      if (found_.has_errors()) continue;  // whose paths are not known
      if (line == 0 && moves[line].condition == no_node) continue;
      if (opens(model_, id, line)) continue;
      fault("G016", "only an opening move has a status quo", option.label.span,
            "an opening move is the first of a game, or one that is made only where those before "
            "it took their status quo; replies happen within the step and carry no waiting time");
    }
  }
}

}  // namespace casus::language
