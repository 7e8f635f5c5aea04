// Good cases with a few words exchanged: nothing crashes, hangs or blames us, and every fault has a
// place in its text.
#include "base/codes.hpp"
#include "base/render.hpp"
#include "case/inputs.hpp"
#include "language/compile.hpp"
#include "language/lexer.hpp"
#include "language/lowered.hpp"
#include "language/parser.hpp"

#include <algorithm>
#include <cctype>
#include <exception>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace casus::cases {
namespace {

namespace fs = std::filesystem;

/// The files of one case by their names in its folder.
using Texts = std::map<std::string, std::string>;

class Folder final : public Files {
 public:
  explicit Folder(Texts texts) : texts_(std::move(texts)) {}

  FileContent read(std::string_view path) const override {
    const auto at = texts_.find(std::string(path));
    if (at == texts_.end()) return {.bytes = {}, .problem = "no such file"};
    return {.bytes = at->second, .problem = {}};
  }

 private:
  Texts texts_;
};

std::vector<std::string> models_of(const Texts& texts) {
  std::vector<std::string> names;
  for (const auto& [name, text] : texts) {
    if (name.ends_with(".casus")) names.push_back(name);
  }
  return names;
}

Texts read_folder(const fs::path& folder) {
  Texts texts;
  for (const fs::directory_entry& at : fs::recursive_directory_iterator(folder)) {
    if (!at.is_regular_file()) continue;
    std::ifstream stream(at.path(), std::ios::binary);
    const fs::path name = fs::relative(at.path(), folder);
    texts[name.generic_string()] = {std::istreambuf_iterator<char>(stream),
                                    std::istreambuf_iterator<char>()};
  }
  return texts;
}

/// Every folder of the repository's cases that holds a model.casus, in order of names.
std::vector<Texts> all_cases() {
  std::vector<fs::path> folders;
  for (const char* root : {"cases", "tests/cases", "tests/language/good"}) {
    for (const fs::directory_entry& at :
         fs::recursive_directory_iterator(fs::path(CASUS_ROOT) / root)) {
      if (at.path().filename() == "model.casus") folders.push_back(at.path().parent_path());
    }
  }
  std::sort(folders.begin(), folders.end());
  std::vector<Texts> cases;
  for (const fs::path& folder : folders) cases.push_back(read_folder(folder));
  return cases;
}

/// Tokens and, between them, blanks and comments; joined they are the text again.
std::vector<std::string> pieces_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const language::Lexed lexed = language::lex(sources.add("", text), sources, found);
  std::vector<std::string> pieces;
  std::uint32_t at = 0;
  for (const language::Token& token : lexed.tokens) {
    if (token.span.begin > at) pieces.push_back(text.substr(at, token.span.begin - at));
    if (token.span.end > token.span.begin) {
      pieces.push_back(text.substr(token.span.begin, token.span.end - token.span.begin));
    }
    at = token.span.end;
  }
  if (at < text.size()) pieces.push_back(text.substr(at));
  return pieces;
}

/// Names, numbers, texts, blanks, and signs.
int kind_of(const std::string& piece) {
  const auto first = static_cast<unsigned char>(piece.front());
  if (std::isalpha(first) != 0) return 0;
  if (std::isdigit(first) != 0) return 1;
  if (std::isspace(first) != 0 || first == '#') return 2;
  return first == '"' ? 3 : 4;
}

/// Mutates files of cases; the engine's sequence is fixed by the standard.
class Mutator {
 public:
  explicit Mutator(std::vector<Texts> cases) : cases_(std::move(cases)) {
    for (const Texts& texts : cases_) {
      for (const std::string& name : models_of(texts)) {
        for (std::string& piece : pieces_of(texts.at(name))) pool_.push_back(std::move(piece));
      }
    }
  }

