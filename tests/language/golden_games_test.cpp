// The published answers of the studied model's two games, from its text on disk.
#include "language/running.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace casus::language {
namespace {

/// Rows of expected.csv: measure, value.
std::vector<std::pair<std::string, double>> expected(const std::string& folder) {
  std::ifstream file(folder + "/expected.csv");
  std::string line;
  std::getline(file, line);
  std::vector<std::pair<std::string, double>> rows;
  while (std::getline(file, line)) {
    std::stringstream cells(line);
    std::string name;
    std::string value;
    std::getline(cells, name, ',');
    std::getline(cells, value, ',');
    rows.emplace_back(name, std::stod(value));
  }
  return rows;
}

void agree(const std::string& name, std::size_t n) {
  const std::string folder = std::string(CASUS_ROOT) + "/tests/cases/" + name;
  const History h = Checked({}, {}, folder).run();
  const auto rows = expected(folder);
  EXPECT_EQ(rows.size(), n);
  for (const auto& [measure, value] : rows) EXPECT_NEAR(h.measure(measure), value, 1e-9) << measure;
}

TEST(GoldenGames, TheCrisis) { agree("nk-golden-crisis", 15); }

TEST(GoldenGames, TheCampaign) { agree("nk-golden-campaign", 19); }

}  // namespace
}  // namespace casus::language
