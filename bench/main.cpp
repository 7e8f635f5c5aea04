// Every program of this folder begins here: it says on what it was measured.
#include "machine/kernels/kernels.hpp"

#include <benchmark/benchmark.h>
#include <string>

int main(int argc, char** argv) {
  benchmark::AddCustomContext("compiler", CASUS_COMPILER);
  benchmark::AddCustomContext("flags", CASUS_FLAGS);
  benchmark::AddCustomContext("kernels", std::string(casus::machine::kernels_of("")->target));
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
