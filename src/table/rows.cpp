// Finding the rows that a statement wants: columns, filters, labels, numbers, in this order.
#include "table/rows.hpp"

#include "base/text.hpp"
#include "table/faults.hpp"
#include "table/number.hpp"
#include "table/values.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace casus::table {
namespace {

constexpr std::size_t npos = static_cast<std::size_t>(-1);

Span span_or(Span span, Span otherwise) { return span == Span{} ? otherwise : span; }

/// "'a', 'b' and 4 more"
std::string some_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 4;
  std::string result;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
    const bool is_last = i + 1 == names.size();
    result += fmt::format("{}'{}'", i == 0 ? "" : is_last ? " and " : ", ", names[i]);
  }
  if (names.size() > most) result += fmt::format(" and {} more", names.size() - most);
  return result;
}

/// Whether one label can be a slip for the other. Numbered labels differ in more than spelling.
bool is_slip(std::string_view label, std::string_view meant) {
  constexpr std::size_t short_word = 8;
  const auto letters = [](std::string_view text) {
    std::string kept(text);
    kept.erase(
        std::remove_if(kept.begin(), kept.end(), [](char c) { return c >= '0' && c <= '9'; }),
        kept.end());
    return kept;
  };
  if (letters(label) == letters(meant)) return false;
  return edits_between(label, meant) <= (meant.size() <= short_word ? 1.0 : 2.0);
}

/// A filter with its column found and the texts it has not met so far.
struct Sieve {
  const Filter* filter = nullptr;
  std::size_t column = 0;
  std::vector<bool> met;

  bool keeps(std::string_view text) {
    const auto found = std::find(filter->texts.begin(), filter->texts.end(), text);
    if (found == filter->texts.end()) return false;
    met[static_cast<std::size_t>(found - filter->texts.begin())] = true;
    return true;
  }
};

/// A key with its column found, the places of its labels, and what else stands in the column.
struct Axis {
  const Key* key = nullptr;
  std::size_t column = 0;
  std::unordered_map<std::string_view, std::size_t> places{};
  std::vector<bool> met{};
  std::unordered_map<std::string_view, std::size_t> strangers{};  ///< label, first row

  std::size_t place(std::string_view text, std::size_t row) {
    const auto found = places.find(text);
    if (found == places.end()) {
      strangers.try_emplace(text, row);
      return npos;
    }
    met[found->second] = true;
    return found->second;
  }
};

class Finder {
 public:
  Finder(const Table& table, const Wanted& wanted, Empty empty, Diagnostics& diagnostics)
      : table_(table),
        wanted_(wanted),
        empty_(empty),
        diagnostics_(diagnostics),
        faults_(table.name(), diagnostics) {}

  std::optional<std::vector<Row>> find() {
    if (!find_columns()) return std::nullopt;
    std::vector<Row> rows = matching_rows();
    if (!check_filters()) return std::nullopt;  // labels would be missing because of a filter
    sort(rows);
    check_twins(rows);
    check_labels();
    check_cells(rows);
    if (faults_.any()) return std::nullopt;
    for (std::size_t i = 0; i < axes_.size(); ++i) check_strangers(i, rows);
    return rows;
  }

 private:
  bool find_columns() {
    const std::size_t n_before = diagnostics_.error_count();
    const auto look_for = [this](const std::string& name, Span span) {
      return column(table_, name, span_or(span, wanted_.wanted_by), diagnostics_).value_or(0);
    };
    value_ = look_for(wanted_.value_column, {});
    values_.emplace(table_, wanted_, value_, faults_);
    if (!wanted_.date_column.empty()) date_ = look_for(wanted_.date_column, wanted_.date_span);
    for (const Filter& filter : wanted_.filters) {
      sieves_.push_back({.filter = &filter,
                         .column = look_for(filter.column, filter.span),
                         .met = std::vector<bool>(filter.texts.size())});
    }
    for (const Key& key : wanted_.keys) {
      Axis axis{.key = &key, .column = look_for(key.column, key.span)};
      axis.met.resize(key.labels.size());
      for (std::size_t i = 0; i < key.labels.size(); ++i) axis.places.emplace(key.labels[i], i);
      axes_.push_back(std::move(axis));
    }
    return diagnostics_.error_count() == n_before;
  }

  std::vector<Row> matching_rows() {
    std::vector<Row> rows;
    for (std::size_t row = 0; row < table_.n_rows(); ++row) {
      if (!is_kept(row)) continue;
      ++n_kept_;
      const std::size_t cell = cell_of(row);
      if (cell != npos) add_row(row, cell, rows);
    }
    return rows;
  }

  /// Asks every filter, so that each learns which of its texts the file has.
  bool is_kept(std::size_t row) {
    bool kept = true;
    for (Sieve& sieve : sieves_) kept = sieve.keeps(table_.text(row, sieve.column)) && kept;
    return kept;
  }

