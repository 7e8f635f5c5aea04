// A table of texts with a name over each column, and the place of every cell in the file it is
// from.
#pragma once

#include "base/diagnostic.hpp"
#include "base/source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::table {

/// Rows and columns of text. Texts live in one arena, so a table is moved, never copied by accident
/// of a view; a `string_view` from it is good as long as the table is.
class Table {
 public:
  /// `name` is the file's name as messages say it. Columns are added before rows.
  Table(std::string name, FileId file) : name_(std::move(name)), file_(file) {}

  const std::string& name() const { return name_; }
  FileId file() const { return file_; }

  std::size_t n_rows() const { return n_columns() == 0 ? 0 : cells_.size() / n_columns(); }
  std::size_t n_columns() const { return header_.size(); }

  std::string_view header(std::size_t column) const { return text_of(header_[column]); }
  Span header_span(std::size_t column) const { return span_of(header_[column]); }
  std::vector<std::string> headers() const;

  std::string_view text(std::size_t row, std::size_t column) const {
    return text_of(cells_[row * n_columns() + column]);
  }
  /// The cell as it stands in the file, quotes included.
  Span span(std::size_t row, std::size_t column) const {
    return span_of(cells_[row * n_columns() + column]);
  }

  /// The different texts of a column in order of first appearance: what `set S from "x.csv"` reads.
  std::vector<std::string> distinct(std::size_t column) const;

  /// Cells come row by row, as many a row as there are columns; `begin` and `end` are bytes of the
  /// file.
  void add_column(std::string_view text, std::uint32_t begin, std::uint32_t end);
  void add_cell(std::string_view text, std::uint32_t begin, std::uint32_t end);
  void reserve(std::size_t n_bytes, std::size_t n_cells);

  /// Takes back the cells of a row that turned out to be wrong.
  void drop_cells(std::size_t n_cells) { cells_.resize(cells_.size() - n_cells); }

 private:
  struct Cell {
    std::uint32_t text_begin = 0;
    std::uint32_t text_size = 0;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  std::string_view text_of(const Cell& cell) const {
    return std::string_view(arena_).substr(cell.text_begin, cell.text_size);
  }
  Span span_of(const Cell& cell) const { return {file_, cell.begin, cell.end}; }
  Cell store(std::string_view text, std::uint32_t begin, std::uint32_t end);

  std::string name_;
  FileId file_;
  std::string arena_;
  std::vector<Cell> header_;
  std::vector<Cell> cells_;  ///< (n_rows × n_columns)
};

/// The index of the column called `name`. When there is none adds D011 at `wanted_by`, which is the
/// word in the model that asks for it, with the nearest name there is.
std::optional<std::size_t> column(const Table& table, std::string_view name, Span wanted_by,
                                  Diagnostics& diagnostics);

}  // namespace casus::table
