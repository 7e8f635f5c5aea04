// Tables of answers, by run.
#include "case/answers.hpp"

#include "base/render.hpp"
#include "base/text.hpp"
#include "case/disk.hpp"
#include "table/csv.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <sstream>

namespace casus::cases {
namespace {

/// Cells by column name; empty where there is no such column.
class Rows {
 public:
  explicit Rows(const table::Table& table) : table_(table), headers_(table.headers()) {}

  bool has(std::string_view column) const {
    return std::find(headers_.begin(), headers_.end(), column) != headers_.end();
  }
  std::string text(std::size_t row, std::string_view column) const {
    const auto at = std::find(headers_.begin(), headers_.end(), column);
    if (at == headers_.end()) return {};
    return std::string(table_.text(row, static_cast<std::size_t>(at - headers_.begin())));
  }
  /// `otherwise` where the cell is blank.
  double number(std::size_t row, std::string_view column, double otherwise) const {
    const std::string cell = text(row, column);
    if (cell.empty()) return otherwise;
    const std::optional<double> value = parse_number(cell);
    if (!value) ADD_FAILURE() << table_.name() << ": `" << cell << "` is no number";
    return value.value_or(otherwise);
  }

 private:
  const table::Table& table_;
  std::vector<std::string> headers_;
};

std::vector<std::pair<std::string, double>> settings(const std::string& text) {
  std::vector<std::pair<std::string, double>> fixed;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    const std::optional<double> value =
        equals == std::string::npos ? std::nullopt : parse_number(word.substr(equals + 1));
    if (!value) ADD_FAILURE() << "`" << word << "` is no `name=value`";
    fixed.emplace_back(word.substr(0, equals), value.value_or(0.0));
  }
  return fixed;
}

AnsweredRun run_of(const Rows& rows, std::size_t row) {
  if (rows.has("se"))
    return {.variant = {.explanation = "all"}, .n_histories = 4096, .per_set = 16};
  return {.variant = {.explanation = rows.text(row, "explain"),
                      .whatif = rows.text(row, "whatif"),
                      .fixed = settings(rows.text(row, "set"))},
          .n_histories = static_cast<std::size_t>(rows.number(row, "histories", 16)),
          .per_set = 16,
          .seed = static_cast<std::uint64_t>(rows.number(row, "seed", 1))};
}

Answer answer_of(const Rows& rows, std::size_t row) {
  Answer answer{.measure = rows.text(row, "measure"),
                .statistic = rows.text(row, "statistic"),
                .value = rows.text(row, "value"),
                .line = row + 2};
  if (rows.has("se"))
    answer.error = rows.number(row, "se", 0.0);
  else
    answer.tolerance = rows.number(row, "tolerance", 0.0);
  answer.sampled = rows.text(row, "source").find("mc n=") != std::string::npos;
  return answer;
}

}  // namespace

std::vector<std::filesystem::path> folders_with_answers() {
  std::vector<std::filesystem::path> folders;
  const std::filesystem::path root = CASUS_ROOT;
  for (const char* below : {"cases", "tests/cases"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / below)) {
      if (entry.path().filename() == "expected.csv") folders.push_back(entry.path().parent_path());
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

std::vector<AnsweredRun> read_answers(const std::filesystem::path& folder) {
  Sources sources;
  Diagnostics found;
  const FileContent content = Disk(folder).read("expected.csv");
  const FileId file = sources.add("expected.csv", content.bytes);
  const std::optional<table::Table> table = table::read_csv(sources, file, found);
  if (!table) {
    ADD_FAILURE() << folder << "\n" << content.problem << render(sources, found);
    return {};
  }
  const Rows rows(*table);
  std::map<std::string, AnsweredRun> runs;  // by what makes a run differ
  for (std::size_t row = 0; row < table->n_rows(); ++row) {
    std::string key;
    for (const char* column : {"explain", "whatif", "set", "histories", "seed"})
      key += rows.text(row, column) + "|";
    AnsweredRun& run = runs.try_emplace(key, run_of(rows, row)).first->second;
    run.answers.push_back(answer_of(rows, row));
  }
  std::vector<AnsweredRun> all;
  for (auto& [key, run] : runs) all.push_back(std::move(run));
  return all;
}

}  // namespace casus::cases
