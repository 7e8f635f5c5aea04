// FNV-1a over files.
#include "case/hash.hpp"

#include <fmt/format.h>
#include <fstream>

namespace casus::cases {

std::uint64_t hash_of(std::string_view bytes, std::uint64_t start) {
  std::uint64_t hash = start;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3;
  }
  return hash;
}

std::optional<std::uint64_t> hash_of_file(const std::filesystem::path& path) {
  constexpr std::size_t piece_size = std::size_t{1} << 16;
  std::ifstream stream(path, std::ios::binary);
  std::uint64_t hash = hash_of({});
  std::string piece(piece_size, '\0');
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto n = static_cast<std::size_t>(stream.gcount());
    hash = hash_of(std::string_view(piece).substr(0, n), hash);
  }
  return stream.eof() ? std::optional(hash) : std::nullopt;
}

std::string hash_text(std::uint64_t hash) { return fmt::format("fnv1a64:{:016x}", hash); }

FileContent HashedFiles::read(std::string_view path) const {
  FileContent content = files_.read(path);
  if (!content) return content;
  hashes_[name_of(path)] = hash_of(content.bytes);
  return content;
}

std::string HashedFiles::name_of(std::string_view path) const {
  const std::filesystem::path place(path);
  if (folder_.empty()) return place.generic_string();
  const std::string relative = place.lexically_relative(folder_).generic_string();
  return relative.empty() ? place.generic_string() : relative;  // no way from one to the other
}

std::uint64_t HashedFiles::hash() const {
  std::uint64_t hash = hash_of({});
  for (const auto& [name, of_file] : hashes_) {
    hash = hash_of(fmt::format("{}\n{:016x}\n", name, of_file), hash);
  }
  return hash;
}

}  // namespace casus::cases
