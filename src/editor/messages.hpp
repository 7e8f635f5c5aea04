// Parts of the protocol's messages.
#pragma once

#include "base/diagnostic.hpp"
#include "editor/features.hpp"
#include "editor/places.hpp"

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace casus::editor {

using UriOf = std::function<std::string(const std::string& path)>;

nlohmann::json range_json(const Sources& sources, Span span);
nlohmann::json location_json(const Sources& sources, Span span, const UriOf& uri_of);
nlohmann::json diagnostic_json(const Sources& sources, const Diagnostic& diagnostic,
                               const UriOf& uri_of);
nlohmann::json outline_json(const Sources& sources, const std::vector<OutlineItem>& items);
nlohmann::json suggestions_json(const std::vector<Suggestion>& suggestions);

/// Text of a message; bytes that are no UTF-8 are replaced.
std::string dumped(const nlohmann::json& message);

}  // namespace casus::editor
