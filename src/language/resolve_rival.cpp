// Rivals: explanations in which a game's opening move follows rates.
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

}  // namespace

/// The first menu of a game that the move opens; nullptr when it opens none.
const MoveMenu* Resolver::opening_of(QuantityId move) {
  for (const Game& game : model_.games) {
    const MoveMenu& first = model_.statement<GameStatement>(game.statement).moves.front();
    if (first.name.text == model_[move].name.text && first.condition == no_node) return &first;
  }
  return nullptr;
}

void Resolver::rival(const ExplainStatement& rival) {
  const std::string& name = rival.replaces.text;
  const auto at = model_.quantity_named.find(name);
  if (at == model_.quantity_named.end()) return unknown_name(rival.replaces, {});
  const QuantityId move = at->second;
  if (model_[move].kind != Quantity::Kind::move)
    return fault("G031", fmt::format("`{}` is no move, so no rival replaces it", name),
                 rival.replaces.span, "name the opening move of a game");
  const MoveMenu* menu = opening_of(move);
  if (menu == nullptr)
    return fault("G031", fmt::format("`{}` is a reply, and a rival replaces an opening move", name),
                 rival.replaces.span, "replies stay as the game has them");
  const MoveMenu::Option* waiting = status_quo_of(*menu);
  if (waiting == nullptr) {
    found_.add({.code = "G031",
                .message = fmt::format("no option of `{}` is its status quo, so none has a rate "
                                       "against it",
                                       name),
                .primary = {rival.replaces.span, {}},
                .related = {{menu->span, "its menu"}},
                .help = "mark the option that is taken when nothing happens: `hold (status quo)`"});
    return;
  }
  if (rival.covariate != no_node) covariate(rival.covariate);
  for (const VariantLine& line : rival.lines) rate_line(rival, line, *menu);
  Rival result{.move = move};
  const auto same = [&](const Statement& each) {
    return std::get_if<ExplainStatement>(&each) == &rival;
  };
  const auto& statements = model_.tree.statements;
  result.statement = static_cast<std::uint32_t>(
      std::find_if(statements.begin(), statements.end(), same) - statements.begin());
  const Domain& domain = model_[model_[move].type.domain];
  for (const MoveMenu::Option& option : menu->options) {
    if (option.status_quo) continue;
    for (const bool slope : {false, true}) {
      if (slope && rival.covariate == no_node) continue;
      RivalRate rate{
          .name = fmt::format("{}.{}.{}", name, option.label.text, slope ? "slope" : "log_rate"),
          .option = domain.position(option.label.text).value_or(0),
          .slope = slope};
      for (std::uint32_t i = 0; i < rival.lines.size(); ++i) {
        const VariantLine& line = rival.lines[i];
        if (line.param.text == option.label.text && line.slope == slope) rate.line = i;
      }
      result.rates.push_back(std::move(rate));
    }
  }
  model_.rivals.push_back(std::move(result));
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

/// A line about an option, or about a parameter as in any explanation.
void Resolver::rate_line(const ExplainStatement& rival, const VariantLine& line,
                         const MoveMenu& menu) {
  const std::string& name = line.param.text;
  const std::string& move = rival.replaces.text;
  if (!offers(menu, name)) {
    const bool is_param = !line.slope && model_.quantity_named.contains(name);
    if (is_param && !model_.is_rate(rival, line)) return;
    std::vector<std::string> options;
    for (const MoveMenu::Option& option : menu.options) options.push_back(option.label.text);
    const std::optional<std::string> near = nearest(name, options);
    return fault("G031", fmt::format("`{}` is no option of `{}`", name, move), line.param.span,
                 near ? fmt::format("did you mean `{}`?", *near)
                      : fmt::format("its options are {}", one_of(options)));
  }
  if (model_.quantity_named.contains(name))
    return fault("N102", fmt::format("`{}` is an option of `{}` and a quantity", name, move),
                 line.param.span, "give one of them another name");
  if (status_quo_of(menu)->label.text == name)
    return fault("G031",
                 fmt::format("`{}` is the status quo, against which the others have rates", name),
                 line.param.span);
  if (line.slope && rival.covariate == no_node)
    return fault("G031", "a slope needs something to go with", line.param.span,
                 fmt::format("write `rival {} replaces {} on time`", rival.name.text, move));
  const auto again = [&](const VariantLine& each) {
    return each.param.text == name && each.slope == line.slope;
  };
  if (&*std::find_if(rival.lines.begin(), rival.lines.end(), again) != &line)
    return fault("G031", fmt::format("`{}` has this line twice", name), line.param.span);
  const Scope fixed{.fixed_only = true};
  if (line.prior.written()) law(line.prior, fixed);
  if (line.value != no_node) number(line.value, fixed);
}

}  // namespace casus::language
