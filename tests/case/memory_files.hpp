// Files that live in a test.
#pragma once

#include "base/files.hpp"

#include <map>
#include <string>

namespace casus::cases {

class MemoryFiles final : public Files {
 public:
  explicit MemoryFiles(std::map<std::string, std::string, std::less<>> files)
      : files_(std::move(files)) {}

  FileContent read(std::string_view path) const override {
    const auto at = files_.find(path);
    if (at == files_.end()) return {.bytes = {}, .problem = "no such file"};
    return {.bytes = at->second, .problem = {}};
  }

 private:
  std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace casus::cases
