// Looks for dates in lets and events.
#include "language/dated.hpp"

#include "language/declare.hpp"
#include "language/walk.hpp"

#include <algorithm>
#include <utility>

namespace casus::language {
namespace {

/// The nodes of dates in what defines the quantity.
std::vector<NodeId> dates_of(const Model& model, const Quantity& quantity) {
  std::vector<NodeId> dates;
  const auto add = [&](NodeId node) {
    if (written_date(model.tree, node)) dates.push_back(node);
  };
  if (quantity.kind == Quantity::Kind::event) {
    for (const EventStatement::Date& at :
         model.statement<EventStatement>(quantity.statement).dates) {
      add(at.at);
      add(at.to);
    }
  } else if (quantity.kind == Quantity::Kind::let) {
    walk(model.tree, model.statement<LetStatement>(quantity.statement).value, [&](NodeId node) {
      const auto* call = std::get_if<Call>(&model.tree[node].expression);
      const bool asks =
          call != nullptr && (call->function.text == "since" || call->function.text == "during");
      if (!asks) return;
      for (const NodeId argument : call->arguments) add(argument);
    });
  }
  return dates;
}

}  // namespace

std::vector<QuantityId> dated_quantities(const Model& model) {
  std::vector<QuantityId> dated;
  if (model.steps.kind != Steps::Kind::calendar) return dated;
  for (std::size_t i = 0; i < model.quantities.size(); ++i) {
    if (!dates_of(model, model.quantities[i]).empty()) dated.push_back(id_of<QuantityId>(i));
  }
  return dated;
}

void redate(Model& model, QuantityId id, const std::function<Date(const Date&)>& moved) {
  const std::vector<NodeId> dates = dates_of(model, model[id]);
  Tree made;  // nodes do not change once they are made; the new ones have the old ones' numbers
  for (std::size_t i = 0; i < model.tree.size(); ++i) {
    const auto node = NodeId(i);
    const bool is_moved = std::find(dates.begin(), dates.end(), node) != dates.end();
    made.add(is_moved ? Expression(DateValue{moved(*written_date(model.tree, node))})
                      : model.tree[node].expression,
             model.tree[node].span);
  }
  made.statements = std::move(model.tree.statements);
  made.statement_spans = std::move(model.tree.statement_spans);
  model.tree = std::move(made);
}

}  // namespace casus::language
