// libFuzzer's way into all checks of a case. See README.md.
#include "fuzz/texts.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t n) {
  const std::string text(bytes, bytes + n);
  const std::string fault = casus::fuzz::fault_of_checking(text);
  if (fault.empty()) return 0;
  (void)std::fputs((fault + "\n").c_str(), stderr);
  std::abort();
}
