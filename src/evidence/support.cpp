// From citations to claims to sources.
#include "evidence/support.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus::evidence {
namespace {

constexpr std::array<std::string_view, 3> footings{"no source", "low-reliability sources only",
                                                   "sourced"};

void add_once(std::vector<std::string>& ids, const std::string& id) {
  if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

/// Puts what `cited` leads to into `row`: itself, its claims, their sources.
void follow(const Register& claims, const Entry& cited, Support& row) {
  if (cited.kind == EntryKind::source) {
    add_once(row.sources, cited.id);
    row.best = std::max(row.best, cited.reliability);
    return;
  }
  if (cited.kind == EntryKind::claim) {
    add_once(row.claims, cited.id);
    if (const Entry* source = claims.find(cited.source)) follow(claims, *source, row);
    return;
  }
  for (const std::string& id : cited.claims) {
    const Entry* claim = claims.find(id);
    if (claim != nullptr && claim->kind == EntryKind::claim) follow(claims, *claim, row);
  }
}

Footing footing_of(const Support& row) {
  if (row.sources.empty()) return Footing::none;
  return row.best >= Reliability::medium ? Footing::sourced : Footing::low_only;
}

}  // namespace

std::string_view name_of(Footing footing) { return footings.at(static_cast<std::size_t>(footing)); }

std::vector<Support> supports(const Register& claims, std::span<const Statement> statements,
                              Diagnostics& diagnostics) {
  std::vector<Support> rows;
  rows.reserve(statements.size());
  for (const Statement& statement : statements) {
    Support row{.statement = statement.name};
    for (const Citation& citation : statement.cited) {
      const Entry* entry = claims.find(citation.id);
      if (entry == nullptr) {
        const std::optional<std::string> meant = nearest(citation.id, claims.ids());
        diagnostics.add({.code = "E009",
                         .message = fmt::format("no claim has the id '{}'", citation.id),
                         .primary = {citation.span},
                         .help = meant ? fmt::format("did you mean '{}'?", *meant) : ""});
        continue;
      }
      add_once(row.cited, entry->id);
      follow(claims, *entry, row);
    }
    row.footing = footing_of(row);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<std::string> resting_only_on(std::span<const Support> rows, std::string_view source) {
  std::vector<std::string> names;
  for (const Support& row : rows) {
    if (row.sources.size() == 1 && row.sources.front() == source) names.push_back(row.statement);
  }
  return names;
}

}  // namespace casus::evidence
