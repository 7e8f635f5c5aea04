// Loading from memory, running twice, comparing bits.
#include "fuzz/machines.hpp"

#include "base/render.hpp"
#include "case/ensemble.hpp"
#include "case/history.hpp"
#include "case/load.hpp"
#include "case/replay.hpp"
#include "case/request.hpp"
#include "fuzz/diagnosis.hpp"
#include "fuzz/dice.hpp"
#include "fuzz/stepwise.hpp"

#include <cctype>
#include <fmt/format.h>

namespace casus::fuzz {
namespace {

class Folder final : public Files {
 public:
  explicit Folder(const Texts& texts) : texts_(texts) {}
  FileContent read(std::string_view path) const override {
    const auto at = texts_.find(std::string(path));
    if (at == texts_.end()) return {.bytes = {}, .problem = "no such file"};
    return {.bytes = at->second, .problem = {}};
  }

 private:
  const Texts& texts_;
};

/// Parameters of one variant on both machines, then its histories.
class Comparison {
 public:
  Comparison(const language::Lowered& lowered, const cases::EnsembleOptions& options)
      : lowered_(lowered),
        options_(options),
        n_parameters_(lowered.parameter_columns.size()),
        parameters_(options.n_sets * n_parameters_) {}

  bool fails() const { return fails_; }

  /// Empty when both say the same of all that the programs compute.
  std::string difference_by_step() {
    fails_ = draw_parameters();
    if (fails_) return "";
    const Stepwise result = run_stepwise(lowered_, options_, parameters_);
    fails_ = result.is_failing;
    return result.difference;
  }

  /// The same of an ensemble as commands run it: parameters, failures and measures.
  std::string difference_of_ensemble() {
    Serial serial;
    Silent silent;
    lanes_ = cases::simulate(lowered_, options_, {.parallel = serial, .progress = silent});
    fails_ = !lanes_.failures.empty();
    if (draw_parameters()) {
      return fails_ && lanes_.failures.front().where == cases::Failure::Where::parameters
                 ? ""
                 : "lanes drew parameters that the reference machine cannot draw";
    }
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      if (!same_bits(parameters_[i], lanes_.parameters[i])) return "a parameter differs";
    }
    if (std::string text = different_failures(); !text.empty() || fails_) return text;
    for (std::size_t h = 0; h < lanes_.n_histories(); ++h) {
      if (std::string text = different_measures(h); !text.empty()) return text;
    }
    return "";
  }

 private:
  bool draw_parameters() {
    cases::HistoryRunner runner(lowered_);
    for (std::uint32_t set = 0; set < options_.n_sets; ++set) {
      const random::Key key = random::key_of(
          options_.seed, {.purpose = random::Purpose::parameter, .parameter_set = set});
      const auto into = std::span(parameters_).subspan(set * n_parameters_, n_parameters_);
      if (runner.draw_parameters(key, options_.at_median, into)) return true;
    }
    return false;
  }

  std::string different_failures() const {
    const std::size_t n = std::size_t{options_.n_sets} * options_.per_set;
    const auto expected = cases::replay(lowered_, options_, parameters_, {.first = 0, .count = n});
    if (expected.size() != lanes_.failures.size()) {
      return fmt::format("{} histories fail on the reference machine, {} in lanes", expected.size(),
                         lanes_.failures.size());
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (expected[i].history != lanes_.failures[i].history ||
          expected[i].where != lanes_.failures[i].where ||
          expected[i].fault.what != lanes_.failures[i].fault.what)
        return fmt::format("failure {} differs", i);
    }
    return "";
  }

  std::string different_measures(std::size_t h) const {
    std::vector<double> states(lowered_.state_names.size());
    std::vector<double> accumulators(lowered_.accumulators.size());
    std::vector<double> measures(lowered_.n_measure_outputs);
    const std::size_t set = h / options_.per_set;
    cases::HistoryRunner runner(lowered_);
    cases::HistoryState history{
        .parameters = std::span(parameters_).subspan(set * n_parameters_, n_parameters_),
        .states = states,
        .accumulators = accumulators,
        .key = cases::key_of_set(options_, set),
        .slot = static_cast<std::uint32_t>(h % options_.per_set)};
    if (runner.begin(history)) return "the start fails only sometimes";
    for (std::size_t segment = 0; segment < lowered_.segments.size(); ++segment) {
      const language::Segment& at = lowered_.segments[segment];
      for (std::uint32_t step = at.first; step <= at.last; ++step) {
        if (runner.step(history, segment, step)) return "a step fails only sometimes";
      }
    }
    if (runner.measure(history, measures)) return "measures fail only sometimes";
    for (std::uint32_t i = 0; i < measures.size(); ++i) {
      const double found = lanes_.measures.value(h, i);
      if (same_bits(found, measures[i])) continue;
      return fmt::format("output {} of the measures in history {}: reference {}, lanes {}", i, h,
                         measures[i], found);
    }
    return "";
  }

