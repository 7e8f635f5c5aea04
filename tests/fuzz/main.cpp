// Random models by number, or from a folder: see README.md.
#include "case/disk.hpp"
#include "editor/reference.hpp"
#include "fuzz/machines.hpp"
#include "fuzz/mutation.hpp"
#include "fuzz/texts.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

using casus::fuzz::Verdict;

/// What is being tried, for whoever looks at a crash.
std::atomic<std::uint64_t> current_seed{0};

extern "C" void name_seed(int signal) {
  std::array<char, 32> text{};
  std::size_t n = text.size();
  text[--n] = '\n';
  for (std::uint64_t seed = current_seed; seed > 0; seed /= 10)
    text[--n] = static_cast<char>('0' + seed % 10);
  (void)!write(STDOUT_FILENO, text.data() + n, text.size() - n);
  (void)std::signal(signal, SIG_DFL);
  (void)std::raise(signal);
}

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
    return casus::fuzz::examine(casus::fuzz::mutated(model, seed), seed);
  } catch (const std::exception& thrown) {
    return {.fault = thrown.what()};
  }
}

int run(const std::string& kind, std::uint64_t first, std::uint64_t count) {
  Counts counts;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    current_seed = seed;
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
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    texts[name] = disk.read(name).bytes;
  }
  const Verdict verdict = casus::fuzz::examine(texts, seed);
  fmt::print("{}\n{}", verdict.is_accepted ? "accepted" : "refused",
             verdict.fault.empty() ? "" : "fault: " + verdict.fault + "\n");
  return verdict.fault.empty() ? 0 : 1;
}

std::string fault_of_text(const std::string& text, bool checks) {
  try {
    std::string fault = casus::fuzz::fault_of_reading(text);
    if (fault.empty() && checks) fault = casus::fuzz::fault_of_checking(text);
    return fault;
  } catch (const std::exception& thrown) {
    return thrown.what();
  } catch (...) {
    return "something was thrown and not caught";
  }
}

/// Damaged pieces of the texts: lexer, parser and formatter, and every fourth through the checks.
int run_texts(std::uint64_t first, std::uint64_t count, const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) texts.push_back(casus::cases::Disk("").read(path).bytes);
  for (std::uint64_t seed = 1; seed <= 100; ++seed)
    texts.push_back(casus::fuzz::random_model(seed).at("model.casus"));
  const casus::fuzz::Mutation mutation(texts, casus::editor::names_of_pages());
  std::uint64_t n_faults = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    current_seed = seed;
    const std::string text = mutation.text(seed);
    if (count == 1) fmt::print("{}\n----\n", text);
    const std::string fault = fault_of_text(text, seed % 4 == 0);
    if (fault.empty()) continue;
    ++n_faults;
    fmt::print("text {}: {}\n{}\n----\n", seed, fault, text);
    (void)std::fflush(stdout);
  }
  fmt::print("{} texts, {} faults\n", count, n_faults);
  return n_faults == 0 ? 0 : 1;
}

/// Texts that once were faults, or a fuzzer's whole corpus.
int run_files(const std::vector<std::string>& paths) {
  int n_faults = 0;
  for (const std::string& path : paths) {
    const casus::FileContent content = casus::cases::Disk("").read(path);
    std::string fault = content.problem;
    if (fault.empty()) fault = fault_of_text(content.bytes, true);
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
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) (void)std::signal(signal, name_seed);
  const std::string kind = n_words > 1 ? words[1] : "";
  if (kind == "words") {
    for (const std::string& word : casus::editor::names_of_pages()) fmt::print("\"{}\"\n", word);
    return 0;
  }
  if (kind == "folder" && n_words == 4) return run_folder(words[2], std::stoull(words[3]));
  if (kind == "print" && n_words == 4) return print_case(words[2], std::stoull(words[3]));
  if (kind == "texts" && n_words >= 4)
    return run_texts(std::stoull(words[2]), std::stoull(words[3]), {words + 4, words + n_words});
  if (kind == "files") return run_files({words + 2, words + n_words});
  if (n_words != 4 || (kind != "models" && kind != "mutants")) {
    fmt::print(stderr,
               "usage: casus_fuzz models|mutants SEED COUNT, print|folder FOLDER SEED, "
               "texts SEED COUNT FILE..., files FILE..., or words\n");
    return 2;
  }
  return run(kind, std::stoull(words[2]), std::stoull(words[3]));
}
