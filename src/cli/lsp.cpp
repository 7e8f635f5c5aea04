// casus lsp: a language server on the standard streams.
#include "case/disk.hpp"
#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/terminal.hpp"
#include "editor/server.hpp"
#include "editor/wire.hpp"

#include <array>
#include <poll.h>
#include <unistd.h>

namespace casus::cli {
namespace {

/// Whether there is input within so many milliseconds, or its end. False also when a signal came.
bool input_waits(int milliseconds) {
  pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
  return ::poll(&input, 1, milliseconds) > 0;
}

/// Waits for input; false at its end, or when the user interrupts.
bool read_some(editor::Unframer& into) {
  constexpr std::size_t block = 65'536;
  std::array<char, block> bytes{};
  constexpr int patience = 500;
  while (!input_waits(patience)) {
    if (interrupted()) return false;
  }
  const ssize_t n_read = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  if (n_read <= 0) return false;
  into.add({bytes.data(), static_cast<std::size_t>(n_read)});
  return true;
}

/// False when nobody listens any more.
bool send_all(editor::Server& server) {
  for (const std::string& message : server.take_messages()) {
    if (!to_output(editor::framed(message))) return false;
  }
  return true;
}

}  // namespace

// Cases are checked when the client pauses, not after each letter.
int run_lsp(const Options& /*options*/, Session& /*session*/) {
  const cases::Disk disk("");
  editor::Server server(disk);
  editor::Unframer input;
  while (true) {
    while (const std::optional<std::string> message = input.next()) {
      server.receive(*message);
      if (!send_all(server)) return exit_mend;
      if (server.exit_code()) return *server.exit_code();
    }
    if (server.is_stale() && !input_waits(0)) {
      server.publish();
      if (!send_all(server)) return exit_mend;
    }
    if (!read_some(input)) return interrupted() ? exit_interrupted : exit_check_failed;
  }
}

}  // namespace casus::cli
