#include "language/plan.hpp"

#include <algorithm>

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

std::uint32_t Plan::series(const std::vector<bool>& truths) {
  return series(std::vector<double>(truths.begin(), truths.end()));
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

std::optional<std::vector<Binding>> bindings_for(const Model& model, const Indexed& target,
                                                 QuantityId id, std::uint32_t element) {
  const Quantity& quantity = model[id];
  const std::vector<std::uint32_t> positions = positions_of(model, quantity, element);
  std::vector<Binding> bindings;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const std::string& label = model[quantity.shape[i]].labels[positions[i]];
    const Indexed::Index& at = target.indices[i];
    const auto set = model.set_named.find(at.set.text);
    const bool whole =
        set != model.set_named.end() && model[set->second].root == model[quantity.shape[i]].root;
    if (!whole && at.set.text != label) return {};
    if (!whole) continue;
    const std::optional<std::uint32_t> place = model[set->second].position(label);
    if (!place) return {};
    if (!at.bound.empty()) bindings.push_back({at.bound.text, set->second, *place});
  }
  return bindings;
}

std::uint32_t states_of(const Model& model, const Memory& memory) {
  return memory.kind == Memory::Kind::averaged ? 1U : std::min(memory.n_steps, model.steps.count);
}

std::vector<Binding> bindings_of(const Model& model, const Memory& memory, std::uint32_t element) {
  std::vector<Binding> bindings(memory.bound.size());
  for (std::size_t i = bindings.size(); i-- > 0;) {
    const BoundName& each = memory.bound[i];
    const auto size = static_cast<std::uint32_t>(model[each.set].labels.size());
    bindings[i] = {each.name, each.set, element % size};
    element /= size;
  }
  return bindings;
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
