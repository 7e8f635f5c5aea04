// The CSV files of a case, each read once.
#pragma once

#include "base/files.hpp"
#include "language/syntax.hpp"
#include "table/table.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace casus::cases {

class Tables {
 public:
  Tables(const Files& files, Sources& sources) : files_(files), sources_(sources) {}

  /// The table that `file` names, relative to the model file it stands in. nullptr, with what is
  /// wrong (F001, D001 to D010), when it cannot be read; again for every statement that asks.
  const table::Table* open(const language::Word& file, Diagnostics& found);

  /// The path `file` means.
  std::string path_of(const language::Word& file) const;

 private:
  struct Entry {
    std::optional<table::Table> table{};
    Diagnostics faults{};
    std::string problem{};
  };

  const Entry& entry(const std::string& path);

  const Files& files_;
  Sources& sources_;
  std::map<std::string, Entry> entries_;
};

/// The rows of `table` in which every column of `where` has one of the texts written, with their
/// places. Faults: no such column (D011), nothing kept (D110).
std::optional<table::Table> rows_where(const table::Table& table,
                                       const std::vector<language::WhereClause>& where,
                                       Diagnostics& found);

}  // namespace casus::cases
