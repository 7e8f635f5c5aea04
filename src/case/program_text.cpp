// The header of a program, its dearest statements, all statements, their words.
#include "case/program_text.hpp"

#include "base/excerpt.hpp"
#include "base/text.hpp"
#include "case/layout.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace casus::cases {
namespace {

using Align = TextTable::Align;

constexpr std::size_t width = 120;
constexpr std::size_t widest_name = 36;
constexpr std::size_t n_dearest = 10;

std::string nanoseconds(double cost) { return fmt::format("{:.2f}", cost); }
std::string share_of(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

/// As narrow columns have it.
std::string_view short_name(machine::Rate rate) {
  switch (rate) {
    case machine::Rate::history: return "history";
    case machine::Rate::set_step: return "set, step";
    case machine::Rate::set: return "set";
    default: return "step";
  }
}

std::string seconds(double value) {
  if (value < 1e-3) return to_text(1e6 * value, 2) + " µs";
  if (value < 1.0) return to_text(1e3 * value, 2) + " ms";
  if (value < 120.0) return to_text(value, 2) + " s";
  return to_text(value / 60.0, 2) + " minutes";
}

std::string variant_text(const language::Variant& variant) {
  std::string text =
      variant.explanation.empty() ? "baseline" : "explanation " + variant.explanation;
  if (!variant.whatif.empty()) text += ", what-if " + variant.whatif;
  if (!variant.start.empty()) text += ", from " + variant.start;
  for (const auto& [name, value] : variant.fixed) text += ", " + name + " = " + to_text(value);
  return variant.outputs ? text : text + ", without bands";
}

class Writing {
 public:
  Writing(const ProgramReport& report, const Sources& sources, const ProgramTextOptions& options)
      : report_(report), sources_(sources), options_(options) {}

  std::string text() {
    write_programs();
    write_rates();
    write_estimate();
    if (report_.statements.size() > 2 * n_dearest) write_dearest();
    write_statements();
    if (options_.instructions) write_letters();
    return text_;
  }

 private:
  void write_programs() {
    text_ += fmt::format("{}: {}\n\n", report_.title, variant_text(report_.variant));
    TextTable table({Align::left, Align::left, Align::right, Align::right, Align::right});
    table.add({"", "program", "steps", "words", "ns a history and step"});
    for (std::size_t i = 0; i < report_.parts.size(); ++i) {
      const ProgramPart& part = report_.parts[i];
      table.add({i == report_.shown ? ">" : "", part.name,
                 grouped(static_cast<std::size_t>(part.n_steps())), grouped(part.n_words),
                 nanoseconds(part.cost)});
    }
    text_ += table.text(0) + "--segment DATE, start or measures shows another\n";
  }

  void write_rates() {
    text_ += fmt::format("\n{}\n", report_.part().name);
    TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right});
    table.add({"computed", "words", "columns", "ns", "share"});
    for (const RatePart& part : report_.rates) {
      if (part.n_words == 0) continue;
      table.add({rate_text(part.rate), grouped(part.n_words), grouped(part.n_columns),
                 nanoseconds(part.cost), share_of(report_.share(part.cost))});
    }
    text_ += table.text(2);
  }

  static std::string rate_text(machine::Rate rate) {
    switch (rate) {
      case machine::Rate::history: return "for each history and step";
      case machine::Rate::set_step: return "for each parameter set and step";
      case machine::Rate::set: return "for each parameter set";
      default: return "for each step";
    }
  }

  void write_estimate() {
    const double kilobytes = static_cast<double>(report_.bytes) / 1024.0;
    constexpr double n_histories = 10'000.0;
    text_ += fmt::format(
        "  blocks of {} histories, {} of a parameter set; a step works on {:.0f} kB\n"
        "  about {} ns a history and step; 10,000 histories of all programs about {} on one core\n"
        "  by times measured on AVX-512; regions of histories count as entered, summaries and "
        "files not at all\n",
        report_.n_lanes, report_.per_set, kilobytes, to_text(report_.part().cost, 3),
        seconds(n_histories * report_.cost_of_history() * 1e-9));
  }

  // ---- statements

