// What a model's files say, answered from CSV.
#pragma once

#include "case/columns.hpp"
#include "case/tables.hpp"
#include "language/inputs.hpp"
#include "table/rows.hpp"

#include <string>
#include <vector>

namespace casus::cases {

/// Answers every question of a model about its files. Each file is read once; faults point into it.
/// The conventions for columns that a statement does not name are in columns.hpp.
class CsvInputs final : public language::Inputs {
 public:
  /// `tree` is the model's, for where its sets come from; it is copied from, not kept.
  CsvInputs(const Files& files, Sources& sources, const language::Tree& tree)
      : tables_(files, sources), sets_(tree) {}

  std::optional<std::uint32_t> n_rows(const language::Word& file, Diagnostics& found) override;
  std::vector<std::string> set_labels(const language::SetStatement& set,
                                      Diagnostics& found) override;
  std::vector<std::string> subset_labels(const language::SetStatement& set,
                                         const language::SetStatement& root,
                                         Diagnostics& found) override;
  std::vector<language::LinkPair> link_pairs(const language::LinkStatement& link,
                                             Diagnostics& found) override;
  language::Series series(const language::DataStatement& data,
                          const std::vector<language::IndexSet>& over, const language::Steps& steps,
                          double scale, Diagnostics& found) override;
  language::Series labels(const language::DataStatement& data,
                          const std::vector<language::IndexSet>& over, const language::IndexSet& of,
                          const language::Steps& steps, Diagnostics& found) override;
  std::vector<language::RecordedCell> record(const language::ObserveStatement& observe,
                                             const std::vector<std::string>& labels,
                                             const language::Steps& steps,
                                             Diagnostics& found) override;
  language::Series observed(const language::ObserveStatement& observe,
                            const std::vector<language::IndexSet>& over,
                            const language::Steps& steps, double scale,
                            Diagnostics& found) override;

  /// Cells of records that say something.
  std::size_t n_recorded() const { return n_recorded_; }

 private:
  /// What `data` and `observe` statements ask of a table.
  struct Target {
    language::Word name;
    language::Word file;
    language::Word column;
    language::Word date;
    const std::vector<language::Word>& by;
    const std::vector<language::WhereClause>& where;
    const std::vector<language::IndexSet>& over;
    double scale = 1.0;
    std::optional<table::LabelSet> labels{};
  };

  std::optional<table::Wanted> wanted(const table::Table& table, const Target& target,
                                      Diagnostics& found) const;
  language::Series laid(const language::DataStatement& data, const Target& target,
                        const language::Steps& steps, Diagnostics& found);
  bool find_keys(const table::Table& table, const Target& target, table::Wanted& wanted,
                 Diagnostics& found) const;
  static void add_no_dates(const table::Table& table, const language::ObserveStatement& observe,
                           const language::Steps& steps, Diagnostics& found);

  void add_not_of_rows(const language::ObserveStatement& observe, Diagnostics& found) const;

  /// Whether `table` is the file whose rows are the steps.
  bool is_rows(const table::Table* table) const { return rows_ != nullptr && table == rows_; }

  std::size_t n_recorded_ = 0;
  const table::Table* rows_ = nullptr;
  Tables tables_;
  SetOrigins sets_;
};

}  // namespace casus::cases
