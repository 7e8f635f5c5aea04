#include "language/lower_game.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "language/path.hpp"
#include "language/walk.hpp"
#include "random/elementary.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

GameLowering::GameLowering(Lowering& lowering, GameId id) : lowering_(lowering), id_(id) {
  Builder& builder = lowering_.builder();
  builder.to_root();
  const GameStatement& block = statement();
  const std::uint32_t asking =
      builder.set_origin(builder.add_origin({"game " + block.name.text, block.name.span}));
  played_ = block.condition == no_node ? builder.constant(1.0)
                                       : lowering_.expression(block.condition, {});
  const std::optional<double> known = builder.known(played_);
  if (!known) region_ = builder.open(played_);
  form_.n_moves = static_cast<std::uint32_t>(shape().moves.size());
  form_.n_players = static_cast<std::uint32_t>(shape().players.size());
  form_.menu = [this](const games::Path& path) { return menu_after(lowering_.model(), id_, path); };
  form_.payoff = [this](games::Solver& /*solver*/, const games::Path& leaf, std::uint32_t player) {
    return payoff(leaf, player);
  };
  form_.cost = [this](games::Solver& /*solver*/, const games::Path& path, const games::Menu& menu,
                      std::int32_t option) { return cost(path, menu, option); };
  form_.offset = [this](const games::Path& /*path*/, const games::Menu& menu, std::int32_t option) {
    return offset(menu, option);
  };
  if (const Rival* rival = lowering_.plan().rival) {
    form_.logits = [this, rival](const games::Path& /*path*/, const games::Menu& menu) {
      return rates(*rival, menu);
    };
  }
  form_.rationality = [this](std::uint32_t player) { return rationality(player); };
  if (!block.errors.empty()) form_.errors = games::find_error_structure(block.errors.text);
  for (std::uint32_t move = 0; move < form_.n_moves; ++move)
    form_.commitments.push_back(commitment(move));
  solver_ = std::make_unique<games::Solver>(builder, form_);
  try {
    draw_moves();
    if (region_) weigh_all(solver_->opening());
  } catch (const games::CyclicValue&) {
    refuse_cycle();
    moves_.assign(form_.n_moves, builder.constant(-1.0));
  }
  if (region_) {
    builder.close();
    for (Value& move : moves_) move = builder.joined(*region_, move, -1.0);
    for (auto& [column, score] : scores_) score = builder.joined(*region_, score, 0.0);
    for (auto& [column, score] : told_) score = builder.joined(*region_, score, 0.0);
  } else if (*known == 0.0) {
    moves_.assign(form_.n_moves, builder.constant(-1.0));
  }
  builder.set_origin(asking);
  builder.leave();
}

void GameLowering::refuse_cycle() {
  const Word& name = statement().name;
  lowering_.fault(
      "G020", fmt::format("a payoff in `{}` needs a value that depends on it", name.text),
      name.span, "`value(option)` may be asked of a sibling whose payoffs do not ask back");
}

/// As the record has it, given the record, or free.
void GameLowering::draw_moves() {
  Builder& builder = lowering_.builder();
  if (lowering_.given().is_used()) recorded_.emplace(lowering_.model(), id_);
  if (given() != Given::Moves::free) write_scores();
  const bool decides = lowering_.given().decides;
  if (decides && given() == Given::Moves::all) {
    moves_ = recorded_moves();
    return;
  }
  games::Drawing drawing;
  for (std::uint32_t move = 0; move < form_.n_moves; ++move) {
    const Word& name = lowering_.model()[shape().moves[move].move].name;
    drawing.forced.push_back(forced(move));
    drawing.uniforms.push_back(builder.uniform(lowering_.site(name.text, name.span)));
  }
  const std::size_t n_columns =
      decides && given() == Given::Moves::some ? recorded_->columns().size() : 0;
  if (is_open()) hear();
  if (!heard_.empty()) {
    drawing.admitted = [this, n_columns](const games::Path& path) {
      return ahead(path, [&](std::size_t leaf) {
        return lowering_.builder().multiply(heard_[leaf], allowed(leaf, n_columns));
      });
    };
  } else if (n_columns > 0) {
    drawing.admitted = [this, n_columns](const games::Path& path) {
      return admitted(path, n_columns);
    };
  }
  moves_ = games::realise(builder, form_, *solver_, drawing);
}

