// A flag set by a signal; the default action comes back with it, so that the next signal kills.
#include "cli/interrupt.hpp"

#include <csignal>

namespace casus::cli {
namespace {

// A signal handler can reach nothing but such a flag.
volatile std::sig_atomic_t asked = 0;  // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

extern "C" void on_signal(int number) {
  asked = 1;
  (void)std::signal(number, SIG_DFL);
}

}  // namespace

void watch_interrupts() {
  (void)std::signal(SIGINT, on_signal);
  (void)std::signal(SIGTERM, on_signal);
#ifdef SIGXFSZ
  (void)std::signal(SIGXFSZ, SIG_IGN);  // a file too large is a failed write, which is reported
#endif
}

bool interrupted() { return asked != 0; }

}  // namespace casus::cli
