// Looking up entries, and the words for their kinds.
#include "evidence/register.hpp"

#include <array>

namespace casus::evidence {
namespace {

constexpr std::array<std::string_view, 9> kinds{"source",      "claim",     "contradiction",
                                                "explanation", "mechanism", "event",
                                                "actor",       "treaty",    "counterfactual"};

constexpr std::array<std::string_view, 4> reliabilities{"unstated", "low", "medium", "high"};

}  // namespace

std::string_view name_of(EntryKind kind) { return kinds.at(static_cast<std::size_t>(kind)); }

std::string_view name_of(Reliability reliability) {
  return reliabilities.at(static_cast<std::size_t>(reliability));
}

const Entry* Register::find(std::string_view id) const {
  const auto found = index_.find(std::string(id));
  return found == index_.end() ? nullptr : &entries_[found->second];
}

std::vector<std::string> Register::ids() const {
  std::vector<std::string> all;
  all.reserve(entries_.size());
  for (const Entry& entry : entries_) all.push_back(entry.id);
  return all;
}

bool Register::add(Entry entry) {
  if (!index_.try_emplace(entry.id, entries_.size()).second) return false;
  ++counts_.at(static_cast<std::size_t>(entry.kind));
  entries_.push_back(std::move(entry));
  return true;
}

}  // namespace casus::evidence
