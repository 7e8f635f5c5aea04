// Expressions added to a checked model: copies of a model that differ from it in a few numbers.
#pragma once

#include "language/model.hpp"

namespace casus::language {

/// A number, which means itself in base units.
NodeId add_number(Model& model, double value, Span span);

/// `factor` times the number that `node` stands for. Units are not checked.
NodeId add_product(Model& model, double factor, NodeId node);

}  // namespace casus::language
