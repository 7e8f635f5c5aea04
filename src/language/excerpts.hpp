// Words and bits of source text for use inside messages.
#pragma once

#include <string>
#include <string_view>

namespace casus::language {

/// `text`, cut after forty bytes at the end of a character and marked with dots when it is longer.
inline std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 40;
  if (text.size() <= longest) return std::string(text);
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace casus::language
