// A text that says whose it is, then the bytes.
//
//   casus checkpoint 1
//   version 0.1.0
//   ...
//   content DONE SAMPLER HASH
//   (empty line, then so many bytes of both)
#include "case/fit_checkpoint.hpp"

#include "case/hash.hpp"
#include "case/results.hpp"
#include "case/stop.hpp"
#include "case/version.hpp"
#include "random/elementary.hpp"
#include "random/special.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "casus checkpoint ";
constexpr std::string_view anew = "--fresh begins anew and forgets it; --out names another folder";

std::string_view text_of(const std::vector<std::uint8_t>& bytes) {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes may be looked at as char
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::uint64_t hash_of_programs(const language::Lowered& lowered) {
  std::uint64_t hash = hash_of(machine::to_text(lowered.parameters));
  hash = hash_of(machine::to_text(lowered.initial), hash);
  for (const language::Segment& segment : lowered.segments) {
    hash = hash_of(fmt::format("{} to {}\n", segment.first, segment.last), hash);
    hash = hash_of(machine::to_text(segment.program), hash);
  }
  for (const language::ScoreColumn& column : lowered.score_columns)
    hash = hash_of(column.name, hash);
  return hash;
}

/// Of what the functions give that all numbers rest on.
std::uint64_t hash_of_arithmetic() {
  std::uint64_t hash = hash_of({});
  for (int i = 1; i < 200; ++i) {
    const double x = 0.005 * i;
    hash = hash_of(
        fmt::format("{:a} {:a} {:a} ", random::exp_of(x), random::log_of(x), random::normal_cdf(x)),
        hash);
  }
  return hash;
}

std::string head_of(const FitIdentity& identity) {
  std::string head = fmt::format("{}{}\n", magic, checkpoint_version);
  for (const auto& [name, value] : identity) head += fmt::format("{} {}\n", name, value);
  return head;
}

std::uint64_t hash_of_content(const FitState& state) {
  const std::uint64_t of_samplers = hash_of(text_of(state.sampler), hash_of(text_of(state.done)));
  return hash_of(text_of(state.gathered), of_samplers);
}

std::optional<std::vector<std::uint8_t>> bytes_of(std::istream& file, std::uint64_t count,
                                                  std::uint64_t most) {
  if (count > most) return std::nullopt;
  std::vector<std::uint8_t> bytes(count);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): streams read into char
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(count));
  if (static_cast<std::uint64_t>(file.gcount()) != count) return std::nullopt;
  return bytes;
}

/// A whole line; false where the file ends before.
bool next_line(std::istream& file, std::string& line) {
  return std::getline(file, line) && !file.eof();
}

/// What stands behind the head; nothing when it is not whole.
std::optional<FitState> content_of(std::istream& file, const std::string& line,
                                   std::uint64_t size) {
  std::istringstream words(line);
  std::string word;
  std::uint64_t n_done = 0;
  std::uint64_t n_sampler = 0;
  std::uint64_t n_gathered = 0;
  std::string hash;
  words >> word >> n_done >> n_sampler >> n_gathered >> hash;
  std::string empty;
  if (!words || word != "content" || !std::getline(file, empty) || !empty.empty()) return {};
  auto done = bytes_of(file, n_done, size);
  auto sampler = bytes_of(file, n_sampler, size);
  auto gathered = bytes_of(file, n_gathered, size);
  if (!done || !sampler || !gathered) return {};
  FitState state{
      .done = std::move(*done), .sampler = std::move(*sampler), .gathered = std::move(*gathered)};
  if (hash_text(hash_of_content(state)) != hash) return {};
  return state;
}

[[noreturn]] void refuse_damaged(const fs::path& file) {
  stop("R121", fmt::format("the checkpoint {} is damaged", file.string()), std::string(anew));
}

[[noreturn]] void refuse_other(const fs::path& file, std::string_view why) {
  stop("R120", fmt::format("the checkpoint {} is {}", file.string(), why), std::string(anew));
}

}  // namespace

FitIdentity identity_of(const LoadedCase& loaded, const Job& job,
                        const language::Lowered& lowered) {
  return {{"version", fmt::format("{}, random scheme {}", version(), random::scheme_version)},
          {"command", command_line(loaded, job)},
          {"case", hash_text(loaded.hash)},
          {"programs", hash_text(hash_of_programs(lowered))},
          {"arithmetic", hash_text(hash_of_arithmetic())}};
}

fs::path checkpoint_beside(const fs::path& folder) {
  fs::path plain = folder.lexically_normal();
  if (!plain.has_filename()) plain = plain.parent_path();
  return plain.string() + ".checkpoint";
}

std::optional<FitState> FitCheckpoint::load() const {
  std::error_code failed;
  if (options_.fresh || !fs::exists(options_.file, failed)) return std::nullopt;
  std::ifstream file(options_.file, std::ios::binary);
  std::string line;
  if (!next_line(file, line) || line.rfind(magic, 0) != 0) refuse_damaged(options_.file);
  if (line != fmt::format("{}{}", magic, checkpoint_version))
    refuse_other(options_.file, "of another version of casus");
  for (const auto& [name, value] : identity_) {
    if (!next_line(file, line) || line.rfind(name + " ", 0) != 0) refuse_damaged(options_.file);
    if (line == fmt::format("{} {}", name, value)) continue;
    refuse_other(options_.file, name == "case" ? "of the case as it was before it was changed"
                                               : fmt::format("of another fit ({})", line));
  }
  if (!next_line(file, line)) refuse_damaged(options_.file);
  std::optional<FitState> state = content_of(file, line, fs::file_size(options_.file, failed));
  if (!state) refuse_damaged(options_.file);
  return state;
}

void FitCheckpoint::refuse() const { refuse_damaged(options_.file); }

bool FitCheckpoint::is_due() const {
  constexpr int least_share = 20;  // of the time between two, what one of them takes
  const Clock::duration passed = Clock::now() - last_;
  return !is_given_up_ && std::chrono::duration<double>(passed).count() >= options_.seconds &&
         passed >= least_share * cost_;
}

void FitCheckpoint::keep(const FitState& state) {
  if (is_given_up_) return;
  const Clock::time_point begin = Clock::now();
  const std::string head =
      fmt::format("{}content {} {} {} {}\n\n", head_of(identity_), state.done.size(),
                  state.sampler.size(), state.gathered.size(), hash_text(hash_of_content(state)));
  const ResultFile file{.name = options_.file.filename().string(),
                        .content = [&](const Pieces& to) {
                          to(head);
                          to(text_of(state.done));
                          to(text_of(state.sampler));
                          to(text_of(state.gathered));
                        }};
  const fs::path folder = options_.file.parent_path();
  Staged staged(folder.empty() ? fs::path(".") : folder);
  Diagnostics found;
  if (!staged.open(found) || !staged.add(file, found) || !staged.commit(found)) {
    is_given_up_ = true;
    say(fmt::format("where the fit stands cannot be kept: {}", found.sorted().front().message));
  }
  last_ = Clock::now();
  cost_ = last_ - begin;
}

void forget(const CheckpointOptions& options) {
  std::error_code ignored;
  fs::remove(options.file, ignored);
}

}  // namespace casus::cases
