// Cases in several files.
#include "language/includes.hpp"

#include "language/parsing.hpp"

#include <gtest/gtest.h>
#include <map>

namespace casus::language {
namespace {

class Memory final : public Files {
 public:
  explicit Memory(std::map<std::string, std::string> texts) : texts_(std::move(texts)) {}

  FileContent read(std::string_view path) const override {
    const auto found = texts_.find(std::string(path));
    if (found == texts_.end()) return {.bytes = {}, .problem = "no such file"};
    return {.bytes = found->second, .problem = {}};
  }

 private:
  std::map<std::string, std::string> texts_;
};

Parsed parse_files(std::map<std::string, std::string> texts) {
  Parsed parsed;
  parsed.tree =
      parse_case("case/model.casus", Memory(std::move(texts)), parsed.sources, parsed.found);
  return parsed;
}

using Texts = std::vector<std::string>;

TEST(Includes, AreRelativeToTheirFile) {
  const Parsed parsed = parse_files(
      {{"case/model.casus", "casus 1\ninclude \"parts/a.casus\"\nlet x = 1\n"},
       {"case/parts/a.casus", "include \"b.casus\"\ninclude \"../c.casus\"\nlet y = 2\n"},
       {"case/parts/b.casus", "casus 1\nlet z = 3\n"},
       {"case/c.casus", "let w = 4\n"}});
  EXPECT_EQ(parsed.problems(), "");
  EXPECT_EQ(parsed.printed(),
            "casus 1\ninclude \"parts/a.casus\"\nlet x = 1\n"
            "include \"b.casus\"\ninclude \"../c.casus\"\nlet y = 2\nlet z = 3\nlet w = 4\n");
  EXPECT_EQ(parsed.sources.name(FileId{3}), "case/c.casus");
}

TEST(Includes, ReportFilesThatAreMissing) {
  const Parsed main = parse_files({});
  ASSERT_EQ(main.codes(), Texts{"F001"});
  EXPECT_FALSE(main.found.sorted()[0].has_place);
  EXPECT_EQ(main.found.sorted()[0].message, "cannot read case/model.casus: no such file");
  const Parsed part =
      parse_files({{"case/model.casus", "casus 1\nlet x = =\ninclude \"a.casus\"\nlet y = 2"}});
  EXPECT_EQ(part.places(), (Texts{"P012 2:9", "F001 3:9"}));
}

TEST(Includes, AreNotCircularNorDouble) {
  const Parsed circle =
      parse_files({{"case/model.casus", "casus 1\ninclude \"a.casus\"\n"},
                   {"case/a.casus", "include \"./b.casus\"\n"},
                   {"case/b.casus", "include \"../case/model.casus\"\ninclude \"b.casus\"\n"}});
  EXPECT_EQ(circle.codes(), (Texts{"P024", "P024"}));
  const Parsed twice =
      parse_files({{"case/model.casus", "casus 1\ninclude \"a.casus\"\ninclude \"b.casus\"\n"},
                   {"case/a.casus", "include \"b.casus\"\n"},
                   {"case/b.casus", "let x = 3\n"}});
  EXPECT_EQ(twice.places(), Texts{"P023 1:9"});
  EXPECT_EQ(twice.found.sorted()[0].related.size(), 1U);
}

TEST(Includes, ShareOneTitle) {
  const Parsed parsed =
      parse_files({{"case/model.casus", "casus 1\ncase \"a\"\ninclude \"b.casus\"\n"},
                   {"case/b.casus", "case \"b\"\n"}});
  EXPECT_EQ(parsed.codes(), Texts{"P006"});
}

TEST(Includes, TheMainFileNamesTheVersion) {
  EXPECT_EQ(parse_files({{"case/model.casus", "let x = 3\n"}}).places(), Texts{"P003 1:1"});
  EXPECT_EQ(parse_files({{"case/model.casus", ""}}).codes(), Texts{"P003"});
  EXPECT_EQ(parse_files({{"case/model.casus", "casus\n"}}).places(), Texts{"P001 1:6"});
  EXPECT_EQ(parse_files({{"case/model.casus", "casus 7"}}).places(), Texts{"P004 1:7"});
  EXPECT_EQ(parse_files({{"case/model.casus", "\xFF"}}).codes(), Texts{"L002"});
}

TEST(Includes, PathsAreResolved) {
  EXPECT_EQ(resolve_path("", "model.casus"), "model.casus");
  EXPECT_EQ(resolve_path("a/b.casus", "c.casus"), "a/c.casus");
  EXPECT_EQ(resolve_path("a/b/c.casus", "../d/./e.casus"), "a/d/e.casus");
  EXPECT_EQ(resolve_path("a.casus", "../b.casus"), "../b.casus");
  EXPECT_EQ(resolve_path("../a.casus", "../b.casus"), "../../b.casus");
  EXPECT_EQ(resolve_path("a/b.casus", "/c//d.casus"), "/c/d.casus");
  EXPECT_EQ(resolve_path("/a/b.casus", "c.casus"), "/a/c.casus");
}

}  // namespace
}  // namespace casus::language
