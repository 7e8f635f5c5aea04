// What a comparison found, for people.
#include "base/text.hpp"
#include "case/compare.hpp"
#include "case/judgement.hpp"
#include "case/layout.hpp"
#include "case/moved_dates.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace casus::cases {
namespace {

constexpr std::size_t most_groups = 8;
constexpr std::size_t most_dates = 5;

std::string verdict_text(const Explained& explained) {
  switch (explained.verdict) {
    case Verdict::reference: return "the reference";
    case Verdict::ahead: return "ahead";
    case Verdict::behind:
      return explained.reason.empty() ? "behind" : "behind: " + explained.reason;
    case Verdict::undecided: break;
  }
  return "undecided: " + explained.reason;
}

std::string side_text(const OneSide& side) {
  return fmt::format("{} (k {:.2f})", log_text(side.log_factor, true), side.tail);
}

/// How each log Bayes factor came about.
std::string bridge_table(const Explanations& compared) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right, left});
  table.add({"explanation", "by runs", "bridge", "reverse bridge", "Savage-Dickey", "effective",
             "taken"});
  for (const Explained& explained : compared.all) {
    if (explained.verdict == Verdict::reference) continue;
    const Bridge& bridge = explained.bridge;
    const bool was_tried = !std::isnan(bridge.forward.log_factor.value);
    table.add({explained.name, log_text(explained.by_runs, true),
               was_tried ? side_text(bridge.forward) : "-",
               was_tried ? side_text(bridge.reverse) : "-",
               bridge.savage_dickey ? log_text(*bridge.savage_dickey, true) : "-",
               was_tried ? fmt::format("{:.0f}", bridge.forward.effective_size) : "-",
               bridge.holds() ? "bridge" : "runs; bridge failed: " + bridge.failure});
  }
  return table.text(2);
}

/// Factors under other widths of the priors.
std::string scales_table(const Explanations& compared) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, right, right});
  std::vector<std::string> header{"explanation", "as written"};
  for (const PriorScale& scale : prior_scales) {
    header.push_back(fmt::format("{} x {}", scale.which == Rescaled::motives ? "motives" : "others",
                                 to_text(scale.factor)));
  }
  table.add(header);
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    const Explained& explained = compared.all[i];
    if (i == compared.reference || explained.changes.empty()) continue;
    std::vector<std::string> row{explained.name, log_text(explained.log_factor, true)};
    for (std::size_t scale = 0; scale < prior_scales.size(); ++scale) {
      const Estimate factor = factor_between(compared, i, compared.reference, scale);
      row.push_back(std::isnan(factor.value) ? "not known" : log_text(factor, true));
    }
    table.add(row);
  }
  return table.text(2);
}

std::string motives_of(const Encompassing& model, const MotiveSubset& subset) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < model.motives.size(); ++i) {
    if (subset.has[i]) names.push_back(model.motives[i]);
  }
  return names.empty() ? "none" : join_text(names, ", ");
}

/// The subsets that make the record most probable, of those whose number is known.
std::string subsets_text(const Encompassing& model) {
  using enum TextTable::Align;
  constexpr std::size_t most = 12;
  std::vector<const MotiveSubset*> known;
  for (const MotiveSubset& subset : model.subsets) {
    if (subset.is_known) known.push_back(&subset);
  }
  std::stable_sort(known.begin(), known.end(), [](const MotiveSubset* a, const MotiveSubset* b) {
    return a->side.log_factor.value > b->side.log_factor.value;
  });
  const std::size_t n_known = known.size();
  known.resize(std::min(n_known, most));
  TextTable table({right, right, left});
  table.add({"against all", "k", "motives"});
  for (const MotiveSubset* subset : known) {
    table.add({log_text(subset->side.log_factor, true), fmt::format("{:.2f}", subset->side.tail),
               motives_of(model, *subset)});
  }
  std::string text = table.text(2);
  if (n_known > most) text += fmt::format("  the likeliest {} of {}\n", most, n_known);
  if (n_known < model.subsets.size()) {
    text += fmt::format("  the bridge to {} of {} subsets failed; motives.csv has all\n",
                        model.subsets.size() - n_known, model.subsets.size());
  }
  return text;
}

