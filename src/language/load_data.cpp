// Numbers of data and observed variables, through the seam to files.
#include "language/compile.hpp"

namespace casus::language {

namespace {

std::vector<IndexSet> over(const Model& model, const Quantity& quantity) {
  std::vector<IndexSet> result;
  for (const SetId id : quantity.shape) {
    const Set& set = model[id];
    result.push_back({set.name.text, set.labels, model[set.root].labels});
  }
  return result;
}

}  // namespace

void load_data(Model& model, Inputs& inputs, Diagnostics& found) {
  model.series.assign(model.quantities.size(), Series{});
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    const std::vector<IndexSet> sets = over(model, quantity);
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    if (quantity.kind == Quantity::Kind::data) {
      const auto& data = model.statement<DataStatement>(quantity.statement);
      if (data.value == no_node) {
        model.series[q] = inputs.series(data, sets, model.steps, scale, found);
      }
    }
    if (quantity.kind == Quantity::Kind::observed) {
      const auto& observe = model.statement<ObserveStatement>(quantity.statement);
      if (!observe.file.empty()) {
        model.series[q] = inputs.observed(observe, sets, model.steps, scale, found);
      }
    }
  }
}

}  // namespace casus::language
