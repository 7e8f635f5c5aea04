// Open texts before those of the disk.
#include "editor/overlay.hpp"

#include "language/includes.hpp"

namespace casus::editor {

std::string normal_path(std::string_view path) { return language::resolve_path("", path); }

FileContent Overlay::read(std::string_view path) const {
  if (const std::string* text = find(path)) return {.bytes = *text, .problem = {}};
  return below_.read(path);
}

const std::string* Overlay::find(std::string_view path) const {
  const auto at = texts_.find(normal_path(path));
  return at == texts_.end() ? nullptr : &at->second;
}

}  // namespace casus::editor