/// One model that holds all explanations, with an indicator for each motive.
std::string encompassing_text(const Encompassing& model) {
  if (model.motives.empty()) return "";
  using enum TextTable::Align;
  TextTable inclusions({left, right, right});
  inclusions.add({"motive", "in against out", "all against all but it"});
  for (const Inclusion& one : model.inclusions) {
    const auto known = [](const Estimate& estimate) {
      return std::isnan(estimate.value) ? "bridge failed" : log_text(estimate, true);
    };
    inclusions.add({one.motive, known(one.log_factor), known(one.from_all)});
  }
  return fmt::format(
             "\nmotives, as one model that holds them all: log Bayes factors, {} as likely "
             "before\n",
             model.is_joint ? "every subset" : "each subset of motives.csv") +
         inclusions.text(2) + "\n" + subsets_text(model);
}

/// The explanations that make an item most and least probable.
std::pair<std::size_t, std::size_t> extremes(const std::vector<double>& scores) {
  const auto below = [](double a, double b) { return a < b || (std::isnan(a) && !std::isnan(b)); };
  const auto most = std::max_element(scores.begin(), scores.end(), below);
  const auto least = std::min_element(scores.begin(), scores.end(), below);
  return {static_cast<std::size_t>(most - scores.begin()),
          static_cast<std::size_t>(least - scores.begin())};
}

std::string named(const Explanations& compared, const std::vector<double>& scores, std::size_t i) {
  return fmt::format("{} ({:.2f})", compared.all[i].name, scores[i]);
}

std::string items_table(const language::Steps& steps, const Explanations& compared) {
  using enum TextTable::Align;
  TextTable table({left, left, left, right, left, left});
  table.add({"date", "observed", "recorded", "apart by", "most probable under", "least under"});
  std::size_t n = 0;
  for (const MatrixGroup& group : compared.matrix.groups) {
    if (n++ == most_groups || !(group.spread > 0.0)) break;
    for (const MatrixRow& row : group.rows) {
      const auto [most, least] = extremes(row.scores);
      const bool is_first = &row == &group.rows.front();
      table.add({is_first ? steps.label(row.step) : "  with it", row.name, row.recorded,
                 fmt::format("{:.2f}", row.spread), named(compared, row.scores, most),
                 named(compared, row.scores, least)});
    }
  }
  return table.text(2);
}

/// What to code next: of blank cells those that promise more than the noise of their forecasts.
std::string uncoded_table(const language::Steps& steps, const Explanations& compared) {
  if (compared.uncoded.empty()) return "";
  using enum TextTable::Align;
  TextTable table({left, left, right, right, left});
  table.add({"date", "observed", "expected", "noise", "between"});
  std::size_t n = 0;
  for (const UncodedCell& cell : compared.uncoded) {
    if (n == most_groups) break;
    if (cell.expected <= 2.0 * cell.noise) continue;
    ++n;
    table.add({steps.label(cell.step), cell.name, fmt::format("{:.2f}", cell.expected),
               fmt::format("{:.2f}", cell.noise),
               fmt::format("{} and {}", compared.all[cell.explanation].name,
                           compared.all[compared.reference].name)});
  }
  const std::string heading =
      "\nwhat to code next: blank cells by the size of the log Bayes factor expected of them\n";
  if (n > 0) return heading + table.text(2);
  return heading + "  none would tell the explanations apart\n";
}