  std::string file_of(const StatementCost& statement) const {
    if (!statement.span) return "no line of the case";
    const std::string& name = sources_.name(statement.span->file);
    return name.rfind(report_.folder, 0) == 0 ? name.substr(report_.folder.size()) : name;
  }

  std::string line_of(const StatementCost& statement) const {
    if (!statement.span) return "";
    return std::to_string(sources_.place(statement.span->file, statement.span->begin).line);
  }

  std::string source_of(const StatementCost& statement) const {
    if (!statement.span) return "";
    std::string line =
        printable(trim(sources_.line_at(statement.span->file, statement.span->begin)));
    line.erase(
        std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }),
        line.end());
    return line;
  }

  void write_dearest() {
    std::vector<const StatementCost*> order;
    for (const StatementCost& statement : report_.statements) order.push_back(&statement);
    std::stable_sort(
        order.begin(), order.end(),
        [](const StatementCost* a, const StatementCost* b) { return a->cost > b->cost; });
    order.resize(n_dearest);
    double sum = 0.0;
    TextTable table({Align::right, Align::right, Align::left, Align::left});
    for (const StatementCost* statement : order) {
      sum += statement->cost;
      table.add({share_of(report_.share(statement->cost)), nanoseconds(statement->cost),
                 cut_to(statement->name, widest_name),
                 statement->span ? file_of(*statement) + ":" + line_of(*statement) : ""});
    }
    text_ += fmt::format("\nthe {} dearest statements, {} of all\n{}", n_dearest,
                         share_of(report_.share(sum)), table.text(2));
  }

  void write_statements() {
    TextTable table(
        {Align::right, Align::left, Align::right, Align::left, Align::right, Align::right});
    table.add({"line", "statement", "words", "finest rate", "ns", "share"});
    for (const StatementCost& statement : report_.statements) {
      table.add({line_of(statement), cut_to(statement.name, widest_name),
                 grouped(statement.n_words),
                 statement.n_words == 0 ? "" : std::string(short_name(statement.rate)),
                 nanoseconds(statement.cost), share_of(report_.share(statement.cost))});
    }
    const std::vector<std::string> rows = lines_of(table.text(0));
    text_ += "\n" + rows.front() + "  source\n";
    std::string file;
    for (std::size_t i = 0; i < report_.statements.size(); ++i) {
      const StatementCost& statement = report_.statements[i];
      if (file_of(statement) != file) text_ += (file = file_of(statement)) + "\n";
      write_row(rows[i + 1], source_of(statement));
      if (options_.instructions) write_words(statement);
    }
  }

  void write_row(const std::string& row, const std::string& source) {
    constexpr std::size_t least = 16;  // of a source line
    const std::size_t room = width - std::min(width - least, width_of(row) + 2);
    text_ += source.empty() ? row + "\n" : row + "  " + cut_to(source, room) + "\n";
  }

  void write_words(const StatementCost& statement) {
    for (const std::size_t i : statement.lines) {
      const ReportedLine& line = report_.lines[i];
      const std::string text = std::string(std::size_t{2} * line.line.depth, ' ') + line.line.text;
      const std::string number = line.is_word ? std::to_string(line.line.number) : "";
      const std::string cost = line.is_word ? nanoseconds(line.line.cost) : "";
      text_ += fmt::format("      {:9} {:>5} {:>8}  {}\n", short_name(line.rate), number, cost,
                           cut_to(text, width - 32));
    }
  }

  void write_letters() {
    text_ += "\nplaces without a name\n";
    for (const machine::PlaceLetter& row : machine::place_letters()) {
      text_ += fmt::format("  {}  {}\n", row.letter, row.meaning);
    }
  }

  static std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      lines.emplace_back(text.substr(0, end));
      text.remove_prefix(end + 1);
    }
    return lines;
  }

  const ProgramReport& report_;
  const Sources& sources_;
  const ProgramTextOptions& options_;
  std::string text_;
};

}  // namespace

std::string program_text(const ProgramReport& report, const Sources& sources,
                         const ProgramTextOptions& options) {
  return Writing(report, sources, options).text();
}

}  // namespace casus::cases
