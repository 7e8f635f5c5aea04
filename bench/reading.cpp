// Question: what does a user wait for before anything runs? The flagship case read and checked with
// all its variants, one variant lowered, and the record of a cross-section of 7,200 rows scored.
#include "base/render.hpp"
#include "case/disk.hpp"
#include "case/score.hpp"
#include "language/lowered.hpp"

#include <benchmark/benchmark.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace casus::bench {
namespace {

/// The disk, with a file of 7,200 rows in place of `rows.csv`: its own rows again and again.
class ManyRows final : public Files {
 public:
  FileContent read(std::string_view path) const override {
    FileContent content = disk_.read(path);
    if (content.bytes.empty() || !path.ends_with("/rows.csv")) return content;
    const std::size_t begin = content.bytes.find('\n') + 1;
    const std::string rows = content.bytes.substr(begin);
    for (std::size_t n = 0; n + 1 < n_times; ++n) content.bytes += rows;
    return content;
  }

 private:
  static constexpr std::size_t n_times = 18;  // of the 400 rows there are
  cases::Disk disk_{""};
};

cases::LoadedCase load(const std::string& name, const Files& files, Sources& sources) {
  Diagnostics found;
  const std::string file = std::string(CASUS_ROOT) + "/cases/" + name + "/model.casus";
  auto loaded = cases::load(name, file, files, sources, found);
  if (!loaded) throw std::runtime_error(render(sources, found, {}));
  return std::move(*loaded);
}

void check_flagship(benchmark::State& state) {
  const cases::Disk disk("");
  for (auto _ : state) {
    Sources sources;
    benchmark::DoNotOptimize(load("nagorno-karabakh", disk, sources));
  }
  state.SetItemsProcessed(state.iterations());
}

void lower_flagship(benchmark::State& state) {
  Sources sources;
  const cases::LoadedCase loaded = load("nagorno-karabakh", cases::Disk(""), sources);
  for (auto _ : state) {
    Diagnostics found;
    benchmark::DoNotOptimize(language::lower(loaded.model, {}, found));
  }
  state.SetItemsProcessed(state.iterations());
}

void score_rows(benchmark::State& state) {
  Sources sources;
  const cases::LoadedCase loaded = load("textbook/egame12", ManyRows(), sources);
  const cases::Job job = cases::plan_score(loaded, {});
  if (loaded.model.steps.count != 7'200) return state.SkipWithError("not as many rows as meant");
  for (auto _ : state) benchmark::DoNotOptimize(cases::score_record(loaded, job));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(check_flagship)->UseRealTime();
BENCHMARK(lower_flagship)->UseRealTime();
BENCHMARK(score_rows)->UseRealTime();

}  // namespace
}  // namespace casus::bench
