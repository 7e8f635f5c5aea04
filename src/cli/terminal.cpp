// isatty and the environment.
#include "cli/terminal.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace casus::cli {

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool may_color() {
  const char* const terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe): read once
  const char* const refused = std::getenv("NO_COLOR");
  const bool is_dumb = terminal != nullptr && std::string_view(terminal) == "dumb";
  const bool is_refused = refused != nullptr && *refused != '\0';
  return error_is_terminal() && !is_dumb && !is_refused;
}

void to_error(std::string_view text) {
  (void)std::fwrite(text.data(), 1, text.size(), stderr);
  (void)std::fflush(stderr);
}

bool to_output(std::string_view text) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return std::fflush(stdout) == 0 && is_written;
}

}  // namespace casus::cli
