// The log probability of what was recorded, given a history: one output for each column of scores.
#include "base/bug.hpp"
#include "language/lower_game.hpp"
#include "language/lowering.hpp"
#include "language/path.hpp"
#include "random/elementary.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace casus::language {

using Kind = Quantity::Kind;

namespace {

using Cell = RecordedCell::Kind;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::string name_of(const RecordColumn& column, const ObserveStatement& observe) {
  if (column.of == RecordColumn::Of::outcome) return "ends";
  return observe.name.empty() ? observe.column.text : observe.name.text;
}

void add_record(const Model& model, std::uint32_t until, std::vector<ScoreColumn>& columns) {
  std::vector<std::uint32_t> order;
  const auto add = [&](std::uint32_t column) {
    if (std::find(order.begin(), order.end(), column) == order.end()) order.push_back(column);
  };
  for (std::size_t g = 0; g < model.games.size(); ++g) {
    const RecordedLeaves game(model, id_of<GameId>(g));
    for (const std::uint32_t column : game.columns()) add(column);
  }
  for (std::uint32_t column = 0; column < model.record.size(); ++column) add(column);
  for (const std::uint32_t column : order) {
    const RecordColumn& record = model.record[column];
    const auto& observe = model.statement<ObserveStatement>(record.statement);
    ScoreColumn score{.of = ScoreColumn::Of::record,
                      .name = name_of(record, observe),
                      .statement = record.statement,
                      .item = column,
                      .is_recorded = std::vector<bool>(model.steps.count)};
    for (std::uint32_t step = 0; step < until; ++step)
      score.is_recorded[step] = record.cells[step].kind != Cell::blank;
    columns.push_back(std::move(score));
  }
}

void add_observed(const Model& model, QuantityId id, std::uint32_t statement, std::uint32_t until,
                  std::vector<ScoreColumn>& columns) {
  const Series& series = model.series[index(id)];
  if (!series.by_step) return;
  const std::size_t n = model[id].n_elements(model.sets);
  for (std::uint32_t i = 0; i < n; ++i) {
    ScoreColumn score{.of = ScoreColumn::Of::observed,
                      .name = element_name(model, id, i),
                      .statement = statement,
                      .item = i,
                      .quantity = id,
                      .is_recorded = std::vector<bool>(model.steps.count)};
    for (std::uint32_t step = 0; step < until; ++step)
      score.is_recorded[step] = !std::isnan(series.values[step * n + i]);
    columns.push_back(std::move(score));
  }
}

void add_total(const Model& model, std::uint32_t statement, std::uint32_t until,
               std::vector<ScoreColumn>& columns) {
  const auto* observe = std::get_if<ObserveStatement>(&model.tree.statements[statement]);
  if (observe == nullptr || !observe->total) return;
  const Meaning& summed = model.meaning(observe->expression);
  const StepRange range = steps_of(model, observe->over);
  ScoreColumn score{.of = ScoreColumn::Of::total,
                    .name = fmt::format("total({})", model[QuantityId{summed.target}].name.text),
                    .statement = statement,
                    .quantity = QuantityId{summed.target},
                    .is_recorded = std::vector<bool>(model.steps.count)};
  if (!range.empty && range.last < until) score.is_recorded[range.last] = true;
  columns.push_back(std::move(score));
}

}  // namespace

std::vector<ScoreColumn> score_columns(const Model& model, std::uint32_t until) {
  until = std::min(until, model.steps.count);
  std::vector<ScoreColumn> columns;
  add_record(model, until, columns);
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const QuantityId id = id_of<QuantityId>(q);
    if (model[id].kind == Kind::observed)
      add_observed(model, id, model[id].statement, until, columns);
    else if (const ExactObservation* exact = model.exact_of(id))
      add_observed(model, id, exact->statement, until, columns);
  }
  for (std::uint32_t i = 0; i < model.tree.statements.size(); ++i)
    add_total(model, i, until, columns);
  return columns;
}

