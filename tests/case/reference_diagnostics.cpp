// The page of diagnostics, each with the message of a bad model.
#include "base/codes.hpp"
#include "base/text.hpp"
#include "case/reference_pages.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <sstream>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

struct Phase {
  char letter;
  std::string_view name;
};

constexpr std::array phases{
    Phase{'L', "characters"}, Phase{'P', "sentences"}, Phase{'N', "names"}, Phase{'I', "indices"},
    Phase{'U', "units"},      Phase{'O', "order"},     Phase{'G', "games"}, Phase{'T', "time"},
    Phase{'D', "data"},       Phase{'E', "evidence"},  Phase{'F', "files"}, Phase{'R', "running"},
};

/// What a bad model's file or folder is called, as a reader's would be.
std::string message_of(const fs::path& model) {
  const bool is_folder = fs::is_directory(model);
  const fs::path file =
      is_folder ? model / "expected.text" : fs::path(model).replace_extension("text");
  const std::string name = model.filename().string();
  return is_folder ? replaced(text_of_file(file), name + "/", "")
                   : replaced(text_of_file(file), name, "model.casus");
}

/// The message of the bad model of this code that is told in the fewest lines.
std::string shortest_message(std::string_view code) {
  std::vector<fs::path> models;
  for (const auto& entry : fs::directory_iterator(fs::path(CASUS_ROOT) / "tests/language/bad")) {
    const bool is_model = entry.is_directory() || entry.path().extension() == ".casus";
    if (is_model && entry.path().filename().string().rfind(std::string(code) + "-", 0) == 0)
      models.push_back(entry.path());
  }
  std::sort(models.begin(), models.end());
  std::string shortest;
  for (const fs::path& model : models) {
    const std::string text = message_of(model);
    const auto lines = [](const std::string& of) { return std::count(of.begin(), of.end(), '\n'); };
    // A page about messages should not be about a country.
    const bool is_neutral = text.find("Azerbaijan") == std::string::npos;
    const bool was_neutral = shortest.find("Azerbaijan") == std::string::npos;
    const bool is_better = is_neutral != was_neutral ? is_neutral : lines(text) < lines(shortest);
    if (shortest.empty() || is_better) shortest = text;
  }
  return shortest;
}

/// Without the count of errors at its end.
std::string without_count(const std::string& text) {
  const std::size_t end = text.rfind("\n\n");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string code_text(const Code& code) {
  std::string text = fmt::format("\n### {}\n\n**{}.** {}\n", code.code, code.title, code.meaning);
  const std::string message = shortest_message(code.code);
  if (!message.empty()) text += "\n```text\n" + without_count(message) + "```\n";
  return text;
}

}  // namespace

std::string diagnostics_page() {
  std::string text =
      "# Diagnostics\n\nEvery message has a code: what it means, and how it looks. " +
      std::string(printed_note);
  text +=
      "`casus explain D104` shows the same words. An error stops, a warning does not. Codes are "
      "not used again.\n\n";
  std::vector<std::string> links;
  for (const Phase& phase : phases)
    links.push_back(fmt::format("[{}: {}](#{})", phase.letter, phase.name, phase.name));
  text += join_text(links, " · ") + "\n";
  for (const Phase& phase : phases) {
    text += fmt::format("\n## {}\n", phase.name);
    for (const Code& code : codes()) {
      if (code.code.front() == phase.letter) text += code_text(code);
    }
  }
  return text;
}

}  // namespace casus::cases
