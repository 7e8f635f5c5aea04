// A case's programs for a run: what the language finds wrong on the way stops the run.
#pragma once

#include "language/lowered.hpp"

#include <cstdint>

namespace casus::cases {

/// Throws `Stop` with what was found.
language::Lowered lower_or_stop(const language::Model& model, const language::Variant& variant);

/// The variant as samplers need it: given the record before step `until`, with free parameters.
language::Variant scored_variant(language::Variant variant, std::uint32_t until);

/// Throws `Stop` where nothing is observed (R109).
void require_record(const language::Lowered& lowered);

}  // namespace casus::cases
