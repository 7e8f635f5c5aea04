// Files as an editor has them: open ones with what is typed, the others from below.
#pragma once

#include "base/files.hpp"

#include <map>
#include <string>

namespace casus::editor {

/// A path without `.`, `..` and doubled slashes.
std::string normal_path(std::string_view path);

class Overlay final : public Files {
 public:
  explicit Overlay(const Files& below) : below_(below) {}

  FileContent read(std::string_view path) const override;

  void put(std::string_view path, std::string text) { texts_[normal_path(path)] = std::move(text); }
  void drop(std::string_view path) { texts_.erase(normal_path(path)); }
  /// nullptr when the file is not open.
  const std::string* find(std::string_view path) const;

 private:
  const Files& below_;
  std::map<std::string, std::string, std::less<>> texts_{};
};

}  // namespace casus::editor
