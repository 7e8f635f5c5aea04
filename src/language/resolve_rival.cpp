// Rivals: explanations in which opening moves of games follow rates.
#include "base/text.hpp"
#include "language/resolver.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::language {

namespace {

const MoveMenu::Option* status_quo_of(const MoveMenu& menu) {
  const auto at = std::find_if(menu.options.begin(), menu.options.end(),
                               [](const MoveMenu::Option& each) { return each.status_quo; });
  return at == menu.options.end() ? nullptr : &*at;
}

bool offers(const MoveMenu& menu, const std::string& option) {
  return std::any_of(menu.options.begin(), menu.options.end(),
                     [&](const MoveMenu::Option& each) { return each.label.text == option; });
}

/// The line that says something of a number of an option; nothing when none does.
std::uint32_t line_of(const ExplainStatement& rival, const std::string& option, bool slope) {
  for (std::uint32_t i = 0; i < rival.lines.size(); ++i) {
    const VariantLine& line = rival.lines[i];
    if (line.param.text == option && line.slope == slope) return i;
  }
  return nothing;
}

/// The first menu of a move that opens a game, or of one that has a status quo and so is made only
/// behind those of others (`Resolver::status_quo`); nullptr of a reply.
const MoveMenu* opening_menu(const Model& model, const std::string& move) {
  for (const Game& game : model.games) {
    const auto& moves = model.statement<GameStatement>(game.statement).moves;
    const auto menu = std::find_if(moves.begin(), moves.end(),
                                   [&](const MoveMenu& each) { return each.name.text == move; });
    if (menu == moves.end()) continue;
    const bool is_first = menu == moves.begin() && menu->condition == no_node;
    return is_first || status_quo_of(*menu) != nullptr ? &*menu : nullptr;
  }
  return nullptr;
}

}  // namespace

/// The menu of a move that a rival may replace; nullptr, and a fault, of anything else.
const MoveMenu* Resolver::opening(const Word& name) {
  const auto at = model_.quantity_named.find(name.text);
  if (at == model_.quantity_named.end()) {
    unknown_name(name, {});
    return nullptr;
  }
  if (model_[at->second].kind != Quantity::Kind::move) {
    fault("G031", fmt::format("`{}` is no move, so no rival replaces it", name.text), name.span,
          "name the opening move of a game");
    return nullptr;
  }
  const MoveMenu* const menu = opening_menu(model_, name.text);
  if (menu == nullptr) {
    fault("G031", fmt::format("`{}` is a reply, and a rival replaces an opening move", name.text),
          name.span, "replies stay as the game has them");
    return nullptr;
  }
  if (status_quo_of(*menu) != nullptr) return menu;
  found_.add({.code = "G031",
              .message = fmt::format("no option of `{}` is its status quo, so none has a rate "
                                     "against it",
                                     name.text),
              .primary = {name.span, {}},
              .related = {{menu->span, "its menu"}},
              .help = "mark the option that is taken when nothing happens: `hold (status quo)`"});
  return nullptr;
}

void Resolver::rival(const ExplainStatement& rival) {
  std::vector<const MoveMenu*> menus;
  Rival result;
  for (const Word& name : rival.replaces) {
    const MoveMenu* const menu = opening(name);
    if (menu == nullptr) return;
    if (std::find(menus.begin(), menus.end(), menu) != menus.end())
      return fault("G031", fmt::format("`{}` is replaced twice", name.text), name.span);
    menus.push_back(menu);
    result.moves.push_back(model_.quantity_named.at(name.text));
  }
  if (rival.covariate != no_node) covariate(rival.covariate);
  for (const VariantLine& line : rival.lines) rate_line(rival, line, menus);
  const auto same = [&](const Statement& each) {
    return std::get_if<ExplainStatement>(&each) == &rival;
  };
  const auto& statements = model_.tree.statements;
  result.statement = static_cast<std::uint32_t>(
      std::find_if(statements.begin(), statements.end(), same) - statements.begin());
  for (std::size_t i = 0; i < menus.size(); ++i)
    add_rates(rival, *menus[i], result.moves[i], result);
  model_.rivals.push_back(std::move(result));
}

