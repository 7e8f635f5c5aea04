// Numbers found again, whatever their things hash to.
#include "machine/lookup.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace casus::machine {
namespace {

/// Texts numbered in the order in which they come, each once.
class Texts {
 public:
  explicit Texts(std::uint32_t n_hashes) : n_hashes_(n_hashes) {}

  std::uint32_t number(const std::string& text) const {
    return lookup_.find(hash(text), [&](std::uint32_t other) { return known_[other] == text; });
  }

  void add(const std::string& text) {
    known_.push_back(text);
    lookup_.set(hash(text), static_cast<std::uint32_t>(known_.size() - 1),
                [&](std::uint32_t other) { return known_[other] == text; });
  }

 private:
  std::uint32_t hash(const std::string& text) const {
    return static_cast<std::uint32_t>(text.size()) % n_hashes_;
  }

  std::uint32_t n_hashes_;
  std::vector<std::string> known_;
  Lookup lookup_;
};

TEST(Lookup, KnowsNothingAtFirst) { EXPECT_EQ(Texts(1).number("a"), Lookup::none); }

TEST(Lookup, FindsThingsOfOneHash) {
  for (const std::uint32_t n_hashes : {1U, 7U, 1'000'000U}) {
    Texts texts(n_hashes);
    const auto text = [](std::uint32_t i) { return std::string(i, 'x'); };
    constexpr std::uint32_t n = 500;
    for (std::uint32_t i = 0; i < n; ++i) texts.add(text(i));
    for (std::uint32_t i = 0; i < n; ++i) EXPECT_EQ(texts.number(text(i)), i);
    EXPECT_EQ(texts.number(text(n)), Lookup::none);
  }
}

TEST(Lookup, KeepsTheLatestNumber) {
  Texts texts(3);
  for (const char* text : {"aa", "bb", "cc", "bb", "d"}) texts.add(text);
  EXPECT_EQ(texts.number("aa"), 0U);
  EXPECT_EQ(texts.number("bb"), 3U);
  EXPECT_EQ(texts.number("cc"), 2U);
  EXPECT_EQ(texts.number("d"), 4U);
}

}  // namespace
}  // namespace casus::machine
