// Files of results on their way to the disk: beside their places first, then there all together.
#pragma once

#include "base/diagnostic.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace casus::cases {

/// Takes a file's bytes piece by piece.
using Pieces = std::function<void(std::string_view)>;

/// Thrown by whoever writes a file, with the system's words.
struct CannotWrite {
  std::string why;
};

struct ResultFile {
  /// Gives the content to the pieces: long files are never in memory as a whole.
  using Text = std::function<void(const Pieces&)>;
  /// Writes a new file at the path; what it cannot write it throws as `CannotWrite`.
  using AtPath = std::function<void(const std::filesystem::path&)>;

  std::string name;
  std::variant<Text, AtPath> content;
};

/// A file whose content is at hand.
ResultFile text_file(std::string name, std::string text);

/// Says that a file cannot be written (F002).
void cannot_write(const std::filesystem::path& path, std::string_view why, Diagnostics& found);

/// Whether a file of this name is one beside its place: being written, or left by who was killed.
bool is_part(std::string_view name);

/// Files that are written beside their places and put there by `commit`; else they go, whatever
/// ends their scope. So do the folders that were made for them.
class Staged {
 public:
  /// Makes the folder when it does not exist.
  explicit Staged(std::filesystem::path folder) : folder_(std::move(folder)) {}
  Staged(const Staged&) = delete;
  Staged& operator=(const Staged&) = delete;
  ~Staged();

  /// The folder, made where it does not exist, without what killed processes left. False, with a
  /// fault, when it cannot be made.
  bool open(Diagnostics& found);

  /// Writes the file beside its place, down to the disk. False, with a fault, when that fails.
  bool add(const ResultFile& file, Diagnostics& found);

  /// "fnv1a64:..." of the file last added.
  const std::string& hash() const { return hash_; }

  /// Puts all files into their places.
  bool commit(Diagnostics& found);

 private:
  void lock_and_clean();
  std::filesystem::path beside(const std::string& name) const;

  std::filesystem::path folder_;
  std::vector<std::string> names_;                  ///< written and not yet in their places
  std::vector<std::filesystem::path> new_folders_;  ///< the innermost first
  std::string hash_;
  int lock_ = -1;
};

}  // namespace casus::cases
