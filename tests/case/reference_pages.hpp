// The pages of docs/reference that are printed from tables of the source.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

struct ReferencePage {
  std::string name;  ///< in docs/reference
  std::string text;
};

/// Functions and operators, laws, diagnostics.
std::vector<ReferencePage> reference_pages();

std::string functions_page();
std::string laws_page();
std::string diagnostics_page();

/// A model in which every example of a form on the page of functions stands.
std::string model_of_forms();

// ---- for all pages

inline constexpr std::string_view printed_note =
    "This page is printed from the tables of the source; a test holds it to them.\n\n";

/// `text` with every `what` replaced.
std::string replaced(std::string text, const std::string& what, const std::string& with);

}  // namespace casus::cases
