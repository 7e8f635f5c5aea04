#include "language/plan.hpp"

namespace casus::language {

std::uint32_t Plan::add_series(const std::vector<double>& values) {
  machine::SeriesTable& table = lowered.series;
  table.n_steps = values.size();
  const auto number = static_cast<std::uint32_t>(table.values.size() / values.size());
  table.values.insert(table.values.end(), values.begin(), values.end());
  return number;
}

std::uint32_t Plan::series(const std::vector<double>& values) {
  const auto known = series_of.find(values);
  if (known != series_of.end()) return known->second;
  return series_of[values] = add_series(values);
}

std::vector<std::uint32_t> positions_of(const Model& model, const Quantity& quantity,
                                        std::uint32_t element) {
  std::vector<std::uint32_t> positions(quantity.shape.size());
  for (std::size_t i = quantity.shape.size(); i-- > 0;) {
    const auto size = static_cast<std::uint32_t>(model[quantity.shape[i]].labels.size());
    positions[i] = element % size;
    element /= size;
  }
  return positions;
}

std::string element_name(const Model& model, QuantityId id, std::uint32_t element) {
  const Quantity& quantity = model[id];
  std::string name = quantity.name.text;
  if (quantity.shape.empty()) return name;
  const std::vector<std::uint32_t> positions = positions_of(model, quantity, element);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    name += i == 0 ? "[" : ", ";
    name += model[quantity.shape[i]].labels[positions[i]];
  }
  return name + "]";
}

}  // namespace casus::language
