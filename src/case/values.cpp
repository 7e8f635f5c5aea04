// TOML to names and numbers.
#include "case/values.hpp"

#include "case/disk.hpp"
#include "case/stop.hpp"

#include <cmath>
#include <fmt/format.h>
#include <optional>
#include <toml++/toml.h>

namespace casus::cases {
namespace {

std::string place_of(const std::string& path, const toml::source_region& at) {
  return fmt::format("{}:{}", path, at.begin.line);
}

double number_of(const std::string& path, const std::string& name, const toml::node& node) {
  const bool is_number = node.is_floating_point() || node.is_integer();
  const std::optional<double> value = is_number ? node.value<double>() : std::nullopt;
  if (value && std::isfinite(*value)) return *value;
  stop("R119", fmt::format("{}: `{}` is no number", place_of(path, node.source()), name),
       "write `name = 0.5`");
}

}  // namespace

std::vector<std::pair<std::string, double>> read_values(const std::string& path) {
  const FileContent content = Disk("").read(path);
  if (!content) stop("F001", fmt::format("cannot read {}: {}", path, content.problem), "");
  std::vector<std::pair<std::string, double>> values;
  try {
    const toml::table table = toml::parse(std::string_view(content.bytes));
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const toml::table* const elements = node.as_table();
      if (elements == nullptr) {
        values.emplace_back(name, number_of(path, name, node));
        continue;
      }
      for (const auto& [label, value] : *elements) {
        const std::string element = fmt::format("{}[{}]", name, label.str());
        values.emplace_back(element, number_of(path, element, value));
      }
    }
  } catch (const toml::parse_error& error) {
    stop("R119",
         fmt::format("{}: {}", place_of(path, error.source()), std::string(error.description())),
         "write `name = 0.5`, a line for each parameter");
  }
  return values;
}

}  // namespace casus::cases
