// Every case that has known answers gives them.
#include "base/text.hpp"
#include "case/answers.hpp"
#include "case/folder.hpp"

#include <cctype>
#include <cmath>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

/// Parameter sets behind the estimated answers.
constexpr double estimated_sets = 32'000.0;

/// "2005-12" as months.
std::optional<double> months(const std::string& text) {
  if (text.size() != 7 || text[4] != '-') return {};
  const std::optional<double> year = parse_number(text.substr(0, 4));
  const std::optional<double> month = parse_number(text.substr(5));
  if (!year || !month) return {};
  return *year * 12.0 + *month;
}

/// A date where there is one, else the number.
double amount(const std::string& text) {
  const std::optional<double> date = months(text);
  return date ? *date : parse_number(text).value_or(std::nan(""));
}

/// "p50" of a table is "q50" here; the mean of a truth is a share.
const Figure* figure_of(const MeasureSummary& summary, std::string statistic) {
  if (statistic.empty()) return &summary.figures.front();
  if (statistic.front() == 'p') statistic.front() = 'q';
  const Figure* figure = summary.find(statistic);
  return figure == nullptr && statistic == "mean" ? summary.find("share") : figure;
}

void expect_exact_or_sampled(const Answer& answer, const Figure& figure) {
  const std::optional<double> value = parse_number(answer.value);
  if (!value) {
    EXPECT_EQ(figure.text, answer.value) << answer.measure;
    return;
  }
  EXPECT_NEAR(figure.estimate.value, *value, answer.tolerance) << answer.measure;
  if (answer.sampled) {  // a tolerance that was widened would show here
    EXPECT_LT(answer.tolerance, 5.0 * figure.estimate.error) << answer.measure;
  }
}

/// Both numbers are estimates: three joint standard errors, and 0.02 for what the two programs do
/// differently. Quantiles come without an error, so theirs is the other program's, made larger as
/// fewer parameter sets make it; those of whole numbers (dates, deaths) may lie one beside it.
void expect_agreement(const Answer& answer, const Figure& figure, double n_sets) {
  const bool quantile = figure.name.front() == 'q';
  const double own =
      quantile ? *answer.error * std::sqrt(estimated_sets / n_sets) : figure.estimate.error;
  const bool whole = !figure.text.empty() || answer.measure.rfind("deaths_", 0) == 0;
  const double beside = quantile && whole ? 1.0 : 0.0;
  const double value = figure.text.empty() ? figure.estimate.value : amount(figure.text);
  EXPECT_NEAR(value, amount(answer.value), 3.0 * std::hypot(*answer.error, own) + 0.02 + beside)
      << answer.measure << " " << figure.name;
}

void expect_answer(const Answer& answer, const FolderRun& run) {
  const std::optional<std::size_t> column = run.column(answer.measure);
  ASSERT_TRUE(column) << "line " << answer.line << ": no measure `" << answer.measure << "`";
  const Figure* figure = figure_of(run.summaries[*column], answer.statistic);
  ASSERT_NE(figure, nullptr) << "line " << answer.line << ": no `" << answer.statistic << "` of `"
                             << answer.measure << "`";
  if (answer.error)
    expect_agreement(answer, *figure, static_cast<double>(run.ensemble.n_sets));
  else
    expect_exact_or_sampled(answer, *figure);
}

class Expected : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Expected, Answers) {
  const std::optional<LoadedCase> loaded = load_folder(GetParam(), "model.casus");
  ASSERT_TRUE(loaded);
  const std::vector<AnsweredRun> runs = read_answers(GetParam());
  ASSERT_FALSE(runs.empty());
  for (const AnsweredRun& answered : runs) {
    const EnsembleOptions options{
        .n_sets = static_cast<std::uint32_t>(answered.n_histories / answered.per_set),
        .per_set = static_cast<std::uint32_t>(answered.per_set),
        .seed = answered.seed,
        .keep_bands = false};
    const std::optional<FolderRun> run = run_variant(*loaded, answered.variant, options);
    ASSERT_TRUE(run);
    for (const Answer& answer : answered.answers) expect_answer(answer, *run);
  }
}

std::string test_name(const testing::TestParamInfo<std::filesystem::path>& info) {
  std::string name = info.param.filename().string();
  for (char& c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Expected, testing::ValuesIn(folders_with_answers()), test_name);

TEST(ExpectedFolders, AreFound) {
  // Eighteen of the textbook, three of the studied model.
  EXPECT_GE(folders_with_answers().size(), 21U);
}

}  // namespace
}  // namespace casus::cases