/// Of each option of the menu but its status quo.
void Resolver::add_rates(const ExplainStatement& rival, const MoveMenu& menu, QuantityId move,
                         Rival& result) const {
  const Domain& domain = model_[model_[move].type.domain];
  for (const MoveMenu::Option& option : menu.options) {
    if (option.status_quo) continue;
    const std::string& label = option.label.text;
    for (const bool slope : {false, true}) {
      if (slope && rival.covariate == no_node) continue;
      result.rates.push_back(
          {.name = fmt::format("{}.{}.{}", menu.name.text, label, slope ? "slope" : "log_rate"),
           .move = move,
           .option = domain.position(label).value_or(0),
           .slope = slope,
           .line = line_of(rival, label, slope)});
    }
  }
}

/// `time`, the years since the run began, or a number of each step.
void Resolver::covariate(NodeId node) {
  const auto* word = std::get_if<Name>(&model_.tree[node].expression);
  const bool is_time = word != nullptr && !word->word.quoted && word->word.text == "time" &&
                       !model_.quantity_named.contains(word->word.text);
  if (!is_time) {
    number(node, {});
    return;
  }
  set_meaning(node, {Meaning::Kind::elapsed, 0, {TypeKind::number, {}}});
  if (model_.steps.kind == Steps::Kind::rows)
    fault("T107", "the rows of this case have no time", model_.tree[node].span,
          "name a column: `data year from ...`");
}

/// A line about an option, or about a parameter as in any explanation. Where several of the moves
/// offer the option, it is about each of them.
void Resolver::rate_line(const ExplainStatement& rival, const VariantLine& line,
                         const std::vector<const MoveMenu*>& menus) {
  const std::string& name = line.param.text;
  std::vector<std::string> moves;
  std::vector<std::string> options;
  bool is_offered = false;
  bool is_weighed = false;  // against a status quo that is another
  for (const MoveMenu* menu : menus) {
    moves.push_back(fmt::format("`{}`", menu->name.text));
    for (const MoveMenu::Option& option : menu->options) options.push_back(option.label.text);
    if (!offers(*menu, name)) continue;
    is_offered = true;
    is_weighed = is_weighed || status_quo_of(*menu)->label.text != name;
  }
  if (!is_offered) {
    const bool is_param = !line.slope && model_.quantity_named.contains(name);
    if (is_param && !model_.is_rate(rival, line)) return;
    const std::optional<std::string> near = nearest(name, options);
    return fault("G031", fmt::format("`{}` is no option of {}", name, join_text(moves, " and ")),
                 line.param.span,
                 near ? fmt::format("did you mean `{}`?", *near)
                      : fmt::format("its options are {}", one_of(options)));
  }
  if (model_.quantity_named.contains(name))
    return fault(
        "N102",
        fmt::format("`{}` is an option of {} and a quantity", name, join_text(moves, " and ")),
        line.param.span, "give one of them another name");
  if (!is_weighed)
    return fault("G031",
                 fmt::format("`{}` is the status quo, against which the others have rates", name),
                 line.param.span);
  if (line.slope && rival.covariate == no_node)
    return fault("G031", "a slope needs something to go with", line.param.span,
                 fmt::format("write `rival {} replaces {} on time`", rival.name.text,
                             menus.front()->name.text));
  const auto place = static_cast<std::uint32_t>(&line - rival.lines.data());
  if (line_of(rival, name, line.slope) != place)
    return fault("G031", fmt::format("`{}` has this line twice", name), line.param.span);
  const Scope fixed{.fixed_only = true};
  if (line.prior.written()) law(line.prior, fixed);
  if (line.value != no_node) number(line.value, fixed);
}

}  // namespace casus::language
