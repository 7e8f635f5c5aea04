// Names do not matter: two worlds that differ by exchanged labels have exchanged results, bit for
// bit.
#include "case/folder.hpp"

#include <bit>
#include <gtest/gtest.h>

namespace casus::cases {
namespace {

/// "arms[Alba]" as "arms[Boria]", and the other way round.
std::string exchanged(std::string name) {
  const std::size_t alba = name.find("[Alba]");
  if (alba != std::string::npos) return name.replace(alba, 6, "[Boria]");
  const std::size_t boria = name.find("[Boria]");
  if (boria != std::string::npos) return name.replace(boria, 7, "[Alba]");
  return name;
}

std::vector<std::uint64_t> bits_of(const FolderRun& run, std::size_t column) {
  std::vector<std::uint64_t> bits;
  const std::uint32_t output = run.lowered.measure_columns[column].value;
  for (std::size_t history = 0; history < run.ensemble.n_histories(); ++history) {
    bits.push_back(std::bit_cast<std::uint64_t>(run.ensemble.measures.value(history, output)));
  }
  return bits;
}

TEST(SymmetricRivals, ExchangedNamesExchangeEveryResult) {
  const std::filesystem::path folder =
      std::filesystem::path(CASUS_ROOT) / "cases" / "textbook" / "symmetric-rivals";
  const std::optional<LoadedCase> original = load_folder(folder, "model.casus");
  const std::optional<LoadedCase> swapped = load_folder(folder, "swapped.casus");
  ASSERT_TRUE(original && swapped);
  const EnsembleOptions options{.n_sets = 64, .per_set = 16, .seed = 7, .keep_bands = false};
  const std::optional<FolderRun> one = run_variant(*original, {}, options);
  const std::optional<FolderRun> other = run_variant(*swapped, {}, options);
  ASSERT_TRUE(one && other);
  ASSERT_FALSE(one->lowered.measure_columns.empty());
  for (std::size_t i = 0; i < one->lowered.measure_columns.size(); ++i) {
    const std::string& name = one->lowered.measure_columns[i].name;
    const std::optional<std::size_t> counterpart = other->column(exchanged(name));
    ASSERT_TRUE(counterpart) << name;
    EXPECT_EQ(bits_of(*one, i), bits_of(*other, *counterpart)) << name;
  }
  // The rivals differ, so that nothing of this holds by their being alike.
  EXPECT_NE(bits_of(*one, *one->column("arms_at_end[Alba]")),
            bits_of(*one, *one->column("arms_at_end[Boria]")));
}

}  // namespace
}  // namespace casus::cases