/// Once the region is closed, what is asked of the game may need nothing new from outside of it: so
/// menus that nobody weighed, as those of forced moves and of a rival, are weighed in time.
void GameLowering::weigh_all(const games::Path& path) {
  const games::Menu* const menu = solver_->menu(path);
  if (menu == nullptr) return;
  solver_->choice(path);
  solver_->worth(path, menu->player);
  for (const std::int32_t option : menu->options) weigh_all(games::after(path, *menu, option));
}

const GameStatement& GameLowering::statement() const {
  return lowering_.model().statement<GameStatement>(shape().statement);
}

Environment GameLowering::at(const games::Path& path) {
  Environment environment;
  environment.game = {this, &path};
  return environment;
}

std::optional<Value> GameLowering::on_path(QuantityId move, const games::Path& path) {
  const std::optional<std::uint32_t> place = place_of(shape(), move);
  if (!place) return {};
  return lowering_.builder().constant(path[*place]);
}

std::optional<Value> GameLowering::ends_on_path(QuantityId ends, const games::Path& path) {
  for (const EndsLine& line : statement().ends) {
    if (line.name.text == lowering_.model()[ends].name.text)
      return lowering_.expression(line.condition, at(path));
  }
  return {};
}

Value GameLowering::realised(QuantityId move) { return moves_[*place_of(shape(), move)]; }

Value GameLowering::payoff(const games::Path& leaf, std::uint32_t player) {
  for (const PayoffLine& line : statement().payoffs) {
    if (line.player.text != shape().players[player]) continue;
    Builder& builder = lowering_.builder();
    const std::uint32_t asking =
        builder.set_origin(builder.add_origin({"payoff " + line.player.text, line.player.span}));
    const Value value = lowering_.number(line.value, at(leaf));
    builder.set_origin(asking);
    return value;
  }
  throw Bug("a player without a payoff reached lowering");
}

Value GameLowering::cost(const games::Path& path, const games::Menu& menu, std::int32_t option) {
  Builder& builder = lowering_.builder();
  const Quantity& move = lowering_.model()[shape().moves[menu.move].move];
  const std::string& label =
      lowering_.model()[move.type.domain].labels[static_cast<std::size_t>(option)];
  games::Path after = path;
  after[menu.move] = option;
  Value total = builder.constant(0.0);
  for (const CostLine& line : statement().costs) {
    if (line.move.text != move.name.text) continue;
    for (const CostLine::Item& item : line.items) {
      if (item.option.text == label)
        total = builder.add(total, lowering_.number(item.value, at(after)));
    }
  }
  return total;
}

/// log(dt / unit) on every option but the status quo, so that a rare opening move has the same
/// hazard a unit of time whatever the step.
Value GameLowering::offset(const games::Menu& menu, std::int32_t option) const {
  Builder& builder = lowering_.builder();
  const Model& model = lowering_.model();
  const auto& lines = shape().moves[menu.move].menus;
  for (const std::uint32_t line : lines) {
    const MoveMenu& written = statement().moves[line];
    for (const MoveMenu::Option& at : written.options) {
      if (!at.status_quo || at.per.empty()) continue;
      const Domain& domain = model[model[shape().moves[menu.move].move].type.domain];
      if (domain.position(at.label.text) == static_cast<std::uint32_t>(option))
        return builder.constant(0.0);
      const double unit = time_unit_in_years(at.per.text).value_or(1.0);
      return builder.constant(random::log_of(model.steps.dt / unit));
    }
  }
  return builder.constant(0.0);
}

Value GameLowering::rationality(std::uint32_t player) {
  const GameStatement& block = statement();
  for (const RationalityLine& line : block.rationalities) {
    if (line.player.text == shape().players[player]) return lowering_.number(line.value, {});
  }
  const Value value = lowering_.number(block.rationality, {});
  if (lowering_.builder().known(value).value_or(0.0) < 0.0) {
    lowering_.fault("G025", "a rationality is not negative",
                    lowering_.model().tree[block.rationality].span,
                    "0 means at random; larger means sharper");
  }
  return value;
}

std::int32_t GameLowering::forced_label(const Intervention& line, std::uint32_t move) {
  const Builder& builder = lowering_.builder();
  const std::optional<double> option = builder.known(lowering_.expression(line.value, {}));
  if (!option) {
    lowering_.fault("G022", "a move is set to one of its labels",
                    lowering_.model().tree[line.value].span);
    return 0;
  }
  const auto label = static_cast<std::int32_t>(*option);  // -1 is `none`
  const auto& menus = shape().moves[move].menus;
  const bool offered = std::any_of(menus.begin(), menus.end(), [&](std::uint32_t menu) {
    const auto& options = lowering_.model().options[index(id_)][menu];
    return label >= 0 && std::find(options.begin(), options.end(),
                                   static_cast<std::uint32_t>(label)) != options.end();
  });
  return offered ? label : games::not_reached;
}

