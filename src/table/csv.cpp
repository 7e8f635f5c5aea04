// Reading RFC 4180 text in one pass; faults are collected and reading goes on at the next line.
#include "table/csv.hpp"

#include "table/faults.hpp"
#include "table/utf8.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <unordered_map>

namespace casus::table {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little = "\xFF\xFE";
constexpr std::string_view utf16_big = "\xFE\xFF";

bool is_break(char c) { return c == '\n' || c == '\r'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string plural(std::size_t n, std::string_view noun) {
  return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s");
}

class Reader {
 public:
  Reader(const Sources& sources, FileId file, Diagnostics& diagnostics)
      : name_(sources.name(file)),
        file_(file),
        text_(sources.text(file)),
        faults_(name_, diagnostics),
        table_(name_, file) {}

  std::optional<Table> read() {
    if (!is_text()) return std::nullopt;
    if (text_.substr(0, utf8_mark.size()) == utf8_mark) at_ = utf8_mark.size();
    skip_preamble();
    if (at_end()) {
      add_without_place("D001", fmt::format("{} is empty", name_),
                        "a table begins with a line of column names");
      return std::nullopt;
    }
    read_header();
    if (is_separated_otherwise()) return std::nullopt;
    read_rows();
    if (faults_.any()) return std::nullopt;
    return std::move(table_);
  }

 private:
  /// Bytes [begin, end) of one cell, and what they say.
  struct Cell {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;
  };

  bool at_end() const { return at_ >= text_.size(); }

  Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  void add_without_place(std::string_view code, std::string message, std::string help) {
    faults_.add({.code = code,
                 .message = std::move(message),
                 .primary = {span(0, 0)},
                 .help = std::move(help),
                 .has_place = false});
  }

  bool is_text() {
    const std::string_view front = text_.substr(0, 2);
    if (front == utf16_little || front == utf16_big) {
      add_without_place("D008", fmt::format("{} is UTF-16 text, not UTF-8", name_),
                        "save it as CSV in UTF-8");
      return false;
    }
    const std::size_t valid = valid_prefix(text_);
    if (valid == text_.size()) return true;
    if (text_.find('\0') != std::string_view::npos) {
      add_without_place("D008", fmt::format("{} is no text: it holds a zero byte", name_),
                        "export the table as CSV in UTF-8");
      return false;
    }
    faults_.add({.code = "D008",
                 .message = fmt::format("{} is not UTF-8 text: its byte {} is 0x{:02X}", name_,
                                        valid + 1, static_cast<unsigned char>(text_[valid])),
                 .primary = {span(valid, valid + 1)},
                 .help = "save it as CSV in UTF-8"});
    return false;
  }

  /// Past blank lines and lines of comment.
  void skip_preamble() {
    while (true) {
      skip_blank_lines();
      if (at_end() || text_[at_] != '#') return;
      while (!at_end() && !is_break(text_[at_])) ++at_;
    }
  }

  /// Stops at the first character of the first line that has more than blanks.
  void skip_blank_lines() {
    std::size_t ahead = at_;
    while (true) {
      while (ahead < text_.size() && is_blank(text_[ahead])) ++ahead;
      if (ahead < text_.size() && !is_break(text_[ahead])) return;
      at_ = ahead;
      if (at_end()) return;
      skip_break();
      ahead = at_;
    }
  }

  void skip_break() {
    at_ += text_.substr(at_, 2) == "\r\n" ? 2U : 1U;
    ++line_;
  }

  void read_header() {
    std::unordered_map<std::string, Span> seen;
    read_line([this, &seen](const Cell& cell) {
      const Span where = span(cell.begin, cell.end);
      table_.add_column(cell.text, where.begin, where.end);
      if (cell.text.empty()) {
        faults_.add(
            {.code = "D005",
             .message = fmt::format("column {} of {} has no name", table_.n_columns(), name_),
             .primary = {where},
             .help = "name it, or take out its comma in every line"});
        return;
      }
      const auto [first, is_new] = seen.try_emplace(std::string(cell.text), where);
      if (is_new) return;
      faults_.add({.code = "D004",
                   .message = fmt::format("column '{}' stands twice in {}", cell.text, name_),
                   .primary = {where},
                   .related = {{first->second, "first here"}},
                   .help = "give each column its own name"});
    });
  }

  bool is_separated_otherwise() {
    const Span where = table_.header_span(0);
    if (table_.n_columns() != 1 || text_[where.begin] == '"') return false;
    const std::string_view header = table_.header(0);
    const std::size_t place = header.find_first_of(";\t|");
    if (place == std::string_view::npos) return false;
    const char separator = header[place];
    const std::string_view called = separator == ';'    ? "semicolons"
                                    : separator == '\t' ? "tabs"
                                                        : "bars";
    faults_.add({.code = "D009",
                 .message = fmt::format("the columns of {} are separated by {}, not by commas",
                                        name_, called),
                 .primary = {where},
                 .help = "save it with commas between columns and points in numbers"});
    return true;
  }

  void read_rows() {
    reserve_cells();
    std::size_t n_rows = 0;
    for (skip_blank_lines(); !at_end(); skip_blank_lines()) {
      read_row();
      ++n_rows;
    }
    if (n_rows > 0 || faults_.any()) return;
    faults_.add(
        {.code = "D002",
         .message = fmt::format("{} has a header but no rows", name_),
         .primary = {join(table_.header_span(0), table_.header_span(table_.n_columns() - 1))},
         .help = "write the values below it, one row a line"});
  }

  void reserve_cells() {
    const std::string_view rest = text_.substr(at_);
    const auto n_commas = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), ','));
    const auto n_lines = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n'));
    table_.reserve(text_.size(), n_commas + n_lines + 1);
  }

  void read_row() {
    const std::size_t begin = at_;
    const std::size_t line = line_;
    const std::size_t n_faults = faults_.count();
    std::size_t end = begin;
    std::size_t n_cells = 0;
    read_line([this, &end, &n_cells](const Cell& cell) {
      table_.add_cell(cell.text, static_cast<std::uint32_t>(cell.begin),
                      static_cast<std::uint32_t>(cell.end));
      end = cell.end;
      ++n_cells;
    });
    if (n_cells == table_.n_columns()) return;
    table_.drop_cells(n_cells);
    if (faults_.count() > n_faults) return;  // a broken quote, which has been said
    faults_.add({.code = "D003",
                 .message = fmt::format("line {} of {} has {}, its header {}", line, name_,
                                        plural(n_cells, "cell"), table_.n_columns()),
                 .primary = {span(begin, end)},
                 .help = n_cells > table_.n_columns()
                             ? "a cell that holds a comma needs quotes around it, and numbers have "
                               "decimal points"
                             : "an empty cell keeps its comma"});
  }

  /// Calls `take` for every cell of the line that begins here, and goes past its end.
  template <typename Take>
  void read_line(Take take) {
    while (true) {
      while (!at_end() && is_blank(text_[at_])) ++at_;
      take(!at_end() && text_[at_] == '"' ? quoted_cell() : plain_cell());
      if (at_end()) return;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      skip_break();
      return;
    }
  }

  Cell plain_cell() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && !is_break(text_[at_])) ++at_;
    std::size_t end = at_;
    while (end > begin && is_blank(text_[end - 1])) --end;
    return {begin, end, text_.substr(begin, end - begin)};
  }

  /// From the opening quote to the comma or line break behind the closing one.
  Cell quoted_cell() {
    const std::size_t open = at_++;
    const std::size_t line = line_;
    unquoted_.clear();
    while (true) {
      const std::size_t quote = text_.find('"', at_);
      if (quote == std::string_view::npos) return unclosed_cell(open, line);
      count_lines(at_, quote);
      unquoted_.append(text_, at_, quote - at_);
      at_ = quote + 1;
      if (at_end() || text_[at_] != '"') break;
      unquoted_ += '"';
      ++at_;
    }
    const std::size_t end = at_;
    const Cell behind = plain_cell();
    if (!trimmed(behind).empty()) add_text_behind(open, behind);
    return {open, end, unquoted_};
  }

  static std::string_view trimmed(const Cell& cell) {
    const std::size_t first = cell.text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : cell.text.substr(first);
  }

  void add_text_behind(std::size_t open, const Cell& behind) {
    const std::size_t begin = behind.end - trimmed(behind).size();
    faults_.add(
        {.code = "D007",
         .message = fmt::format("text after a closing quote in line {} of {}", line_, name_),
         .primary = {span(begin, behind.end)},
         .related = {{span(open, open + 1), "the cell begins here"}},
         .help = "write a quote inside a quoted cell twice"});
  }

  Cell unclosed_cell(std::size_t open, std::size_t line) {
    faults_.add({.code = "D006",
                 .message = fmt::format("the quote in line {} of {} is never closed", line, name_),
                 .primary = {span(open, open + 1)},
                 .help = "close it, or write a quote inside a quoted cell twice"});
    at_ = text_.size();
    return {open, open + 1, text_.substr(open)};
  }

  void count_lines(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      const bool is_pair = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
      if (is_break(text_[i]) && !is_pair) ++line_;
    }
  }

  std::string name_;
  FileId file_;
  std::string_view text_;
  Faults faults_;
  Table table_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::string unquoted_;
};

}  // namespace

std::optional<Table> read_csv(const Sources& sources, FileId file, Diagnostics& diagnostics) {
  return Reader(sources, file, diagnostics).read();
}

}  // namespace casus::table
