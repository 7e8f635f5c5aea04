// Ctrl-C: the first one asks long work to stop, the second one kills.
#pragma once

namespace casus::cli {

/// Installs the handler of SIGINT and SIGTERM.
void watch_interrupts();

/// True once the user asked to stop.
bool interrupted();

}  // namespace casus::cli
