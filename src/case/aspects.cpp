// Measures as numerators and denominators.
#include "case/aspects.hpp"

#include <limits>

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

MeasureValues::MeasureValues(const MeasureTable& table, const MeasureColumn& column)
    : MeasureValues(table, column, 0, table.n_histories()) {}

MeasureValues::MeasureValues(const MeasureTable& table, const MeasureColumn& column,
                             std::size_t first, std::size_t count)
    : column_(&column), values_(count) {
  table.read(first, column.value, values_);
  if (column.kind == MeasureColumn::Kind::ratio) {
    denominators_.resize(count);
    table.read(first, column.denominator, denominators_);
  }
  if (!column.given) return;
  std::vector<double> given(count);
  table.read(first, *column.given, given);
  for (std::size_t history = 0; history < count; ++history) {
    if (given[history] != 1.0) values_[history] = std::numeric_limits<double>::quiet_NaN();
  }
}

bool MeasureValues::differs(const MeasureValues& other, std::size_t history) const {
  if (counts(history) != other.counts(history)) return true;
  if (!counts(history)) return false;
  if (value(history) != other.value(history)) return true;
  if (column_->kind != MeasureColumn::Kind::ratio) return false;
  const double mine = denominator(history);
  const double theirs = other.denominator(history);
  return mine != theirs && !(std::isnan(mine) && std::isnan(theirs));
}

std::vector<double> MeasureValues::counted() const {
  std::vector<double> values;
  for (std::size_t history = 0; history < n_histories(); ++history) {
    if (counts(history)) values.push_back(value(history));
  }
  return values;
}

Terms MeasureValues::terms(const Aspect& aspect) const {
  Terms terms{.numerator = std::vector<double>(n_histories()),
              .denominator = std::vector<double>(n_histories())};
  const bool is_ratio = aspect.kind == Aspect::Kind::ratio;
  for (std::size_t history = 0; history < n_histories(); ++history) {
    if (!counts(history)) continue;
    terms.numerator[history] = amount(*column_, aspect, value(history));
    terms.denominator[history] = is_ratio ? denominator(history) : 1.0;
    ++terms.n_counted;
  }
  return terms;
}

}  // namespace casus::cases
