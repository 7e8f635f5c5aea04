// A file of the user's, replaced in whole.
#pragma once

#include <filesystem>
#include <string_view>

namespace casus::cli {

/// Writes `text` beside the file and renames it there, so that the file has the old text or the new
/// one whatever happens. Permissions stay; a symbolic link stays one. Throws `Stop` (F002) when it
/// cannot be written, with the file as it was.
void replace_file(const std::filesystem::path& path, std::string_view text);

}  // namespace casus::cli
