// Numbers of data and observed variables, through the seam to files.
#include "language/compile.hpp"

namespace casus::language {

namespace {

struct Over {
  std::vector<std::string> names;
  std::vector<std::vector<std::string>> labels;
};

Over over(const Model& model, const Quantity& quantity) {
  Over result;
  for (const SetId set : quantity.shape) {
    result.names.push_back(model[set].name.text);
    result.labels.push_back(model[set].labels);
  }
  return result;
}

}  // namespace

void load_data(Model& model, Inputs& inputs, Diagnostics& found) {
  model.series.assign(model.quantities.size(), Series{});
  for (std::size_t q = 0; q < model.quantities.size(); ++q) {
    const Quantity& quantity = model.quantities[q];
    const Over sets = over(model, quantity);
    const double scale = quantity.unit ? quantity.unit->scale : 1.0;
    if (quantity.kind == Quantity::Kind::data) {
      const auto& data = model.statement<DataStatement>(quantity.statement);
      if (data.value == no_node) {
        model.series[q] = inputs.series(data, sets.names, sets.labels, model.steps, scale, found);
      }
    }
    if (quantity.kind == Quantity::Kind::observed) {
      const auto& observe = model.statement<ObserveStatement>(quantity.statement);
      if (!observe.file.empty()) {
        model.series[q] =
            inputs.observed(observe, sets.names, sets.labels, model.steps, scale, found);
      }
    }
  }
}

}  // namespace casus::language
