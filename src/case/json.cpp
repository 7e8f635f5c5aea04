// JSON by nlohmann's ordered objects.
#include "case/json.hpp"

#include "case/csv_results.hpp"
#include "case/json_number.hpp"
#include "case/results.hpp"
#include "case/version.hpp"
#include "random/address.hpp"

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <utility>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

/// Members of an object in order, added without a search for one of the same name: reading back
/// what casus wrote, whose names differ, takes a time in proportion to its length.
template <class Key, class T, class Less, class Allocator>
struct AppendingMap : nlohmann::ordered_map<Key, T, Less, Allocator> {
  using Base = nlohmann::ordered_map<Key, T, Less, Allocator>;
  using Base::Base;

  template <class Name>
  T& operator[](Name&& name) {
    return emplace(std::forward<Name>(name), T{}).first->second;
  }

  template <class Name, class Value>
  std::pair<typename Base::iterator, bool> emplace(Name&& name, Value&& value) {
    Base::Container::emplace_back(std::forward<Name>(name), std::forward<Value>(value));
    return {std::prev(this->end()), true};
  }
};

using AppendingJson = nlohmann::basic_json<AppendingMap>;

constexpr std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: break;
  }
  return "note";
}

Json place_of(const Sources& sources, Span span) {
  const Place place = sources.place(span.file, span.begin);
  const Place end = sources.place(span.file, span.end);
  return {{"file", sources.name(span.file)},
          {"line", place.line},
          {"column", place.column},
          {"end_line", end.line},
          {"end_column", end.column}};
}

Json diagnostic_of(const Sources& sources, const Diagnostic& diagnostic) {
  Json json{{"code", diagnostic.code},
            {"severity", severity_name(diagnostic.severity)},
            {"message", diagnostic.message}};
  if (diagnostic.has_place) {
    json.update(place_of(sources, diagnostic.primary.span));
  } else {
    json.update({{"file", nullptr}, {"line", nullptr}, {"column", nullptr}});
  }
  if (!diagnostic.primary.text.empty()) json["label"] = diagnostic.primary.text;
  json["help"] = diagnostic.help;
  json["related"] = Json::array();
  for (const Label& label : diagnostic.related) {
    Json related = place_of(sources, label.span);
    related["label"] = label.text;
    json["related"].push_back(std::move(related));
  }
  return json;
}

Json estimate_of_json(const Estimate& estimate) {
  return {{"value", number(estimate.value)}, {"standard_error", number(estimate.error)}};
}

Json figure_json(const Figure& figure) {
  Json json{{"statistic", figure.name}};
  if (figure.text.empty()) {
    json.update(estimate_of_json(figure.estimate));
  } else {
    json["value"] = figure.text;
  }
  return json;
}

Json run_json(const Run& run) {
  Json measures = Json::array();
  for (const MeasureSummary& summary : run.summaries) {
    const language::MeasureColumn& column = run.lowered.measure_columns[summary.measure];
    Json figures = Json::array();
    for (const Figure& figure : summary.figures) figures.push_back(figure_json(figure));
    measures.push_back({{"measure", column.name},
                        {"kind", kind_name(column.kind)},
                        {"unit", column.unit},
                        {"histories", summary.n_counted},
                        {"too_few", summary.too_few()},
                        {"figures", std::move(figures)}});
  }
  return {{"run", run.name}, {"histories", run.ensemble.n_histories()}, {"measures", measures}};
}

Json coupled_json(const std::optional<CoupledShare>& share) {
  if (!share) return nullptr;
  Json json = estimate_of_json(share->estimate);
  json["least"] = share->least;
  json["most"] = share->most;
  return json;
}

Json links_json(const std::vector<PartingLink>& links, const language::Steps& steps) {
  Json rows = Json::array();
  for (const PartingLink& link : links) {
    rows.push_back({{"decision", link.decision},
                    {"baseline", link.from},
                    {"changed", link.to},
                    {"histories", link.n},
                    {"median", steps.label(link.median_step)}});
  }
  return rows;
}

Json parting_json(const Parting& parting, const language::Steps& steps) {
  return {{"histories", parting.n_histories},
          {"parted", parting.n_parted},
          {"first", links_json(parting.first, steps)},
          {"chain", links_json(parting.chain, steps)}};
}

Json whatif_json(const PairedRun& paired, const language::Steps& steps) {
  Json rows = Json::array();
  for (const Comparison& one : paired.comparisons) {
    const language::MeasureColumn& column = paired.run.lowered.measure_columns[one.measure];
    rows.push_back({{"measure", column.name},
                    {"statistic", name_of(one.aspect, column)},
                    {"unit", column.unit},
                    {"baseline", number(one.baseline.value)},
                    {"changed", number(one.changed.value)},
                    {"difference", estimate_of_json(one.difference)},
                    {"histories", one.n_counted},
                    {"differing", one.n_different},
                    {"averted", coupled_json(one.averted)},
                    {"caused", coupled_json(one.caused)}});
    if (!one.spread) continue;
    rows.back()["q05"] = number(one.spread->first);
    rows.back()["q95"] = number(one.spread->second);
  }
  Json json{{"whatif", paired.run.name},
            {"differs", !nothing_differs(paired.comparisons)},
            {"coupling", coupling},
            {"comparisons", std::move(rows)}};
  if (paired.parting) json["parting"] = parting_json(*paired.parting, steps);
  return json;
}

}  // namespace

std::string diagnostics_json(const Sources& sources, const Diagnostics& diagnostics) {
  Json all = Json::array();
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    all.push_back(diagnostic_of(sources, diagnostic));
  }
  return Json{{"diagnostics", std::move(all)}}.dump(2, ' ', false, Json::error_handler_t::replace) +
         "\n";
}

std::string results_json(const LoadedCase& loaded, const Runs& runs) {
  Json json{{"case", loaded.name}, {"title", loaded.model.title}};
  json["runs"] = Json::array();
  for (const Run& run : runs.baselines) json["runs"].push_back(run_json(run));
  json["whatifs"] = Json::array();
  for (const PairedRun& paired : runs.whatifs)
    json["whatifs"].push_back(whatif_json(paired, loaded.model.steps));
  if (!runs.notes.empty()) json["notes"] = runs.notes;
  return json.dump(2) + "\n";
}

std::string code_json(const Code& code) {
  const Json json{{"code", code.code}, {"title", code.title}, {"meaning", code.meaning}};
  return json.dump(2) + "\n";
}

std::string version_json() {
  const Json json{{"casus", version()},
                  {"results", results_version},
                  {"language", language_version},
                  {"random", random::scheme_version}};
  return json.dump(2) + "\n";
}

std::string ending_json(std::string_view how, std::string_view what) {
  return Json{{std::string(how), what}}.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string merged_json(std::string_view document, std::string_view more) {
  AppendingJson json = AppendingJson::parse(document);
  const AppendingJson added = AppendingJson::parse(more);
  for (const auto& [name, value] : added.items()) {
    const auto there = json.find(name);
    if (there != json.end())
      *there = value;
    else
      json[name] = value;
  }
  return json.dump(2) + "\n";
}

}  // namespace casus::cases
