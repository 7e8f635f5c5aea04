// What a law, a function or a word of the language is, from the tables that define it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casus::editor {

struct Page {
  std::string name;
  std::string sort;     ///< "law", "function", "statement", "word"
  std::string form;     ///< how it is written: "beta(a, b)"
  std::string meaning;  ///< sentences
};

/// A word of the language with how it is used.
struct WordRow {
  std::string_view word;
  std::string_view sort;
  std::string_view form;
  std::string_view meaning;
};

/// The page of a name; nullopt when nothing is called so. A law comes before a function, a function
/// before a word.
std::optional<Page> find_page(std::string_view name);

/// Every name that has a page, in order of the tables.
std::vector<std::string> names_of_pages();

/// Words with a row of their own: statements, clauses, forms. The tests hold them to the language's
/// table of words.
std::vector<WordRow> word_rows();

}  // namespace casus::editor
