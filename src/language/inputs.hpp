// The seam through which a model gets what its files say: labels of sets, pairs of links, numbers
// of data, cells of records. The hallway answers from CSV; tests answer from memory.
#pragma once

#include "base/diagnostic.hpp"
#include "language/steps.hpp"
#include "language/syntax.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace casus::language {

/// Numbers of a `data` statement, or places of labels in their set, label by label in row-major
/// order of its sets, step by step.
struct Series {
  bool by_step = false;        ///< false: constant over time, one number an element
  std::vector<double> values;  ///< (n_steps × n_elements) or (n_elements)
};

/// A set that numbers are asked for by.
struct IndexSet {
  std::string name;
  std::vector<std::string> labels;
  std::vector<std::string> labels_of_root{};  ///< of the set at the top of its chain of parents
};

/// What is recorded of a choice or an outcome in one step.
struct RecordedCell {
  enum class Kind : std::uint8_t {
    blank,
    not_reached,
    labels,   ///< one of these, or several of them where sets of leaves overlap
    exactly,  ///< all of these and no other, which only records made from a history say
  } kind = Kind::blank;
  std::vector<std::uint32_t> labels{};  ///< positions among the labels asked for
  Span span{};
};

/// A row of a link's file.
struct LinkPair {
  Word from{};
  Word to{};
  double weight = 1.0;  ///< as written
};

class Inputs {
 public:
  Inputs() = default;
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;
  virtual ~Inputs() = default;

  /// How many rows the file of `time rows "file"` has; from then on its columns are read row by
  /// row. Nothing, with what is wrong, when it cannot be read or has none.
  virtual std::optional<std::uint32_t> n_rows(const Word& file, Diagnostics& found) = 0;

  /// Labels of `set S from "file" [column C] [where ...]`, in the file's order, each once.
  virtual std::vector<std::string> set_labels(const SetStatement& set, Diagnostics& found) = 0;

  /// Labels of `set B in P where ...`: rows of the file that `root` (P or its ancestor) came from.
  virtual std::vector<std::string> subset_labels(const SetStatement& set, const SetStatement& root,
                                                 Diagnostics& found) = 0;

  /// Pairs of labels of a link, as written in the file, `ignore` already applied.
  virtual std::vector<LinkPair> link_pairs(const LinkStatement& link, Diagnostics& found) = 0;

  /// Numbers of `data x[S, T] from "file"` in base units (`scale` times what the file says).
  virtual Series series(const DataStatement& data, const std::vector<IndexSet>& over,
                        const Steps& steps, double scale, Diagnostics& found) = 0;

  /// Labels of `data x[S, T] : Set from "file"`, as their places in `of`.
  virtual Series labels(const DataStatement& data, const std::vector<IndexSet>& over,
                        const IndexSet& of, const Steps& steps, Diagnostics& found) = 0;

  /// Cells of an observed move, outcome or truth, one a step. A truth's labels are "false", "true"
  /// (cells may also say the column's own name for true).
  virtual std::vector<RecordedCell> record(const ObserveStatement& observe,
                                           const std::vector<std::string>& labels,
                                           const Steps& steps, Diagnostics& found) = 0;

  /// Checks the numbers of an observed variable; missing cells are allowed. NaN where blank.
  virtual Series observed(const ObserveStatement& observe, const std::vector<IndexSet>& over,
                          const Steps& steps, double scale, Diagnostics& found) = 0;
};

}  // namespace casus::language
