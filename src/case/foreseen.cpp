// Ranks and scores of data among draws, and what they come to.
#include "case/foreseen.hpp"

#include "case/layout.hpp"
#include "inference/uniformity.hpp"
#include "random/laws.hpp"
#include "table/writer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace casus::cases {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double surely = 0.99;
constexpr std::size_t least_ranks = 5;
constexpr std::size_t most_ranks = 2000;  // the exact p takes their square

void rank(ForeseenItem& item, std::span<const double> draws, double recorded, double share) {
  const auto n = static_cast<double>(draws.size());
  double less = 0.0;
  double alike = 0.0;
  for (const double draw : draws) {
    if (draw < recorded) less += 1.0;
    if (draw == recorded) alike += 1.0;
  }
  item.below = less / n;
  item.up_to = (less + alike) / n;
  item.pit = (less + share * (1.0 + alike)) / (n + 1.0);
}

std::vector<double> finite(std::span<const double> draws) {
  std::vector<double> kept;
  for (const double draw : draws)
    if (!std::isnan(draw)) kept.push_back(draw);
  return kept;
}

ForeseenItem unknown() { return {.below = nan, .up_to = nan, .pit = nan, .crps = nan}; }

/// Mean distance from the datum less half the mean distance of two draws (Gneiting & Raftery 2007,
/// equation 20), the latter over different ones only.
double crps_of(std::span<const double> sorted, double recorded) {
  const auto n = static_cast<double>(sorted.size());
  if (sorted.size() < 2) return nan;
  double from_datum = 0.0;
  double weighted = 0.0;  // half the sum of |a - b| over all ordered pairs
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    from_datum += std::fabs(sorted[i] - recorded);
    weighted += (2.0 * static_cast<double>(i) + 1.0 - n) * sorted[i];
  }
  return from_datum / n - weighted / (n * (n - 1.0));
}

/// Half the sum of squared differences of probabilities and what came about.
double half_quadratic(std::span<const double> shares, std::size_t came, double n) {
  if (n < 2.0) return nan;
  double sum = 0.0;
  double bias = 0.0;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const double off = shares[i] - (i == came ? 1.0 : 0.0);
    sum += off * off;
    bias += shares[i] * (1.0 - shares[i]) / (n - 1.0);
  }
  return 0.5 * (sum - bias);
}

double share_of(std::span<const double> draws, double label) {
  const auto count = std::count(draws.begin(), draws.end(), label);
  return static_cast<double>(count) / static_cast<double>(draws.size());
}

std::vector<double> ranks_of(const ForeseenSeries& series) {
  std::vector<double> ranks;
  for (const ForeseenItem& item : series.items)
    if (!std::isnan(item.pit) && !item.is_decided) ranks.push_back(item.pit);
  return ranks;
}

/// Evenly chosen where there are more than an exact p can be had of.
std::vector<double> thinned(const std::vector<double>& ranks) {
  if (ranks.size() <= most_ranks) return ranks;
  std::vector<double> some;
  for (std::size_t i = 0; i < most_ranks; ++i) some.push_back(ranks[i * ranks.size() / most_ranks]);
  return some;
}

/// In which of four ways uniform ranks would least be so, by normal scores.
std::string seen_as(std::span<const double> ranks, bool is_label) {
  double shift = 0.0;
  double reach = 0.0;
  for (const double each : ranks) {
    shift += each - 0.5;
    reach += std::fabs(each - 0.5) - 0.25;
  }
  const bool by_shift = std::fabs(shift) * std::sqrt(12.0) > std::fabs(reach) * std::sqrt(48.0);
  const bool is_more = (by_shift ? shift : reach) > 0.0;
  if (is_label && by_shift)
    return is_more ? "later labels more often" : "earlier labels more often";
  if (is_label) return is_more ? "outer labels more often" : "middle labels more often";
  if (by_shift) return is_more ? "higher" : "lower";
  return is_more ? "farther out" : "nearer to the middle";
}

}  // namespace

ForeseenItem foreseen_number(std::vector<double> draws, double recorded, double share) {
  draws = finite(draws);
  if (draws.empty() || std::isnan(recorded)) return unknown();
  ForeseenItem item;
  rank(item, draws, recorded, share);
  std::sort(draws.begin(), draws.end());
  item.crps = crps_of(draws, recorded);
  return item;
}

