// Parts of the first pass: what the statements of a case declare.
#pragma once

#include "language/compile.hpp"

#include <string>

namespace casus::language {

void declare_steps(Model& model, Inputs& inputs, Diagnostics& found);

/// Of a case whose steps are rows: refuses what needs dates, or one step after another.
void refuse_time(const Tree& tree, Diagnostics& found);

void declare_sets(Model& model, Inputs& inputs, Diagnostics& found);
void declare_links(Model& model, Inputs& inputs, Diagnostics& found);
void declare_quantities(Model& model, Diagnostics& found);
void declare_games(Model& model, Diagnostics& found);

/// Everything a model's name can already stand for, to refuse it twice.
class Names {
 public:
  explicit Names(Diagnostics& found) : found_(found) {}

  /// False, with a diagnostic that shows both places, when the name is taken.
  bool take(const Word& name);

 private:
  Diagnostics& found_;
  std::map<std::string, Span> taken_;
};

/// The set called `name`; a diagnostic with the nearest name when there is none.
std::optional<SetId> find_set(const Model& model, const Word& name, Diagnostics& found);

/// The unit that a clause writes; nothing without one, or with a diagnostic.
std::optional<WrittenUnit> written_unit(const Word& text, Diagnostics& found);

/// A constant written as a number, a date or a negated number; nothing otherwise.
std::optional<double> constant_number(const Tree& tree, NodeId node);

/// The date a node writes: a date or a bare year.
std::optional<Date> written_date(const Tree& tree, NodeId node);

}  // namespace casus::language
