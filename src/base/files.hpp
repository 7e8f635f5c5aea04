// The seam to whatever holds files: a disk behind the command line, memory in tests and browsers.
#pragma once

#include <string>
#include <string_view>

namespace casus {

/// What reading a file gave: its bytes, or why not in words for a person.
struct FileContent {
  std::string bytes;
  std::string
      problem;  ///< empty when the file was read; else "no such file", "is a directory", ...

  explicit operator bool() const { return problem.empty(); }
};

class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  /// `path` as written by the user, relative to the case folder or absolute; '/' separates.
  virtual FileContent read(std::string_view path) const = 0;
};

}  // namespace casus
