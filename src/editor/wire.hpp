// Messages on a stream of bytes, as the Language Server Protocol frames them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace casus::editor {

/// Bytes in, messages out. A header without a usable length is passed over; what follows is read
/// from the next header on.
class Unframer {
 public:
  void add(std::string_view bytes) { bytes_ += bytes; }

  /// The next whole message; nullopt when more bytes are needed.
  std::optional<std::string> next();

 private:
  std::string bytes_{};
};

/// A message with its header.
std::string framed(std::string_view message);

}  // namespace casus::editor
