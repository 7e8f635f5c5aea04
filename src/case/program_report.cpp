// From the pieces of a program to what its statements cost.
#include "case/program_report.hpp"

#include "base/bug.hpp"
#include "base/text.hpp"
#include "case/ensemble.hpp"
#include "case/lowered.hpp"
#include "case/statement_names.hpp"
#include "case/stop.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <tuple>

namespace casus::cases {
namespace {

using machine::Rate;

constexpr std::uint32_t per_set = 16;

std::array<const machine::Piece*, 4> pieces_of(const machine::Code& code) {
  return {&code.step, &code.set, &code.set_step, &code.history};
}

/// One program of the run with what is needed to list it.
struct Listed {
  const machine::Program& program;
  const machine::Code& code;
  machine::PlaceNames names;
  machine::RunSize size;
};

class Reporting {
 public:
  Reporting(const LoadedCase& loaded, const Sources& sources, const ProgramQuestion& question)
      : loaded_(loaded),
        sources_(sources),
        question_(question),
        lowered_(lower_or_stop(loaded.model, question.variant)),
        run_(programs_of(lowered_), {.per_set = per_set,
                                     .outputs = question.variant.outputs,
                                     .kernels = machine::kernels_of("")}),
        names_(loaded.model, lowered_) {
    for (const auto& column : lowered_.parameter_columns) parameters_.push_back(column.name);
    for (const auto& column : lowered_.output_columns) outputs_.push_back(column.name);
  }

  ProgramReport report() {
    report_.title = loaded_.model.title.empty() ? loaded_.name : loaded_.model.title;
    report_.folder = loaded_.main_file.substr(0, loaded_.main_file.rfind('/') + 1);
    report_.variant = question_.variant;
    report_.n_lanes = run_.options().n_lanes;
    report_.per_set = per_set;
    for (std::size_t i = 0; i < n_parts(); ++i) {
      true_shares_.push_back(true_shares_of(prepared(i)));
      add_part(i);
    }
    report_.shown = find(question_.at);
    const Listed shown = listed(report_.shown);
    report_.bytes = machine::bytes_of_step(shown.code, shown.size);
    for (const machine::Piece* piece : pieces_of(shown.code)) add_piece(shown, *piece);
    for (const machine::ListedWord& line : machine::listing_of_row(shown.code, shown.program)) {
      add_line({.rate = Rate::step, .is_word = false, .line = line},
               names_.of(shown.program.origins[line.origin]));
    }
    for (auto& [key, statement] : statements_) {
      statement.cost.name = common_name(statement.elements);
      report_.statements.push_back(std::move(statement.cost));
    }
    return std::move(report_);
  }

 private:
  // ---- the programs: that of the start, those of the steps, that of the measures

  std::size_t n_parts() const { return lowered_.segments.size() + 2; }
  bool is_start(std::size_t part) const { return part == 0; }
  bool is_measures(std::size_t part) const { return part + 1 == n_parts(); }

  machine::RunSize size_of(std::size_t part) const {
    machine::RunSize size{.n_lanes = run_.options().n_lanes,
                          .per_set = per_set,
                          .accumulators = lowered_.accumulators,
                          .true_shares = true_shares_[part]};
    if (is_start(part) || is_measures(part)) return size;
    const language::Segment& segment = lowered_.segments[part - 1];
    size.first_step = segment.first;
    size.last_step = segment.last;
    return size;
  }

  Listed listed(std::size_t part) const {
    const machine::PlaceNames names{.parameters = parameters_,
                                    .states = lowered_.state_names,
                                    .accumulators = names_.accumulators(),
                                    .outputs = outputs_};
    const machine::RunSize size = size_of(part);
    const machine::Code& code = prepared(part).code;
    if (is_start(part)) return {lowered_.initial, code, names, size};
    if (!is_measures(part)) return {lowered_.segments[part - 1].program, code, names, size};
    return {lowered_.measures,
            code,
            {.parameters = parameters_,
             .states = names_.accumulators(),
             .outputs = names_.measure_outputs()},
            size};
  }

  const machine::PreparedProgram& prepared(std::size_t part) const {
    if (is_start(part)) return run_.initial();
    return is_measures(part) ? run_.measures() : run_.segment(part - 1);
  }

  /// None where no step was prepared, as of the start.
  static std::vector<double> true_shares_of(const machine::PreparedProgram& program) {
    if (program.rows.empty()) return {};
    const std::size_t n = program.code.step_row.size();
    std::vector<double> shares(n);
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
      if (program.rows[i] != 0.0) shares[i % n] += 1.0;
    }
    const std::size_t n_steps = program.rows.size() / n;
    for (double& share : shares) share /= static_cast<double>(n_steps);
    return shares;
  }

  std::string name_of(std::size_t part) const {
    if (is_start(part)) return "start";
    if (is_measures(part)) return "measures";
    const language::Segment& segment = lowered_.segments[part - 1];
    const language::Steps& steps = loaded_.model.steps;
    const std::string first = steps.label(segment.first);
    return segment.first == segment.last ? first : first + " to " + steps.label(segment.last);
  }

