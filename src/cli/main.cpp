// The program.
#include "cli/application.hpp"
#include "cli/interrupt.hpp"

int main(int n_words, char** words) {
  casus::cli::watch_interrupts();
  return casus::cli::run_application({words + (n_words > 0 ? 1 : 0), words + n_words});
}
