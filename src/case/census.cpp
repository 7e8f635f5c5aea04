// Counting sets, quantities, games and evidence.
#include "case/census.hpp"

#include "base/text.hpp"
#include "case/hash.hpp"
#include "case/layout.hpp"
#include "case/request.hpp"
#include "case/summary_text.hpp"
#include "language/path.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;
using language::Quantity;

struct KindName {
  Quantity::Kind kind;
  std::string_view name;  ///< of one
};

constexpr std::array quantity_kinds{KindName{Quantity::Kind::parameter, "parameter"},
                                    KindName{Quantity::Kind::constant, "constant"},
                                    KindName{Quantity::Kind::data, "data series"},
                                    KindName{Quantity::Kind::event, "event"},
                                    KindName{Quantity::Kind::state, "state"},
                                    KindName{Quantity::Kind::let, "let"},
                                    KindName{Quantity::Kind::draw, "draw"},
                                    KindName{Quantity::Kind::observed, "observed"},
                                    KindName{Quantity::Kind::move, "move"},
                                    KindName{Quantity::Kind::treaty, "treaty"},
                                    KindName{Quantity::Kind::measure, "measure"}};

struct Count {
  std::size_t n_names = 0;
  std::size_t n_elements = 0;
};

Count count_of(const language::Model& model, Quantity::Kind kind) {
  Count count;
  for (const Quantity& quantity : model.quantities) {
    if (quantity.kind != kind) continue;
    ++count.n_names;
    count.n_elements += quantity.n_elements(model.sets);
  }
  return count;
}

struct GameCount {
  std::string name;
  std::size_t n_players = 0;
  std::size_t n_moves = 0;
  std::size_t n_leaves = 0;
};

std::vector<GameCount> games_of(const language::Model& model) {
  std::vector<GameCount> games;
  for (std::size_t i = 0; i < model.games.size(); ++i) {
    const language::Game& game = model.games[i];
    games.push_back({game.name.text, game.players.size(), game.moves.size(),
                     language::leaves_of(model, language::id_of<language::GameId>(i)).size()});
  }
  return games;
}

/// Parameters that the baseline draws from their priors.
std::size_t free_parameters(const language::Model& model) {
  std::size_t n = 0;
  for (const Quantity& quantity : model.quantities) {
    if (quantity.kind != Quantity::Kind::parameter) continue;
    const auto& param = model.statement<language::ParamStatement>(quantity.statement);
    if (param.base == language::no_node) n += quantity.n_elements(model.sets);
  }
  return n;
}

std::size_t observed_numbers(const language::Model& model) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < model.quantities.size(); ++i) {
    const bool is_exact = model.exact_of(language::id_of<language::QuantityId>(i)) != nullptr;
    if (model.quantities[i].kind != Quantity::Kind::observed && !is_exact) continue;
    const std::vector<double>& values = model.series[i].values;
    n += static_cast<std::size_t>(std::count_if(values.begin(), values.end(),
                                                [](double value) { return !std::isnan(value); }));
  }
  return n;
}

std::string quantities_text(const language::Model& model) {
  std::vector<std::string> parts;
  for (const auto& [kind, name] : quantity_kinds) {
    const Count count = count_of(model, kind);
    if (count.n_names == 0) continue;
    const bool has_plural = name != "data series" && name != "observed";
    std::string part = has_plural ? counted(count.n_names, name)
                                  : fmt::format("{} {}", grouped(count.n_names), name);
    if (name == "treaty" && count.n_names > 1) part = grouped(count.n_names) + " treaties";
    if (count.n_elements != count.n_names) part += fmt::format(" ({})", grouped(count.n_elements));
    parts.push_back(std::move(part));
  }
  return join_text(parts, ", ");
}

std::string variants_text(const language::Model& model) {
  const std::size_t n_rivals = model.rivals.size();
  return fmt::format("{}{}, {}, {}", counted(model.explanations.size() - n_rivals, "explanation"),
                     n_rivals == 0 ? "" : ", " + counted(n_rivals, "rival"),
                     counted(model.starts.size(), "start"),
                     counted(model.whatifs.size(), "what-if"));
}

std::string steps_text(const language::Steps& steps) {
  if (steps.kind != language::Steps::Kind::calendar) return counted(steps.count, steps.word());
  return fmt::format("{} by {}, {} to {}", counted(steps.count, "step"), steps.by, steps.label(0),
                     steps.label(steps.count - 1));
}

}  // namespace

std::string census_text(const LoadedCase& loaded) {
  const language::Model& model = loaded.model;
  std::size_t n_labels = 0;
  for (const language::Set& set : model.sets) n_labels += set.labels.size();
  std::string text =
      fmt::format("{}\n  {}\n  {} ({}), {}\n", model.title.empty() ? loaded.name : model.title,
                  steps_text(model.steps), counted(model.sets.size(), "set"),
                  counted(n_labels, "label"), counted(model.links.size(), "link"));
  const std::string quantities = quantities_text(model);
  if (!quantities.empty()) text += fmt::format("  {}\n", quantities);
  text += fmt::format("  {} drawn from priors in the baseline\n",
                      counted(free_parameters(model), "parameter"));
  for (const GameCount& game : games_of(model)) {
    text += fmt::format("  game {}: {}, {}, {}\n", game.name, counted(game.n_players, "player"),
                        counted(game.n_moves, "move"),
                        game.n_leaves == 1 ? "1 leaf" : grouped(game.n_leaves) + " leaves");
  }
  text += fmt::format("  {}, {}\n", counted(loaded.n_recorded, "recorded move"),
                      counted(observed_numbers(model), "recorded number"));
  text += evidence_text(loaded);
  text += fmt::format("  {}\n  {} read\nno fault found\n", variants_text(model),
                      counted(loaded.files.size(), "file"));
  return text;
}

std::string census_json(const LoadedCase& loaded) {
  const language::Model& model = loaded.model;
  Json json{{"case", loaded.name},
            {"title", model.title},
            {"hash", hash_text(loaded.hash)},
            {"files", loaded.files},
            {"steps",
             {{"count", model.steps.count},
              {"first", model.steps.label(0)},
              {"last", model.steps.label(model.steps.count - 1)}}}};
  for (const language::Set& set : model.sets) json["sets"][set.name.text] = set.labels.size();
  json["links"] = model.links.size();
  for (const auto& [kind, name] : quantity_kinds) {
    const Count count = count_of(model, kind);
    json["quantities"][std::string(name)] = {{"names", count.n_names},
                                             {"elements", count.n_elements}};
  }
  json["free_parameters"] = free_parameters(model);
  json["games"] = Json::array();
  for (const GameCount& game : games_of(model)) {
    json["games"].push_back({{"game", game.name},
                             {"players", game.n_players},
                             {"moves", game.n_moves},
                             {"leaves", game.n_leaves}});
  }
  json["recorded_cells"] = loaded.n_recorded;
  json["observed_numbers"] = observed_numbers(model);
  json["explanations"] = explanation_names(model);
  json["starts"] = start_names(model);
  json["whatifs"] = whatif_names(model);
  json["assumptions"] = Json::array();
  for (std::size_t i = 0; i < loaded.statements.size(); ++i) {
    Json row{{"statement", loaded.statements[i].name},
             {"cites", loaded.statements[i].cited.size()}};
    if (loaded.claims) row["footing"] = name_of(loaded.supports[i].footing);
    json["assumptions"].push_back(std::move(row));
  }
  return json.dump(2) + "\n";
}

}  // namespace casus::cases
