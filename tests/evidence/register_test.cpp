// The register by itself, without a file.
#include "evidence/register.hpp"

#include <gtest/gtest.h>

namespace casus::evidence {
namespace {

TEST(Register, FindsWhatWasAdded) {
  Register claims;
  EXPECT_TRUE(claims.add({.kind = EntryKind::event, .id = "e1", .title = "Khojaly"}));
  EXPECT_TRUE(claims.add({.kind = EntryKind::actor, .id = "russia"}));
  ASSERT_NE(claims.find("e1"), nullptr);
  EXPECT_EQ(claims.find("e1")->title, "Khojaly");
  EXPECT_EQ(claims.find("E1"), nullptr);
  EXPECT_EQ(claims.count(EntryKind::actor), 1U);
  EXPECT_EQ(claims.count(EntryKind::claim), 0U);
  EXPECT_EQ(claims.ids(), (std::vector<std::string>{"e1", "russia"}));
}

TEST(Register, KeepsTheFirstOfAnId) {
  Register claims;
  EXPECT_TRUE(claims.add({.id = "a", .title = "first"}));
  EXPECT_FALSE(claims.add({.kind = EntryKind::event, .id = "a", .title = "second"}));
  EXPECT_EQ(claims.entries().size(), 1U);
  EXPECT_EQ(claims.find("a")->title, "first");
}

}  // namespace
}  // namespace casus::evidence
