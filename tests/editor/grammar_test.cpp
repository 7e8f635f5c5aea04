// The grammar by which editors colour case files knows the language's words, and no others.
#include "editor/reference.hpp"
#include "editor/texts.hpp"
#include "language/keywords.hpp"
#include "machine/operation.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <set>

namespace casus::editor {
namespace {

using Words = std::set<std::string, std::less<>>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9'); }

/// The words of a pattern; `\b` and the like are no words.
Words words_of_pattern(std::string pattern) {
  for (std::size_t at = 0; (at = pattern.find('\\', at)) != std::string::npos;) {
    pattern.replace(at, 2, "  ");
  }
  Words words;
  for (std::size_t begin = 0; begin < pattern.size();) {
    std::size_t end = begin;
    while (end < pattern.size() && is_letter(pattern[end])) ++end;
    if (end > begin) words.insert(pattern.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

class Grammar : public testing::Test {
 protected:
  Words group(const std::string& name) const {
    return words_of_pattern(rules_.at(name).at("match").get<std::string>());
  }

  Words all() const {
    Words words;
    for (const std::string name :
         {"statement", "law", "clause", "value", "form", "function", "operator_word", "time"}) {
      words.merge(group(name));
    }
    return words;
  }

 private:
  nlohmann::json rules_ = nlohmann::json::parse(
      text_of_file(std::filesystem::path(CASUS_ROOT) /
                   "editors/vscode/syntaxes/casus.tmLanguage.json"))["repository"];
};

TEST_F(Grammar, HasTheWordsOfEachTable) {
  const std::vector<std::string>& statements = language::statement_words();
  EXPECT_EQ(group("statement"), Words(statements.begin(), statements.end()));
  Words laws;
  for (const random::Law* law : random::laws()) laws.emplace(law->name);
  EXPECT_EQ(group("law"), laws);
  Words functions;
  for (const machine::Operation& row : machine::operations()) {
    if (!row.call.empty()) functions.emplace(row.call);
  }
  EXPECT_EQ(group("function"), functions);
  for (const std::string& word : group("time")) EXPECT_TRUE(language::is_time_word(word)) << word;
  for (const std::string& word : group("value")) {
    EXPECT_TRUE(language::is_reserved_value(word)) << word;
  }
}

// The table of words is read from its source: what it has and the grammar has not is missing here.
TEST_F(Grammar, MissesNoWordOfTheLanguage) {
  const std::string source =
      text_of_file(std::filesystem::path(CASUS_ROOT) / "src/language/keywords.cpp");
  const Words known = all();
  std::size_t n_words = 0;
  for (std::size_t at = source.find('"'); at != std::string::npos; at = source.find('"', at + 1)) {
    const std::size_t end = source.find('"', at + 1);
    const std::string word = source.substr(at + 1, end - at - 1);
    at = end;
    const bool ours = language::is_reserved(word) || language::is_built_in_form(word) ||
                      language::is_time_word(word) || language::begins_game_line(word);
    if (!ours) continue;
    ++n_words;
    EXPECT_TRUE(known.contains(word)) << word;
  }
  EXPECT_GT(n_words, 60U);
}

TEST_F(Grammar, KnowsEveryWordThatHasAPage) {
  const Words known = all();
  for (const std::string& name : names_of_pages()) EXPECT_TRUE(known.contains(name)) << name;
}

}  // namespace
}  // namespace casus::editor