  const language::Lowered& lowered_;
  const cases::EnsembleOptions& options_;
  std::size_t n_parameters_;
  std::vector<double> parameters_;
  bool fails_ = false;
  cases::Ensemble lanes_{};
};

std::vector<language::Variant> variants_of(const language::Model& model, Dice& dice) {
  std::vector<language::Variant> variants{{}};
  for (const std::string& name : cases::explanation_names(model))
    variants.push_back({.explanation = name});
  for (const std::string& name : cases::whatif_names(model)) variants.push_back({.whatif = name});
  for (const std::string& name : cases::start_names(model)) variants.push_back({.start = name});
  constexpr std::size_t most = 5;
  if (variants.size() > most) variants.resize(most);
  for (language::Variant& each : variants) {
    each.outputs = dice.chance(60);
    each.paths = dice.chance(20);
    each.happened = !each.paths && dice.chance(20);
    each.totals = !each.paths && !each.happened && dice.chance(20);
  }
  language::Variant given{.outputs = dice.chance(50), .given = true};
  given.paths = dice.chance(20);
  given.gathers = dice.chance(20);
  const auto any_step = [&] { return static_cast<std::uint32_t>(dice.below(model.steps.count)); };
  if (dice.chance(20)) given.given_until = any_step();
  if (dice.chance(20)) given.free_from = any_step();
  variants.push_back(given);
  return variants;
}

/// Few histories in small blocks, and now and then more.
cases::EnsembleOptions options_of(Dice& dice, std::uint64_t seed) {
  const bool is_wide = dice.chance(6);
  const std::vector<std::string_view> targets = machine::kernel_targets();
  return {.n_sets = static_cast<std::uint32_t>(1 + dice.below(is_wide ? 4 : 2)),
          .per_set = static_cast<std::uint32_t>(1 + dice.below(is_wide ? 40 : 4)),
          .seed = seed,
          .at_median = dice.chance(5),
          .n_lanes = static_cast<std::uint32_t>(is_wide ? dice.below(3) * 64 : 16),
          .kernels = machine::kernels_of(std::string(dice.one_of(targets)))};
}

/// An ensemble keeps what its programs put out, or has programs that put out nothing: values that
/// nothing needs may fail unseen.
std::string difference(const language::Lowered& lowered, const language::Variant& variant,
                       cases::EnsembleOptions options, bool as_ensemble, Verdict& verdict) {
  options.keep_bands = variant.outputs;
  Comparison comparison(lowered, options);
  std::string text =
      as_ensemble ? comparison.difference_of_ensemble() : comparison.difference_by_step();
  ++verdict.n_variants;
  if (comparison.fails()) ++verdict.n_failing;
  return text;
}

Verdict run(const Texts& texts, std::uint64_t seed, bool must_be_right) {
  Verdict verdict;
  const Folder files(texts);
  Sources sources;
  Diagnostics found;
  const auto loaded = cases::load("random", "model.casus", files, sources, found);
  verdict.fault = fault_of(sources, found);
  if (must_be_right && !loaded) verdict.fault = render(sources, found);
  if (!loaded || !verdict.fault.empty()) return verdict;
  verdict.is_accepted = true;
  const language::Model& model = loaded->model;
  constexpr std::uint32_t long_enough = 2000;
  if (model.steps.count > long_enough) return verdict;
  Dice dice(seed);
  const cases::EnsembleOptions options = options_of(dice, seed);
  for (const language::Variant& variant : variants_of(model, dice)) {
    const language::Lowered lowered = language::lower(model, variant, found);
    if (found.has_errors()) return verdict;
    if (variant.given && lowered.score_columns.empty()) continue;
    const bool scores = variant.given || variant.happened || variant.totals || variant.paths;
    verdict.fault = difference(lowered, variant, options, !scores && dice.chance(50), verdict);
    if (!verdict.fault.empty()) return verdict;
  }
  return verdict;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

/// Words, single signs, and blanks.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> pieces;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && is_word(text[at]) && is_word(text[end])) ++end;
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

}  // namespace

Verdict on_both_machines(const Texts& texts, std::uint64_t seed) { return run(texts, seed, true); }

Verdict examine(const Texts& texts, std::uint64_t seed) { return run(texts, seed, false); }

Texts mutated(Texts texts, std::uint64_t seed) {
  Dice dice(seed);
  std::string& text = texts["model.casus"];
  std::vector<std::string> pieces = pieces_of(text);
  for (std::size_t n = 1 + dice.below(3); n > 0; --n) {
    std::string& piece = pieces[dice.below(pieces.size())];
    const std::string& other = pieces[dice.below(pieces.size())];
    switch (dice.below(8)) {
      case 0: piece.clear(); break;
      case 1: piece += " " + other; break;
      case 2: std::swap(piece, pieces[dice.below(pieces.size())]); break;
      case 3: piece = std::to_string(dice.below(100'000)); break;
      default:
        // Words for words keep most texts readable.
        if (is_word(piece.front()) == is_word(other.front())) piece = other;
    }
    std::erase_if(pieces, [](const std::string& one) { return one.empty(); });
  }
  text.clear();
  for (const std::string& piece : pieces) text += piece;
  return texts;
}

}  // namespace casus::fuzz