std::optional<games::Commitment> GameLowering::commitment(std::uint32_t move) {
  std::optional<games::Commitment> result;
  for (const ActiveLine& active : lowering_.active()) {
    const Intervention& line = *active.line;
    if (active.target != shape().moves[move].move || active.mode != ActiveLine::Mode::expected)
      continue;
    const std::int32_t option = forced_label(line, move);
    if (option == games::not_reached) continue;
    const Value credibility = line.credibility == no_node ? lowering_.builder().constant(1.0)
                                                          : lowering_.number(line.credibility, {});
    result = games::Commitment{.option = option, .credibility = credibility};
  }
  return result;
}

std::optional<std::int32_t> GameLowering::forced(std::uint32_t move) {
  std::optional<std::int32_t> result;
  for (const ActiveLine& active : lowering_.active()) {
    if (active.target != shape().moves[move].move || active.mode != ActiveLine::Mode::surprise)
      continue;
    const std::int32_t option = forced_label(*active.line, move);
    if (option != games::not_reached) result = option;
  }
  return result;
}

Value GameLowering::let(QuantityId id, const games::Path& path) {
  std::map<games::Path, Value>& on_paths = lets_[static_cast<std::uint32_t>(index(id))];
  const auto made = on_paths.find(path);
  if (made != on_paths.end()) return made->second;
  const auto open = std::find(open_lets_.begin(), open_lets_.end(), id);
  if (open != open_lets_.end()) return circle({open, open_lets_.end()});
  const NodeId value = statement().lets[lowering_.model()[id].item].value;
  open_lets_.push_back(id);
  const Value result = lowering_.expression(value, at(path));
  open_lets_.pop_back();
  on_paths.emplace(path, result);
  return result;
}

/// Lets that need each other, told at the one that stands first.
Value GameLowering::circle(std::vector<QuantityId> lets) {
  std::rotate(lets.begin(), std::min_element(lets.begin(), lets.end()), lets.end());
  std::vector<std::string> names;
  names.reserve(lets.size() + 1);
  for (const QuantityId id : lets) names.push_back(lowering_.model()[id].name.text);
  names.push_back(names.front());
  lowering_.fault(
      "O101", fmt::format("`{}` depends on itself: {}", names.front(), join_text(names, " <- ")),
      lowering_.model()[lets.front()].name.span,
      "define one of them by moves, states or parameters only");
  return lowering_.builder().constant(0.0);
}

/// Whether an event about moves holds on a path; it is known while the program is built.
Value GameLowering::truth_at(NodeId event, const games::Path& path, const Environment& asking) {
  Environment here = at(path);
  here.bound = asking.bound;
  const Value value = lowering_.expression(event, here);
  if (!lowering_.builder().known(value)) {
    lowering_.fault("G019", "`prob` asks about moves and nothing else",
                    lowering_.model().tree[event].span,
                    "compare moves with labels; multiply by other conditions outside `prob`");
    return lowering_.builder().constant(0.0);
  }
  return value;
}

/// `path` as it was before `move`, with `option` taken there instead.
games::Path GameLowering::sibling(const games::Path& path, std::uint32_t move,
                                  std::int32_t option) {
  games::Path before = solver_->opening();
  const Model& model = lowering_.model();
  for (auto next = menu_after(model, id_, before); next && next->move != move;
       next = menu_after(model, id_, before)) {
    if (path[next->move] == games::not_reached) break;
    before[next->move] = path[next->move];
  }
  before[move] = option;
  return before;
}

/// The branch that `offensive`, or `attack == offensive`, names from where `path` stands.
GameLowering::Branch GameLowering::branch(NodeId option, const games::Path& path) {
  const Model& model = lowering_.model();
  const Meaning& meaning = model.meaning(option);
  if (const auto* binary = std::get_if<Binary>(&model.tree[option].expression)) {
    const Meaning& move = model.meaning(binary->left);
    const Meaning& label = model.meaning(binary->right);
    const std::optional<std::uint32_t> place = move.kind == Meaning::Kind::quantity
                                                   ? place_of(shape(), QuantityId{move.target})
                                                   : std::optional<std::uint32_t>{};
    if (binary->kind == BinaryKind::equal && place && label.kind == Meaning::Kind::label) {
      return {sibling(path, *place, static_cast<std::int32_t>(label.target)), *place};
    }
  }
  for (std::uint32_t i = 0; i < shape().moves.size(); ++i) {
    if (meaning.kind != Meaning::Kind::label) break;
    if (model[shape().moves[i].move].type.domain != meaning.type.domain) continue;
    return {sibling(path, i, static_cast<std::int32_t>(meaning.target)), i};
  }
  lowering_.fault("G010", "expected one option of one move of this game", model.tree[option].span,
                  "write `move == option`");
  return {path, 0};
}

