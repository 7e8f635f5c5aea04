// Reading, printing and reading again.
#include "fuzz/texts.hpp"

#include "case/load.hpp"
#include "editor/format.hpp"
#include "fuzz/diagnosis.hpp"
#include "language/parser.hpp"
#include "language/print.hpp"

#include <optional>

namespace casus::fuzz {
namespace {

struct Read {
  std::optional<std::string> printed{};  ///< when there is nothing wrong
  std::optional<std::string> formatted{};
  std::string fault{};
};

Read read(std::string_view text) {
  Read result;
  Sources sources;
  Diagnostics found;
  const FileId file = sources.add("text", std::string(text));
  const language::Tree tree = language::parse_text(file, sources, found);
  result.fault = fault_of(sources, found);
  if (!found.has_errors()) result.printed = language::print(tree);
  Diagnostics of_layout;
  result.formatted = editor::format(file, sources, of_layout);
  return result;
}

class TwoFiles final : public Files {
 public:
  explicit TwoFiles(std::string_view text) : text_(text) {}
  FileContent read(std::string_view path) const override {
    if (path == "model.casus") return {.bytes = std::string(text_), .problem = {}};
    if (path.ends_with(".csv"))
      return {.bytes = "id,year,from,to,weight,value,a\nx,2000,x,y,1,0.5,1\ny,2001,y,x,2,7,0\n",
              .problem = {}};
    return {.bytes = {}, .problem = "no such file"};
  }

 private:
  std::string_view text_;
};

}  // namespace

std::string fault_of_reading(std::string_view text) {
  const Read first = read(text);
  if (!first.fault.empty()) return first.fault;
  if (first.printed) {
    const Read printed = read(*first.printed);
    if (printed.printed != first.printed) return "prints as another tree:\n" + *first.printed;
  }
  if (first.formatted) {
    const Read formatted = read(*first.formatted);
    if (formatted.formatted != first.formatted) return "the layout is in order only later";
    if (formatted.printed != first.printed) return "the layout changes the tree";
  }
  return "";
}

std::string fault_of_checking(std::string_view text) {
  const TwoFiles files(text);
  Sources sources;
  Diagnostics found;
  const auto loaded = cases::load("fuzz", "model.casus", files, sources, found);
  if (loaded.has_value() == found.has_errors()) return "a model with errors, or none without";
  return fault_of(sources, found);
}

}  // namespace casus::fuzz
