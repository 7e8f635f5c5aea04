// Programs for a run.
#include "case/lowered.hpp"

#include "case/stop.hpp"

namespace casus::cases {

language::Lowered lower_or_stop(const language::Model& model, const language::Variant& variant) {
  Diagnostics found;
  language::Lowered lowered = language::lower(model, variant, found);
  stop_on_errors(found);
  return lowered;
}

language::Variant scored_variant(language::Variant variant, std::uint32_t until) {
  variant.outputs = false;
  variant.measures = false;
  variant.given = true;
  variant.at_probabilities = true;
  variant.given_until = until;
  return variant;
}

void require_record(const language::Lowered& lowered) {
  if (!lowered.score_columns.empty()) return;
  stop("R109", "the case observes nothing",
       "say what was recorded: observe NAME from \"record.csv\"");
}

}  // namespace casus::cases
