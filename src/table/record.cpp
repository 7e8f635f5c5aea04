// Reading recorded moves cell by cell.
#include "table/record.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "table/faults.hpp"
#include "table/number.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace casus::table {
namespace {

constexpr std::size_t most_labels = 64;
constexpr std::string_view not_reached = "-";

class RecordReader {
 public:
  RecordReader(const Table& table, const RecordRequest& request, const StepDates& steps,
               Diagnostics& diagnostics)
      : table_(table),
        request_(request),
        steps_(steps),
        diagnostics_(diagnostics),
        faults_(table.name(), diagnostics) {}

  std::optional<std::vector<RecordCell>> read() {
    const auto dates = column(table_, request_.date_column, request_.wanted_by, diagnostics_);
    const auto moves = column(table_, request_.column, request_.wanted_by, diagnostics_);
    if (!dates || !moves) return std::nullopt;
    cells_.resize(steps_.size());
    dated_.resize(steps_.size());
    for (std::size_t row = 0; row < table_.n_rows(); ++row) read_row(row, *dates, *moves);
    if (!is_any_inside_ && !faults_.any()) {
      faults_.add(all_outside(table_.name(), table_.span(0, *dates), request_.wanted_by, steps_));
    }
    if (faults_.any()) return std::nullopt;
    return std::move(cells_);
  }

  std::optional<std::vector<RecordCell>> read_by_row() {
    const auto moves = column(table_, request_.column, request_.wanted_by, diagnostics_);
    if (!moves) return std::nullopt;
    cells_.reserve(table_.n_rows());
    for (std::size_t row = 0; row < table_.n_rows(); ++row)
      cells_.push_back(read_cell(table_.text(row, *moves), table_.span(row, *moves)));
    if (faults_.any()) return std::nullopt;
    return std::move(cells_);
  }

  std::optional<std::vector<RecordCell>> read_at(
      const std::vector<std::optional<std::size_t>>& places, std::size_t n_steps) {
    const auto moves = column(table_, request_.column, request_.wanted_by, diagnostics_);
    if (!moves) return std::nullopt;
    cells_.resize(n_steps);
    for (std::size_t row = 0; row < table_.n_rows(); ++row) {
      if (!places[row]) continue;
      cells_[*places[row]] = read_cell(table_.text(row, *moves), table_.span(row, *moves));
    }
    if (faults_.any()) return std::nullopt;
    return std::move(cells_);
  }

 private:
  void read_row(std::size_t row, std::size_t dates, std::size_t moves) {
    const std::optional<Date> date = read_date(table_, row, dates, faults_);
    if (!date) return;
    const std::optional<std::size_t> step =
        first_step_in(steps_, date->first_day(), date->last_day());
    if (!step) return;
    is_any_inside_ = true;
    const Span place = table_.span(row, dates);
    if (dated_[*step]) {
      faults_.add({.code = "D203",
                   .message = fmt::format("two rows for the step {} in {}",
                                          step_name(steps_, *step), table_.name()),
                   .primary = {place},
                   .related = {{*dated_[*step], "first here"}},
                   .help = "keep one of them; a cell may hold several options: hold|raid"});
      return;
    }
    dated_[*step] = place;
    cells_[*step] = read_cell(table_.text(row, moves), table_.span(row, moves));
    const bool is_known = cells_[*step].kind != RecordCell::Kind::blank;
    if (!is_known || !spans_steps(steps_, date->first_day(), date->last_day())) return;
    if (std::exchange(is_any_longer_, true)) return;  // the others are written alike
    faults_.add({.code = "D205",
                 .message = fmt::format("{} in {} is longer than a step of the model",
                                        to_text(*date), table_.name()),
                 .primary = {place},
                 .help = "write the date of the step in which the move was made"});
  }

  RecordCell read_cell(std::string_view cell, Span span) {
    const std::string_view text = trim(cell);
    if (text.empty()) return {.span = span};
    if (text == not_reached) return {.kind = RecordCell::Kind::not_reached, .span = span};
    RecordCell result{.kind = RecordCell::Kind::labels, .span = span};
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('|', begin), text.size());
      add_option(trim(text.substr(begin, end - begin)), text, result);
      begin = end + 1;
    }
    return result;
  }

  void add_option(std::string_view option, std::string_view cell, RecordCell& result) {
    const auto label = std::find(request_.labels.begin(), request_.labels.end(), option);
    if (label == request_.labels.end()) {
      add_unknown(option, cell, result.span);
      return;
    }
    const auto index = static_cast<std::size_t>(label - request_.labels.begin());
    const std::uint64_t bit = std::uint64_t{1} << index;
    if ((result.set & bit) != 0) {
      add_broken(fmt::format("'{}' stands twice in '{}'", option, cell), result.span, "");
    }
    result.set |= bit;
  }

  void add_unknown(std::string_view option, std::string_view cell, Span span) {
    if (option.empty()) {
      add_broken(
          fmt::format("an empty alternative in '{}'", cell), span,
          "write options with one '|' between them, such as " + join_text(request_.labels, "|"));
      return;
    }
    if (option == not_reached) {
      add_broken(fmt::format("'-' among other options in '{}'", cell), span,
                 "'-' says that the move was not reached; it stands alone");
      return;
    }
    const std::optional<std::string> meant = nearest(option, request_.labels);
    faults_.add({.code = "D202",
                 .message = fmt::format("no option '{}' for column '{}' of {}", option,
                                        request_.column, table_.name()),
                 .primary = {span},
                 .related = {{request_.wanted_by, "wanted here"}},
                 .help = meant ? fmt::format("did you mean '{}'?", *meant)
                               : fmt::format("write {}", one_of(request_.labels))});
  }

  void add_broken(const std::string& what, Span span, std::string help) {
    faults_.add(
        {.code = "D201",
         .message = fmt::format("{} in column '{}' of {}", what, request_.column, table_.name()),
         .primary = {span},
         .help = std::move(help)});
  }

  const Table& table_;
  const RecordRequest& request_;
  const StepDates& steps_;
  Diagnostics& diagnostics_;
  Faults faults_;
  std::vector<RecordCell> cells_;
  std::vector<std::optional<Span>> dated_;  ///< by step: the date of its row
  bool is_any_inside_ = false;
  bool is_any_longer_ = false;
};

}  // namespace

std::optional<std::vector<RecordCell>> read_record(const Table& table, const RecordRequest& request,
                                                   const StepDates& steps,
                                                   Diagnostics& diagnostics) {
  require(request.labels.size() <= most_labels, "a move with more than 64 options");
  return RecordReader(table, request, steps, diagnostics).read();
}

std::optional<std::vector<RecordCell>> read_record_by_row(const Table& table,
                                                          const RecordRequest& request,
                                                          Diagnostics& diagnostics) {
  require(request.labels.size() <= most_labels, "a move with more than 64 options");
  const StepDates no_dates;
  return RecordReader(table, request, no_dates, diagnostics).read_by_row();
}

std::optional<std::vector<RecordCell>> read_record_at(
    const Table& table, const RecordRequest& request,
    const std::vector<std::optional<std::size_t>>& steps, std::size_t n_steps,
    Diagnostics& diagnostics) {
  require(request.labels.size() <= most_labels, "a move with more than 64 options");
  require(steps.size() == table.n_rows(), "a step or none for each row");
  const StepDates no_dates;
  return RecordReader(table, request, no_dates, diagnostics).read_at(steps, n_steps);
}

}  // namespace casus::table
