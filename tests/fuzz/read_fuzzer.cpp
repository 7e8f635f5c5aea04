// libFuzzer's way into lexer, parser and formatter. See README.md.
#include "fuzz/texts.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t n) {
  const std::string text(bytes, bytes + n);
  const std::string fault = casus::fuzz::fault_of_reading(text);
  if (fault.empty()) return 0;
  (void)std::fputs((fault + "\n").c_str(), stderr);
  std::abort();
}
