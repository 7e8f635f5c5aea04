// The clauses behind the main part of a statement, in any order and once each, and the lines of a
// block.
#pragma once

#include "language/parser_state.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace casus::language {

/// A clause of one kind of statement.
struct ClauseWord {
  std::string_view word;  ///< or an operator such as `~`
  bool repeats = false;
};

/// Reads `unit`, `because` and the description by itself, and hands out the others.
class ClauseReader {
 public:
  /// `statement` and `own` are constants. A block has no unit.
  ClauseReader(Parser& in, std::string_view statement, std::span<const ClauseWord> own,
               Clauses& common, bool is_block)
      : in_(in), statement_(statement), own_(own), common_(common), is_block_(is_block) {}

  /// The next clause of the statement's own, whose word has been passed; empty when the item is
  /// over or nothing more can be read.
  std::string_view next();

  /// True when the next token begins a clause that may stand on a line of a block.
  bool at_block_clause() const;
  /// Reads such a line.
  void read_block_clauses();

 private:
  bool read_common();
  bool note(std::string_view clause, bool repeats);
  bool is_hyphenated() const;
  void fail_on_unknown();
  const ClauseWord* find_own(std::string_view word) const;

  struct Seen {
    std::string_view clause;
    Span span;
  };

  Parser& in_;
  std::string_view statement_;
  std::span<const ClauseWord> own_;
  Clauses& common_;
  bool is_block_;
  std::vector<Seen> seen_{};
};

/// For statements with no clauses of their own.
void read_common_clauses(Parser& in, std::string_view statement, Clauses& common);

/// A header and the lines below it. To be made before the header is read; then
/// `while (block.next(&clauses)) read_line(...)`: a line that fails does not disturb the next.
class Block {
 public:
  explicit Block(Parser& in);

  /// True when a line stands ready to be read; the header, or the line before, is over then.
  /// `clauses`, which may be absent, takes the lines that hold clauses.
  bool next(ClauseReader* clauses);

  /// For statements that say nothing without a block; `help` says what to write.
  void require_lines(std::string_view statement, std::string_view help);

 private:
  void end_line();
  void report_indentation();
  bool next_line_is_aligned() const;

  Parser& in_;
  Layout around_;
  Span header_;
  std::size_t n_errors_before_;
  std::uint32_t column_ = 0;
  std::size_t n_lines_ = 0;
  bool in_header_ = true;
  bool in_line_ = true;
};

/// `where column == v`, `where column in (a, b)`, behind the word.
WhereClause read_where(Parser& in);

}  // namespace casus::language
