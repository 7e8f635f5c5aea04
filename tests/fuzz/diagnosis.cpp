// Codes, places, and their picture.
#include "fuzz/diagnosis.hpp"

#include "base/codes.hpp"
#include "base/render.hpp"

#include <fmt/format.h>

namespace casus::fuzz {

std::string fault_of(const Sources& sources, const Diagnostics& found) {
  for (const Diagnostic& each : found.sorted()) {
    if (find_code(each.code) == nullptr) return fmt::format("no code {}", each.code);
    if (each.message.empty()) return fmt::format("{} says nothing", each.code);
    if (!each.has_place) continue;
    const Span span = each.primary.span;
    if (span.begin > span.end || span.end > sources.text(span.file).size())
      return fmt::format("{} lies outside of its text", each.code);
  }
  return found.empty() == render(sources, found).empty() ? "" : "diagnostics that are not shown";
}

}  // namespace casus::fuzz
