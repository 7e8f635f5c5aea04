// Writing beside, then renaming.
#include "cli/replace_file.hpp"

#include "cli/options.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <system_error>
#include <unistd.h>

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw usage_fault("F002", fmt::format("cannot write {}: {}", path.string(), why),
                    "the file is as it was");
}

/// All of `text` to the disk; false with errno set.
bool write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n_written = ::write(file, text.data(), text.size());
    if (n_written < 0 && errno == EINTR) continue;
    if (n_written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n_written));
  }
  return ::fsync(file) == 0;
}

/// The file that `path` leads to.
fs::path target_of(const fs::path& path) {
  std::error_code failed;
  const fs::path target = fs::canonical(path, failed);
  return failed ? path : target;
}

}  // namespace

void replace_file(const fs::path& path, std::string_view text) {
  const fs::path target = target_of(path);
  const fs::path beside = target.string() + fmt::format(".casus-{}", ::getpid());
  constexpr mode_t plain = 0666;
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, plain);
  if (file < 0) refuse(path, std::generic_category().message(errno));
  const bool is_written = write_whole(file, text);
  const int why = errno;
  (void)::close(file);
  std::error_code failed;
  if (!is_written) {
    fs::remove(beside, failed);
    refuse(path, std::generic_category().message(why));
  }
  const fs::file_status status = fs::status(target, failed);
  if (!failed && fs::exists(status)) fs::permissions(beside, status.permissions(), failed);
  fs::rename(beside, target, failed);
  if (!failed) return;
  std::error_code ignored;
  fs::remove(beside, ignored);
  refuse(path, failed.message());
}

}  // namespace casus::cli
