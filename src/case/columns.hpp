// Which columns of a table a statement means when it does not name them.
#pragma once

#include "base/diagnostic.hpp"
#include "language/syntax.hpp"
#include "table/table.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

/// The header equal to `name`, else the only one that differs from it in case; nullopt when there
/// is none.
std::optional<std::string> column_like(const table::Table& table, std::string_view name);

/// `column C`; else a column named like the quantity, else `value`. Adds D011 when there is none.
std::optional<std::string> value_column(const table::Table& table, const language::Word& column,
                                        const language::Word& quantity, Diagnostics& found);

/// `date C`; else the first of date, month, week, day, year, step that there is; empty when none
/// is. A column that is not there is left to the reader.
std::string date_column(const table::Table& table, const language::Word& column);

/// `column C`; else the first column.
std::optional<std::size_t> label_column(const table::Table& table, const language::Word& column,
                                        Diagnostics& found);

/// Where the sets of a model come from.
class SetOrigins {
 public:
  explicit SetOrigins(const language::Tree& tree);

  /// The column of `table`, read from `path`, that holds labels of `set`: one named like the set or
  /// a set it is part of; the label column when the set is from this very file. `path_of` gives the
  /// path that a file's name means. nullopt when there is none.
  template <class PathOf>
  std::optional<std::string> key_column(const table::Table& table, const std::string& path,
                                        const std::string& set, const PathOf& path_of) const {
    const Origin* root = nullptr;
    std::string name = set;
    for (std::size_t depth = 0; depth <= origins_.size() && !name.empty(); ++depth) {
      if (auto column = column_like(table, name)) return column;
      const auto at = origins_.find(name);
      root = at == origins_.end() ? nullptr : &at->second;
      name = root == nullptr ? "" : root->parent;
    }
    if (root == nullptr || root->file.empty() || path_of(root->file) != path) return std::nullopt;
    return root->column.empty() ? std::string(table.header(0)) : root->column.text;
  }

 private:
  struct Origin {
    std::string parent;
    language::Word file;
    language::Word column;
  };

  std::map<std::string, Origin, std::less<>> origins_;
};

}  // namespace casus::cases
