// The register of sources, claims and what is built on them.
#pragma once

#include "base/source.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace casus::evidence {

/// Which [[table]] of the file an entry is from.
enum class EntryKind : std::uint8_t {
  source,
  claim,
  contradiction,
  explanation,
  mechanism,
  event,
  actor,
  treaty,
  counterfactual
};

/// "claim"
std::string_view name_of(EntryKind kind);

enum class Reliability : std::uint8_t { unstated, low, medium, high };

/// "medium"
std::string_view name_of(Reliability reliability);

/// A field that casus does not interpret, as text; the parts of a list are joined with "; ".
struct Field {
  std::string name;
  std::string text;
};

/// One entry of any kind. What a kind does not have is empty.
struct Entry {
  EntryKind kind = EntryKind::claim;
  std::string id{};
  std::string title{};                ///< `title` or `name`; of an actor its first name
  std::string statement{};            ///< `statement`, `question` or `differs`
  std::vector<std::string> claims{};  ///< ids that the entry rests on
  std::string source{};               ///< of a claim
  std::string sort{};                 ///< `kind` in the file: "fact", "peer-reviewed", "state"
  std::string when{};                 ///< `when` or `date`
  std::string about{};
  std::string attributed_to{};  ///< whose view the source reports
  std::vector<std::string> actors{};
  Reliability reliability = Reliability::unstated;  ///< of a source; of a claim, its source's
  std::vector<Field> fields{};                      ///< everything else, in order of names
  Span span{};                                      ///< of the id
};

/// Every entry of a claims file by id; ids are unique over all kinds.
class Register {
 public:
  /// nullptr when there is none.
  const Entry* find(std::string_view id) const;

  /// In the file's order within a kind, kinds in the order of `EntryKind`.
  std::span<const Entry> entries() const { return entries_; }
  std::size_t count(EntryKind kind) const { return counts_.at(static_cast<std::size_t>(kind)); }

  /// All ids, for suggestions.
  std::vector<std::string> ids() const;

  /// False, and nothing is added, when the id is taken.
  bool add(Entry entry);

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
  std::array<std::size_t, 9> counts_{};  ///< by kind
};

}  // namespace casus::evidence
