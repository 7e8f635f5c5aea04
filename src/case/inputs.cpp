// Statements to requests of the table readers, and their answers back.
#include "case/inputs.hpp"

#include "base/text.hpp"
#include "case/by_row.hpp"
#include "case/stepped.hpp"
#include "table/number.hpp"
#include "table/observed.hpp"
#include "table/record.hpp"
#include "table/series.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace casus::cases {
namespace {

using language::RecordedCell;
using language::Word;

constexpr std::size_t most_options = 64;

table::StepDates dates_of(const language::Steps& steps) {
  return {.first = steps.first_day, .last = steps.last_day};
}

bool is_calendar(const language::Steps& steps) {
  return steps.kind == language::Steps::Kind::calendar;
}

/// The texts of a column, each once; an empty one is a fault.
std::vector<std::string> labels_in(const table::Table& table, std::size_t column,
                                   Diagnostics& found) {
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    if (!trim(table.text(row, column)).empty()) continue;
    found.add({.code = "D206",
               .message = fmt::format("an empty label in column '{}' of {}", table.header(column),
                                      table.name()),
               .primary = {table.span(row, column)},
               .help = "write the label, or take the row out"});
    return {};
  }
  return table.distinct(column);
}

void add_too_many_options(const table::RecordRequest& request, Diagnostics& found) {
  found.add({.code = "D303",
             .message = fmt::format("a record of {} options; at most {} can be recorded",
                                    request.labels.size(), most_options),
             .primary = {request.wanted_by},
             .help = "record a coarser move"});
}

std::optional<std::vector<table::RecordCell>> read_record_by_step(
    const table::Table& table, const table::RecordRequest& request, const language::Steps& steps,
    Diagnostics& found) {
  if (!is_calendar(steps)) return read_stepped_record(table, request, steps, found);
  return table::read_record(table, request, dates_of(steps), found);
}

RecordedCell cell_of(const table::RecordCell& cell, std::size_t n_labels) {
  RecordedCell result{.span = cell.span};
  switch (cell.kind) {
    case table::RecordCell::Kind::blank: break;
    case table::RecordCell::Kind::not_reached: result.kind = RecordedCell::Kind::not_reached; break;
    case table::RecordCell::Kind::labels:
      result.kind = RecordedCell::Kind::labels;
      for (std::uint32_t i = 0; i < most_options; ++i) {
        if ((cell.set >> i & 1U) == 0) continue;
        // beyond the labels asked for stands the column's own name, which says `true`
        result.labels.push_back(i < n_labels ? i : static_cast<std::uint32_t>(n_labels - 1));
      }
      result.labels.erase(std::unique(result.labels.begin(), result.labels.end()),
                          result.labels.end());
  }
  return result;
}

/// `whole` where nothing filters it, else `kept`, which then holds some of its rows; nullptr with
/// what is wrong.
const table::Table* rows_of(const table::Table& whole,
                            const std::vector<language::WhereClause>& where,
                            std::optional<table::Table>& kept, Diagnostics& found) {
  if (where.empty()) return &whole;
  kept = rows_where(whole, where, found);
  return kept ? &*kept : nullptr;
}

std::vector<table::Filter> filters_of(const std::vector<language::WhereClause>& where) {
  std::vector<table::Filter> filters;
  for (const language::WhereClause& clause : where) {
    table::Filter filter{.column = clause.column.text, .texts = {}, .span = clause.column.span};
    for (const Word& value : clause.values) {
      filter.texts.push_back(value.text);
      filter.text_spans.push_back(value.span);
    }
    filters.push_back(std::move(filter));
  }
  return filters;
}

/// A name for the series when the statement has none.
Word name_of(const language::ObserveStatement& observe) {
  return observe.name.empty() ? Word{.text = "value", .span = observe.span} : observe.name;
}

}  // namespace

std::optional<std::uint32_t> CsvInputs::n_rows(const Word& file, Diagnostics& found) {
  rows_ = tables_.open(file, found);
  if (rows_ == nullptr) return std::nullopt;
  return static_cast<std::uint32_t>(rows_->n_rows());
}

std::vector<std::string> CsvInputs::set_labels(const language::SetStatement& set,
                                               Diagnostics& found) {
  return subset_labels(set, set, found);
}

std::vector<std::string> CsvInputs::subset_labels(const language::SetStatement& set,
                                                  const language::SetStatement& root,
                                                  Diagnostics& found) {
  const table::Table* table = tables_.open(root.file, found);
  if (table == nullptr) return {};
  const auto column = label_column(*table, root.column, found);
  std::optional<table::Table> kept;
  const table::Table* rows = rows_of(*table, set.where, kept, found);
  if (!column || rows == nullptr) return {};
  return labels_in(*rows, *column, found);
}

