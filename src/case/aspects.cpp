// Measures as numerators and denominators.
#include "case/aspects.hpp"

#include <cmath>

namespace casus::cases {
namespace {

using language::MeasureColumn;

double amount(const MeasureColumn& column, const Aspect& aspect, double value) {
  switch (aspect.kind) {
    case Aspect::Kind::mean:
    case Aspect::Kind::ratio: return value / column.scale;
    case Aspect::Kind::share: return value == 0.0 ? 0.0 : 1.0;
    case Aspect::Kind::never: return std::isinf(value) ? 1.0 : 0.0;
    case Aspect::Kind::label: break;
  }
  return value == aspect.label ? 1.0 : 0.0;
}

}  // namespace

std::vector<Aspect> aspects_of(const MeasureColumn& column) {
  switch (column.kind) {
    case MeasureColumn::Kind::number: return {{.kind = Aspect::Kind::mean}};
    case MeasureColumn::Kind::truth: return {{.kind = Aspect::Kind::share}};
    case MeasureColumn::Kind::ratio: return {{.kind = Aspect::Kind::ratio}};
    case MeasureColumn::Kind::date: return {{.kind = Aspect::Kind::never}};
    case MeasureColumn::Kind::label: break;
  }
  std::vector<Aspect> aspects;
  for (std::size_t i = 0; i < column.labels.size(); ++i) {
    aspects.push_back({.kind = Aspect::Kind::label, .label = static_cast<std::int32_t>(i)});
  }
  aspects.push_back({.kind = Aspect::Kind::label, .label = -1});
  return aspects;
}

std::string name_of(const Aspect& aspect, const MeasureColumn& column) {
  switch (aspect.kind) {
    case Aspect::Kind::mean: return "mean";
    case Aspect::Kind::share: return "share";
    case Aspect::Kind::ratio: return "ratio";
    case Aspect::Kind::never: return "share never";
    case Aspect::Kind::label: break;
  }
  if (aspect.label < 0) return "share of none";
  return "share of " + column.labels[static_cast<std::size_t>(aspect.label)];
}

bool MeasureValues::counts(const MeasureColumn& column, std::size_t history) const {
  if (column.given && value(history, *column.given) != 1.0) return false;
  return !std::isnan(value(history, column.value));
}

std::vector<double> MeasureValues::counted(const MeasureColumn& column) const {
  std::vector<double> values;
  for (std::size_t history = 0; history < n_histories_; ++history) {
    if (counts(column, history)) values.push_back(value(history, column.value));
  }
  return values;
}

Terms MeasureValues::terms(const MeasureColumn& column, const Aspect& aspect) const {
  Terms terms{.numerator = std::vector<double>(n_histories_),
              .denominator = std::vector<double>(n_histories_)};
  const bool is_ratio = aspect.kind == Aspect::Kind::ratio;
  for (std::size_t history = 0; history < n_histories_; ++history) {
    if (!counts(column, history)) continue;
    terms.numerator[history] = amount(column, aspect, value(history, column.value));
    terms.denominator[history] = is_ratio ? value(history, column.denominator) : 1.0;
    ++terms.n_counted;
  }
  return terms;
}

}  // namespace casus::cases
