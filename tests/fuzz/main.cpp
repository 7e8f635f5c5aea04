// Random models by number: casus_fuzz models|mutants|print SEED COUNT.
// `file FILE SEED` runs the text of a file, `words` prints libFuzzer's dictionary.
#include "case/disk.hpp"
#include "editor/reference.hpp"
#include "fuzz/machines.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>
#include <string>

namespace {

using casus::fuzz::Verdict;

struct Counts {
  std::uint64_t accepted = 0;
  std::uint64_t variants = 0;
  std::uint64_t failing = 0;
  std::uint64_t faults = 0;
};

Verdict judge(const std::string& kind, std::uint64_t seed) {
  const casus::fuzz::RandomModel model = casus::fuzz::random_model(seed);
  try {
    if (kind == "models") return casus::fuzz::on_both_machines(model, seed);
    return casus::fuzz::examine(casus::fuzz::mutated(model.text, seed), seed);
  } catch (const std::exception& thrown) {
    return {.fault = thrown.what()};
  }
}

int run(const std::string& kind, std::uint64_t first, std::uint64_t count) {
  Counts counts;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Verdict verdict = judge(kind, seed);
    if (verdict.is_accepted) ++counts.accepted;
    counts.variants += verdict.n_variants;
    counts.failing += verdict.n_failing;
    if (verdict.fault.empty()) continue;
    ++counts.faults;
    fmt::print("seed {}: {}\n", seed, verdict.fault);
    (void)std::fflush(stdout);
  }
  fmt::print(
      "{} {}: {} accepted, {} variants run, {} with numbers that are not finite, {} faults\n",
      count, kind, counts.accepted, counts.variants, counts.failing, counts.faults);
  return counts.faults == 0 ? 0 : 1;
}

}  // namespace

int main(int n_words, char** words) {
  const std::string kind = n_words > 1 ? words[1] : "";
  if (kind == "words") {
    for (const std::string& word : casus::editor::names_of_pages()) fmt::print("\"{}\"\n", word);
    return 0;
  }
  if (kind == "file" && n_words == 4) {
    const Verdict verdict =
        casus::fuzz::examine(casus::cases::Disk("").read(words[2]).bytes, std::stoull(words[3]));
    fmt::print("{}\n", verdict.is_accepted ? "accepted" : "refused");
    fmt::print("{}", verdict.fault.empty() ? "" : "fault: " + verdict.fault + "\n");
    return verdict.fault.empty() ? 0 : 1;
  }
  if (n_words != 4 || (kind != "models" && kind != "mutants" && kind != "print")) {
    fmt::print(stderr,
               "usage: casus_fuzz models|mutants|print SEED COUNT, file FILE SEED, or words\n");
    return 2;
  }
  const std::uint64_t first = std::stoull(words[2]);
  const std::uint64_t count = std::stoull(words[3]);
  if (kind != "print") return run(kind, first, count);
  for (std::uint64_t seed = first; seed < first + count; ++seed)
    fmt::print("{}", casus::fuzz::random_model(seed).text);
  return 0;
}
