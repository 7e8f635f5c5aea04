// Both runs step by step, in the same order of histories.
#include "case/parting.hpp"

#include "base/text.hpp"
#include "case/group.hpp"
#include "case/history.hpp"
#include "case/layout.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace casus::cases {
namespace {

constexpr std::size_t most_links = 5;

/// A decision that differs in one pair.
struct Difference {
  std::uint32_t step = 0;
  std::uint32_t column = 0;
  std::int32_t from = 0;
  std::int32_t to = 0;

  bool is_like(const Difference& other) const {
    return column == other.column && from == other.from && to == other.to;
  }
};

/// The first differences of one pair, each decision once.
struct Trail {
  std::array<Difference, most_links> at{};
  std::size_t n = 0;

  void add(const Difference& one) {
    const auto end = at.begin() + static_cast<std::ptrdiff_t>(n);
    const bool is_new = std::none_of(at.begin(), end,
                                     [&](const Difference& before) { return before.is_like(one); });
    if (n < at.size() && is_new) at[n++] = one;
  }
};

/// Output columns of moves, in the order in which games make them.
std::vector<std::uint32_t> move_columns(const language::Model& model,
                                        const language::Lowered& lowered) {
  std::vector<std::uint32_t> columns;
  for (const language::Game& game : model.games) {
    for (const language::GameMove& move : game.moves) {
      for (std::uint32_t i = 0; i < lowered.output_columns.size(); ++i) {
        const bool is_new = std::find(columns.begin(), columns.end(), i) == columns.end();
        if (lowered.output_columns[i].quantity == move.move && is_new) columns.push_back(i);
      }
    }
  }
  return columns;
}

machine::LaneRun lanes_of(const language::Lowered& lowered, const PartingRuns& runs) {
  machine::LaneOptions options{
      .n_lanes = runs.options.n_lanes,
      .per_set = runs.options.per_set,
      .outputs = true,
      .at_least = {},
      .kernels = runs.options.kernels == nullptr ? machine::kernels_of("") : runs.options.kernels};
  if (runs.from != nullptr) options.at_least = runs.from->rates;
  return machine::LaneRun(programs_of(lowered), options);
}

/// One of the two runs.
class Side {
 public:
  Side(const language::Lowered& lowered, const machine::LaneRun& lanes, const PartingRuns& runs,
       std::size_t first, std::size_t count)
      : from_(runs.from),
        ensemble_{.first_set = runs.ensemble.first_set,
                  .n_sets = runs.ensemble.n_sets,
                  .per_set = runs.ensemble.per_set,
                  .parameters = runs.ensemble.parameters,
                  .measures = {},
                  .bands = {},
                  .failures = {},
                  .checkpoints = {}},
        group_({.lowered = lowered,
                .options = runs.options,
                .lanes = lanes,
                .ensemble = ensemble_,
                .from = from_},
               first, count),
        outputs_(lowered.output_columns.size() * count) {
    for (std::size_t block = 0; block < group_.n_blocks(); ++block) {
      if (from_ == nullptr) {
        group_.begin(block, failures_);
      } else {
        group_.load(block, *from_);
      }
    }
  }

  void step(std::uint32_t step) {
    const Chunk chunk{.first = step, .end = step + 1, .outputs = outputs_};
    for (std::size_t block = 0; block < group_.n_blocks(); ++block)
      group_.run(block, chunk, failures_);
  }

  const double* column(std::uint32_t column) const {
    return outputs_.data() + column * group_.size();
  }

 private:
  const Checkpoint* from_;
  Ensemble ensemble_;
  Group group_;
  std::vector<double> outputs_;
  std::vector<Failure> failures_;
};

PartingLink link_of(const language::Lowered& lowered, const Difference& like,
                    std::vector<std::uint32_t> steps) {
  const language::OutputColumn& column = lowered.output_columns[like.column];
  const auto label = [&](std::int32_t option) {
    return option < 0 ? std::string("none") : column.labels[static_cast<std::size_t>(option)];
  };
  const std::size_t middle = (steps.size() - 1) / 2;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(middle), steps.end());
  return {.decision = column.name,
          .from = label(like.from),
          .to = label(like.to),
          .n = steps.size(),
          .median_step = steps[middle]};
}

/// Pairs by what they differ in at place `depth` of their trails.
struct Kind {
  Difference like;
  std::vector<std::size_t> pairs;
};

std::vector<Kind> kinds_of(const std::vector<Trail>& trails, const std::vector<std::size_t>& among,
                           std::size_t depth) {
  std::map<std::array<std::int64_t, 3>, Kind> kinds;
  for (const std::size_t pair : among) {
    if (trails[pair].n <= depth) continue;
    const Difference& one = trails[pair].at[depth];
    Kind& kind = kinds[{one.column, one.from, one.to}];
    kind.like = one;
    kind.pairs.push_back(pair);
  }
  std::vector<Kind> sorted;
  sorted.reserve(kinds.size());
  for (auto& [key, kind] : kinds) sorted.push_back(std::move(kind));
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Kind& a, const Kind& b) { return a.pairs.size() > b.pairs.size(); });
  return sorted;
}

