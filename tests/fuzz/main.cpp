// Random models by number, or from a folder: see README.md.
#include "case/disk.hpp"
#include "editor/reference.hpp"
#include "fuzz/machines.hpp"
#include "fuzz/texts.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <vector>

namespace {

using casus::fuzz::Verdict;

struct Counts {
  std::uint64_t accepted = 0;
  std::uint64_t variants = 0;
  std::uint64_t failing = 0;
  std::uint64_t faults = 0;
};

Verdict judge(const std::string& kind, std::uint64_t seed) {
  const casus::fuzz::Texts model = casus::fuzz::random_model(seed);
  try {
    if (kind == "models") return casus::fuzz::on_both_machines(model, seed);
    if (kind == "texts") {
      const std::string text = casus::fuzz::mutated(model, seed).at("model.casus");
      return {.fault = casus::fuzz::fault_of_reading(text)};
    }
    return casus::fuzz::examine(casus::fuzz::mutated(model, seed), seed);
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

/// A case with its tables, as `print` writes it.
int run_folder(const std::string& folder, std::uint64_t seed) {
  casus::fuzz::Texts texts;
  const casus::cases::Disk disk(folder);
  for (const char* name : {"model.casus", "seen.csv", "moves.csv"}) {
    casus::FileContent content = disk.read(name);
    if (content.problem.empty()) texts[name] = std::move(content.bytes);
  }
  const Verdict verdict = casus::fuzz::examine(texts, seed);
  fmt::print("{}\n{}", verdict.is_accepted ? "accepted" : "refused",
             verdict.fault.empty() ? "" : "fault: " + verdict.fault + "\n");
  return verdict.fault.empty() ? 0 : 1;
}

/// Texts that once were faults, or a fuzzer's whole corpus.
int run_files(const std::vector<std::string>& paths) {
  int n_faults = 0;
  for (const std::string& path : paths) {
    const casus::FileContent content = casus::cases::Disk("").read(path);
    std::string fault = content.problem;
    try {
      if (fault.empty()) fault = casus::fuzz::fault_of_reading(content.bytes);
      if (fault.empty()) fault = casus::fuzz::fault_of_checking(content.bytes);
    } catch (const std::exception& thrown) {
      fault = thrown.what();
    }
    if (fault.empty()) continue;
    ++n_faults;
    fmt::print("{}: {}\n", path, fault);
  }
  fmt::print("{} files, {} faults\n", paths.size(), n_faults);
  return n_faults == 0 ? 0 : 1;
}

int print_case(const std::string& folder, std::uint64_t seed) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, text] : casus::fuzz::random_model(seed))
    std::ofstream(std::filesystem::path(folder) / name, std::ios::binary) << text;
  return 0;
}

}  // namespace

int main(int n_words, char** words) {
  const std::string kind = n_words > 1 ? words[1] : "";
  if (kind == "words") {
    for (const std::string& word : casus::editor::names_of_pages()) fmt::print("\"{}\"\n", word);
    return 0;
  }
  if (kind == "folder" && n_words == 4) return run_folder(words[2], std::stoull(words[3]));
  if (kind == "print" && n_words == 4) return print_case(words[2], std::stoull(words[3]));
  if (kind == "files") return run_files({words + 2, words + n_words});
  if (n_words != 4 || (kind != "models" && kind != "mutants" && kind != "texts")) {
    fmt::print(stderr,
               "usage: casus_fuzz models|mutants|texts SEED COUNT, print|folder FOLDER SEED, "
               "files FILE..., or words\n");
    return 2;
  }
  return run(kind, std::stoull(words[2]), std::stoull(words[3]));
}
