// libFuzzer's way in: any bytes as a case file through lexer, parser, checks and lowering. See
// README.md.
#include "base/bug.hpp"
#include "base/codes.hpp"
#include "base/render.hpp"
#include "case/load.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

/// The model, and one small table under any other name that ends so.
class TwoFiles final : public casus::Files {
 public:
  explicit TwoFiles(std::string text) : text_(std::move(text)) {}
  casus::FileContent read(std::string_view path) const override {
    if (path == "model.casus") return {.bytes = text_, .problem = {}};
    if (path.ends_with(".csv"))
      return {.bytes = "id,year,from,to,weight,value,a\nx,2000,x,y,1,0.5,1\ny,2001,y,x,2,7,0\n",
              .problem = {}};
    return {.bytes = {}, .problem = "no such file"};
  }

 private:
  std::string text_;
};

void demand(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t n) {
  const TwoFiles files(std::string(bytes, bytes + n));
  casus::Sources sources;
  casus::Diagnostics found;
  const auto loaded = casus::cases::load("fuzz", "model.casus", files, sources, found);
  demand(loaded.has_value() != found.has_errors());
  for (const casus::Diagnostic& each : found.sorted()) {
    demand(casus::find_code(each.code) != nullptr && !each.message.empty());
    if (!each.has_place) continue;
    demand(each.primary.span.begin <= each.primary.span.end);
    demand(each.primary.span.end <= sources.text(each.primary.span.file).size());
  }
  demand(found.empty() == casus::render(sources, found).empty());
  return 0;
}
