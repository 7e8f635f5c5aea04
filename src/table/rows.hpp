// What a statement of a model asks of a table, and the rows that answer it.
#pragma once

#include "base/calendar.hpp"
#include "base/diagnostic.hpp"
#include "table/steps.hpp"
#include "table/table.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace casus::table {

/// One index of the quantity: the column that holds its labels, and the labels wanted, in order.
struct Key {
  std::string column;
  std::vector<std::string> labels;
  Span span{};  ///< of the column's name in the model; left out, the statement's
  std::vector<std::string> others{};  ///< labels that may stand in the column and are not wanted
};

/// Keeps only the rows with one of `texts` in `column`.
struct Filter {
  std::string column;
  std::vector<std::string> texts;
  Span span{};                     ///< of the condition in the model; left out, the statement's
  std::vector<Span> text_spans{};  ///< of the texts; left out, the condition's
};

/// The labels that cells may hold.
struct LabelSet {
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::string> labels_of_root{};  ///< of the set it is part of
};

/// Which numbers, or labels, a statement wants.
struct Wanted {
  std::string value_column;
  std::string date_column{};  ///< empty: the numbers have no date
  std::vector<Key> keys{};    ///< one an index set, in the order of the quantity's index sets
  std::vector<Filter> filters{};
  double scale = 1.0;                ///< base units in one written unit
  std::optional<LabelSet> labels{};  ///< cells are labels of this set, and their values its places
  Span wanted_by{};                  ///< the statement, for messages about what the file lacks
  Span date_span{};  ///< of the date column's name in the model; left out, the statement's
};

/// A number of the table that a statement wants.
struct Row {
  std::size_t cell = 0;  ///< index into the product of the keys' labels, the last key fastest
  Date date{};           ///< year 0 without a date column
  Day begin = 0;         ///< first day of the period that the date names
  Day end = 0;           ///< last day of it
  std::optional<double> value{};  ///< in base units; nullopt for an empty cell
  Span value_span{};
  Span date_span{};  ///< of the value without a date column
};

/// How an empty cell is meant.
enum class Empty : unsigned char { fault, unknown };

/// The rows that `wanted` keeps and whose labels it names, in order of cell, then of date. Other
/// labels of the file are left out, unless one is close to a wanted label that has no row; one that
/// is close to a label and stands where that has no row is warned of (D207).
/// Faults: no such column (D011), those of the cells (values.hpp),
/// no date (D104), two values for one cell and date (D105), a label, or a cell when no cell may be
/// empty, without any row (D106), a filter that keeps nothing (D110). nullopt when there was one.
std::optional<std::vector<Row>> find_rows(const Table& table, const Wanted& wanted, Empty empty,
                                          Diagnostics& diagnostics);

/// The product of the numbers of labels; 1 without keys.
std::size_t cell_count(const Wanted& wanted);

/// "Armenia, shusha" for a cell; empty without keys.
std::string cell_name(const Wanted& wanted, std::size_t cell);

}  // namespace casus::table
