// Tables from text in tests, and diagnostics as one line each.
#pragma once

#include "base/codes.hpp"
#include "table/csv.hpp"
#include "table/steps.hpp"

#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace casus::table {

/// A text called x.csv, read.
struct Reading {
  explicit Reading(std::string text, std::string name = "x.csv")
      : file(sources.add(std::move(name), std::move(text))),
        model(sources.add("model.casus", "data milex[State] from \"x.csv\"")) {
    table = read_csv(sources, file, found);
  }

  /// A word of the model's only line.
  Span word(std::uint32_t begin, std::uint32_t end) const { return {model, begin, end}; }

  /// "D003 4:1-7 message (help)", in source order; "D001 - message" without a place.
  std::vector<std::string> said() const {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : found.sorted()) {
      const Span span = diagnostic.primary.span;
      const Place begin = sources.place(span.file, span.begin);
      const Place end = sources.place(span.file, span.end);
      std::string place = "-";
      if (diagnostic.has_place) {
        place = fmt::format("{}{}:{}-{}", span.file == model ? "model " : "", begin.line,
                            begin.column, end.column);
      }
      lines.push_back(fmt::format("{} {} {}", diagnostic.code, place, diagnostic.message));
      if (find_code(diagnostic.code) == nullptr) lines.back() += " [no such code]";
      if (!diagnostic.help.empty()) lines.back() += fmt::format(" ({})", diagnostic.help);
    }
    return lines;
  }

  Sources sources;
  Diagnostics found;
  FileId file;
  FileId model;
  std::optional<Table> table;
};

using Lines = std::vector<std::string>;

/// Every cell, row by row.
inline std::vector<Lines> texts(const Table& table) {
  std::vector<Lines> rows(table.n_rows());
  for (std::size_t row = 0; row < table.n_rows(); ++row) {
    for (std::size_t i = 0; i < table.n_columns(); ++i) rows[row].emplace_back(table.text(row, i));
  }
  return rows;
}

/// Months from the first to the last, both included.
inline StepDates months(Date first, Date last) {
  StepDates steps;
  for (Date month = first; month.first_day() <= last.first_day(); month = add_months(month, 1)) {
    steps.first.push_back(month.first_day());
    steps.last.push_back(month.last_day());
  }
  return steps;
}

inline StepDates years(std::int32_t first, std::int32_t last) {
  StepDates steps;
  for (std::int32_t year = first; year <= last; ++year) {
    steps.first.push_back(day_number(year, 1, 1));
    steps.last.push_back(day_number(year, 12, 31));
  }
  return steps;
}

/// Steps of seven days.
inline StepDates weeks(Day first, int count) {
  StepDates steps;
  for (int week = 0; week < count; ++week) {
    steps.first.push_back(first + 7 * week);
    steps.last.push_back(first + 7 * week + 6);
  }
  return steps;
}

}  // namespace casus::table