PartingLink link_of(const language::Lowered& lowered, const std::vector<Trail>& trails,
                    const Kind& kind, std::size_t depth) {
  std::vector<std::uint32_t> steps;
  for (const std::size_t pair : kind.pairs) steps.push_back(trails[pair].at[depth].step);
  return link_of(lowered, kind.like, std::move(steps));
}

Parting summary_of(const language::Lowered& lowered, const std::vector<Trail>& trails) {
  Parting parting{.n_histories = trails.size(), .n_parted = 0, .first = {}, .chain = {}};
  std::vector<std::size_t> among;
  for (std::size_t pair = 0; pair < trails.size(); ++pair) {
    if (trails[pair].n > 0) among.push_back(pair);
  }
  parting.n_parted = among.size();
  const std::size_t fewest = std::max<std::size_t>(1, among.size() / 10);
  for (std::size_t depth = 0; depth < most_links; ++depth) {
    std::vector<Kind> kinds = kinds_of(trails, among, depth);
    if (kinds.empty()) break;
    for (std::size_t i = 0; depth == 0 && i < std::min(most_links, kinds.size()); ++i)
      parting.first.push_back(link_of(lowered, trails, kinds[i], depth));
    if (kinds.front().pairs.size() < fewest) break;
    parting.chain.push_back(link_of(lowered, trails, kinds.front(), depth));
    among = std::move(kinds.front().pairs);
  }
  return parting;
}

void compare_histories(const PartingRuns& runs, const machine::LaneRun& before,
                       const machine::LaneRun& after, std::size_t first, std::span<Trail> trails) {
  const std::vector<std::uint32_t> columns = move_columns(runs.model, runs.baseline);
  Side baseline(runs.baseline, before, runs, first, trails.size());
  Side changed(runs.changed, after, runs, first, trails.size());
  const std::uint32_t first_step = runs.from == nullptr ? 0 : runs.from->step;
  for (std::uint32_t step = first_step; step < step_count(runs.baseline); ++step) {
    baseline.step(step);
    changed.step(step);
    if (step < runs.baseline.first_result_step) continue;
    for (const std::uint32_t column : columns) {
      const double* const x = baseline.column(column);
      const double* const y = changed.column(column);
      for (std::size_t i = 0; i < trails.size(); ++i) {
        if (x[i] == y[i]) continue;
        trails[i].add({.step = step,
                       .column = column,
                       .from = static_cast<std::int32_t>(x[i]),
                       .to = static_cast<std::int32_t>(y[i])});
      }
    }
  }
}

}  // namespace

Parting part(const PartingRuns& runs, Workers workers) {
  if (move_columns(runs.model, runs.baseline).empty()) return {};
  constexpr std::size_t at_once = 1024;
  const std::size_t n = runs.ensemble.n_histories();
  const machine::LaneRun before = lanes_of(runs.baseline, runs);
  const machine::LaneRun after = lanes_of(runs.changed, runs);
  std::vector<Trail> trails(n);
  workers.parallel.for_each((n + at_once - 1) / at_once, [&](std::size_t i) {
    if (workers.progress.stop_requested()) throw Interrupted{};
    const std::size_t first = i * at_once;
    compare_histories(runs, before, after, first,
                      std::span(trails).subspan(first, std::min(at_once, n - first)));
  });
  return summary_of(runs.baseline, trails);
}

std::string parting_text(const Parting& parting, const language::Steps& steps) {
  if (parting.n_parted == 0) return "";
  const auto line = [&](const PartingLink& link) {
    return fmt::format("{}: {} → {}, {} of {} (median {})", link.decision, link.from, link.to,
                       grouped(link.n), grouped(parting.n_parted), steps.label(link.median_step));
  };
  std::string text = fmt::format("  parted at, in {} of {} pairs of histories\n",
                                 grouped(parting.n_parted), grouped(parting.n_histories));
  for (const PartingLink& link : parting.first) text += "    " + line(link) + "\n";
  if (parting.chain.size() < 2) return text;
  text += "  after the first of these, mostly\n";
  for (std::size_t i = 1; i < parting.chain.size(); ++i)
    text += "    " + line(parting.chain[i]) + "\n";
  return text;
}

std::string partings_csv(const std::vector<NamedParting>& partings, const language::Steps& steps) {
  table::Writer writer({"whatif", "place", "decision", "baseline", "changed", "pairs", "parted",
                        "histories", "median"});
  for (const NamedParting& one : partings) {
    const auto add = [&](const std::string& place, const PartingLink& link) {
      writer.text(one.whatif).text(place).text(link.decision).text(link.from).text(link.to);
      writer.integer(static_cast<std::int64_t>(link.n));
      writer.integer(static_cast<std::int64_t>(one.parting->n_parted));
      writer.integer(static_cast<std::int64_t>(one.parting->n_histories));
      writer.text(steps.label(link.median_step)).end_row();
    };
    for (const PartingLink& link : one.parting->first) add("first", link);
    for (std::size_t i = 1; i < one.parting->chain.size(); ++i)
      add(fmt::format("chain {}", i + 1), one.parting->chain[i]);
  }
  return writer.take();
}

}  // namespace casus::cases
