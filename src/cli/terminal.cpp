// isatty and the environment.
#include "cli/terminal.hpp"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace casus::cli {

namespace {

/// Of the environment; empty where it is not set.
std::string_view environment(const char* name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here ever changes the environment
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

bool error_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

bool may_color() {
  return error_is_terminal() && environment("TERM") != "dumb" && environment("NO_COLOR").empty();
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
