// Claims files from text in tests, and diagnostics as one line each.
#pragma once

#include "base/codes.hpp"
#include "evidence/claims.hpp"

#include <fmt/format.h>
#include <string>
#include <utility>
#include <vector>

namespace casus::evidence {

using Lines = std::vector<std::string>;

/// "E002 4:6-10 message (help)", in source order.
inline Lines said(const Sources& sources, const Diagnostics& found) {
  Lines lines;
  for (const Diagnostic& diagnostic : found.sorted()) {
    const Span span = diagnostic.primary.span;
    const Place begin = sources.place(span.file, span.begin);
    const Place end = sources.place(span.file, span.end);
    lines.push_back(fmt::format("{} {}:{}-{} {}", diagnostic.code, begin.line, begin.column,
                                end.column, diagnostic.message));
    if (find_code(diagnostic.code) == nullptr) lines.back() += " [no such code]";
    if (!diagnostic.help.empty()) lines.back() += fmt::format(" ({})", diagnostic.help);
  }
  return lines;
}

/// A text called claims.toml, read.
struct Reading {
  explicit Reading(std::string text) : file(sources.add("claims.toml", std::move(text))) {
    claims = read_claims(sources, file, found);
  }

  /// The text of a span, as the file has it.
  std::string text(Span span) const {
    return sources.text(file).substr(span.begin, span.end - span.begin);
  }

  Sources sources;
  Diagnostics found;
  FileId file;
  std::optional<Register> claims;
};

inline Lines faults(const std::string& text) {
  const Reading reading(text);
  Lines lines = said(reading.sources, reading.found);
  if (reading.claims) lines.emplace_back("was read");
  return lines;
}

}  // namespace casus::evidence
