// Collecting diagnostics.
#include "base/diagnostic.hpp"

#include <gtest/gtest.h>

namespace casus {
namespace {

Diagnostic at(std::string_view code, std::uint32_t begin, std::uint32_t end) {
  return {.code = code,
          .message = "m",
          .primary = {.span = {.file = FileId{0}, .begin = begin, .end = end}}};
}

Diagnostic nowhere(std::string_view code, std::string message) {
  return {.code = code, .message = std::move(message), .primary = {}, .has_place = false};
}

TEST(Diagnostics, BeginEmpty) {
  const Diagnostics diagnostics;
  EXPECT_TRUE(diagnostics.empty());
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_TRUE(diagnostics.sorted().empty());
}

TEST(Diagnostics, DoNotTakeWarningsForErrors) {
  Diagnostics diagnostics;
  Diagnostic warning = at("U001", 0, 1);
  warning.severity = Severity::warning;
  diagnostics.add(warning);
  EXPECT_FALSE(diagnostics.has_errors());
  diagnostics.add(at("P001", 0, 1));
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.error_count(), 1U);
  EXPECT_EQ(diagnostics.size(), 2U);
}

TEST(Diagnostics, SortByFileThenPlaceAndPutThePlacelessFirst) {
  Diagnostics diagnostics;
  Diagnostic other_file = at("A", 0, 1);
  other_file.primary.span.file = FileId{1};
  diagnostics.add(other_file);
  diagnostics.add(at("B", 7, 8));
  diagnostics.add(at("C", 3, 9));
  diagnostics.add(at("D", 3, 4));
  diagnostics.add(nowhere("E", "no such file"));
  std::string order;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) order += diagnostic.code;
  EXPECT_EQ(order, "EDCBA");
}

TEST(Diagnostics, KeepTheOrderFoundAtOnePlace) {
  Diagnostics diagnostics;
  diagnostics.add(at("Z", 3, 4));
  diagnostics.add(at("A", 3, 4));
  EXPECT_EQ(diagnostics.sorted().front().code, "Z");
}

TEST(Diagnostics, ShowEachCodeAndPlaceOnce) {
  Diagnostics diagnostics;
  diagnostics.add(at("A", 3, 4));
  Diagnostic again = at("A", 3, 4);
  again.message = "second";
  diagnostics.add(again);
  diagnostics.add(at("A", 3, 5));
  diagnostics.add(at("B", 3, 4));
  EXPECT_EQ(diagnostics.sorted().size(), 3U);
  EXPECT_EQ(diagnostics.sorted().front().message, "m");
}

TEST(Diagnostics, TellThePlacelessApartByTheirWords) {
  Diagnostics diagnostics;
  diagnostics.add(nowhere("F001", "cannot read a.csv"));
  diagnostics.add(nowhere("F001", "cannot read b.csv"));
  diagnostics.add(nowhere("F001", "cannot read a.csv"));
  EXPECT_EQ(diagnostics.sorted().size(), 2U);
}

TEST(Diagnostics, AppendInOrder) {
  Diagnostics first;
  first.add(at("A", 3, 4));
  Diagnostics second;
  second.add(at("B", 3, 4));
  first.append(second);
  EXPECT_EQ(first.size(), 2U);
  EXPECT_EQ(first.sorted().back().code, "B");
}

}  // namespace
}  // namespace casus
