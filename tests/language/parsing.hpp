// Texts parsed for tests, with what was found.
#pragma once

#include "base/render.hpp"
#include "language/parser.hpp"
#include "language/print.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace casus::language {

struct Parsed {
  Sources sources{};
  Diagnostics found{};
  Tree tree{};

  std::string problems() const { return render(sources, found); }
  std::string printed() const { return print(tree); }

  /// "P012 1:11" for each diagnostic, in source order.
  std::vector<std::string> places() const {
    std::vector<std::string> result;
    for (const Diagnostic& each : found.sorted()) {
      const Place place = sources.place(each.primary.span.file, each.primary.span.begin);
      result.push_back(std::string(each.code) + ' ' + std::to_string(place.line) + ':' +
                       std::to_string(place.column));
    }
    return result;
  }

  /// The codes alone, in source order.
  std::vector<std::string> codes() const {
    std::vector<std::string> result;
    for (const Diagnostic& each : found.sorted()) result.emplace_back(each.code);
    return result;
  }

  /// The source text under the first diagnostic.
  std::string_view marked() const {
    const Span span = found.sorted().front().primary.span;
    return std::string_view(sources.text(span.file)).substr(span.begin, span.end - span.begin);
  }
};

inline Parsed parse(std::string_view text) {
  Parsed parsed;
  const FileId file = parsed.sources.add("model.casus", std::string(text));
  parsed.tree = parse_text(file, parsed.sources, parsed.found);
  return parsed;
}

/// The only statement of a text without errors.
template <class Kind>
Kind only(const Parsed& parsed) {
  if (!parsed.found.empty() || parsed.tree.statements.size() != 1) return {};
  const Kind* statement = std::get_if<Kind>(&parsed.tree.statements.front());
  return statement == nullptr ? Kind{} : *statement;
}

/// The texts of words.
inline std::vector<std::string> texts(const std::vector<Word>& words) {
  std::vector<std::string> result;
  for (const Word& word : words) result.push_back(word.text);
  return result;
}

}  // namespace casus::language
