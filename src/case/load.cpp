// Parsing, checking and trying every variant.
#include "case/load.hpp"

#include "case/hash.hpp"
#include "case/inputs.hpp"
#include "case/threads.hpp"
#include "evidence/claims.hpp"
#include "language/compile.hpp"
#include "language/includes.hpp"
#include "language/lowered.hpp"
#include "language/parser.hpp"

#include <algorithm>
#include <cstddef>
#include <fmt/format.h>
#include <memory>

namespace casus::cases {
namespace {

/// Citations of what-ifs and measures are checked like all others, though they assume nothing.
std::vector<evidence::Statement> questions(const language::Tree& tree) {
  std::vector<evidence::Statement> all;
  const auto add = [&all](const language::Clauses& clauses) {
    evidence::Statement statement;
    for (const language::Word& claim : clauses.because.claims) {
      statement.cited.push_back({claim.text, claim.span});
    }
    all.push_back(std::move(statement));
  };
  for (const language::Statement& statement : tree.statements) {
    if (const auto* whatif = std::get_if<language::WhatifStatement>(&statement)) {
      add(whatif->clauses);
    } else if (const auto* measure = std::get_if<language::MeasureStatement>(&statement)) {
      add(measure->clauses);
    } else if (const auto* function = std::get_if<language::FunctionStatement>(&statement)) {
      add(function->clauses);
    }
  }
  return all;
}

language::Word claims_file(const language::Tree& tree) {
  for (const language::Statement& statement : tree.statements) {
    if (const auto* at = std::get_if<language::CaseStatement>(&statement)) return at->claims;
  }
  return {};
}

/// What of a case the claims file is asked about.
struct Cited {
  std::vector<evidence::Statement> questions;
  std::optional<FileId> claims;  ///< the file, when the case names one that can be read
};

Cited cited(const language::Tree& tree, const Files& files, Sources& sources, Diagnostics& found) {
  Cited result{.questions = questions(tree), .claims = {}};
  const language::Word word = claims_file(tree);
  if (word.empty()) return result;
  const std::string path = language::resolve_path(sources.name(word.span.file), word.text);
  FileContent content = files.read(path);
  if (content) {
    result.claims = sources.add(path, std::move(content.bytes));
  } else {
    found.add({.code = "F001",
               .message = fmt::format("cannot read {}: {}", path, content.problem),
               .primary = {word.span}});
  }
  return result;
}

/// Reads the claims that the case names and what its statements rest on.
void read_evidence(const Cited& cited, const Sources& sources, LoadedCase& made,
                   Diagnostics& found) {
  if (!cited.claims) return;
  made.claims = evidence::read_claims(sources, *cited.claims, found);
  if (!made.claims) return;
  made.supports = evidence::supports(*made.claims, made.statements, found);
  (void)evidence::supports(*made.claims, cited.questions, found);
}

/// As many threads as there are processors. They take longer to wake than a few variants to try:
/// nothing for a case with so few.
std::unique_ptr<Parallel> threads_for(const language::Tree& tree) {
  constexpr std::ptrdiff_t few = 8;
  const auto n = std::count_if(tree.statements.begin(), tree.statements.end(), [](const auto& at) {
    return std::get_if<language::ExplainStatement>(&at) != nullptr ||
           std::get_if<language::StartStatement>(&at) != nullptr ||
           std::get_if<language::WhatifStatement>(&at) != nullptr;
  });
  return n > few ? make_threads(0) : std::make_unique<Serial>();
}

}  // namespace

std::optional<LoadedCase> load(std::string_view name, std::string_view main_file,
                               const Files& files, Sources& sources, Diagnostics& found) {
  const std::size_t slash = main_file.rfind('/');
  const HashedFiles hashed(
      files, std::string(slash == std::string_view::npos ? "" : main_file.substr(0, slash)));
  language::Tree tree = language::parse_case(main_file, hashed, sources, found);
  if (found.has_errors()) return std::nullopt;
  LoadedCase made{.name = std::string(name), .main_file = std::string(main_file), .model = {}};
  Diagnostics of_evidence;
  made.statements = assumptions(tree);
  const Cited of_claims = cited(tree, hashed, sources, of_evidence);
  const Sources with_claims = sources;  // which grow while the data are read
  const std::unique_ptr<Parallel> parallel = threads_for(tree);
  parallel->for_each(2, [&](std::size_t block) {
    if (block == 1) return read_evidence(of_claims, with_claims, made, of_evidence);
    CsvInputs inputs(hashed, sources, tree);
    made.model = language::check(std::move(tree), inputs, found);
    made.n_recorded = inputs.n_recorded();
    if (!found.has_errors()) language::try_variants(made.model, *parallel, found);
  });
  found.append(of_evidence);
  if (found.has_errors()) return std::nullopt;
  language::report_doubts(made.model, found);
  for (const auto& [file, of_file] : hashed.files()) made.files.push_back(file);
  made.hash = hashed.hash();
  return made;
}

}  // namespace casus::cases
