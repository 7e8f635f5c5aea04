// The pages of docs/reference are those that the tables give. To print them again:
//   CASUS_WRITE_PAGES=1 build/tests/case_tests --gtest_filter='ReferencePages.*'
#include "base/codes.hpp"
#include "base/render.hpp"
#include "case/load.hpp"
#include "case/memory_files.hpp"
#include "case/reference_pages.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

TEST(ReferencePages, AreThoseOfTheTables) {
  const fs::path folder = fs::path(CASUS_ROOT) / "docs" / "reference";
  const bool writes = std::getenv("CASUS_WRITE_PAGES") != nullptr;
  for (const ReferencePage& page : reference_pages()) {
    if (writes) std::ofstream(folder / page.name, std::ios::binary) << page.text;
    std::ostringstream there;
    there << std::ifstream(folder / page.name, std::ios::binary).rdbuf();
    EXPECT_TRUE(there.str() == page.text)
        << "docs/reference/" << page.name << " is stale; see "
        << "tests/case/reference_test.cpp for how to print it again";
  }
}

TEST(ReferencePages, ShowEveryCode) {
  const std::string diagnostics = reference_pages().back().text;
  for (const Code& code : codes()) {
    EXPECT_NE(diagnostics.find("### " + std::string(code.code) + "\n"), std::string::npos)
        << code.code;
  }
}

/// The forms on the page of functions can be written as it shows them.
TEST(ReferencePages, ShowFormsThatCheck) {
  const MemoryFiles files(
      {{"model.casus", model_of_forms()}, {"borders.csv", "a,b\nnorth,south\n"}});
  Sources sources;
  Diagnostics found;
  load("forms", "model.casus", files, sources, found);
  EXPECT_FALSE(found.has_errors()) << render(sources, found);
}

}  // namespace
}  // namespace casus::cases
