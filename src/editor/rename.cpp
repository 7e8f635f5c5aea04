// Renaming, tried on a copy before it is offered.
#include "editor/features.hpp"
#include "editor/overlay.hpp"
#include "language/characters.hpp"
#include "language/keywords.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace casus::editor {
namespace {

using Kind = Symbol::Kind;

bool is_name(const std::string& name) {
  return !name.empty() && language::after_word(name, 0) == name.size();
}

std::string problem_of_name(const Names& names, const Occurrence& word, const std::string& name) {
  if (!is_name(name)) return fmt::format("'{}' is no name: letters, digits and _", name);
  if (language::is_reserved(name)) return fmt::format("'{}' is a word of the language", name);
  const bool taken = names.globals().contains(name) || names.labels().contains(name);
  if (taken) return fmt::format("'{}' already means something in this case", name);
  if (word.symbol.kind == Kind::local) {
    const std::vector<std::string> locals = names.locals_of(word.symbol.statement);
    if (std::find(locals.begin(), locals.end(), name) != locals.end()) {
      return fmt::format("'{}' is already bound in this statement", name);
    }
  }
  const Symbol same{.kind = word.symbol.kind, .text = name, .statement = word.symbol.statement};
  if (!names.all_of(same).empty()) return fmt::format("'{}' is taken", name);
  return {};
}

/// The case's files with `name` at all places.
void write(const CaseView& view, const std::vector<Span>& places, const std::string& name,
           Overlay& into) {
  for (const CaseFile& file : view.files) {
    std::string text = view.sources.text(file.id);
    for (auto at = places.rbegin(); at != places.rend(); ++at) {
      if (at->file == file.id) text.replace(at->begin, at->end - at->begin, name);
    }
    into.put(view.sources.name(file.id), std::move(text));
  }
}

/// Whether two cases read the same numbers and labels.
bool reads_alike(const language::Model& before, const language::Model& after) {
  const auto same_number = [](double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
  };
  const auto same_series = [&same_number](const language::Series& a, const language::Series& b) {
    return a.by_step == b.by_step && std::equal(a.values.begin(), a.values.end(), b.values.begin(),
                                                b.values.end(), same_number);
  };
  const auto same_set = [](const language::Set& a, const language::Set& b) {
    return a.labels == b.labels;
  };
  return std::equal(before.series.begin(), before.series.end(), after.series.begin(),
                    after.series.end(), same_series) &&
         std::equal(before.sets.begin(), before.sets.end(), after.sets.begin(), after.sets.end(),
                    same_set);
}

/// The first error there is after and was not before.
std::string new_error(const CaseView& before, const CaseView& after) {
  if (after.found.error_count() <= before.found.error_count()) return {};
  for (const Diagnostic& each : after.found.sorted()) {
    if (each.severity == Severity::error) return each.message;
  }
  return {};
}

}  // namespace

bool can_rename(const Occurrence& word) {
  const Kind kind = word.symbol.kind;
  return kind == Kind::global || kind == Kind::variant || kind == Kind::local;
}

Renaming rename(const CaseView& view, const Names& names, const Occurrence& word,
                const std::string& name, const Files& files) {
  if (!can_rename(word)) {
    return {.problem =
                "only names that the case declares can be renamed; labels stand in data, too"};
  }
  if (!view.readable) return {.problem = "mend what cannot be read first"};
  Renaming made{.problem = problem_of_name(names, word, name)};
  if (!made.problem.empty()) return made;
  for (const Occurrence& each : names.all_of(word.symbol)) made.places.push_back(each.span);
  Overlay renamed(files);
  write(view, made.places, name, renamed);
  const auto after = view_case(view.main_file, renamed);
  if (const std::string error = new_error(view, *after); !error.empty()) {
    made.problem = fmt::format("the case would have an error: {}", error);
  } else if (!reads_alike(view.model, after->model)) {
    made.problem = "the case would read other data: name its column first";
  }
  return made;
}

}  // namespace casus::editor