  void add_part(std::size_t i) {
    const Listed one = listed(i);
    ProgramPart part{
        .name = name_of(i), .first_step = one.size.first_step, .last_step = one.size.last_step};
    for (const machine::Piece* piece : pieces_of(one.code)) {
      part.n_words += piece->words.size();
      for (const double cost : machine::costs_of(*piece, one.size)) part.cost += cost;
    }
    report_.parts.push_back(std::move(part));
  }

  std::size_t part_of(std::uint32_t step) const { return 1 + run_.segment_of(step); }

  std::size_t find(const std::string& at) const {
    if (at == "start") return 0;
    if (at == "measures") return n_parts() - 1;
    if (at.empty()) return n_parts() - 2;
    const language::Steps& steps = loaded_.model.steps;
    for (std::uint32_t step = 0; step < steps.count; ++step) {
      if (steps.label(step) == at) return part_of(step);
    }
    if (const std::optional<Date> date = parse_date(at)) {
      if (const auto step = steps.step_of(*date)) return part_of(*step);
    } else if (const std::optional<double> number = parse_number(at)) {
      for (std::uint32_t step = 0; step < steps.count; ++step) {
        if (*number == step + 1.0) return part_of(step);
      }
    }
    stop(
        "R117", fmt::format("no step '{}' in {}", at, loaded_.name),
        fmt::format("steps are {} to {}, or 1 to {}; the other programs are `start` and `measures`",
                    steps.label(0), steps.label(steps.count - 1), steps.count));
  }

  // ---- the one that is shown

  void add_piece(const Listed& shown, const machine::Piece& piece) {
    RatePart part{
        .rate = piece.rate, .n_words = piece.words.size(), .n_columns = n_columns(shown, piece)};
    const std::vector<machine::ListedWord> words =
        machine::listing(piece, shown.program, shown.names, shown.size);
    for (std::size_t i = 0; i < words.size(); ++i) {
      part.cost += words[i].cost;
      add_line({.rate = piece.rate, .line = words[i]}, statement_of(shown, piece.words[i]));
    }
    report_.rates.push_back(part);
  }

  /// Columns of sets are numbered through both pieces.
  static std::uint32_t n_columns(const Listed& shown, const machine::Piece& piece) {
    return piece.rate == Rate::set_step ? piece.n_columns - shown.code.set.n_columns
                                        : piece.n_columns;
  }

  StatementName statement_of(const Listed& shown, const machine::Word& word) const {
    if (word.action == machine::Action::fold) return names_.of_fold(word.detail);
    if (word.action == machine::Action::output) {
      return is_measures(report_.shown) ? names_.of_measure_output(word.detail)
                                        : StatementName{.element = "results by step"};
    }
    return names_.of(shown.program.origins[shown.program.origin[word.source]]);
  }

  void add_line(ReportedLine line, const StatementName& name) {
    Statement& statement = statements_[key_of(name)];
    if (std::find(statement.elements.begin(), statement.elements.end(), name.element) ==
        statement.elements.end()) {
      statement.elements.push_back(name.element);
    }
    StatementCost& cost = statement.cost;
    if (cost.lines.empty()) cost.span = name.span;
    cost.lines.push_back(report_.lines.size());
    cost.cost += line.line.cost;
    if (line.is_word) {
      ++cost.n_words;
      cost.rate = cost.rate | line.rate;
    }
    report_.lines.push_back(std::move(line));
  }

  /// What stands in one line of a file is one statement, unless its elements are wanted apart. In
  /// the order of files and lines; what stands nowhere comes last.
  using Key = std::tuple<bool, std::size_t, std::uint32_t, std::string>;

  Key key_of(const StatementName& name) const {
    if (!name.span) return {true, 0, 0, name.element};
    const auto file = static_cast<std::size_t>(name.span->file);
    return {false, file, sources_.place(name.span->file, name.span->begin).line,
            question_.by_element ? name.element : ""};
  }

  struct Statement {
    std::vector<std::string> elements;
    StatementCost cost;
  };

  const LoadedCase& loaded_;
  const Sources& sources_;
  const ProgramQuestion& question_;
  language::Lowered lowered_;
  machine::LaneRun run_;
  StatementNames names_;
  std::vector<std::string> parameters_;
  std::vector<std::string> outputs_;
  std::vector<std::vector<double>> true_shares_;  ///< by part, by number of the step
  ProgramReport report_;
  std::map<Key, Statement> statements_;
};

}  // namespace

double ProgramReport::cost_of_history() const {
  double cost = 0.0;
  for (const ProgramPart& part : parts) cost += part.cost * part.n_steps();
  return cost;
}

ProgramReport program_report(const LoadedCase& loaded, const Sources& sources,
                             const ProgramQuestion& question) {
  return Reporting(loaded, sources, question).report();
}

}  // namespace casus::cases