std::vector<language::LinkPair> CsvInputs::link_pairs(const language::LinkStatement& link,
                                                      Diagnostics& found) {
  const table::Table* table = tables_.open(link.file, found);
  if (table == nullptr) return {};
  std::size_t first = 0;
  std::size_t second = 1;
  if (link.columns.size() == 2) {
    const auto a = table::column(*table, link.columns[0].text, link.columns[0].span, found);
    const auto b = table::column(*table, link.columns[1].text, link.columns[1].span, found);
    if (!a || !b) return {};
    first = *a;
    second = *b;
  } else if (table->n_columns() < 2) {
    found.add({.code = "D011",
               .message = fmt::format("a link needs two columns, and {} has one", table->name()),
               .primary = {link.file.span}});
    return {};
  }
  const auto is_ignored = [&link](const Word& word) {
    return std::any_of(link.ignore.begin(), link.ignore.end(),
                       [&word](const Word& label) { return label.text == word.text; });
  };
  std::optional<std::size_t> weight;
  if (!link.weight.empty()) {
    weight = table::column(*table, link.weight.text, link.weight.span, found);
    if (!weight) return {};
  }
  table::Faults faults(table->name(), found);
  std::vector<language::LinkPair> pairs;
  for (std::size_t row = 0; row < table->n_rows(); ++row) {
    language::LinkPair pair{
        .from = {.text = std::string(table->text(row, first)), .span = table->span(row, first)},
        .to = {.text = std::string(table->text(row, second)), .span = table->span(row, second)}};
    if (is_ignored(pair.from) || is_ignored(pair.to)) continue;
    if (weight) pair.weight = table::read_number(*table, row, *weight, 1.0, faults).value_or(1.0);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

bool CsvInputs::find_keys(const table::Table& table, const Target& target, table::Wanted& wanted,
                          Diagnostics& found) const {
  if (!target.by.empty() && target.by.size() != target.over.size()) {
    std::vector<std::string> names;
    for (const language::IndexSet& set : target.over) names.push_back(set.name);
    found.add({.code = "D302",
               .message =
                   fmt::format("`by` names {} column{}, and `{}` has {} index set{}",
                               target.by.size(), target.by.size() == 1 ? "" : "s", target.name.text,
                               target.over.size(), target.over.size() == 1 ? "" : "s"),
               .primary = {target.by.front().span},
               .help = fmt::format("name the column of each index set, in order: {}",
                                   join_text(names, ", "))});
    return false;
  }
  const auto path_of = [this](const Word& file) { return tables_.path_of(file); };
  for (std::size_t i = 0; i < target.over.size(); ++i) {
    const language::IndexSet& set = target.over[i];
    const auto want = [&](const std::string& column, Span span) {
      wanted.keys.push_back({column, set.labels, span, set.labels_of_root});
    };
    if (!target.by.empty()) {
      want(target.by[i].text, target.by[i].span);
      continue;
    }
    const auto column = sets_.key_column(table, tables_.path_of(target.file), set.name, path_of);
    if (!column) {
      found.add({.code = "D011",
                 .message = fmt::format("no column of {} is named like the set `{}`", table.name(),
                                        set.name),
                 .primary = {target.name.span},
                 .help = fmt::format("name the columns of labels with `by`; {} has {}",
                                     table.name(), join_text(table.headers(), ", "))});
      return false;
    }
    want(*column, target.name.span);
  }
  return true;
}

std::optional<table::Wanted> CsvInputs::wanted(const table::Table& table, const Target& target,
                                               Diagnostics& found) const {
  const auto value = value_column(table, target.column, target.name, found);
  if (!value) return std::nullopt;
  table::Wanted wanted{.value_column = *value,
                       .date_column = rows_ != nullptr ? "" : date_column(table, target.date),
                       .filters = filters_of(target.where),
                       .scale = target.scale,
                       .labels = target.labels,
                       .wanted_by = target.name.span,
                       .date_span = target.date.span};
  if (!find_keys(table, target, wanted, found)) return std::nullopt;
  return wanted;
}

language::Series CsvInputs::series(const language::DataStatement& data,
                                   const std::vector<language::IndexSet>& over,
                                   const language::Steps& steps, double scale, Diagnostics& found) {
  return laid(data,
              {data.target.name, data.file, data.column, data.date_column, data.by, data.where,
               over, scale},
              steps, found);
}

language::Series CsvInputs::labels(const language::DataStatement& data,
                                   const std::vector<language::IndexSet>& over,
                                   const language::IndexSet& of, const language::Steps& steps,
                                   Diagnostics& found) {
  return laid(data,
              {data.target.name, data.file, data.column, data.date_column, data.by, data.where,
               over, 1.0, table::LabelSet{of.name, of.labels, of.labels_of_root}},
              steps, found);
}

/// Values laid over the steps: held, joined by lines, or one a row.
language::Series CsvInputs::laid(const language::DataStatement& data, const Target& target,
                                 const language::Steps& steps, Diagnostics& found) {
  const table::Table* table = tables_.open(data.file, found);
  if (table == nullptr) return {};
  if (is_rows(table) && !is_plain_column(data.target.name, !target.over.empty(), data.where, found))
    return {};
  std::optional<table::Wanted> wants = wanted(*table, target, found);
  if (!wants) return {};
  if (is_rows(table)) {
    return read_by_row(*table, *wants, table::Empty::fault, found).value_or(language::Series{});
  }
  const bool has_dates = !wants->date_column.empty();
  const table::SeriesRequest request{
      .wanted = std::move(*wants),
      .between = data.linear ? table::Between::linear : table::Between::held,
      .allow_gaps = data.allow_gaps,
      .extend_before = data.extend_before,
      .extend_after = data.extend_after};
  if (has_dates && !is_calendar(steps)) {
    return read_stepped(*table, request, steps, found).value_or(language::Series{});
  }
  auto read = table::read_series(*table, request, dates_of(steps), found);
  if (!read) return {};
  return {.by_step = has_dates, .values = std::move(read->values)};
}

language::Series CsvInputs::observed(const language::ObserveStatement& observe,
                                     const std::vector<language::IndexSet>& over,
                                     const language::Steps& steps, double scale,
                                     Diagnostics& found) {
  const table::Table* table = tables_.open(observe.file, found);
  if (table == nullptr) return {};
  const Word name = name_of(observe);
  const Target target{name,       observe.file,  observe.column, observe.date_column,
                      observe.by, observe.where, over,           scale};
  if (rows_ != nullptr && !is_rows(table)) {
    add_not_of_rows(observe, found);
    return {};
  }
  if (is_rows(table) && !is_plain_column(name, !over.empty(), observe.where, found)) return {};
  std::optional<table::Wanted> wants = wanted(*table, target, found);
  if (!wants) return {};
  if (is_rows(table)) {
    return read_by_row(*table, *wants, table::Empty::unknown, found).value_or(language::Series{});
  }
  if (wants->date_column.empty()) {
    add_no_dates(*table, observe, steps, found);
    return {};
  }
  if (!is_calendar(steps)) {
    return read_stepped_observed(*table, *wants, steps, found).value_or(language::Series{});
  }
  const table::ObservedRequest request{.wanted = std::move(*wants)};
  const auto read = table::read_observed(*table, request, dates_of(steps), found);
  if (!read) return {};
  language::Series series{.by_step = true, .values = {}};
  for (const std::optional<double>& value : read->values) {
    series.values.push_back(value.value_or(std::numeric_limits<double>::quiet_NaN()));
  }
  return series;
}

void CsvInputs::add_no_dates(const table::Table& table, const language::ObserveStatement& observe,
                             const language::Steps& steps, Diagnostics& found) {
  found.add({.code = "D011",
             .message = fmt::format("no column of {} in {}", is_calendar(steps) ? "dates" : "steps",
                                    table.name()),
             .primary = {observe.file.span},
             .help = fmt::format("name it with `date`; {} has {}", table.name(),
                                 join_text(table.headers(), ", "))});
}

void CsvInputs::add_not_of_rows(const language::ObserveStatement& observe,
                                Diagnostics& found) const {
  found.add({.code = "D304",
             .message = fmt::format("what is observed here stands in another file than the rows of "
                                    "this case, {}",
                                    rows_->name()),
             .primary = {observe.file.span},
             .help = fmt::format("put the column into {}", rows_->name())});
}

std::vector<RecordedCell> CsvInputs::record(const language::ObserveStatement& observe,
                                            const std::vector<std::string>& labels,
                                            const language::Steps& steps, Diagnostics& found) {
  const table::Table* whole = tables_.open(observe.file, found);
  if (whole == nullptr) return {};
  std::optional<table::Table> kept;
  const table::Table* table = rows_of(*whole, observe.where, kept, found);
  const auto column = value_column(*whole, observe.column, name_of(observe), found);
  if (table == nullptr || !column) return {};
  const bool by_row = is_rows(whole);
  if (by_row && !is_plain_column(name_of(observe), false, observe.where, found)) return {};
  if (!by_row && rows_ != nullptr) {
    add_not_of_rows(observe, found);
    return {};
  }
  const std::string dates = by_row ? "" : date_column(*table, observe.date_column);
  if (!by_row && dates.empty()) {
    add_no_dates(*table, observe, steps, found);
    return {};
  }
  table::RecordRequest request{
      .date_column = dates,
      .column = *column,
      .labels = labels,
      .wanted_by = observe.column.empty() ? name_of(observe).span : observe.column.span};
  const bool is_truth = labels == std::vector<std::string>{"false", "true"};
  if (is_truth && *column != "false" && *column != "true") request.labels.push_back(*column);
  if (request.labels.size() > most_options) {
    add_too_many_options(request, found);
    return {};
  }
  const auto cells = by_row ? table::read_record_by_row(*table, request, found)
                            : read_record_by_step(*table, request, steps, found);
  std::vector<RecordedCell> result;
  if (!cells) return result;
  result.reserve(cells->size());
  for (const table::RecordCell& cell : *cells) {
    result.push_back(cell_of(cell, labels.size()));
    if (cell.kind != table::RecordCell::Kind::blank) ++n_recorded_;
  }
  return result;
}

}  // namespace casus::cases
