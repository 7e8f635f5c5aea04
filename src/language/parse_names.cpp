// Names, labels, columns and left sides.
#include "language/parse_names.hpp"

#include "language/keywords.hpp"
#include "language/slips.hpp"

#include <fmt/format.h>

namespace casus::language {

namespace {

/// Words of the language are in small letters, so that `Rival` is free.
std::string name_in_place_of(std::string_view reserved, std::string_view what) {
  std::string name(reserved);
  if (what != name_of_a_set) return fmt::format("choose another name, such as `the_{}`", name);
  name.front() = static_cast<char>(name.front() - 'a' + 'A');
  return fmt::format("write `{}`: names of sets begin with a capital, words of the language do not",
                     name);
}

}  // namespace

Word read_name(Parser& in, std::string_view what) {
  const Token& token = in.peek();
  if (token.kind == TokenKind::word && !is_reserved(in.text_of(token))) {
    return in.word_of(in.take());
  }
  if (token.kind == TokenKind::word) {
    fail_on_reserved(in, "a name", name_in_place_of(in.text_of(token), what));
  } else if (token.kind == TokenKind::text) {
    in.unexpected(what, "names stand without quotes");
  } else {
    in.unexpected(what);
  }
  return {};
}

Word read_text(Parser& in, std::string_view what) {
  Word word = in.word_of(in.peek());
  if (word.empty()) {
    in.unexpected(what);
  } else {
    in.take();
  }
  return word;
}

Word read_label(Parser& in, std::string_view what) {
  if (in.at(TokenKind::text)) return read_text(in, what);
  if (in.at(TokenKind::number)) {
    in.unexpected(what, "a label that is a number stands in quotes");
    return {};
  }
  if (in.at(TokenKind::word) && is_reserved(in.text_of(in.peek()))) {
    const std::string_view word = in.text_of(in.peek());
    fail_on_reserved(in, "a name",
                     fmt::format("choose another name; a label may stand in quotes: \"{}\"", word));
    return {};
  }
  return read_name(in, what);
}

std::vector<Word> read_labels(Parser& in, std::string_view what) {
  std::vector<Word> labels;
  do labels.push_back(read_label(in, what));
  while (in.accept(TokenKind::comma));
  return labels;
}

Word read_column(Parser& in) {
  if (in.at(TokenKind::text)) return read_text(in, "a column's name");
  if (in.at(TokenKind::word)) return in.word_of(in.take());
  in.unexpected("a column's name");
  return {};
}

std::vector<Word> read_columns(Parser& in) {
  std::vector<Word> columns;
  do columns.push_back(read_column(in));
  while (in.accept(TokenKind::comma));
  return columns;
}

Word read_quoted(Parser& in, std::string_view what) {
  if (in.at(TokenKind::text)) return read_text(in, what);
  in.unexpected(fmt::format("{} in quotes", what),
                in.at(TokenKind::word) ? "put it between double quotes" : "");
  return {};
}

std::vector<Indexed::Index> read_indices(Parser& in) {
  std::vector<Indexed::Index> indices;
  if (!in.accept(TokenKind::open_square)) return indices;
  do {
    const Word first = read_label(in, "an index such as `d in District`");
    if (!first.quoted && in.accept_word("in")) {
      indices.push_back({.bound = first, .set = read_name(in, "a set")});
    } else {
      indices.push_back({.bound = {}, .set = first});
    }
  } while (in.accept(TokenKind::comma));
  in.expect(TokenKind::close_square, "`,` or `]` after the index");
  return indices;
}

std::vector<Word> read_braced_labels(Parser& in) {
  in.expect(TokenKind::open_brace, "`{` and the labels");
  std::vector<Word> labels = read_labels(in, "a label");
  in.expect(TokenKind::close_brace, "`,` or `}` after the label");
  return labels;
}

LabelType read_label_type(Parser& in) {
  if (in.at(TokenKind::open_brace)) return {.labels = read_braced_labels(in)};
  return {.set = read_name(in, "the set whose labels these are, or labels in `{}`")};
}

Indexed read_target(Parser& in, std::string_view what) {
  Indexed target{.name = read_name(in, what)};
  target.indices = read_indices(in);
  return target;
}

std::vector<Word> read_parameters(Parser& in) {
  std::vector<Word> parameters;
  if (!in.expect(TokenKind::open_round, "`(` and the function's arguments")) return parameters;
  if (in.accept(TokenKind::close_round)) return parameters;
  do parameters.push_back(read_name(in, "an argument's name"));
  while (in.accept(TokenKind::comma));
  in.expect(TokenKind::close_round, "`,` or `)` after the argument");
  return parameters;
}

}  // namespace casus::language
