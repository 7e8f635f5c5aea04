// What a calibration found, for people and for programs.
#include "case/calibrate.hpp"
#include "case/json.hpp"
#include "case/layout.hpp"
#include "case/results.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <numeric>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

/// In which way ranks are not uniform: by what they miss most, a uniform sample's mean or spread.
std::string direction_of(const CalibratedQuantity& quantity) {
  constexpr double variance = 1.0 / 12.0;
  constexpr double variance_of_square = 1.0 / 180.0;
  const auto n = static_cast<double>(quantity.ranks.size());
  double sum = 0.0;
  double squares = 0.0;
  for (const double rank : quantity.ranks) {
    sum += rank - 0.5;
    squares += (rank - 0.5) * (rank - 0.5) - variance;
  }
  const double aside = sum / std::sqrt(n * variance);
  const double spread = squares / std::sqrt(n * variance_of_square);
  if (std::abs(spread) > std::abs(aside))
    return spread > 0.0 ? "posterior too narrow" : "posterior too wide";
  return aside > 0.0 ? "posterior too low" : "posterior too high";
}

bool is_off(const Calibration& calibration, const CalibratedQuantity& quantity) {
  return quantity.p_value < calibration.level();
}

std::string verdict_of(const Calibration& calibration, const CalibratedQuantity& quantity) {
  return is_off(calibration, quantity) ? direction_of(quantity) : "as it should be";
}

std::string p_text(double p) { return p < 0.0001 ? "< 0.0001" : fmt::format("{:.4f}", p); }

std::string table_text(const Calibration& calibration) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, left});
  table.add({"quantity", "p", "in middle 50 %", "in middle 90 %", ""});
  for (const CalibratedQuantity& quantity : calibration.quantities) {
    table.add(
        {quantity.name, p_text(quantity.p_value), fmt::format("{:.0f} %", 100.0 * quantity.in_half),
         fmt::format("{:.0f} %", 100.0 * quantity.in_most), verdict_of(calibration, quantity)});
  }
  return table.text(2);
}

/// A word where the share of truths in the middle 90 % is off by more than three standard errors.
std::string coverage_text(const Calibration& calibration) {
  constexpr double errors = 3.0;
  constexpr double expected = 0.9;
  const Estimate inside = calibration.in_most();
  std::string text =
      fmt::format("of all truths together {} lie in the middle 90 %", percent(inside));
  if (inside.value < expected - errors * inside.error)
    text += ": posteriors are on the whole too narrow, more --sets would widen them";
  if (inside.value > expected + errors * inside.error)
    text += ": posteriors are on the whole too wide";
  return text + "\n";
}

std::string left_out_text(const Calibration& calibration) {
  if (calibration.left_out.empty()) return {};
  return fmt::format(
      "  {} left out, so that this is a calibration of the rest only; the first because {}\n",
      counted(calibration.left_out.size(), "replication"), calibration.left_out.front());
}

std::string ranks_csv(const Calibration& calibration) {
  std::vector<std::string> header{"replication", "effective_sets"};
  for (const CalibratedQuantity& quantity : calibration.quantities) header.push_back(quantity.name);
  table::Writer writer(header);
  for (std::size_t i = 0; i < calibration.done.size(); ++i) {
    writer.integer(calibration.done[i]).number(calibration.effective_sets[i]);
    for (const CalibratedQuantity& quantity : calibration.quantities)
      writer.number(quantity.ranks[i]);
    writer.end_row();
  }
  return writer.take();
}

}  // namespace

std::string calibration_text(const LoadedCase& loaded, const Calibration& calibration) {
  const std::size_t n = calibration.done.size();
  const double sum =
      std::accumulate(calibration.effective_sets.begin(), calibration.effective_sets.end(), 0.0);
  std::string text = fmt::format("{}: calibration of its fits\n\n", loaded.model.title);
  text += fmt::format(
      "  {} drawn from the prior, a record simulated from each with the real record's blanks, and "
      "a fit of it\n"
      "  p: of ranks as far from uniform as these, if fits are right; {} effective sets on "
      "average\n",
      counted(n, "parameter set"), std::lround(sum / static_cast<double>(n)));
  if (!calibration.is_exact)
    text += "  likelihoods are estimates, so that their own ranks say nothing and are left out\n";
  text += left_out_text(calibration) + "\n" + table_text(calibration) + "\n";
  text += coverage_text(calibration);
  if (calibration.passes()) {
    text += fmt::format("nothing is off at 1 % for all of these together ({:.4f} each)\n",
                        calibration.level());
  } else {
    text +=
        "fits of this case are off: take more --sets or --particles; where that does not help, "
        "its posteriors are not to be believed\n";
  }
  return text;
}

std::string calibration_json(const LoadedCase& loaded, const Job& job,
                             const Calibration& calibration) {
  Json quantities = Json::array();
  for (const CalibratedQuantity& quantity : calibration.quantities) {
    quantities.push_back({{"quantity", quantity.name},
                          {"p_value", quantity.p_value},
                          {"in_middle_50", quantity.in_half},
                          {"in_middle_90", quantity.in_most},
                          {"off", is_off(calibration, quantity)},
                          {"verdict", verdict_of(calibration, quantity)}});
  }
  const Json document{{"calibrated", calibration.passes()},
                      {"level", calibration.level()},
                      {"replications", calibration.done.size()},
                      {"in_middle_90", calibration.in_most().value},
                      {"in_middle_90_se", calibration.in_most().error},
                      {"left_out", calibration.left_out},
                      {"exact", calibration.is_exact},
                      {"quantities", std::move(quantities)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

Outcome publish_calibration(const LoadedCase& loaded, const Job& job,
                            const Calibration& calibration, const std::filesystem::path& folder) {
  Outcome outcome{.text = calibration_text(loaded, calibration),
                  .document = calibration_json(loaded, job, calibration)};
  const std::vector<ResultFile> files{text_file("ranks.csv", ranks_csv(calibration)),
                                      text_file("ranks.svg", calibration_svg(loaded, calibration)),
                                      text_file("summary.txt", outcome.text),
                                      text_file("summary.json", outcome.document)};
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
