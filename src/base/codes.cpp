// The tables of all phases as one; the rows are in codes_*.cpp, see codes.hpp.
#include "base/codes.hpp"

#include <algorithm>
#include <vector>

namespace casus {
namespace {

bool before(const Code& a, const Code& b) { return a.code < b.code; }

std::vector<Code> all_phases() {
  std::vector<Code> all;
  for (const std::span<const Code> phase :
       {syntax_codes(), meaning_codes(), data_codes(), run_codes()}) {
    all.insert(all.end(), phase.begin(), phase.end());
  }
  std::sort(all.begin(), all.end(), before);
  return all;
}

}  // namespace

std::span<const Code> codes() {
  static const std::vector<Code> all = all_phases();
  return all;
}

const Code* find_code(std::string_view code) {
  const std::span<const Code> all = codes();
  const auto row = std::lower_bound(all.begin(), all.end(),
                                    Code{.code = code, .title = {}, .meaning = {}}, before);
  return row != all.end() && row->code == code ? &*row : nullptr;
}

}  // namespace casus
