// The pages of docs/reference that are printed from tables of the source.
#pragma once

#include <string>
#include <vector>

namespace casus::cases {

struct ReferencePage {
  std::string name;  ///< in docs/reference
  std::string text;
};

/// Functions and operators, laws, diagnostics.
std::vector<ReferencePage> reference_pages();

/// A model in which every example of a form on the page of functions stands.
std::string model_of_forms();

}  // namespace casus::cases