/// The dates whose items, together, tell most.
std::string dates_line(const language::Steps& steps, const Explanations& compared) {
  std::map<std::uint32_t, std::vector<double>> sums;
  for (const MatrixGroup& group : compared.matrix.groups) {
    std::vector<double>& sum = sums[group.step];
    sum.resize(compared.all.size());
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += group.scores[i];
  }
  std::vector<std::pair<double, std::uint32_t>> dates;
  for (const auto& [step, sum] : sums) {
    const auto [most, least] = extremes(sum);
    const double apart = sum[most] - sum[least];
    if (apart > 0.0) dates.emplace_back(-apart, step);
  }
  std::sort(dates.begin(), dates.end());
  dates.resize(std::min(dates.size(), most_dates));
  std::vector<std::string> words;
  for (const auto& [apart, step] : dates) {
    const auto [most, least] = extremes(sums[step]);
    words.push_back(fmt::format("{} ({:.2f} for {} against {})", steps.label(step), -apart,
                                compared.all[most].name, compared.all[least].name));
  }
  return words.empty() ? "no date tells them apart" : join_text(words, ", ");
}

/// "5 independent runs", "5 to 12 independent runs"
std::string runs_text(const Explanations& compared) {
  std::size_t least = compared.all.front().fit.runs.size();
  std::size_t most = least;
  for (const Explained& explained : compared.all) {
    least = std::min(least, explained.fit.runs.size());
    most = std::max(most, explained.fit.runs.size());
  }
  if (least == most) return counted(most, "independent run");
  return fmt::format("{} to {}", least, counted(most, "independent run"));
}

/// A line where runs were added until errors were as small as wanted.
std::string wanted_text(const Explanations& compared) {
  const double wanted = compared.all.front().fit.settings.wanted_error;
  if (std::isinf(wanted)) return "";
  std::vector<std::string> above;
  for (const Explained& explained : compared.all) {
    const Estimate& at = explained.log_evidence;
    if (std::isinf(at.value) || at.error <= wanted) continue;
    above.push_back(fmt::format("{} ({:.2f} after {})", explained.name, at.error,
                                counted(explained.fit.runs.size(), "run")));
  }
  if (above.empty())
    return fmt::format("runs were added until every error was at most {}\n", to_text(wanted));
  return fmt::format("runs were added for errors of at most {}, and they did not suffice for {}\n",
                     to_text(wanted), join_text(above, ", "));
}

/// What a ranking takes as given and this command does not vary.
std::string given_text(const language::Model& model) {
  std::string text = "what is ranked is ranked on this coding of the record";
  const std::vector<std::string> dated = dated_names(model);
  if (dated.empty()) return text + "\n";
  return text +
         fmt::format(" and with these dates of {}:\n  --move NAME=-24 and the like try others\n",
                     join_text(dated, ", "));
}

}  // namespace

std::string evidence_table(const Explanations& compared) {
  using enum TextTable::Align;
  TextTable table({left, right, right, right, left});
  const std::string& reference = compared.all[compared.reference].name;
  table.add({"explanation", "log evidence", "against " + reference, "other priors", "verdict"});
  for (std::size_t i = 0; i < compared.all.size(); ++i) {
    const Explained& explained = compared.all[i];
    table.add({explained.name, log_text(explained.log_evidence, false),
               i == compared.reference ? "" : log_text(explained.log_factor, true),
               range_text(compared, i, compared.reference), verdict_text(explained)});
  }
  return table.text(2);
}

std::string compare_text(const LoadedCase& loaded, const Explanations& compared) {
  const language::Steps& steps = loaded.model.steps;
  std::string text = fmt::format("{}: explanations of the record compared\n\n", loaded.model.title);
  text += evidence_table(compared);
  text += fmt::format(
      "\nlog evidence: log probability of the whole record, parameters integrated out, from {} of "
      "each\n{}ranked only where the difference exceeds twice its error and keeps its sign "
      "under priors half and twice as wide\n",
      runs_text(compared), wanted_text(compared));
  text += given_text(loaded.model);
  text += keep_text(compared);
  text += "\nlog Bayes factors, each way\n" + bridge_table(compared);
  text += "\nlog Bayes factors under other prior scales\n" + scales_table(compared);
  text += encompassing_text(compared.encompassing);
  text += "\ndates that speak most: " + dates_line(steps, compared) + "\n";
  text +=
      "\nitems that tell most, by log probability one step ahead (items of one game and date "
      "count together)\n";
  return text + items_table(steps, compared) + uncoded_table(steps, compared);
}

}  // namespace casus::cases