ForeseenItem foreseen_label(std::span<const double> draws, std::span<const double> admitted,
                            double share) {
  const std::vector<double> known = finite(draws);
  if (known.empty() || admitted.empty()) return unknown();
  const auto n = static_cast<double>(known.size());
  std::set<double> labels(known.begin(), known.end());
  ForeseenItem item = unknown();
  double surest = 0.0;
  for (const double label : labels) surest = std::max(surest, share_of(known, label));
  if (admitted.size() == 1) {
    rank(item, known, admitted.front(), share);
    labels.insert(admitted.front());
    std::vector<double> shares;
    shares.reserve(labels.size());
    for (const double label : labels) shares.push_back(share_of(known, label));
    const auto came = std::distance(labels.begin(), labels.find(admitted.front()));
    item.crps = half_quadratic(shares, static_cast<std::size_t>(came), n);
  } else {
    double either = 0.0;
    for (const double label : admitted) either += share_of(known, label);
    item.crps = half_quadratic(std::array{either, 1.0 - either}, 0, n);
  }
  item.is_decided = surest > surely;
  return item;
}

ForeseenSummary summary_of(const ForeseenSeries& series) {
  ForeseenSummary summary{.crps = nan, .in_middle = nan, .p = nan};
  double sum = 0.0;
  std::size_t n = 0;
  for (const ForeseenItem& item : series.items) {
    if (std::isnan(item.crps)) continue;
    sum += item.crps;
    ++n;
  }
  if (n > 0) summary.crps = sum / static_cast<double>(n);
  const std::vector<double> ranks = ranks_of(series);
  summary.n_pit = ranks.size();
  if (ranks.size() < least_ranks) return summary;
  const auto inside = std::count_if(ranks.begin(), ranks.end(),
                                    [](double each) { return each >= 0.05 && each <= 0.95; });
  summary.in_middle = static_cast<double>(inside) / static_cast<double>(ranks.size());
  summary.p = inference::uniformity_p_value(thinned(ranks));
  summary.seen_as = seen_as(ranks, series.is_label);
  return summary;
}

bool is_off(const ForeseenSummary& summary, std::size_t n_series) {
  return summary.p * static_cast<double>(n_series) < 0.01;
}

std::string foreseen_text(const std::vector<ForeseenSeries>& all) {
  std::vector<std::pair<std::string, ForeseenSummary>> ranked;
  for (const ForeseenSeries& series : all) {
    ForeseenSummary summary = summary_of(series);
    if (!std::isnan(summary.p)) ranked.emplace_back(series.name, std::move(summary));
  }
  std::string text;
  for (const auto& [name, summary] : ranked) {
    if (!is_off(summary, ranked.size())) continue;
    text +=
        fmt::format("  {} was not as foreseen (p {:.1e}): {}\n", name, summary.p, summary.seen_as);
  }
  if (!text.empty() || ranked.empty()) return text;
  return "  among what was foreseen the record lies as one more draw would\n";
}

std::string foreseen_csv(const language::Steps& steps, const std::vector<ForeseenSeries>& all) {
  table::Writer writer({"step", "observed", "unit", "below", "up_to", "pit", "crps", "decided"});
  for (const ForeseenSeries& series : all) {
    for (const ForeseenItem& item : series.items) {
      writer.text(steps.label(item.step)).text(series.name).text(series.unit);
      for (const double value : {item.below, item.up_to, item.pit, item.crps})
        writer.number_or_blank(value);
      writer.integer(item.is_decided ? 1 : 0).end_row();
    }
  }
  return writer.take();
}

RankBars rank_bars(std::size_t n_ranks) {
  constexpr std::size_t least_in_bar = 5;
  const std::size_t n = std::clamp(n_ranks / least_in_bar, std::size_t{2}, std::size_t{10});
  const std::array of_bar{static_cast<double>(n_ranks), 1.0 / static_cast<double>(n)};
  const random::Law& binomial = *random::find_law("binomial");
  return {.n = n,
          .low = static_cast<std::size_t>(binomial.quantile(0.05, of_bar)),
          .high = static_cast<std::size_t>(binomial.quantile(0.95, of_bar))};
}

}  // namespace casus::cases
