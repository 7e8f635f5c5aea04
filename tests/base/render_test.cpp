// Diagnostics as text, character by character.
#include "base/render.hpp"

#include <gtest/gtest.h>

namespace casus {
namespace {

constexpr const char* model =
    "casus 1\n"
    "\n"
    "leaving    = infected * population * recovery\n"
    "infected'  = arriving - leaving\n";

/// The span of the `occurrence`-th `word`, from zero, in text 0.
Span span_of(const Sources& sources, std::string_view word, int occurrence = 0) {
  std::size_t begin = sources.text(FileId{0}).find(word);
  for (int i = 0; i < occurrence; ++i) begin = sources.text(FileId{0}).find(word, begin + 1);
  EXPECT_NE(begin, std::string::npos) << word;
  const auto first = static_cast<std::uint32_t>(begin);
  return {
      .file = FileId{0}, .begin = first, .end = first + static_cast<std::uint32_t>(word.size())};
}

Diagnostic unit_error(const Sources& sources) {
  return {.code = "U102",
          .message = "cannot subtract person^2/day from person/day",
          .primary = {.span = span_of(sources, "leaving", 1), .text = "has unit person^2/day"},
          .related = {{.span = span_of(sources, "infected * population * recovery"),
                       .text = "person * person * 1/day"}},
          .help = "divide by `population` to make `leaving` a rate of persons"};
}

TEST(Render, ShowsBothPlacesAndHelp) {
  Sources sources;
  sources.add("cases/flu/model.casus", model);
  Diagnostics diagnostics;
  diagnostics.add(unit_error(sources));
  EXPECT_EQ(render(sources, diagnostics),
            "error[U102]: cannot subtract person^2/day from person/day\n"
            " --> cases/flu/model.casus:4:25\n"
            "  |\n"
            "4 | infected'  = arriving - leaving\n"
            "  |                         ^^^^^^^ has unit person^2/day\n"
            " --> cases/flu/model.casus:3:14\n"
            "  |\n"
            "3 | leaving    = infected * population * recovery\n"
            "  |              -------------------------------- person * person * 1/day\n"
            "help: divide by `population` to make `leaving` a rate of persons\n"
            "\n"
            "1 error\n");
}

TEST(Render, WidensTheMarginForTheLargestLineNumber) {
  Sources sources;
  const FileId file = sources.add("m", "a\n" + std::string(8, '\n') + "bc\n");
  Diagnostics diagnostics;
  diagnostics.add({.code = "N001",
                   .message = "m",
                   .primary = {.span = {.file = file, .begin = 0, .end = 1}},
                   .related = {{.span = {.file = file, .begin = 11, .end = 12}, .text = "c"}}});
  EXPECT_EQ(render(sources, diagnostics),
            "error[N001]: m\n"
            "  --> m:1:1\n"
            "   |\n"
            " 1 | a\n"
            "   | ^\n"
            "  --> m:10:2\n"
            "   |\n"
            "10 | bc\n"
            "   |  - c\n"
            "\n"
            "1 error\n");
}

TEST(Render, ShowsOnlyTheHeadAndHelpWithoutAPlace) {
  Diagnostics diagnostics;
  diagnostics.add({.code = "F001",
                   .message = "cannot read oil.csv: no such file",
                   .primary = {},
                   .help = "did you mean `oil_price.csv`?",
                   .has_place = false});
  EXPECT_EQ(render(Sources(), diagnostics),
            "error[F001]: cannot read oil.csv: no such file\n"
            "help: did you mean `oil_price.csv`?\n"
            "\n"
            "1 error\n");
}

TEST(Render, ShowsAnEmptyLineWithoutTrailingBlanks) {
  Sources sources;
  const FileId file = sources.add("m", "");
  Diagnostics diagnostics;
  diagnostics.add({.code = "P001",
                   .message = "the model is empty",
                   .primary = {.span = {.file = file, .begin = 0, .end = 0}}});
  EXPECT_EQ(render(sources, diagnostics),
            "error[P001]: the model is empty\n"
            " --> m:1:1\n"
            "  |\n"
            "1 |\n"
            "  | ^\n"
            "\n"
            "1 error\n");
}

TEST(Render, SeparatesAndCounts) {
  Sources sources;
  const FileId file = sources.add("m", "abc\n");
  Diagnostics diagnostics;
  for (const std::uint32_t begin : {2U, 0U, 1U}) {
    diagnostics.add({.code = "N001",
                     .message = "m",
                     .primary = {.span = {.file = file, .begin = begin, .end = begin + 1}},
                     .severity = begin == 2U ? Severity::warning : Severity::error});
  }
  EXPECT_EQ(render(sources, diagnostics),
            "error[N001]: m\n --> m:1:1\n  |\n1 | abc\n  | ^\n\n"
            "error[N001]: m\n --> m:1:2\n  |\n1 | abc\n  |  ^\n\n"
            "warning[N001]: m\n --> m:1:3\n  |\n1 | abc\n  |   ^\n\n"
            "2 errors, 1 warning\n");
}

TEST(Render, StopsAtTheLimitButCountsAll) {
  Diagnostics diagnostics;
  for (const char* name : {"a", "b", "c"}) {
    diagnostics.add({.code = "F001", .message = name, .primary = {}, .has_place = false});
  }
  EXPECT_EQ(render(Sources(), diagnostics, {.limit = 2}),
            "error[F001]: a\n\nerror[F001]: b\n\n3 errors (2 shown)\n");
}

TEST(Render, SaysNothingWhenNothingIsWrong) { EXPECT_EQ(render(Sources(), Diagnostics()), ""); }

/// `text` without SGR sequences.
std::string without_colors(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      i = text.find('m', i);
    } else {
      result += text[i];
    }
  }
  return result;
}

TEST(Render, ColorsWithoutChangingTheText) {
  Sources sources;
  sources.add("m", model);
  Diagnostics diagnostics;
  diagnostics.add(unit_error(sources));
  const std::string plain = render(sources, diagnostics);
  const std::string colored = render(sources, diagnostics, {.color = true});
  EXPECT_EQ(plain.find('\x1b'), std::string::npos);
  EXPECT_NE(colored.find("\x1b[1;31merror[U102]\x1b[0m"), std::string::npos);
  EXPECT_EQ(without_colors(colored), plain);
}

TEST(Render, SendsNoControlCharactersToTerminals) {
  Sources sources;
  const FileId file = sources.add("m\x1b[2J", "a\x1b[2J\n");
  const Label label{.span = {.file = file, .begin = 0, .end = 1}, .text = "\x1b[2J"};
  Diagnostics diagnostics;
  diagnostics.add({.code = "L001",
                   .message = "\x1b[2J",
                   .primary = label,
                   .related = {label},
                   .help = "\x1b[2J"});
  EXPECT_EQ(render(sources, diagnostics).find('\x1b'), std::string::npos);
}

TEST(Render, PrintsAGiantLineInAFewRows) {
  Sources sources;
  const FileId file = sources.add("m", std::string(1'000'000, 'x'));
  Diagnostics diagnostics;
  diagnostics.add({.code = "L001",
                   .message = "m",
                   .primary = {.span = {.file = file, .begin = 700'000, .end = 700'010}}});
  const std::string text = render(sources, diagnostics);
  EXPECT_LT(text.size(), 1000U);
  EXPECT_NE(text.find("m:1:700001"), std::string::npos);
  EXPECT_NE(text.find(" ^^^^^^^^^^\n"), std::string::npos);
}

}  // namespace
}  // namespace casus
