// Games: menus, costs, payoffs, ends.
#include "base/text.hpp"
#include "games/errors.hpp"
#include "language/clauses.hpp"
#include "language/keywords.hpp"
#include "language/parse_expression.hpp"
#include "language/parse_names.hpp"
#include "language/slips.hpp"
#include "language/statements.hpp"

#include <array>
#include <fmt/format.h>
#include <utility>

namespace casus::language {
namespace {

constexpr std::array game_clauses{ClauseWord{"while"}, ClauseWord{"rationality"},
                                  ClauseWord{"errors"}};

Word read_errors(Parser& in) {
  if (in.at(TokenKind::word) && games::find_error_structure(in.text_of(in.peek())) != nullptr)
    return in.word_of(in.take());
  std::vector<std::string> names;
  for (const games::ErrorStructure& each : games::error_structures()) names.emplace_back(each.name);
  in.unexpected(fmt::format("{} after `errors`", one_of(names)));
  return {};
}

/// `(status quo per month)` behind an option.
void read_status_quo(Parser& in, MoveMenu::Option& option) {
  if (!in.accept(TokenKind::open_round)) return;
  option.status_quo = in.at_word("status");
  in.expect_word("status");
  in.expect_word("quo");
  if (in.accept_word("per")) {
    if (in.at(TokenKind::word) && is_time_word(in.text_of(in.peek()))) {
      option.per = in.word_of(in.take());
    } else {
      in.unexpected("`day`, `week`, `month` or `year` after `per`",
                    "write for example `(status quo per month)`");
    }
  }
  in.expect(TokenKind::close_round, "`)` after `status quo`");
}

/// `attack by Azerbaijan: hold (status quo per month), raid if COND`. A menu of one plain word is
/// taken for a set of labels.
void read_menu(Parser& in, GameStatement& game) {
  const std::uint32_t begin = in.begin();
  MoveMenu menu{.name = read_name(in, "a move"), .player = {}};
  if (!in.accept_word("by")) {
    return in.unexpected(fmt::format("`by` and a player after `{}`", menu.name.text),
                         "a move is written `attack by Azerbaijan: hold, raid`");
  }
  menu.player = read_name(in, "a player");
  in.expect(TokenKind::colon, "`:` and the options");
  do {
    MoveMenu::Option option{.label = read_label(in, "an option"), .per = {}};
    read_status_quo(in, option);
    menu.options.push_back(std::move(option));
  } while (in.accept(TokenKind::comma));
  const MoveMenu::Option& only = menu.options.front();
  if (menu.options.size() == 1 && !only.status_quo && !only.label.quoted) {
    menu.option_set = only.label;
    menu.options.clear();
  }
  if (in.accept_word("if")) menu.condition = read_expression(in);
  menu.span = in.since(begin);
  game.moves.push_back(std::move(menu));
}

void read_game_let(Parser& in, GameStatement& game) {
  in.take();
  GameLet let{.name = read_name(in, "a name for the value")};
  in.expect_assign("the name");
  let.value = read_value(in);
  game.lets.push_back(std::move(let));
}

void read_cost(Parser& in, GameStatement& game) {
  in.take();
  CostLine cost{.move = read_name(in, "a move"), .player = {}, .items = {}};
  in.expect_word("by");
  cost.player = read_name(in, "a player");
  in.expect(TokenKind::colon, "`:` and the costs");
  do {
    CostLine::Item item{.option = read_label(in, "an option")};
    in.expect_assign("the option");
    item.value = read_expression(in);
    cost.items.push_back(std::move(item));
  } while (in.accept(TokenKind::comma));
  game.costs.push_back(std::move(cost));
}

void read_payoff(Parser& in, GameStatement& game) {
  in.take();
  PayoffLine payoff{.player = read_name(in, "a player")};
  in.expect_assign("the player");
  payoff.value = read_value(in);
  game.payoffs.push_back(std::move(payoff));
}

void read_ends(Parser& in, GameStatement& game) {
  in.take();
  EndsLine ends{.name = read_name(in, "a name for these ends")};
  in.expect_word("when");
  ends.condition = read_expression(in);
  game.ends.push_back(std::move(ends));
}

void fail_on_header_word(Parser& in) {
  fail_on_unknown_line(in, "game", "what holds for all players stands on the line of `game`");
}

void read_rationality(Parser& in, GameStatement& game) {
  const bool of_all = in.peek(1).kind != TokenKind::word || in.peek(2).kind == TokenKind::end;
  if (of_all) return fail_on_header_word(in);
  in.take();
  RationalityLine line{.player = read_name(in, "a player")};
  in.expect_assign("the player");
  line.value = read_expression(in);
  game.rationalities.push_back(std::move(line));
}

struct GameLine {
  std::string_view word;
  void (*read)(Parser&, GameStatement&);
};

constexpr std::array game_lines{
    GameLine{"let", read_game_let},
    GameLine{"cost", read_cost},
    GameLine{"payoff", read_payoff},
    GameLine{"ends", read_ends},
    GameLine{"rationality", read_rationality},
};

void read_game_line(Parser& in, GameStatement& game) {
  if (in.is_word(in.peek(1), "by")) return read_menu(in, game);
  for (const GameLine& line : game_lines) {
    if (in.at_word(line.word)) return line.read(in, game);
  }
  if (in.at_word("while") || in.at_word("errors")) return fail_on_header_word(in);
  for (const std::string_view word : {"simultaneous", "matrix", "repeat"}) {
    if (in.at_word(word)) return fail_on_planned(in, word, find_planned(word)->meanwhile);
  }
  const std::string near =
      suggest(in.text_of(in.peek()), {"let", "cost", "payoff", "ends", "rationality"}, "");
  if (in.at(TokenKind::word) && !near.empty()) return fail_on_unknown_line(in, "game", near);
  read_menu(in, game);
}

}  // namespace

Statement read_game(Parser& in) {
  Block block(in);
  GameStatement game{.name = read_name(in, "a name for the game")};
  ClauseReader clauses(in, "game", game_clauses, game.clauses, true);
  for (std::string_view word = clauses.next(); !word.empty(); word = clauses.next()) {
    if (word == "while") game.condition = read_expression(in);
    if (word == "rationality") game.rationality = read_expression(in);
    if (word == "errors") game.errors = read_errors(in);
  }
  while (block.next(&clauses)) read_game_line(in, game);
  block.require_lines("game", "its moves and payoffs: `attack by Azerbaijan: hold, raid`");
  return game;
}

}  // namespace casus::language
