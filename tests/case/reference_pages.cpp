// All reference pages.
#include "case/reference_pages.hpp"

namespace casus::cases {

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::vector<ReferencePage> reference_pages() {
  return {{"functions.md", functions_page()},
          {"laws.md", laws_page()},
          {"diagnostics.md", diagnostics_page()}};
}

}  // namespace casus::cases
