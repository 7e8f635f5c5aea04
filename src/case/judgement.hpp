// When of two explanations one is ranked above the other, and whether strategy earns its keep.
#pragma once

#include "case/compare.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace casus::cases {

struct Judgement {
  Verdict verdict = Verdict::undecided;
  std::string reason{};  ///< of an undecided one, in words
};

/// The log Bayes factor of one explanation against another: what each has against the reference
/// where bridges lead there, else the difference of what samplers say.
Estimate factor_between(const Explanations& compared, std::size_t one, std::size_t other);

/// The same under one of `prior_scales`, both under the same; NaN where it is not known.
Estimate factor_between(const Explanations& compared, std::size_t one, std::size_t other,
                        std::size_t scale);

/// Ahead or behind where the factor exceeds twice its error and keeps its sign under other priors.
Judgement judged(const Explanations& compared, std::size_t one, std::size_t other);

/// The likeliest explanation in which moves are weighed, beside the likeliest in which they come at
/// rates: strategy earns its keep where it is ahead of the best account without.
struct Keep {
  std::size_t strategic = 0;
  std::size_t rival = 0;
  std::size_t n_rivals = 0;
  Estimate factor{};  ///< of the strategic one against the rival
  Judgement judgement{};
};

/// Nothing where only one kind is compared.
std::optional<Keep> keep_of_strategy(const Explanations& compared);

/// What it says, in words; empty where there is nothing to say.
std::string keep_text(const Explanations& compared);

/// "+1.20 to +3.40": the least and the greatest factor as written and under other widths of the
/// priors; empty where none were tried.
std::string range_text(const Explanations& compared, std::size_t one, std::size_t other);

/// "+1.20 ± 0.30"
std::string log_text(const Estimate& estimate, bool is_signed);

}  // namespace casus::cases
