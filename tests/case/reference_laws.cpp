// The page of laws, with examples worked out by their functions.
#include "base/bug.hpp"
#include "base/text.hpp"
#include "case/reference_pages.hpp"
#include "random/laws.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace casus::cases {
namespace {

/// What the table of laws does not say.
struct LawWords {
  std::string_view name;
  std::string_view use;
  std::string_view density;
};

constexpr std::array law_words{
    LawWords{"normal", "The sum of many small causes.",
             "exp(-((x - mean) / sd)^2 / 2) / (sd sqrt(2 pi))"},
    LawWords{"lognormal",
             "The product of many small causes: a positive number that is known up to a factor. "
             "exp(meanlog) is the median.",
             "exp(-((log x - meanlog) / sdlog)^2 / 2) / (x sdlog sqrt(2 pi))"},
    LawWords{"halfnormal", "The size of a normal error: a prior for a number whose sign is given.",
             "2 exp(-(x / sd)^2 / 2) / (sd sqrt(2 pi)), x > 0"},
    LawWords{"uniform", "Anywhere between two numbers alike.", "1 / (high - low)"},
    LawWords{"exponential", "The time to what comes at a constant rate.", "rate exp(-rate x)"},
    LawWords{"gamma", "A positive number; with a whole shape, the time to so many events.",
             "rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape)"},
    LawWords{"beta", "A share or probability; as if a - 1 hits and b - 1 misses had been seen.",
             "x^(a - 1) (1 - x)^(b - 1) / B(a, b)"},
    LawWords{"logitnormal", "A share whose logit is normal.",
             "exp(-((logit x - mean) / sd)^2 / 2) / (x (1 - x) sd sqrt(2 pi))"},
    LawWords{"studentt",
             "Like the normal, with heavier tails: the heavier, the fewer degrees of freedom.",
             "Gamma((df + 1) / 2) / (Gamma(df / 2) sd sqrt(pi df)) "
             "(1 + z^2 / df)^(-(df + 1) / 2), z = (x - mean) / sd"},
    LawWords{"cauchy", "Tails so heavy that it has no mean.",
             "1 / (pi scale (1 + ((x - location) / scale)^2))"},
    LawWords{"bernoulli", "True with a probability.", "p of 1, 1 - p of 0"},
    LawWords{"poisson", "A count of independent events.", "mean^k exp(-mean) / k!"},
    LawWords{"negbinomial",
             "A count whose mean itself varies: the variance is mean + mean^2 / size.",
             "Gamma(k + size) / (k! Gamma(size)) (mean / (mean + size))^k "
             "(size / (mean + size))^size"},
    LawWords{"binomial", "How many of n succeed, each with probability p.",
             "n! / (k! (n - k)!) p^k (1 - p)^(n - k)"},
};

const LawWords& words_of(const random::Law& law) {
  const auto found = std::find_if(law_words.begin(), law_words.end(),
                                  [&](const LawWords& words) { return words.name == law.name; });
  require(found != law_words.end(), "a law without words on the page of laws");
  return *found;
}

std::string_view domain_text(random::Domain domain) {
  using random::Domain;
  switch (domain) {
    case Domain::finite: return "any number";
    case Domain::positive: return "above 0";
    case Domain::non_negative: return "0 or more";
    case Domain::probability: return "0 to 1";
    case Domain::whole: return "0, 1, 2, ...";
    case Domain::above_low: break;
  }
  return "above `low`";
}

std::string_view role_text(random::UnitRole role) {
  switch (role) {
    case random::UnitRole::as_outcome: return "the outcome's";
    case random::UnitRole::per_outcome: return "1 / the outcome's";
    case random::UnitRole::dimensionless: break;
  }
  return "none";
}

std::string_view support_text(random::Support support) {
  using random::Support;
  switch (support) {
    case Support::real: return "any number";
    case Support::positive: return "a number above 0";
    case Support::unit: return "a number between 0 and 1";
    case Support::count: return "0, 1, 2, ...";
    case Support::truth: break;
  }
  return "0 or 1";
}

/// The density between its first and last hundredth, as blocks.
std::string shape_text(const random::Law& law, random::Arguments args) {
  constexpr std::array blocks{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  constexpr std::size_t most = 16;
  const double low = law.quantile(0.01, args);
  const double high = law.quantile(0.99, args);
  const auto n =
      law.discrete() ? std::min(most, static_cast<std::size_t>(std::lround(high - low)) + 1) : most;
  std::vector<double> heights;
  for (std::size_t i = 0; i < n; ++i) {
    const double part = law.discrete() && n > 1
                            ? static_cast<double>(i) / static_cast<double>(n - 1)
                            : (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    double x = low + part * (high - low);
    if (law.discrete()) x = std::round(x);
    heights.push_back(std::exp(law.log_density(x, args)));
  }
  const double top = *std::max_element(heights.begin(), heights.end());
  std::string text;
  for (const double height : heights)
    text += blocks.at(static_cast<std::size_t>(std::lround(7.0 * height / top)));
  return text;
}

std::string number(double value) {
  if (std::isnan(value)) return "none";
  if (std::isinf(value)) return "infinite";
  constexpr double negligible = 1e-12;  // what quadrature leaves of a zero
  return replaced(to_text(std::abs(value) < negligible ? 0.0 : value, 4), "e-0", "e-");
}

std::string examples_table(const random::Law& law) {
  std::string text =
      "| for example | mean | sd | 5 % | median | 95 % | shape, 1 to 99 % |\n"
      "|---|--:|--:|--:|--:|--:|---|\n";
  const std::size_t n_examples = law.parameters.front().examples.size();
  for (std::size_t k = 0; k < n_examples; ++k) {
    std::vector<double> args;
    std::vector<std::string> shown;
    for (const random::Parameter& parameter : law.parameters) {
      args.push_back(parameter.examples.at(k));
      shown.push_back(to_text(parameter.examples.at(k)));
    }
    text += fmt::format("| `{}({})` | {} | {} | {} | {} | {} | `{}` |\n", law.name,
                        join_text(shown, ", "), number(law.mean(args)),
                        number(std::sqrt(law.variance(args))), number(law.quantile(0.05, args)),
                        number(law.quantile(0.5, args)), number(law.quantile(0.95, args)),
                        shape_text(law, args));
  }
  return text;
}

std::string law_text(const random::Law& law) {
  const LawWords& words = words_of(law);
  std::vector<std::string> names;
  for (const random::Parameter& parameter : law.parameters) names.emplace_back(parameter.name);
  std::string text =
      fmt::format("\n## {}({})\n\n{}\n\n", law.name, join_text(names, ", "), words.use);
  text += fmt::format("Outcome: {}{}. {}: `{}`.\n\n", support_text(law.support),
                      law.outcome == random::OutcomeUnit::any
                          ? ", with the unit that is declared"
                          : ", without unit; of a parameter, so many of the unit that it declares",
                      law.discrete() ? "Probability" : "Density", words.density);
  text += "| argument | may be | unit |\n|---|---|---|\n";
  for (const random::Parameter& parameter : law.parameters) {
    text += fmt::format("| `{}` | {} | {} |\n", parameter.name, domain_text(parameter.domain),
                        role_text(parameter.unit));
  }
  text += "\n" + examples_table(law);
  text += fmt::format("\n{} Source: {}.\n",
                      law.sampling == random::Sampling::inverse
                          ? "Drawn by its quantile from one uniform, so that what-ifs stay paired "
                            "draw by draw."
                          : "Drawn by rejection for some arguments, from a varying number of "
                            "uniforms: draws with other arguments are not paired.",
                      law.source);
  return text;
}

constexpr std::string_view laws_of_draws = R"(
## categorical(weights)

One of several labels, each with a chance in proportion to its weight, which is 0 or more. Of draws only:
`draw mood : {calm, tense} ~ categorical(2, 1)` or, by names, `categorical(tense = 1, calm = 2)`;
`draw target ~ categorical(d in District: people[d])` is a label of a set or of a link's row.

Drawn from one uniform over the sums of the weights in the order of the labels. Source: Devroye 1986,
Non-uniform random variate generation, section III.2.1.

## multinomial(n, p)

How much of n falls to each label of a set, with chances in proportion to p. Of draws over a set only:
`draw fallen[d in District] ~ multinomial(n, p[d])`; n is one for all labels of the last set, p is 0 or more.

Drawn by binomials, each of what is left. Source: Devroye 1986, section XI.1.2.
)";

}  // namespace

std::string laws_page() {
  std::string text = "# Laws\n\nWhat may stand behind `~`. " + std::string(printed_note);
  text +=
      "Arguments are written in this order, or by name: `param wear ~ beta(a = 2, b = 18)`. A "
      "parameter is drawn\nonce for each parameter set, a `draw` in every step (or `once`, or "
      "`by year`), an `observe` in every step.\n\n";
  std::vector<std::string> links;
  for (const random::Law* law : random::laws()) {
    std::string anchor(law->name);
    for (const random::Parameter& parameter : law->parameters) {
      if (&parameter != &law->parameters.front()) anchor += "-";
      anchor += parameter.name;
    }
    links.push_back(fmt::format("[{}](#{})", law->name, anchor));
  }
  text += join_text(links, " · ") + "\n";
  for (const random::Law* law : random::laws()) text += law_text(*law);
  return text + std::string(laws_of_draws);
}

}  // namespace casus::cases
