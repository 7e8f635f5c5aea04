// Collecting diagnostics: counts and source order.
#include "base/diagnostic.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace casus {
namespace {

bool is_error(const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; }

/// What has no place comes first: such a fault (a missing file) usually causes the others.
auto position(const Diagnostic& diagnostic) {
  const Span& span = diagnostic.primary.span;
  return diagnostic.has_place ? std::tuple(true, span.file, span.begin, span.end)
                              : std::tuple(false, FileId{}, 0U, 0U);
}

/// Two diagnostics with equal identities say the same thing; without a place only the words tell.
auto identity(const Diagnostic& diagnostic) {
  return std::tuple(diagnostic.code, position(diagnostic),
                    diagnostic.has_place ? std::string_view() : diagnostic.message);
}

}  // namespace

std::size_t Diagnostics::error_count() const {
  return static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), is_error));
}

bool Diagnostics::has_errors() const { return std::any_of(all_.begin(), all_.end(), is_error); }

std::vector<Diagnostic> Diagnostics::sorted() const {
  std::vector<Diagnostic> result;
  std::set<decltype(identity(std::declval<const Diagnostic&>()))> seen;
  for (const Diagnostic& diagnostic : all_) {
    if (seen.insert(identity(diagnostic)).second) result.push_back(diagnostic);
  }
  std::stable_sort(result.begin(), result.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return position(a) < position(b);
  });
  return result;
}

}  // namespace casus
