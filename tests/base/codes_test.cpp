// The table of diagnostics keeps its form.
#include "base/codes.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace casus {
namespace {

struct File {
  const char* name;
  std::span<const Code> rows;
  std::string_view letters;
};

std::vector<File> files() {
  return {{"codes_syntax.cpp", syntax_codes(), "LPN"},
          {"codes_meaning.cpp", meaning_codes(), "IUOGT"},
          {"codes_data.cpp", data_codes(), "DEF"},
          {"codes_run.cpp", run_codes(), "R"}};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

TEST(Codes, AreALetterOfThePhaseAndThreeDigits) {
  for (const File& file : files()) {
    for (const Code& row : file.rows) {
      ASSERT_EQ(row.code.size(), 4U) << row.code;
      EXPECT_NE(file.letters.find(row.code[0]), file.letters.npos)
          << row.code << " does not belong in " << file.name;
      EXPECT_TRUE(std::all_of(row.code.begin() + 1, row.code.end(), is_digit)) << row.code;
    }
  }
}

TEST(Codes, AreInOrderInTheirFiles) {
  for (const File& file : files()) {
    for (std::size_t i = 1; i < file.rows.size(); ++i) {
      EXPECT_LT(file.rows[i - 1].code, file.rows[i].code) << file.name;
    }
  }
}

TEST(Codes, AreSortedAndUniqueTogether) {
  for (std::size_t i = 1; i < codes().size(); ++i) {
    EXPECT_LT(codes()[i - 1].code, codes()[i].code);
  }
  std::size_t n_rows = 0;
  for (const File& file : files()) n_rows += file.rows.size();
  EXPECT_EQ(codes().size(), n_rows);
}

TEST(Codes, AreFound) {
  for (const Code& row : codes()) EXPECT_EQ(find_code(std::string(row.code)), &row);
  ASSERT_NE(find_code("F001"), nullptr);
  EXPECT_EQ(find_code("F001")->title, "cannot read a file");
  EXPECT_EQ(find_code(""), nullptr);
  EXPECT_EQ(find_code("A000"), nullptr);
  EXPECT_EQ(find_code("Z999"), nullptr);
}

TEST(Codes, SayWhatTheyMean) {
  for (const Code& row : codes()) {
    ASSERT_FALSE(row.title.empty()) << row.code;
    ASSERT_FALSE(row.meaning.empty()) << row.code;
    EXPECT_NE(row.title.back(), '.') << row.code << " has a title that is a sentence";
    EXPECT_EQ(row.meaning.back(), '.') << row.code << " has a meaning that is no sentence";
  }
}

}  // namespace
}  // namespace casus
