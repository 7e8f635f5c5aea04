// The hash by which results know which case they are of.
#pragma once

#include "base/files.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace casus::cases {

/// FNV-1a with 64 bits (Fowler, Noll & Vo). It tells changed files from unchanged ones; it is no
/// protection against somebody who wants two files to hash alike.
std::uint64_t hash_of(std::string_view bytes, std::uint64_t start = 0xCBF29CE484222325);

/// Of a file's bytes; nullopt when it cannot be read.
std::optional<std::uint64_t> hash_of_file(const std::filesystem::path& path);

/// "fnv1a64:0123456789abcdef"
std::string hash_text(std::uint64_t hash);

/// Passes reading on and remembers the hash of every file that was read.
class HashedFiles final : public Files {
 public:
  /// Names are kept relative to `folder`, so that a case hashes alike wherever it lies.
  HashedFiles(const Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}

  FileContent read(std::string_view path) const override;

  /// The name under which a path is remembered.
  std::string name_of(std::string_view path) const;

  /// By name, whatever the order of reading.
  const std::map<std::string, std::uint64_t>& files() const { return hashes_; }

  /// The hash of all names and contents, in order of names.
  std::uint64_t hash() const;

 private:
  const Files& files_;
  std::string folder_;
  mutable std::map<std::string, std::uint64_t> hashes_;
};

}  // namespace casus::cases