void Lowering::write_scores() {
  std::uint32_t output = plan_.lowered.first_score;
  for (const ScoreColumn& column : plan_.lowered.score_columns) {
    Value score = builder_.constant(0.0);
    if (given().is_used()) {
      builder_.set_origin(builder_.add_origin(
          {"score of " + column.name, model().statement<ObserveStatement>(column.statement).span}));
      switch (column.of) {
        case ScoreColumn::Of::record: score = score_of_record(column.item); break;
        case ScoreColumn::Of::observed: score = score_of_observed(column); break;
        case ScoreColumn::Of::total: score = score_of_total(column); break;
      }
    }
    builder_.write_output(output++, score);
  }
}

void Lowering::write_paths() {
  auto output =
      static_cast<std::uint32_t>(plan_.lowered.first_score + plan_.lowered.score_columns.size());
  if (!plan_.variant.paths) return;
  for (std::size_t g = 0; g < model().games.size(); ++g) {
    GameLowering& at = game(id_of<GameId>(g));
    for (const games::Path& leaf : leaves_of(model(), id_of<GameId>(g)))
      builder_.write_output(output++, at.path_probability(leaf));
  }
}

// ---- observed variables

/// A datum where there is one, else a draw.
Value Lowering::observed_value(QuantityId id, std::uint32_t number) {
  const Quantity& quantity = model()[id];
  const auto& observe = model().statement<ObserveStatement>(quantity.statement);
  const Indexed target{.name = observe.name, .indices = observe.indices};
  const auto drawn = [&] {
    return sample(observe.law, environment_of(target, quantity, number),
                  element_name(model(), id, number), quantity.name.span, false);
  };
  const bool is_given = given().is_used() && given().decides;
  if (!is_given || !model().series[index(id)].by_step) return drawn();
  const Value datum = data_of(id, number);
  if (given().observed[index(id)]) return datum;
  const Value has = builder_.series(plan_.series(score_column(id, number).is_recorded));
  const machine::Region region = builder_.open(builder_.apply(Op::logical_not, has));
  const Value simulated = drawn();
  builder_.close();
  return builder_.select(has, datum, builder_.joined(region, simulated, 0.0));
}

/// The series of an observed variable's data, 0 where there is none.
Value Lowering::data_of(QuantityId id, std::uint32_t number) {
  const Series& series = model().series[index(id)];
  const std::size_t n = model()[id].n_elements(model().sets);
  std::vector<double> data(model().steps.count);
  for (std::size_t step = 0; step < data.size(); ++step) {
    const double datum = series.values[step * n + number];
    data[step] = std::isnan(datum) ? 0.0 : datum;
  }
  return builder_.series(plan_.series(data));
}

const ScoreColumn& Lowering::score_column(QuantityId id, std::uint32_t number) const {
  const auto& columns = plan_.lowered.score_columns;
  const auto at = std::find_if(columns.begin(), columns.end(), [&](const ScoreColumn& each) {
    return each.of == ScoreColumn::Of::observed && each.quantity == id && each.item == number;
  });
  require(at != columns.end(), "what is observed has no column of scores");
  return *at;
}

/// Data are in base units and densities per declared unit: they differ by the scale of time units.
Value Lowering::log_density(const ScoreColumn& column, const LawArguments& law, Value datum) {
  const std::optional<WrittenUnit>& unit = model()[column.quantity].unit;
  const Value density = builder_.log_density(*law.law, law.values, datum);
  if (!unit || unit->scale == 1.0 || law.law->discrete()) return density;
  return builder_.add(density, builder_.constant(random::log_of(unit->scale)));
}

Value Lowering::where_observed(const ScoreColumn& column) {
  const Value has = builder_.series(plan_.series(column.is_recorded));
  const auto& observe = model().statement<ObserveStatement>(column.statement);
  if (observe.condition == no_node) return has;
  return builder_.apply(Op::logical_and, has, expression(observe.condition, {}));
}

