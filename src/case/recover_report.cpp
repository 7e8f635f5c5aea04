// Who came first in whose records.
#include "case/json.hpp"
#include "case/layout.hpp"
#include "case/recover.hpp"
#include "case/results.hpp"
#include "table/writer.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

std::string share_text(const Recovery& recovery, std::size_t truth) {
  const std::size_t n = recovery.n_records(truth);
  if (n == 0) return "-";
  const double share = recovery.share_of_truth(truth);
  return percent(
      {.value = share, .error = std::sqrt(share * (1.0 - share) / static_cast<double>(n))});
}

std::string title_of(const Recovery& recovery) {
  return recovery.is_separable()
             ? "each explanation comes first in at least 70 % of its own records"
             : "not separable by this record: some explanation does not come first in 70 % of its "
               "own records";
}

std::string recovery_text(const LoadedCase& loaded, const Recovery& recovery) {
  const std::size_t n = recovery.names.size();
  TextTable table(std::vector<TextTable::Align>(n + 2, TextTable::Align::right));
  std::vector<std::string> header{"records of"};
  for (const std::string& name : recovery.names) header.push_back(name);
  header.emplace_back("itself first");
  table.add(header);
  std::size_t n_lost = 0;
  for (std::size_t truth = 0; truth < n; ++truth) {
    std::vector<std::string> row{recovery.names[truth]};
    for (std::size_t first = 0; first < n; ++first)
      row.push_back(grouped(recovery.count(truth, first)));
    row.push_back(share_text(recovery, truth));
    table.add(row);
    n_lost += recovery.count(truth, RecoveredRecord::nobody);
  }
  std::string text = fmt::format(
      "{}: could the record tell?\n\n{}\n\nrecords simulated from each explanation (rows), blank "
      "where this record is, by the one that comes first (columns)\n",
      loaded.model.title, title_of(recovery));
  text += table.text(2);
  if (!recovery.is_separable())
    text += "\nwhich blank cells would tell most: uncoded.csv of `casus compare`\n";
  if (n_lost > 0)
    text += fmt::format("\n{} could not be made or fitted\n", counted(n_lost, "record"));
  return text;
}

std::string records_csv(const Recovery& recovery) {
  std::vector<std::string> header{"truth", "record", "first"};
  for (const std::string& name : recovery.names) header.push_back("log_evidence_" + name);
  table::Writer writer(header);
  std::int64_t number = 0;
  for (std::size_t i = 0; i < recovery.records.size(); ++i) {
    const RecoveredRecord& record = recovery.records[i];
    number = i > 0 && recovery.records[i - 1].truth == record.truth ? number + 1 : 1;
    const std::size_t first = record.first();
    writer.text(recovery.names[record.truth]).integer(number);
    writer.text(first == RecoveredRecord::nobody ? "" : recovery.names[first]);
    for (std::size_t k = 0; k < recovery.names.size(); ++k)
      writer.number(record.log_evidences.empty() ? std::nan("") : record.log_evidences[k]);
    writer.end_row();
  }
  return writer.take();
}

std::string confusion_csv(const Recovery& recovery) {
  std::vector<std::string> header{"truth"};
  for (const std::string& name : recovery.names) header.push_back(name);
  table::Writer writer(header);
  for (std::size_t truth = 0; truth < recovery.names.size(); ++truth) {
    writer.text(recovery.names[truth]);
    for (std::size_t first = 0; first < recovery.names.size(); ++first)
      writer.integer(static_cast<std::int64_t>(recovery.count(truth, first)));
    writer.end_row();
  }
  return writer.take();
}

std::string recovery_json(const LoadedCase& loaded, const Job& job, const Recovery& recovery) {
  Json rows = Json::array();
  for (std::size_t truth = 0; truth < recovery.names.size(); ++truth) {
    Json first = Json::object();
    for (std::size_t i = 0; i < recovery.names.size(); ++i)
      first[recovery.names[i]] = recovery.count(truth, i);
    const bool is_there = recovery.n_records(truth) > 0;
    rows.push_back(
        {{"truth", recovery.names[truth]},
         {"records", recovery.n_records(truth)},
         {"first", std::move(first)},
         {"share_of_itself", is_there ? Json(recovery.share_of_truth(truth)) : Json(nullptr)}});
  }
  const Json document{{"separable", recovery.is_separable()}, {"records_of", std::move(rows)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

}  // namespace

Outcome publish_recovery(const LoadedCase& loaded, const Job& job, const Recovery& recovery,
                         const std::filesystem::path& folder) {
  Outcome outcome{.text = recovery_text(loaded, recovery),
                  .document = recovery_json(loaded, job, recovery)};
  const std::vector<ResultFile> files{text_file("confusion.csv", confusion_csv(recovery)),
                                      text_file("records.csv", records_csv(recovery)),
                                      text_file("summary.txt", outcome.text),
                                      text_file("summary.json", outcome.document)};
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