template <class Ask>
Value GameLowering::outside(Ask ask, Value otherwise) {
  Builder& builder = lowering_.builder();
  const auto answer = [&]() -> Value {
    try {
      return ask();
    } catch (const games::CyclicValue&) {
      refuse_cycle();
      return builder.constant(0.0);
    }
  };
  if (!region_) {
    const Value asked = answer();
    const std::optional<double> known = builder.known(played_);
    return known && *known == 0.0 ? otherwise : asked;
  }
  builder.resume(*region_);
  const Value inner = answer();
  builder.leave();
  return builder.select(played_, builder.joined(*region_, inner, 0.0), otherwise);
}

Value GameLowering::probability(const Probability& at, const Environment& environment) {
  Builder& builder = lowering_.builder();
  const auto holds = [&](NodeId event) {
    return [this, event, &environment](const games::Path& leaf) {
      return truth_at(event, leaf, environment);
    };
  };
  if (environment.game.game == this) {
    const games::Path start = at.given == no_node ? *environment.game.path
                                                  : branch(at.given, *environment.game.path).path;
    return solver_->probability(start, holds(at.event));
  }
  const auto ask = [&]() -> Value {
    const Value event = solver_->probability(solver_->opening(), [&](const games::Path& leaf) {
      const Value truth = truth_at(at.event, leaf, environment);
      return at.given == no_node ? truth
                                 : builder.multiply(truth, truth_at(at.given, leaf, environment));
    });
    if (at.given == no_node) return event;
    return builder.divide(event, solver_->probability(solver_->opening(), holds(at.given)));
  };
  return outside(ask, builder.constant(0.0));
}

Value GameLowering::path_probability(const games::Path& leaf) {
  return outside([&] { return leaf_probability(leaf); }, lowering_.builder().constant(0.0));
}

/// The product of the probabilities of the options taken, where the builder stands.
Value GameLowering::leaf_probability(const games::Path& leaf) {
  Builder& builder = lowering_.builder();
  Value result = builder.constant(1.0);
  games::Path path = solver_->opening();
  while (const games::Menu* menu = solver_->menu(path)) {
    const std::int32_t option = leaf[menu->move];
    const auto at = std::find(menu->options.begin(), menu->options.end(), option);
    const auto place = static_cast<std::size_t>(at - menu->options.begin());
    result = builder.multiply(result, solver_->choice(path)[place]);
    path = games::after(path, *menu, option);
  }
  return result;
}

Value GameLowering::worth(const Call& at, const Environment& environment, Value otherwise) {
  const std::uint32_t player = lowering_.model().meaning(at.arguments.front()).target;
  if (environment.game.game == this) return solver_->worth(*environment.game.path, player);
  return outside([&] { return solver_->worth(solver_->opening(), player); }, otherwise);
}

Value GameLowering::value(const Call& at, const Environment& environment, Value otherwise) {
  const bool inside = environment.game.game == this;
  const games::Path from = inside ? *environment.game.path : solver_->opening();
  const Branch to = branch(at.arguments.front(), from);
  const std::uint32_t mover = shape().moves[to.move].player;
  if (inside) return solver_->payoff(to.path, mover);
  return outside([&] { return solver_->payoff(to.path, mover); }, otherwise);
}

bool knows_moves_of(const Model& model, const Game& game, NodeId node) {
  bool some = false;
  bool all = true;
  walk(model.tree, node, [&](NodeId part) {
    const Meaning& meaning = model.meaning(part);
    if (meaning.kind != Meaning::Kind::quantity) return;
    const QuantityId id{meaning.target};
    if (model[id].kind == Quantity::Kind::move) {
      some = true;
      all = all && place_of(game, id).has_value();
    } else if (model[id].kind == Quantity::Kind::ends) {
      some = true;
      all = all && std::find(game.ends.begin(), game.ends.end(), id) != game.ends.end();
    }
  });
  return some && all;
}

}  // namespace casus::language
