// Values to JSON.
#include "editor/messages.hpp"

#include <algorithm>

namespace casus::editor {
namespace {

using Json = nlohmann::json;

Json position_json(const Position& position) {
  return {{"line", position.line}, {"character", position.character}};
}

int severity_of(Severity severity) {
  switch (severity) {
    case Severity::error: return 1;
    case Severity::warning: return 2;
    case Severity::note: break;
  }
  return 3;
}

/// The protocol's SymbolKind.
int kind_of(const std::string& keyword) {
  constexpr int module = 2;
  constexpr int method = 6;
  constexpr int function = 12;
  constexpr int variable = 13;
  constexpr int constant = 14;
  constexpr int event = 24;
  constexpr int enumeration = 10;
  if (keyword == "case" || keyword == "include") return module;
  if (keyword == "function" || keyword == "measure") return function;
  if (keyword == "param" || keyword == "data") return constant;
  if (keyword == "set" || keyword == "link") return enumeration;
  if (keyword == "event" || keyword == "treaty" || keyword == "whatif") return event;
  if (keyword == "game" || keyword.rfind("move", 0) == 0) return method;
  return variable;
}

}  // namespace

Json range_json(const Sources& sources, Span span) {
  return {{"start", position_json(position_of(sources, span.file, span.begin))},
          {"end", position_json(position_of(sources, span.file, span.end))}};
}

Json location_json(const Sources& sources, Span span, const UriOf& uri_of) {
  return {{"uri", uri_of(sources.name(span.file))}, {"range", range_json(sources, span)}};
}

Json diagnostic_json(const Sources& sources, const Diagnostic& diagnostic, const UriOf& uri_of) {
  std::string message = diagnostic.message;
  if (!diagnostic.primary.text.empty()) message += ": " + diagnostic.primary.text;
  if (!diagnostic.help.empty()) message += "\nhelp: " + diagnostic.help;
  Json json{{"severity", severity_of(diagnostic.severity)},
            {"code", diagnostic.code},
            {"source", "casus"},
            {"message", message}};
  json["range"] = diagnostic.has_place
                      ? range_json(sources, diagnostic.primary.span)
                      : Json{{"start", position_json({})}, {"end", position_json({})}};
  for (const Label& label : diagnostic.related) {
    json["relatedInformation"].push_back(
        {{"location", location_json(sources, label.span, uri_of)}, {"message", label.text}});
  }
  return json;
}

Json outline_json(const Sources& sources, const std::vector<OutlineItem>& items) {
  Json list = Json::array();
  for (const OutlineItem& item : items) {
    list.push_back({{"name", item.name},
                    {"detail", item.keyword},
                    {"kind", kind_of(item.keyword)},
                    {"range", range_json(sources, item.whole)},
                    {"selectionRange", range_json(sources, item.span)},
                    {"children", outline_json(sources, item.children)}});
  }
  return list;
}

Json suggestions_json(const std::vector<Suggestion>& suggestions) {
  Json list = Json::array();
  for (const Suggestion& each : suggestions) {
    list.push_back(
        {{"label", each.text}, {"kind", static_cast<int>(each.kind)}, {"detail", each.detail}});
  }
  return list;
}

std::string dumped(const Json& message) {
  return message.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace casus::editor
