// From a tree to a checked model: the list of passes.
#pragma once

#include "language/model.hpp"

namespace casus::language {

/// Runs the passes in order and stops after the first that finds errors. All independent errors of
/// a phase are reported. The model may be used only when `found` has no errors.
Model check(Tree tree, Inputs& inputs, Diagnostics& found);

// ---- the passes

/// Steps, sets, links, quantities, games: what the statements declare (T, N, I codes).
void declare(Model& model, Inputs& inputs, Diagnostics& found);

/// Names and types of every expression (N, I, G codes).
void resolve(Model& model, Diagnostics& found);

/// The draws that exact observations decide, of a model whose names are known (O codes).
void find_exact(Model& model, Diagnostics& found);

/// Units of every expression (U codes).
void check_units(const Model& model, Diagnostics& found);

/// Numbers of data and observed variables (D codes).
void load_data(Model& model, Inputs& inputs, Diagnostics& found);

/// Reads the record of moves and outcomes and holds it against the games' trees (D codes).
void load_record(Model& model, Inputs& inputs, Diagnostics& found);

/// Warnings about what is allowed and rarely meant, of a model without errors.
void report_doubts(const Model& model, Diagnostics& found);

}  // namespace casus::language
