// Diagnostics as text: a head line, for each place the source line with carets, help.
#include "base/render.hpp"

#include "base/excerpt.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace casus {
namespace {

/// How a severity is called and shown; SGR codes of ECMA-48.
struct Look {
  std::string_view name;
  std::string_view color;
};

constexpr std::array looks{Look{"error", "1;31"}, Look{"warning", "1;33"}, Look{"note", "1;32"}};
constexpr std::string_view blue = "1;34";
constexpr std::string_view bold = "1";

const Look& look_of(Severity severity) { return looks.at(static_cast<std::size_t>(severity)); }

/// Words that nobody wrote by hand are cut, so that a message stays a message.
std::string with_short_words(std::string_view text) {
  constexpr std::size_t longest_word = 200;
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    std::size_t kept = std::min(end, longest_word);
    while (kept > 0 && kept < end && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U)
      --kept;
    result.append(text.substr(0, kept));
    if (kept < end) result += "...";
    if (end < text.size()) result += text[end];
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

class Page {
 public:
  Page(const Sources& sources, const RenderOptions& options)
      : sources_(sources), options_(options) {}

  void show(const Diagnostic& diagnostic) {
    const Look& look = look_of(diagnostic.severity);
    add(look.color, fmt::format("{}[{}]", look.name, diagnostic.code));
    add(bold, ": " + printable(with_short_words(diagnostic.message)));
    text_ += '\n';
    if (diagnostic.has_place) show_places(diagnostic, look);
    if (diagnostic.help.empty()) return;
    add(bold, "help");
    text_ += ": " + printable(with_short_words(diagnostic.help)) + '\n';
  }

  void add_line(std::string_view line) { text_.append(line) += '\n'; }

  std::string take() { return std::move(text_); }

 private:
  void add(std::string_view color, std::string_view what) {
    text_ += options_.color ? fmt::format("\x1b[{}m{}\x1b[0m", color, what) : std::string(what);
  }

  Place place_of(const Label& label) const {
    return sources_.place(label.span.file, label.span.begin);
  }

  void show_places(const Diagnostic& diagnostic, const Look& look) {
    std::uint32_t last_line = place_of(diagnostic.primary).line;
    for (const Label& label : diagnostic.related) {
      last_line = std::max(last_line, place_of(label).line);
    }
    const std::size_t gutter = std::to_string(last_line).size();
    show_place(diagnostic.primary, '^', look.color, gutter);
    for (const Label& label : diagnostic.related) show_place(label, '-', blue, gutter);
  }

  void show_place(const Label& label, char mark, std::string_view color, std::size_t gutter) {
    const Place place = place_of(label);
    const Excerpt excerpt = excerpt_of(sources_, label.span);
    add(blue, fmt::format("{:>{}}", "-->", gutter + 3));
    add_line(fmt::format(" {}:{}:{}", printable(sources_.name(label.span.file)), place.line,
                         place.column));
    add(blue, fmt::format("{:>{}}", '|', gutter + 2));
    text_ += '\n';
    add(blue, fmt::format("{:>{}} |", place.line, gutter));
    add_line(excerpt.line.empty() ? "" : " " + excerpt.line);
    add(blue, fmt::format("{:>{}}", '|', gutter + 2));
    text_ += std::string(excerpt.indent + 1, ' ');
    const std::string marks(excerpt.width, mark);
    add(color, label.text.empty() ? marks : marks + ' ' + printable(label.text));
    text_ += '\n';
  }

  const Sources& sources_;
  const RenderOptions& options_;
  std::string text_;
};

/// "2 errors, 1 warning"
std::string counts_of(const std::vector<Diagnostic>& diagnostics) {
  std::array<std::size_t, looks.size()> counts{};
  for (const Diagnostic& diagnostic : diagnostics) {
    ++counts.at(static_cast<std::size_t>(diagnostic.severity));
  }
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) == 0) continue;
    text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", counts.at(i), looks.at(i).name,
                        counts.at(i) == 1 ? "" : "s");
  }
  return text;
}

}  // namespace

std::string render(const Sources& sources, const Diagnostics& diagnostics,
                   const RenderOptions& options) {
  if (diagnostics.empty()) return {};
  const std::vector<Diagnostic> all = diagnostics.sorted();
  const std::size_t shown = std::min(all.size(), options.limit);
  Page page(sources, options);
  for (std::size_t i = 0; i < shown; ++i) {
    page.show(all[i]);
    page.add_line("");
  }
  const std::string counts = counts_of(all);
  page.add_line(shown == all.size() ? counts : fmt::format("{} ({} shown)", counts, shown));
  return page.take();
}

}  // namespace casus
