// Writing, syncing and renaming.
#include "case/staged.hpp"

#include "case/hash.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

std::string system_words() { return std::generic_category().message(errno); }

/// An open file that is closed with its scope.
class OpenFile {
 public:
  OpenFile(const fs::path& path, int flags) : file_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (file_ < 0) throw CannotWrite{system_words()};
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (file_ >= 0) (void)::close(file_);
  }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) throw CannotWrite{system_words()};
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  /// Down to the disk, and closed.
  void finish() {
    if (::fsync(file_) != 0) throw CannotWrite{system_words()};
    const int closed = ::close(file_);
    file_ = -1;
    if (closed != 0) throw CannotWrite{system_words()};
  }

 private:
  int file_;
};

/// Returns the hash of what was written.
std::uint64_t write_text(const fs::path& path, const ResultFile::Text& text) {
  OpenFile file(path, O_WRONLY | O_CREAT | O_TRUNC);
  std::uint64_t hash = hash_of({});
  text([&](std::string_view piece) {
    hash = hash_of(piece, hash);
    file.write(piece);
  });
  file.finish();
  return hash;
}

std::uint64_t write_at(const fs::path& path, const ResultFile::AtPath& write) {
  write(path);
  OpenFile(path, O_RDONLY).finish();
  const std::optional<std::uint64_t> hash = hash_of_file(path);
  if (!hash) throw CannotWrite{"it cannot be read again"};
  return *hash;
}

}  // namespace

ResultFile text_file(std::string name, std::string text) {
  return {.name = std::move(name),
          .content = [text = std::move(text)](const Pieces& pieces) { pieces(text); }};
}

void cannot_write(const fs::path& path, std::string_view why, Diagnostics& found) {
  found.add({.code = "F002",
             .message = fmt::format("cannot write {}: {}", path.string(), why),
             .primary = {},
             .help = "nothing was changed there; name another folder with --out",
             .has_place = false});
}

Staged::~Staged() {
  std::error_code ignored;
  for (const std::string& name : names_) fs::remove(beside(name), ignored);
  for (const fs::path& folder : new_folders_) fs::remove(folder, ignored);
  if (lock_ >= 0) (void)::close(lock_);
}

bool is_part(std::string_view name) {
  constexpr std::string_view end = ".part";
  return name.size() > end.size() && name.front() == '.' &&
         name.substr(name.size() - end.size()) == end;
}

/// All who write in a folder share its lock, which goes with their process, however that ends: who
/// gets it alone knows that what lies there is nobody's.
void Staged::lock_and_clean() {
  lock_ = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0) return;
  if (::flock(lock_, LOCK_EX | LOCK_NB) == 0) {
    std::error_code failed;
    for (const fs::directory_entry& at : fs::directory_iterator(folder_, failed)) {
      std::error_code ignored;
      if (is_part(at.path().filename().string())) fs::remove(at.path(), ignored);
    }
  }
  (void)::flock(lock_, LOCK_SH | LOCK_NB);
}

bool Staged::open(Diagnostics& found) {
  std::error_code failed;
  for (fs::path above = folder_; !above.empty() && !fs::exists(above, failed);
       above = above.parent_path()) {
    if (above.has_filename()) new_folders_.push_back(above);
  }
  fs::create_directories(folder_, failed);
  if (failed) cannot_write(folder_, failed.message(), found);
  if (!failed) lock_and_clean();
  return !failed;
}

bool Staged::add(const ResultFile& file, Diagnostics& found) {
  names_.push_back(file.name);
  const fs::path path = beside(file.name);
  try {
    const auto* const text = std::get_if<ResultFile::Text>(&file.content);
    hash_ = hash_text(text != nullptr ? write_text(path, *text)
                                      : write_at(path, std::get<ResultFile::AtPath>(file.content)));
    return true;
  } catch (const CannotWrite& failed) {
    cannot_write(folder_ / file.name, failed.why, found);
    return false;
  }
}

bool Staged::commit(Diagnostics& found) {
  for (const std::string& name : names_) {
    std::error_code failed;
    fs::rename(beside(name), folder_ / name, failed);
    if (failed) {
      cannot_write(folder_ / name, failed.message(), found);
      return false;
    }
  }
  names_.clear();
  new_folders_.clear();
  return true;
}

fs::path Staged::beside(const std::string& name) const {
  return folder_ / fmt::format(".{}.{}.part", name, ::getpid());
}

}  // namespace casus::cases
