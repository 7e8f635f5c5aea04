// A maximum as tables print it.
#include "base/text.hpp"
#include "case/json.hpp"
#include "case/json_number.hpp"
#include "case/layout.hpp"
#include "case/maximum.hpp"
#include "case/results.hpp"
#include "random/special.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace casus::cases {
namespace {

using Json = nlohmann::ordered_json;

constexpr double upper_95 = 1.959963984540054;  // standard normal quantile at 0.975

/// One parameter's line; NaN where there is no error.
struct Line {
  double estimate = 0.0;
  double error = 0.0;
  double z = 0.0;
  double p = 0.0;  ///< two-sided, of the standard normal
  double low = 0.0;
  double high = 0.0;
};

Line line_of(const Maximum& maximum, std::size_t i) {
  const double estimate = maximum.estimates[i];
  const double error = maximum.standard_error(i);
  const double z = estimate / error;
  const double p = std::isnan(z) ? z : 2.0 * random::normal_cdf(-std::abs(z));
  return {.estimate = estimate,
          .error = error,
          .z = z,
          .p = p,
          .low = estimate - upper_95 * error,
          .high = estimate + upper_95 * error};
}

std::string digits(double value, const char* form) {
  return std::isfinite(value) ? fmt::format(fmt::runtime(form), value) : "-";
}

std::string p_text(double p) { return p < 0.001 ? "<0.001" : digits(p, "{:.3f}"); }

/// "a + 0.5 b - 2 c"
std::string direction_text(const Maximum& maximum, const std::vector<double>& direction) {
  std::string text;
  for (std::size_t i = 0; i < direction.size(); ++i) {
    const double part = std::abs(direction[i]);
    if (part < 1e-3) continue;
    if (!text.empty()) text += direction[i] < 0.0 ? " - " : " + ";
    if (text.empty() && direction[i] < 0.0) text += "-";
    if (std::abs(part - 1.0) > 5e-4) text += fmt::format("{:.3g} ", part);
    text += maximum.free[i].name;
  }
  return text;
}

double highest(const Maximum& maximum) {
  return *std::max_element(maximum.reached.begin(), maximum.reached.end());
}

/// Starts that ended at the greatest log-likelihood, to a thousandth.
std::size_t n_agreeing(const Maximum& maximum) {
  constexpr double close = 1e-3;
  return static_cast<std::size_t>(
      std::count_if(maximum.reached.begin(), maximum.reached.end(),
                    [&](double one) { return one > highest(maximum) - close; }));
}

/// What must be known before anything is believed.
std::vector<std::string> warnings_of(const Maximum& maximum) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < maximum.free.size(); ++i) {
    if (std::isnan(maximum.edges[i])) continue;
    warnings.push_back(fmt::format("{} is at the edge of what its prior allows ({}): no error",
                                   maximum.free[i].name, to_text(maximum.edges[i])));
  }
  if (!maximum.is_smooth) {
    warnings.emplace_back("close to the maximum the record becomes impossible: no errors");
  } else if (!maximum.is_top) {
    warnings.emplace_back("the search ended below a maximum: take other --starts");
  }
  for (const std::vector<double>& flat : maximum.flat) {
    warnings.push_back(fmt::format("not identified: the likelihood is the same along {}",
                                   direction_text(maximum, flat)));
  }
  const std::size_t agreeing = n_agreeing(maximum);
  if (2 * agreeing < maximum.reached.size()) {
    warnings.push_back(
        fmt::format("only {} of {} starts ended here, the others lower: there may be "
                    "higher maxima; take more --starts",
                    agreeing, maximum.reached.size()));
  }
  return warnings;
}

std::string estimates_csv(const Maximum& maximum) {
  table::Writer writer(
      {"parameter", "unit", "estimate", "standard_error", "z", "p", "low_95", "high_95"});
  for (std::size_t i = 0; i < maximum.free.size(); ++i) {
    const Line line = line_of(maximum, i);
    writer.text(maximum.free[i].name).text(maximum.free[i].unit);
    for (const double value : {line.estimate, line.error, line.z, line.p, line.low, line.high})
      writer.number(value);
    writer.end_row();
  }
  return writer.take();
}

std::string covariance_csv(const Maximum& maximum) {
  std::vector<std::string> header{"parameter"};
  for (const FreeParameter& one : maximum.free) header.push_back(one.name);
  table::Writer writer(header);
  for (std::size_t i = 0; i < maximum.free.size(); ++i) {
    writer.text(maximum.free[i].name);
    for (std::size_t j = 0; j < maximum.free.size(); ++j) writer.number(maximum.covariance(i, j));
    writer.end_row();
  }
  return writer.take();
}

