// Pieces of this tree's case files with damaged bytes, words and lines: whatever they are, they end
// in diagnostics inside the text, and what reads as a case prints and formats as itself.
#include "editor/reference.hpp"
#include "editor/texts.hpp"
#include "fuzz/mutation.hpp"
#include "fuzz/texts.hpp"

#include <exception>
#include <gtest/gtest.h>

namespace casus::editor {
namespace {

TEST(DamagedTexts, EndInDiagnosticsOrReadAsThemselves) {
  std::vector<std::string> texts;
  for (const std::filesystem::path& path : case_files()) texts.push_back(text_of_file(path));
  const fuzz::Mutation mutation(texts, names_of_pages());
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
    const std::string text = mutation.text(seed);
    try {
      ASSERT_EQ(fuzz::fault_of_reading(text), "") << text;
      if (seed % 4 == 0) {
        ASSERT_EQ(fuzz::fault_of_checking(text), "") << text;
      }
    } catch (const std::exception& thrown) {
      FAIL() << thrown.what() << "\n" << text;
    }
  }
}

}  // namespace
}  // namespace casus::editor
