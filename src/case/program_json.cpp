// The report of a program as a JSON object. Shares are of 1, costs in nanoseconds for each history
// and step.
#include "case/program_text.hpp"

#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

Json part_json(const ProgramPart& part) {
  return {{"program", part.name},
          {"steps", part.n_steps()},
          {"words", part.n_words},
          {"nanoseconds", part.cost}};
}

Json line_json(const ReportedLine& line) {
  Json json{{"rate", machine::name_of(line.rate)}, {"text", line.line.text}};
  if (!line.is_word) return json;
  json["number"] = line.line.number;
  json["depth"] = line.line.depth;
  json["nanoseconds"] = line.line.cost;
  return json;
}

Json statement_json(const ProgramReport& report, const Sources& sources,
                    const StatementCost& statement) {
  Json json{{"statement", statement.name}, {"file", nullptr}, {"line", nullptr}};
  if (statement.span) {
    const auto& [file, begin, end] = *statement.span;
    json["file"] = sources.name(file);
    json["line"] = sources.place(file, begin).line;
    json["source"] = sources.line_at(file, begin);
  }
  json["words"] = statement.n_words;
  json["rate"] = statement.n_words == 0 ? Json(nullptr) : Json(machine::name_of(statement.rate));
  json["nanoseconds"] = statement.cost;
  json["share"] = report.share(statement.cost);
  json["instructions"] = Json::array();
  for (const std::size_t i : statement.lines) {
    json["instructions"].push_back(line_json(report.lines[i]));
  }
  return json;
}

}  // namespace

std::string program_json(const ProgramReport& report, const Sources& sources) {
  Json json{{"title", report.title},
            {"explanation", report.variant.explanation},
            {"whatif", report.variant.whatif},
            {"start", report.variant.start},
            {"program", report.part().name},
            {"nanoseconds", report.part().cost},
            {"nanoseconds_a_history", report.cost_of_history()},
            {"block",
             {{"histories", report.n_lanes}, {"per_set", report.per_set}, {"bytes", report.bytes}}},
            {"programs", Json::array()},
            {"rates", Json::array()},
            {"statements", Json::array()}};
  for (const ProgramPart& part : report.parts) json["programs"].push_back(part_json(part));
  for (const RatePart& part : report.rates) {
    json["rates"].push_back({{"rate", machine::name_of(part.rate)},
                             {"words", part.n_words},
                             {"columns", part.n_columns},
                             {"nanoseconds", part.cost},
                             {"share", report.share(part.cost)}});
  }
  for (const StatementCost& statement : report.statements) {
    json["statements"].push_back(statement_json(report, sources, statement));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace casus::cases