  /// A case in which one or two words, numbers or signs are others; `wild`: anything for anything.
  Texts mutant(std::uint64_t seed, bool wild) {
    engine_.seed(seed);
    Texts texts = one_of(cases_);
    std::string& text = texts[one_of(models_of(texts))];
    std::vector<std::string> pieces = pieces_of(text);
    for (std::uint64_t n = 1 + below(2); n > 0; --n) {
      if (wild) {
        change(pieces);
      } else {
        exchange(pieces);
      }
    }
    text.clear();
    for (const std::string& piece : pieces) text += piece;
    return texts;
  }

 private:
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }

  template <class Choices>
  auto one_of(const Choices& choices) -> typename Choices::value_type {
    return choices[below(choices.size())];
  }

  std::string any(const std::vector<std::string>& pieces) {
    return below(2) == 0 ? one_of(pool_) : one_of(pieces);
  }

  void change(std::vector<std::string>& pieces) {
    std::string& piece = pieces[below(pieces.size())];
    switch (below(4)) {
      case 0: piece.clear(); break;
      case 1: piece = any(pieces); break;
      case 2: piece += " " + any(pieces); break;
      default: std::swap(piece, pieces[below(pieces.size())]);
    }
  }

  /// Nothing happens where luck finds no two of a kind.
  void exchange(std::vector<std::string>& pieces) {
    constexpr int blank = 2;
    for (int trial = 0; trial < 100; ++trial) {
      std::string& piece = pieces[below(pieces.size())];
      const std::string other = any(pieces);
      if (kind_of(piece) == blank || kind_of(piece) != kind_of(other)) continue;
      piece = other;
      return;
    }
  }

  std::vector<Texts> cases_;
  std::vector<std::string> pool_{};
  std::mt19937_64 engine_{};
};

void expect_inside(const Sources& sources, const Span& span) {
  ASSERT_LE(span.begin, span.end);
  ASSERT_LE(span.end, sources.text(span.file).size());
}

/// What must hold of any case at all.
void examine(const Texts& texts) {
  const Folder folder(texts);
  Sources sources;
  Diagnostics found;
  language::Tree tree = language::parse_case("model.casus", folder, sources, found);
  if (!found.has_errors()) {
    CsvInputs inputs(folder, sources, tree);
    const language::Model model = language::check(std::move(tree), inputs, found);
    if (!found.has_errors()) (void)language::lower(model, {}, found);
  }
  for (const Diagnostic& each : found.sorted()) {
    ASSERT_NE(find_code(each.code), nullptr) << each.code;
    ASSERT_FALSE(each.message.empty()) << each.code;
    if (!each.has_place) continue;
    ASSERT_NO_FATAL_FAILURE(expect_inside(sources, each.primary.span)) << each.message;
    for (const Label& label : each.related) {
      ASSERT_NO_FATAL_FAILURE(expect_inside(sources, label.span)) << each.message;
    }
  }
  ASSERT_EQ(found.empty(), render(sources, found).empty());
}

void examine_many(std::uint64_t first_seed, std::uint64_t count, bool wild) {
  Mutator mutator(all_cases());
  for (std::uint64_t seed = first_seed; seed < first_seed + count; ++seed) {
    const Texts texts = mutator.mutant(seed, wild);
    try {
      ASSERT_NO_FATAL_FAILURE(examine(texts)) << "seed " << seed;
    } catch (const std::exception& thrown) {
      FAIL() << "seed " << seed << ": " << thrown.what();
    }
  }
}

TEST(Mutations, PiecesAreTheWholeText) {
  for (const Texts& texts : all_cases()) {
    for (const std::string& name : models_of(texts)) {
      std::string joined;
      for (const std::string& piece : pieces_of(texts.at(name))) joined += piece;
      EXPECT_EQ(joined, texts.at(name)) << name;
    }
  }
}

TEST(Mutations, AnyPieceForAnyOther) { examine_many(1, 150, true); }

TEST(Mutations, NamesForNamesAndNumbersForNumbers) { examine_many(1, 350, false); }

}  // namespace
}  // namespace casus::cases
