// Every law, function and word has a page.
#include "editor/reference.hpp"

#include "language/keywords.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace casus::editor {
namespace {

TEST(Reference, KnowsEveryLawFunctionAndStatement) {
  for (const random::Law* law : random::laws()) {
    const auto page = find_page(law->name);
    ASSERT_TRUE(page) << law->name;
    EXPECT_EQ(page->sort, "law");
    for (const random::Parameter& each : law->parameters) {
      EXPECT_NE(page->form.find(each.name), std::string::npos) << page->form;
    }
    EXPECT_NE(page->meaning.find(law->source), std::string::npos) << page->meaning;
  }
  for (const machine::Operation& row : machine::operations()) {
    if (row.call.empty()) continue;
    const auto page = find_page(row.call);
    ASSERT_TRUE(page) << row.call;
    EXPECT_NE(page->meaning.find(row.meaning), std::string::npos) << page->meaning;
  }
  for (const std::string& word : language::statement_words()) {
    const auto page = find_page(word);
    ASSERT_TRUE(page) << word << " needs a row in reference_words.cpp";
    EXPECT_EQ(page->sort, "statement") << word;
  }
  EXPECT_FALSE(find_page("nothing of ours"));
}

TEST(Reference, ShowsEveryWordInItsForm) {
  std::vector<std::string> seen;
  for (const WordRow& row : word_rows()) {
    EXPECT_NE(row.form.find(row.word), std::string_view::npos) << row.word;
    EXPECT_EQ(row.meaning.back(), '.') << row.word;
    EXPECT_EQ(std::count(seen.begin(), seen.end(), row.word), 0) << row.word << " has two rows";
    seen.emplace_back(row.word);
    EXPECT_EQ(row.sort == "statement", language::is_statement_word(row.word)) << row.word;
    EXPECT_EQ(row.sort == "value", language::is_reserved_value(row.word)) << row.word;
  }
}

}  // namespace
}  // namespace casus::editor