Lowering::LawArguments Lowering::law_of(const ScoreColumn& column, const GamePath& path) {
  const auto& observe = model().statement<ObserveStatement>(column.statement);
  if (column.of == ScoreColumn::Of::total) return arguments_of(observe.law, {.game = path});
  const Indexed target{.name = observe.name, .indices = observe.indices};
  Environment inside = environment_of(target, model()[column.quantity], column.item);
  inside.game = path;
  return arguments_of(observe.law, inside);
}

/// Where a game that weighed the datum against its paths is played, it has the score.
Value Lowering::score_of_observed(const ScoreColumn& column) {
  if (const ExactObservation* exact = model().exact_of(column.quantity))
    return score_of_exact(column, *exact);
  std::vector<std::pair<Value, Value>> told;  // where, and the score there
  for (std::size_t g = 0; g < model().games.size(); ++g) {
    GameLowering& at = game(id_of<GameId>(g));
    if (const std::optional<Value> here = at.told(column)) told.emplace_back(at.played(), *here);
  }
  Value elsewhere = builder_.constant(1.0);
  for (const auto& [played, here] : told)
    elsewhere = builder_.apply(Op::logical_and, elsewhere, builder_.apply(Op::logical_not, played));
  Value score = score_of_datum(column, data_of(column.quantity, column.item), elsewhere);
  for (const auto& [played, here] : told) score = builder_.select(played, here, score);
  return score;
}

Value Lowering::score_of_total(const ScoreColumn& column) {
  const auto& observe = model().statement<ObserveStatement>(column.statement);
  const Quantity& quantity = model()[column.quantity];
  const double scale = quantity.unit ? quantity.unit->scale : 1.0;
  const Value value = builder_.multiply(number(observe.value, {}), builder_.constant(scale));
  return score_of_datum(column, value, builder_.constant(1.0));
}

/// Log density of a datum in the histories in which `condition` holds, 0 in others.
Value Lowering::score_of_datum(const ScoreColumn& column, Value datum, Value condition) {
  const auto& recorded = column.is_recorded;
  if (std::find(recorded.begin(), recorded.end(), true) == recorded.end())
    return builder_.constant(0.0);
  const Value has = builder_.apply(Op::logical_and, where_observed(column), condition);
  const machine::Region region = builder_.open(has);
  const LawArguments law = law_of(column);
  check_arguments(law);
  const Value score = log_density(column, law, datum);
  builder_.close();
  return region == builder_.current() ? score : builder_.joined(region, score, 0.0);
}

// ---- choices

Value Lowering::where_recorded(const RecordColumn& column) {
  std::vector<bool> recorded(model().steps.count);
  for (std::uint32_t step = 0; step < recorded.size(); ++step) {
    recorded[step] = step < plan_.variant.given_until && column.cells[step].kind != Cell::blank;
  }
  return builder_.series(plan_.series(recorded));
}

/// Of a history that plays none of the games that a column is about: 0 when the record allows it.
/// One that plays one of them has the score from there.
Value Lowering::score_of_record(std::uint32_t number) {
  const RecordColumn& column = model().record[number];
  std::vector<double> unplayed(model().steps.count);
  const auto until = std::min<std::size_t>(plan_.variant.given_until, unplayed.size());
  if (column.of == RecordColumn::Of::treaty) {
    std::vector<double> when_true(unplayed.size());
    for (std::size_t step = 0; step < until; ++step) {
      unplayed[step] = says(column.cells[step], 0) ? 0.0 : -infinity;
      when_true[step] = says(column.cells[step], 1) ? 0.0 : -infinity;
    }
    return builder_.select(element(column.quantity, 0, {}),
                           builder_.series(plan_.series(when_true)),
                           builder_.series(plan_.series(unplayed)));
  }
  for (std::size_t step = 0; step < until; ++step)
    unplayed[step] = admits_no_game(column, column.cells[step]) ? 0.0 : -infinity;
  Value score = builder_.series(plan_.series(unplayed));
  for (std::size_t g = 0; g < model().games.size(); ++g) {
    GameLowering& at = game(id_of<GameId>(g));
    const std::optional<Value> here = at.score(number);
    if (here) score = builder_.select(at.played(), *here, score);
  }
  return score;
}

}  // namespace casus::language