  std::size_t cell_of(std::size_t row) {
    std::size_t cell = 0;
    for (Axis& axis : axes_) {
      const std::size_t place = axis.place(table_.text(row, axis.column), row);
      cell = place == npos || cell == npos ? npos : cell * axis.met.size() + place;
    }
    return cell;
  }

  void add_row(std::size_t row, std::size_t cell, std::vector<Row>& rows) {
    Row found{.cell = cell,
              .value_span = table_.span(row, value_),
              .date_span = table_.span(row, date_.value_or(value_))};
    if (date_) {
      const std::optional<Date> date = read_date(table_, row, *date_, faults_);
      if (!date) return;
      found.date = *date;
      found.begin = date->first_day();
      found.end = date->last_day();
    }
    const bool may_skip =
        empty_ == Empty::unknown && !wanted_.labels && trim(table_.text(row, value_)).empty();
    if (!may_skip) found.value = values_->read(row);
    rows.push_back(found);
  }

  static void sort(std::vector<Row>& rows) {
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
      return std::tuple(a.cell, a.begin) < std::tuple(b.cell, b.begin);
    });
  }

  bool check_filters() {
    bool all_met = true;
    for (const Sieve& sieve : sieves_) {
      std::vector<std::string> unmet;
      for (std::size_t i = 0; i < sieve.met.size(); ++i) {
        if (!sieve.met[i]) unmet.push_back(sieve.filter->texts[i]);
      }
      if (unmet.empty()) continue;
      add_unmet(sieve, unmet, span_of_first_unmet(sieve));
      all_met = false;
    }
    if (n_kept_ > 0 || !all_met) return all_met;
    faults_.add({.code = "D110",
                 .message = fmt::format("no row of {} passes all filters", table_.name()),
                 .primary = {wanted_.wanted_by}});
    return false;
  }

  Span span_of_first_unmet(const Sieve& sieve) const {
    const auto first = std::find(sieve.met.begin(), sieve.met.end(), false);
    const auto place = static_cast<std::size_t>(first - sieve.met.begin());
    const std::vector<Span>& spans = sieve.filter->text_spans;
    return place < spans.size() ? spans[place] : span_or(sieve.filter->span, wanted_.wanted_by);
  }

  void add_unmet(const Sieve& sieve, const std::vector<std::string>& unmet, Span place) {
    const std::optional<std::string> meant = nearest(unmet.front(), table_.distinct(sieve.column));
    faults_.add({.code = "D110",
                 .message = fmt::format("no row of {} has {} in column '{}'", table_.name(),
                                        some_of(unmet), sieve.filter->column),
                 .primary = {place},
                 .help = meant ? fmt::format("did you mean '{}'?", *meant) : ""});
  }

  /// Two values for the same cell and date; an unknown one contradicts nothing.
  void check_twins(const std::vector<Row>& rows) {
    const Row* last = nullptr;
    for (const Row& row : rows) {
      if (!row.value) continue;
      if (last != nullptr && last->cell == row.cell && last->begin == row.begin) {
        add_twin(*last, row);
      } else {
        last = &row;
      }
    }
    twins_.report(faults_);
  }

  void add_twin(const Row& first, const Row& second) {
    const std::string cell = cell_name(wanted_, first.cell);
    twins_.add(
        {.code = "D105",
         .message =
             fmt::format("two values{}{}{}{} in {}", cell.empty() ? "" : " for ", cell,
                         date_ ? " at " : "", date_ ? to_text(second.date) : "", table_.name()),
         .primary = {second.date_span},
         .related = {{first.date_span, "first here"}},
         .help = date_ ? "remove one of them, or keep the rows that are meant with `where`"
                       : "keep the rows that are meant with `where`, or name a column of dates"});
  }

  void check_labels() {
    for (const Axis& axis : axes_) {
      std::vector<std::string> unmet;
      for (std::size_t i = 0; i < axis.met.size(); ++i) {
        if (!axis.met[i]) unmet.push_back(axis.key->labels[i]);
      }
      if (!unmet.empty()) add_missing(axis, unmet);
    }
  }

  void add_missing(const Axis& axis, const std::vector<std::string>& unmet) {
    std::vector<std::string> strangers;
    for (const auto& [label, row] : axis.strangers) strangers.emplace_back(label);
    std::sort(strangers.begin(), strangers.end());
    Diagnostic fault{.code = "D106",
                     .message = fmt::format("no row for {} in column '{}' of {}", some_of(unmet),
                                            axis.key->column, table_.name()),
                     .primary = {span_or(axis.key->span, wanted_.wanted_by)}};
    for (const std::string& label : unmet) {
      const std::optional<std::string> similar = nearest(label, strangers);
      if (!similar) continue;
      const std::size_t row = axis.strangers.at(*similar);
      fault.related.push_back({table_.span(row, axis.column), fmt::format("is it '{}'?", label)});
      if (fault.help.empty()) fault.help = fmt::format("the file has '{}'", *similar);
    }
    if (fault.help.empty()) fault.help = "add the rows, or leave the label out of the set";
    faults_.add(std::move(fault));
  }

  /// Labels that have rows, but not together.
  void check_cells(const std::vector<Row>& rows) {
    if (empty_ == Empty::unknown || faults_.any()) return;
    std::vector<bool> met(cell_count(wanted_));
    for (const Row& row : rows) met[row.cell] = true;
    std::vector<std::string> unmet;
    for (std::size_t cell = 0; cell < met.size(); ++cell) {
      if (!met[cell]) unmet.push_back(cell_name(wanted_, cell));
    }
    if (unmet.empty()) return;
    faults_.add({.code = "D106",
                 .message = fmt::format("no row for {} in {}", some_of(unmet), table_.name()),
                 .primary = {wanted_.wanted_by},
                 .help = "add the rows; every label goes with every other"});
  }

  // ---- slips: labels that nobody asked for

  /// Warns of labels that look like a wanted one and stand only where that has no row.
  void check_strangers(std::size_t axis, const std::vector<Row>& rows) {
    const Key& key = *axes_[axis].key;
    std::vector<std::string> strangers;
    for (const auto& [label, row] : axes_[axis].strangers) strangers.emplace_back(label);
    std::sort(strangers.begin(), strangers.end());
    for (const std::string& label : strangers) {
      if (std::find(key.others.begin(), key.others.end(), label) != key.others.end()) continue;
      const std::optional<std::string> meant = nearest(label, key.labels);
      if (!meant || !is_slip(label, *meant) || !completes(axis, label, *meant, rows)) continue;
      const std::size_t row = axes_[axis].strangers.at(label);
      diagnostics_.add(
          {.code = "D207",
           .message = fmt::format(
               "'{}' in column '{}' of {} is passed over, and '{}' has no row for its dates", label,
               key.column, table_.name(), *meant),
           .primary = {table_.span(row, axes_[axis].column)},
           .related = {{wanted_.wanted_by, "for this"}},
           .help =
               fmt::format("did you mean '{}'? If not, keep such rows out with `where`", *meant),
           .severity = Severity::warning});
    }
  }

  /// Whether the rows of a stranger stand where those of `meant` lack, and are no more than those.
  bool completes(std::size_t axis, const std::string& stranger, const std::string& meant,
                 const std::vector<Row>& rows) {
    std::set<std::pair<std::size_t, Day>> taken;
    for (const Row& row : rows) taken.emplace(row.cell, row.begin);
    std::size_t n_of_stranger = 0;
    std::size_t n_of_meant = 0;
    for (std::size_t row = 0; row < table_.n_rows(); ++row) {
      const std::string_view text = table_.text(row, axes_[axis].column);
      if (text == meant) ++n_of_meant;
      if (text != stranger || !is_kept(row)) continue;
      const std::size_t cell = cell_with(row, axis, meant);
      const auto date = date_ ? parse_date(trim(table_.text(row, *date_))) : Date{};
      if (cell == npos || !date) continue;
      if (taken.contains({cell, date_ ? date->first_day() : Day{}})) return false;
      ++n_of_stranger;
    }
    return n_of_stranger > 0 && n_of_stranger <= n_of_meant;
  }

  /// The cell of a row if `label` stood in the column of one axis.
  std::size_t cell_with(std::size_t row, std::size_t changed, const std::string& label) const {
    std::size_t cell = 0;
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const std::string_view text = i == changed ? label : table_.text(row, axes_[i].column);
      const auto place = axes_[i].places.find(text);
      if (place == axes_[i].places.end()) return npos;
      cell = cell * axes_[i].met.size() + place->second;
    }
    return cell;
  }

  const Table& table_;
  const Wanted& wanted_;
  Empty empty_;
  Diagnostics& diagnostics_;
  Faults faults_;
  Repeated twins_;
  std::size_t value_ = 0;
  std::optional<Values> values_;
  std::optional<std::size_t> date_;
  std::vector<Sieve> sieves_;
  std::vector<Axis> axes_;
  std::size_t n_kept_ = 0;
};

}  // namespace

std::optional<std::vector<Row>> find_rows(const Table& table, const Wanted& wanted, Empty empty,
                                          Diagnostics& diagnostics) {
  return Finder(table, wanted, empty, diagnostics).find();
}

std::size_t cell_count(const Wanted& wanted) {
  std::size_t count = 1;
  for (const Key& key : wanted.keys) count *= key.labels.size();
  return count;
}

std::string cell_name(const Wanted& wanted, std::size_t cell) {
  std::vector<std::string> labels(wanted.keys.size());
  for (std::size_t i = wanted.keys.size(); i-- > 0;) {
    const std::vector<std::string>& choices = wanted.keys[i].labels;
    labels[i] = choices[cell % choices.size()];
    cell /= choices.size();
  }
  return join_text(labels, ", ");
}

}  // namespace casus::table
