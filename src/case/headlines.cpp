// Choosing by order.
#include "case/headlines.hpp"

#include "language/walk.hpp"

#include <algorithm>
#include <cmath>

namespace casus::cases {
namespace {

using language::Meaning;
using language::MeasureColumn;

/// The quantities that a measure reads, in order.
std::vector<language::QuantityId> quantities_of(const language::Model& model,
                                                language::QuantityId measure) {
  std::vector<language::QuantityId> read;
  const auto& statement = model.statement<language::MeasureStatement>(model[measure].statement);
  language::walk(model.tree, statement.value, [&](language::NodeId node) {
    const Meaning& meaning = model.meaning(node);
    if (meaning.kind == Meaning::Kind::quantity) {
      read.push_back(language::QuantityId{meaning.target});
    }
  });
  return read;
}

/// Numbers, and what an enumerated state is: moves and events of a single step make no line.
bool is_shown(const language::Quantity& quantity, const BandLine& line) {
  using Kind = language::Quantity::Kind;
  if (line.kind == BandLine::Kind::truth || line.label < 0) return false;
  if (line.kind == BandLine::Kind::label) return quantity.kind == Kind::state;
  return quantity.kind == Kind::state || quantity.kind == Kind::let ||
         quantity.kind == Kind::observed;
}

/// Whether there is anything to see: not one number in all histories and steps.
bool varies(const Bands& bands, std::size_t line) {
  const double first = bands.at(0, line).mean;
  for (std::size_t step = 0; step < bands.n_steps(); ++step) {
    const Band& band = bands.at(step, line);
    if (!(band.mean == first && (std::isnan(band.q05) || band.q05 == band.q95))) return true;
  }
  return false;
}

bool changes(const Runs& runs, std::size_t comparison) {
  return std::any_of(runs.whatifs.begin(), runs.whatifs.end(), [&](const PairedRun& paired) {
    return paired.comparisons[comparison].n_different > 0;
  });
}

}  // namespace

std::vector<std::size_t> headline_lines(const language::Model& model, const Run& run,
                                        std::size_t most) {
  std::vector<std::size_t> chosen;
  const Bands& bands = run.ensemble.bands;
  const std::vector<BandLine>& lines = bands.lines;
  const auto add_lines_of = [&](language::QuantityId quantity) {
    for (std::size_t i = 0; i < lines.size() && chosen.size() < most; ++i) {
      const bool is_of_it = run.lowered.output_columns[lines[i].output].quantity == quantity;
      const bool is_new = std::find(chosen.begin(), chosen.end(), i) == chosen.end();
      if (is_of_it && is_new && is_shown(model[quantity], lines[i]) && varies(bands, i))
        chosen.push_back(i);
    }
  };
  const std::vector<MeasureColumn>& measures = run.lowered.measure_columns;
  for (std::size_t i = 0; i < std::min(n_headlines, measures.size()); ++i) {
    for (const language::QuantityId quantity : quantities_of(model, measures[i].quantity)) {
      add_lines_of(quantity);
    }
  }
  if (!chosen.empty()) return chosen;
  for (std::uint32_t i = 0; i < model.quantities.size(); ++i) {  // measures that read moves alone
    if (model.quantities[i].kind == language::Quantity::Kind::state)
      add_lines_of(language::QuantityId{i});
  }
  return chosen;
}

std::vector<std::size_t> headline_comparisons(const Runs& runs) {
  std::vector<std::size_t> chosen;
  if (runs.whatifs.empty()) return chosen;
  std::size_t n_numbers = 1;  // still wanted
  std::size_t n_ratios = 1;
  std::size_t n_shares = 2;
  const PairedRun& first = runs.whatifs.front();
  for (std::size_t i = 0; i < first.comparisons.size(); ++i) {
    const Aspect::Kind kind = first.comparisons[i].aspect.kind;
    std::size_t& n = kind == Aspect::Kind::mean    ? n_numbers
                     : kind == Aspect::Kind::ratio ? n_ratios
                                                   : n_shares;
    if (n == 0 || kind == Aspect::Kind::label || !changes(runs, i)) continue;
    --n;
    chosen.push_back(i);
  }
  return chosen;
}

}  // namespace casus::cases
