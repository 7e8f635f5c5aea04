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

std::string from_input() {
  constexpr std::size_t block = 65'536;
  std::string text;
  for (std::size_t n_read = block; n_read == block;) {
    const std::size_t before = text.size();
    text.resize(before + block);
    n_read = std::fread(text.data() + before, 1, block, stdin);
    text.resize(before + n_read);
  }
  return text;
}

bool to_output(std::string_view text) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  return std::fflush(stdout) == 0 && is_written;
}

}  // namespace casus::cli
