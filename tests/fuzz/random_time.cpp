// Tables by step, dates inside the run.
#include "fuzz/random_time.hpp"

#include <algorithm>
#include <array>

namespace casus::fuzz {
namespace {

constexpr std::size_t longest_calendar = 21;  ///< 2000-01 to 2001-09

std::string named(const std::string& stem, std::size_t n) { return stem + std::to_string(n); }

}  // namespace

std::string Clock::date(std::size_t step) const {
  if (!is_calendar) return std::to_string(step + 1);
  const std::size_t month = step % 12 + 1;
  return std::to_string(2000 + step / 12) + (month < 10 ? "-0" : "-") + std::to_string(month);
}

std::string Timely::date() {
  return clock_.date(1 + dice_.below(clock_.is_calendar ? 10 : clock_.n_steps - 1));
}

std::string Timely::range() {
  const std::size_t last = clock_.is_calendar ? 10 : clock_.n_steps - 1;
  const std::size_t from = 1 + dice_.below(last);
  const std::size_t to = from + dice_.below(last - from + 1);
  return clock_.date(from) + " to " + clock_.date(to);
}

/// Labels of a set or of their own, constant or by step.
std::string Timely::label_data(const std::string& name, Texts& texts) {
  const bool has_set = !scope_.sets.empty() && dice_.chance(60);
  const std::vector<std::string> own{name + "_low", name + "_high"};
  const std::vector<std::string> labels = has_set ? dice_.one_of(scope_.sets).labels : own;
  const auto of = std::find_if(scope_.sets.begin(), scope_.sets.end(),
                               [&](const Set& set) { return set.labels == labels; });
  if (has_set) scope_.indices.emplace_back(name, of->name);
  scope_.labelled.push_back({name, labels});
  const std::string declared =
      "data " + name + " : " + (has_set ? of->name : "{" + own[0] + ", " + own[1] + "}");
  if (dice_.chance(20)) return declared + " = " + dice_.one_of(labels) + "\n";
  std::string& rows = texts[name + ".csv"] =
      (clock_.is_calendar ? "month," : "step,") + name + "\n";
  const std::size_t n_rows = clock_.is_calendar ? longest_calendar : clock_.n_steps;
  for (std::size_t step = 0; step < n_rows; ++step) {
    if (step == 0 || dice_.chance(50))
      rows += clock_.date(step) + "," + dice_.one_of(labels) + "\n";
  }
  return declared + " from \"" + name + ".csv\" gaps held after held\n";
}

/// Of a set where there is one, now and then.
std::string Timely::data(const std::string& name, Texts& texts) {
  if (dice_.chance(20)) {
    scope_.numbers.push_back(name);
    return "data " + name + " = " + std::to_string(dice_.below(400)) + "e-2\n";
  }
  const bool has_set = !scope_.sets.empty() && dice_.chance(50);
  const Set* const set = has_set ? &dice_.one_of(scope_.sets) : nullptr;
  const std::size_t n_rows = clock_.is_calendar ? longest_calendar : clock_.n_steps;
  std::string rows = clock_.is_calendar ? "month," : "step,";
  rows += (has_set ? set->name + "," : "") + name + "\n";
  const std::vector<std::string> once{""};
  for (std::size_t step = 0; step < n_rows; ++step) {
    if (step > 0 && dice_.chance(30)) continue;
    for (const std::string& label : has_set ? set->labels : once) {
      rows += clock_.date(step) + "," + label + (has_set ? "," : "") +
              std::to_string(dice_.below(400)) + "e-2\n";
    }
  }
  texts[name + ".csv"] = rows;
  if (has_set) {
    scope_.arrays.emplace_back(name, set->name);
  } else {
    scope_.numbers.push_back(name);
  }
  return "data " + name + (has_set ? "[" + set->name + "]" : "") + " from \"" + name + ".csv\"" +
         (dice_.chance(50) ? " linear" : "") + " gaps held after held\n";
}

std::string Timely::event() {
  std::string text = "event shock at " + date() + ", " + date() + " = 0.7";
  if (dice_.chance(50)) text += ", " + range();
  for (const char* form : {"pulse(shock)", "since(shock)", "during(shock)"}) {
    if (dice_.chance(60)) scope_.numbers.emplace_back(form);
  }
  return text + "\n";
}

/// Between labels of one set.
std::string Timely::link(Texts& texts) {
  const Set& set = dice_.one_of(scope_.sets);
  const bool is_weighted = dice_.chance(50);
  std::string rows = is_weighted ? "a,b,w\n" : "a,b\n";
  for (std::size_t i = 1; i < set.labels.size(); ++i) {
    rows += set.labels[i - 1] + "," + set.labels[i] +
            (is_weighted ? "," + std::to_string(1 + dice_.below(9)) + "e-1" : "") + "\n";
  }
  texts["near.csv"] = rows;
  scope_.numbers.push_back("near(" + set.labels[0] + ", " + set.labels[1] + ")");
  scope_.numbers.push_back("tanh(sum(n8 in near(" + set.labels[0] + "): 0.5 + near(n8, " +
                           set.labels[1] + ")))");
  return "link near(" + set.name + ", " + set.name + ") from \"near.csv\" columns a, b" +
         (is_weighted ? " weight w" : "") + (dice_.chance(50) ? " symmetric" : "") + "\n";
}

std::string Timely::inputs(Texts& texts) {
  std::string text;
  for (std::size_t n = dice_.below(3); n > 0; --n) text += data(named("v", n), texts);
  for (std::size_t n = dice_.below(3); n > 0; --n) text += label_data(named("c", n), texts);
  if (dice_.chance(30)) text += event();
  if (!scope_.sets.empty() && dice_.chance(25)) text += link(texts);
  if (dice_.chance(40)) scope_.numbers.push_back("since(" + date() + ")");
  if (clock_.is_calendar && dice_.chance(30)) scope_.numbers.emplace_back("half_life(6 months)");
  return text;
}

std::string Timely::measures() {
  std::string text;
  std::size_t n = 0;
  const auto measure = [&](const std::string& what) {
    text += "measure " + named("z", ++n) + " = " + what + "\n";
  };
  if (dice_.chance(50)) measure("total(" + number() + ") from " + range());
  if (dice_.chance(50)) measure("rate(" + truth() + " while " + truth() + ")");
  if (dice_.chance(50)) measure("share(" + truth() + " while " + truth() + ") from " + range());
  if (dice_.chance(50)) measure("lowest(" + number() + ") from " + date());
  if (dice_.chance(50)) measure("last date " + truth());
  if (dice_.chance(50)) measure("any(" + truth() + ") from " + range());
  if (dice_.chance(50)) measure("all(" + truth() + ")");
  if (dice_.chance(50)) measure("mean(" + number() + ") given any(" + truth() + ")");
  return text;
}

std::string Timely::intervention(const Move& move) {
  const std::string& option = dice_.one_of(move.options);
  std::string text = "    from " + (dice_.chance(50) ? range() : date()) + " ";
  if (dice_.chance(50)) {
    return text + move.player + " commits " + move.name + " = " + option +
           (dice_.chance(50) ? " credibility 0.7" : "") + "\n";
  }
  return text + move.name + " := " + option + (dice_.chance(50) ? " unforeseen throughout" : "") +
         "\n";
}

}  // namespace casus::fuzz