std::string starts_csv(const Maximum& maximum) {
  table::Writer writer({"start", "log_likelihood"});
  for (std::size_t i = 0; i < maximum.reached.size(); ++i)
    writer.integer(static_cast<std::int64_t>(i + 1)).number(maximum.reached[i]).end_row();
  return writer.take();
}

std::string estimates_text(const Maximum& maximum) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, right, left});
  table.add({"parameter", "estimate", "std. error", "z", "p", "95 % from", "to", "unit"});
  for (std::size_t i = 0; i < maximum.free.size(); ++i) {
    const Line line = line_of(maximum, i);
    table.add({maximum.free[i].name, digits(line.estimate, "{:.5g}"), digits(line.error, "{:.4g}"),
               digits(line.z, "{:.2f}"), p_text(line.p), digits(line.low, "{:.4g}"),
               digits(line.high, "{:.4g}"), maximum.free[i].unit});
  }
  return table.text(2);
}

}  // namespace

std::string maximum_text(const LoadedCase& loaded, const Job& job, const Maximum& maximum) {
  const std::string variant = job.plan.baselines.front().explanation;
  std::string text = fmt::format("{}: maximum likelihood{}\n\n", loaded.model.title,
                                 variant.empty() ? "" : ", " + variant);
  text += estimates_text(maximum);
  text += fmt::format("\nlog-likelihood {:.6f}, {}, {}\n", maximum.log_likelihood,
                      counted(maximum.n_estimated(), "parameter"), counted(maximum.n_rows, "row"));
  text += fmt::format("AIC {:.4f}, BIC {:.4f}\n", maximum.aic(), maximum.bic());
  text += fmt::format("{} of {} ended here\n", n_agreeing(maximum),
                      counted(maximum.reached.size(), "start"));
  for (const std::string& warning : warnings_of(maximum)) text += "! " + warning + "\n";
  return text;
}

std::string maximum_json(const LoadedCase& loaded, const Job& job, const Maximum& maximum) {
  Json estimates = Json::array();
  Json covariance = Json::array();
  for (std::size_t i = 0; i < maximum.free.size(); ++i) {
    const Line line = line_of(maximum, i);
    estimates.push_back({{"parameter", maximum.free[i].name},
                         {"unit", maximum.free[i].unit},
                         {"estimate", number(line.estimate)},
                         {"standard_error", number(line.error)},
                         {"z", number(line.z)},
                         {"p", number(line.p)},
                         {"low_95", number(line.low)},
                         {"high_95", number(line.high)},
                         {"at_edge", !std::isnan(maximum.edges[i])}});
    Json row = Json::array();
    for (std::size_t j = 0; j < maximum.free.size(); ++j)
      row.push_back(number(maximum.covariance(i, j)));
    covariance.push_back(std::move(row));
  }
  Json flat = Json::array();
  for (const std::vector<double>& one : maximum.flat) {
    Json direction = Json::object();
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (std::abs(one[i]) >= 1e-3) direction[maximum.free[i].name] = one[i];
    }
    flat.push_back(std::move(direction));
  }
  const Json document{{"log_likelihood", number(maximum.log_likelihood)},
                      {"n_parameters", maximum.n_estimated()},
                      {"n_rows", maximum.n_rows},
                      {"aic", number(maximum.aic())},
                      {"bic", number(maximum.bic())},
                      {"parameters", std::move(estimates)},
                      {"covariance", std::move(covariance)},
                      {"not_identified", std::move(flat)},
                      {"starts", maximum.reached},
                      {"warnings", warnings_of(maximum)}};
  return merged_json(fmt::format("{{\"provenance\": {}}}", provenance(loaded, job)),
                     document.dump(2));
}

Outcome publish_maximum(const LoadedCase& loaded, const Job& job, const Maximum& maximum,
                        const std::filesystem::path& folder) {
  Outcome outcome{.text = maximum_text(loaded, job, maximum),
                  .document = maximum_json(loaded, job, maximum)};
  const std::vector<ResultFile> files{text_file("estimates.csv", estimates_csv(maximum)),
                                      text_file("covariance.csv", covariance_csv(maximum)),
                                      text_file("starts.csv", starts_csv(maximum)),
                                      text_file("summary.txt", outcome.text),
                                      text_file("summary.json", outcome.document)};
  store_results(folder, files, provenance(loaded, job));
  return outcome;
}

}  // namespace casus::cases
