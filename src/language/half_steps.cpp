// Every step becomes two, in all that is kept by step.
#include "language/half_steps.hpp"

#include <algorithm>
#include <cmath>

namespace casus::language {
namespace {

bool can_be_halved(const Steps& steps) {
  if (steps.kind == Steps::Kind::numeric) return true;
  return steps.kind == Steps::Kind::calendar && steps.by != "day";
}

Steps halved(const Steps& steps) {
  Steps made = steps;
  made.count = 2 * steps.count;
  made.dt = steps.dt / 2.0;
  made.width = steps.width / 2.0;
  if (steps.kind != Steps::Kind::calendar) return made;
  made.by = "half " + steps.by;
  made.first_day.clear();
  made.last_day.clear();
  for (std::uint32_t step = 0; step < steps.count; ++step) {
    const Day middle = steps.first_day[step] + (steps.last_day[step] - steps.first_day[step]) / 2;
    made.first_day.insert(made.first_day.end(), {steps.first_day[step], middle + 1});
    made.last_day.insert(made.last_day.end(), {middle, steps.last_day[step]});
  }
  return made;
}

/// Rows of `steps.count`, each twice, or the first of the two `blank`.
template <class T>
std::vector<T> doubled(const std::vector<T>& values, std::uint32_t n_steps, const T* blank) {
  const std::size_t width = values.size() / n_steps;
  std::vector<T> made;
  made.reserve(2 * values.size());
  for (std::size_t step = 0; step < n_steps; ++step) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(step * width);
    const auto end = begin + static_cast<std::ptrdiff_t>(width);
    if (blank != nullptr) {
      made.insert(made.end(), width, *blank);
    } else {
      made.insert(made.end(), begin, end);
    }
    made.insert(made.end(), begin, end);
  }
  return made;
}

}  // namespace

std::optional<Model> with_half_steps(const Model& model) {
  if (!can_be_halved(model.steps)) return {};
  const std::uint32_t n_steps = model.steps.count;
  Model made = model;
  made.steps = halved(model.steps);
  for (Memory& memory : made.memories) memory.n_steps *= 2;
  const double missing = std::nan("");
  for (std::size_t i = 0; i < made.series.size(); ++i) {
    Series& series = made.series[i];
    if (!series.by_step) continue;
    const bool is_data = made.quantities[i].kind == Quantity::Kind::data;
    series.values = doubled(series.values, n_steps, is_data ? nullptr : &missing);
  }
  const RecordedCell blank;
  for (RecordColumn& column : made.record) column.cells = doubled(column.cells, n_steps, &blank);
  return made;
}

}  // namespace casus::language
