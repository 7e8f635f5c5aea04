// A group of results.nc that is being filled: its names, and its dimensions with their coordinates.
#pragma once

#include "case/netcdf.hpp"
#include "language/lowered.hpp"
#include "language/model.hpp"

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {

/// Attributes of a variable, by name, in this order.
using NetcdfAttributes = std::vector<std::pair<std::string, std::string>>;

/// Groups have their coordinates to themselves, so that each can be read alone.
class NetcdfPlace {
 public:
  NetcdfPlace(NetcdfGroup group, const language::Model& model) : group_(group), model_(model) {}

  const language::Model& model() const { return model_; }

  /// A dimension whose coordinate is texts, or numbers.
  int dimension(const std::string& name, const std::vector<std::string>& texts);
  int coordinate(const std::string& name, std::span<const double> numbers, NetcdfType type,
                 const NetcdfAttributes& attributes = {});

  /// The dimensions of a quantity's sets, with their labels; a set that comes twice is `SET` and
  /// `SET_2`.
  std::vector<int> dimensions_of(const language::Quantity& quantity);

  /// Texts under this name, which may get `_` behind it as below.
  void texts(const std::string& name, const std::vector<int>& over,
             const std::vector<std::string>& texts);

  /// A variable under this name, with `_` behind it where something else has it.
  NetcdfVariable variable(const std::string& name, NetcdfType type, const std::vector<int>& over);

  /// The same for a quantity of the case: with its description and, unless `unit` is empty, a unit.
  NetcdfVariable variable_of(language::QuantityId quantity, const std::string& suffix,
                             const std::string& unit, const std::vector<int>& over);

  /// The same for a parameter: over `over`, then its own sets. A rate of a rival has none.
  NetcdfVariable parameter(const language::ParameterColumn& column, std::vector<int> over);

 private:
  void describe(const NetcdfVariable& made, const std::string& description,
                const std::string& unit) const;
  int dimension_of(language::SetId set, std::size_t occurrence);
  std::string unused(const std::string& name);

  NetcdfGroup group_;
  const language::Model& model_;
  std::set<std::string, std::less<>> names_;
  std::map<std::pair<std::uint32_t, std::size_t>, int> of_sets_;
};

/// A dimension of these steps: `PREFIXtime`, as dates where there is a calendar, else as the
/// numbers by which results call steps; beside it `PREFIXdate` and `PREFIXstep`.
int add_time(NetcdfPlace& place, const std::vector<std::uint32_t>& shown,
             const std::string& prefix);

/// The sets of a parameter, whose elements are columns; none of a rate of a rival.
std::vector<language::SetId> sets_of(const language::Model& model,
                                     const language::ParameterColumn& column);

/// How many columns a parameter has: one for each element.
std::size_t n_columns_of(const language::Model& model, const language::ParameterColumn& column);

/// What the case says of a quantity in words; empty where it says nothing.
std::string description_of(const language::Model& model, language::QuantityId quantity);

/// `none` and the labels, as the CF attribute flag_meanings has them: without blanks, the values
/// being -1, 0, 1, ...
std::string flag_words(const std::vector<std::string>& labels);

/// Its labels and `none`, as shares by label are ordered.
std::vector<std::string> with_none(const std::vector<std::string>& labels);

}  // namespace casus::cases
