// results.nc: what every quantity does in every step.
#include "base/bug.hpp"
#include "case/netcdf_results.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <limits>
#include <numeric>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t n_statistics = 6;

std::array<double, n_statistics> statistics_of(const Band& band) {
  return {band.mean, band.q05, band.q25, band.q50, band.q75, band.q95};
}

/// The steps that some run shows.
struct ShownSteps {
  std::uint32_t first = 0;
  std::uint32_t end = 0;
  std::size_t count() const { return end - first; }
};

ShownSteps shown_steps(const std::vector<const Run*>& runs, const language::Steps& steps) {
  ShownSteps shown{.first = steps.count, .end = 0};
  for (const Run* run : runs) {
    const Bands& bands = run->ensemble.bands;
    shown.first = std::min(shown.first, bands.first_step);
    shown.end = std::max(shown.end, bands.first_step + static_cast<std::uint32_t>(bands.n_steps()));
  }
  return shown;
}

std::vector<std::uint32_t> numbers_of(const ShownSteps& shown) {
  std::vector<std::uint32_t> numbers(shown.count());
  std::iota(numbers.begin(), numbers.end(), shown.first);
  return numbers;
}

/// One quantity: its lines are those of its elements, one after another, and of each its labels.
class QuantityLines {
 public:
  QuantityLines(const Run& run, language::QuantityId quantity) : bands_(run.ensemble.bands) {
    for (std::size_t i = 0; i < bands_.lines.size(); ++i) {
      const auto& column = run.lowered.output_columns[bands_.lines[i].output];
      if (column.quantity != quantity) continue;
      if (n_ == 0) first_ = i;
      ++n_;
      scale_ = bands_.lines[i].kind == BandLine::Kind::number ? column.scale : 1.0;
    }
  }

  std::size_t size() const { return n_; }

  /// Of `step`: a statistic of all elements, then the next; shares have one statistic.
  void fill(std::uint32_t step, std::span<double> values) const {
    if (step < bands_.first_step) return;
    for (std::size_t i = 0; i < n_; ++i) {
      const auto all = statistics_of(bands_.at(step - bands_.first_step, first_ + i));
      for (std::size_t s = 0; s * n_ < values.size(); ++s) values[s * n_ + i] = all[s] / scale_;
    }
  }

 private:
  const Bands& bands_;
  std::size_t first_ = 0;
  std::size_t n_ = 0;
  double scale_ = 1.0;
};

class StepsWriter {
 public:
  StepsWriter(NetcdfPlace& root, const Runs& runs, int run_dimension)
      : root_(root),
        runs_(all_of(runs)),
        shown_(shown_steps(runs_, root.model().steps)),
        run_(run_dimension),
        time_(add_time(root, numbers_of(shown_), "")),
        statistic_(root.dimension("statistic", {"mean", "q05", "q25", "q50", "q75", "q95"})) {}

  /// The quantity of this column, with all its elements.
  void add(const language::OutputColumn& column) {
    const language::Quantity& quantity = root_.model()[column.quantity];
    const bool is_number = column.labels.empty() && !column.truth;
    std::vector<int> over{run_, time_};
    if (is_number) over.push_back(statistic_);
    for (const int dimension : root_.dimensions_of(quantity)) over.push_back(dimension);
    if (!column.labels.empty()) {
      over.push_back(root_.dimension(quantity.name.text + "_label", with_none(column.labels)));
    }
    const NetcdfVariable variable =
        root_.variable_of(column.quantity, "", is_number ? column.unit : "1", over);
    if (!is_number) variable.attribute("statistic", "share of histories");
    variable.attribute("coordinates", "date step");
    const std::size_t n = QuantityLines(*runs_.front(), column.quantity).size();
    const std::size_t width = n * (is_number ? n_statistics : 1);
    const Lengths slab = slab_of(quantity, is_number, column);
    variable.pack(slab);
    Lengths begin(slab.size());
    for (const Run* run : runs_) {
      const QuantityLines lines(*run, column.quantity);
      require(lines.size() == n, "runs of other outputs");
      std::vector<double> values(shown_.count() * width, nan);
      for (std::size_t i = 0; i < shown_.count(); ++i) {
        lines.fill(shown_.first + static_cast<std::uint32_t>(i),
                   std::span(values).subspan(i * width, width));
      }
      variable.put(begin, slab, values);
      ++begin.front();
    }
  }

 private:
  /// One run of the variable.
  Lengths slab_of(const language::Quantity& quantity, bool is_number,
                  const language::OutputColumn& column) const {
    Lengths lengths{1, shown_.count()};
    if (is_number) lengths.push_back(n_statistics);
    for (const language::SetId set : quantity.shape) {
      lengths.push_back(root_.model()[set].labels.size());
    }
    if (!column.labels.empty()) lengths.push_back(column.labels.size() + 1);
    return lengths;
  }

  NetcdfPlace& root_;
  std::vector<const Run*> runs_;
  ShownSteps shown_;
  int run_;
  int time_;
  int statistic_;
};

}  // namespace

void add_steps(NetcdfPlace& root, const Runs& runs, int run_dimension, const Progress& progress) {
  const Run& first = runs.baselines.front();
  if (first.ensemble.bands.lines.empty()) return;
  StepsWriter writer(root, runs, run_dimension);
  for (const language::OutputColumn& column : first.lowered.output_columns) {
    if (progress.stop_requested()) throw Interrupted{};
    if (column.element == 0) writer.add(column);
  }
}

}  // namespace casus::cases
