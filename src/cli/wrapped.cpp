// Breaking at blanks.
#include "cli/wrapped.hpp"

#include <algorithm>

namespace casus::cli {

std::string wrapped(std::string_view text) {
  constexpr std::size_t width = 80;
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (column > 0 && column + 1 + end > width) {
      result += '\n';
      column = 0;
    }
    if (column > 0) {
      result += ' ';
      ++column;
    }
    result += text.substr(0, end);
    column += end;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result + '\n';
}

}  // namespace casus::cli
