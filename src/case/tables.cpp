// Reading and caching tables.
#include "case/tables.hpp"

#include "base/text.hpp"
#include "language/includes.hpp"
#include "table/csv.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace casus::cases {
namespace {

struct Condition {
  const language::WhereClause* where = nullptr;
  std::size_t column = 0;

  bool holds(std::string_view text) const {
    return std::any_of(where->values.begin(), where->values.end(),
                       [text](const language::Word& value) { return value.text == text; });
  }
};

/// A word of the condition that no row has, as it may be misspelt.
bool add_unmet(const table::Table& table, const Condition& condition, Diagnostics& found) {
  const std::vector<std::string> texts = table.distinct(condition.column);
  bool all_met = true;
  for (const language::Word& value : condition.where->values) {
    if (std::find(texts.begin(), texts.end(), value.text) != texts.end()) continue;
    const std::optional<std::string> meant = nearest(value.text, texts);
    found.add({.code = "D110",
               .message = fmt::format("no row of {} has '{}' in column '{}'", table.name(),
                                      value.text, condition.where->column.text),
               .primary = {value.span},
               .help = meant ? fmt::format("did you mean '{}'?", *meant) : ""});
    all_met = false;
  }
  return all_met;
}

void copy_row(const table::Table& from, std::size_t row, table::Table& to) {
  for (std::size_t i = 0; i < from.n_columns(); ++i) {
    const Span span = from.span(row, i);
    to.add_cell(from.text(row, i), span.begin, span.end);
  }
}

}  // namespace

std::string Tables::path_of(const language::Word& file) const {
  return language::resolve_path(sources_.name(file.span.file), file.text);
}

const Tables::Entry& Tables::entry(const std::string& path) {
  const auto [at, is_new] = entries_.try_emplace(path);
  Entry& made = at->second;
  if (!is_new) return made;
  FileContent content = files_.read(path);
  made.problem = content.problem;
  if (!content) return made;
  const FileId id = sources_.add(path, std::move(content.bytes));
  made.table = table::read_csv(sources_, id, made.faults);
  return made;
}

const table::Table* Tables::open(const language::Word& file, Diagnostics& found) {
  const std::string path = path_of(file);
  const Entry& made = entry(path);
  if (!made.problem.empty()) {
    found.add({.code = "F001",
               .message = fmt::format("cannot read {}: {}", path, made.problem),
               .primary = {file.span}});
  }
  found.append(made.faults);
  return made.table ? &*made.table : nullptr;
}

std::optional<table::Table> rows_where(const table::Table& table,
                                       const std::vector<language::WhereClause>& where,
                                       Diagnostics& found) {
  std::vector<Condition> conditions;
  for (const language::WhereClause& clause : where) {
    const auto column = table::column(table, clause.column.text, clause.column.span, found);
    if (!column) return std::nullopt;
    conditions.push_back({&clause, *column});
  }
  bool all_met = true;
  for (const Condition& condition : conditions) {
    all_met = add_unmet(table, condition, found) && all_met;
  }
  if (!all_met) return std::nullopt;
  table::Table kept(table.name(), table.file());
  for (std::size_t i = 0; i < table.n_columns(); ++i) {
    kept.add_column(table.header(i), table.header_span(i).begin, table.header_span(i).end);
  }
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    const bool holds = std::all_of(conditions.begin(), conditions.end(), [&](const Condition& c) {
      return c.holds(table.text(row, c.column));
    });
    if (holds) copy_row(table, row, kept);
  }
  if (kept.n_rows() == 0 && !conditions.empty()) {
    found.add({.code = "D110",
               .message = fmt::format("no row of {} passes all conditions", table.name()),
               .primary = {where.front().column.span}});
    return std::nullopt;
  }
  return kept;
}

}  // namespace casus::cases
