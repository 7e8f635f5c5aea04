// Model texts checked, lowered and run on the reference machine, history by history.
#include "language/running.hpp"

#include "base/render.hpp"
#include "language/compile.hpp"
#include "language/parser.hpp"
#include "machine/reference.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace casus::language {

namespace {

/// One text in memory; everything else from a folder.
class TextAndFolder final : public Files {
 public:
  TextAndFolder(std::string_view text, std::string folder)
      : text_(text), folder_(std::move(folder)) {}

  FileContent read(std::string_view path) const override {
    if (path == "model.casus" && !text_.empty()) return {std::string(text_), {}};
    std::ifstream file(folder_ + "/" + std::string(path));
    if (!file) return {{}, "no such file"};
    std::stringstream all;
    all << file.rdbuf();
    return {all.str(), {}};
  }

 private:
  std::string_view text_;
  std::string folder_;
};

[[noreturn]] void absent(std::string_view what) {
  throw std::out_of_range("nothing is called " + std::string(what));
}

void run_or_throw(machine::Reference& reference, const machine::Program& program,
                  machine::Frame& frame) {
  const auto failure = reference.step(program, frame);
  if (!failure) return;
  throw std::domain_error(program.origins.at(failure->origin).name + " in step " +
                          std::to_string(frame.step) + ": " + failure->what);
}

}  // namespace

const std::vector<double>& History::path(std::string_view column) const {
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    if (output_columns_[i].name == column) return outputs_[i];
  }
  absent(column);
}

std::vector<std::string> History::labels(std::string_view column) const {
  for (std::size_t i = 0; i < outputs_.size(); ++i) {
    const OutputColumn& at = output_columns_[i];
    if (at.name != column) continue;
    std::vector<std::string> result;
    for (const double value : outputs_[i])
      result.push_back(value < 0.0 ? "none" : at.labels.at(static_cast<std::size_t>(value)));
    return result;
  }
  absent(column);
}

const MeasureColumn& History::measure_column(std::string_view name) const {
  for (const MeasureColumn& column : measure_columns_) {
    if (column.name == name) return column;
  }
  absent(name);
}

const std::vector<double>& History::scores(std::string_view column) const {
  for (std::size_t i = 0; i < scores_.size(); ++i) {
    if (score_columns_[i].name == column) return scores_[i];
  }
  absent(column);
}

double History::measure(std::string_view name) const {
  const MeasureColumn& column = measure_column(name);
  return measures_.at(column.value) / column.scale;
}

double History::denominator(std::string_view name) const {
  return measures_.at(measure_column(name).denominator);
}

bool History::counts(std::string_view name) const {
  const MeasureColumn& column = measure_column(name);
  return !column.given || measures_.at(*column.given) > 0.5;
}

double History::parameter(std::string_view name) const {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const ParameterColumn& column = parameter_columns_[i];
    if (column.name == name) return parameters_[i] / column.scale;
  }
  absent(name);
}

History Runner::run(const Draw& draw) const {
  using random::Purpose;
  const auto key_for = [&](Purpose purpose) {
    return random::key_of(draw.seed, {.purpose = purpose, .parameter_set = draw.set});
  };
  History history;
  history.output_columns_ = lowered_.output_columns;
  history.measure_columns_ = lowered_.measure_columns;
  history.parameter_columns_ = lowered_.parameter_columns;
  history.parameters_.resize(lowered_.parameter_columns.size());
  history.outputs_.assign(lowered_.output_columns.size(), {});
  history.score_columns_ = lowered_.score_columns;
  history.scores_.assign(lowered_.score_columns.size(), {});
  std::vector<double> states(lowered_.state_names.size());
  std::vector<double> folded(lowered_.accumulators.size());
  machine::Reference reference;
  machine::Frame frame{.parameters = history.parameters_,
                       .states = states,
                       .series = &lowered_.series,
                       .key = key_for(Purpose::parameter),
                       .at_median = draw.at_median};
  run_or_throw(reference, lowered_.parameters, frame);
  for (const machine::Write& write : lowered_.parameters.outputs)
    history.parameters_.at(write.target) = reference.value(write.source);
  frame.key = key_for(Purpose::history);
  frame.slot = draw.slot;
  run_or_throw(reference, lowered_.initial, frame);
  machine::clear(lowered_.accumulators, folded);
  for (const Segment& segment : lowered_.segments) {
    for (frame.step = segment.first; frame.step <= segment.last; ++frame.step) {
      run_or_throw(reference, segment.program, frame);
      machine::accumulate(segment.program, lowered_.accumulators, reference, frame.step, folded);
      for (const machine::Write& write : segment.program.outputs) {
        const double value = reference.value(write.source);
        const bool is_score =
            !lowered_.score_columns.empty() && write.target >= lowered_.first_score;
        if (is_score) {
          history.scores_.at(write.target - lowered_.first_score).push_back(value);
        } else {
          const double scale = lowered_.output_columns.at(write.target).scale;
          history.outputs_.at(write.target).push_back(value / scale);
        }
      }
    }
  }
  if (lowered_.measures.code.empty()) return history;
  frame.states = folded;
  run_or_throw(reference, lowered_.measures, frame);
  history.measures_.resize(lowered_.n_measure_outputs);
  for (const machine::Write& write : lowered_.measures.outputs)
    history.measures_.at(write.target) = reference.value(write.source);
  return history;
}

double Runner::mean(std::string_view measure, std::uint32_t n) const {
  double sum = 0.0;
  for (std::uint32_t set = 0; set < n; ++set) sum += run({.set = set}).measure(measure);
  return sum / n;
}

Checked::Checked(std::string_view text, MemoryAnswers answers, std::string folder) {
  const TextAndFolder files(text, std::move(folder));
  MemoryInputs inputs(std::move(answers));
  Tree tree = parse_case("model.casus", files, sources_, found_);
  if (!found_.has_errors()) model_ = check(std::move(tree), inputs, found_);
}

std::vector<std::string> Checked::faults(const Variant& variant) const {
  Diagnostics found = found_;
  if (!found.has_errors()) lower(model_, variant, found);
  std::vector<std::string> result;
  for (const Diagnostic& each : found.sorted()) {
    const Span span = each.primary.span;
    const std::string& text = sources_.text(span.file);
    result.push_back(std::string(each.code) + ' ' + text.substr(span.begin, span.end - span.begin));
  }
  return result;
}

Runner Checked::variant(const Variant& variant) const {
  Diagnostics found = found_;
  if (found.has_errors()) throw std::invalid_argument(render(sources_, found));
  Lowered lowered = lower(model_, variant, found);
  if (found.has_errors()) throw std::invalid_argument(render(sources_, found));
  return Runner(std::move(lowered));
}

History Checked::run(const Draw& draw) const { return variant({}).run(draw); }

Checked over_steps(std::uint32_t steps, std::string_view body, MemoryAnswers answers) {
  return over_time(std::to_string(steps) + " steps", body, std::move(answers));
}

Checked over_time(std::string_view time, std::string_view body, MemoryAnswers answers) {
  return Checked("casus 1\ncase \"test\"\n    time " + std::string(time) + "\n" + std::string(body),
                 std::move(answers));
}

}  // namespace casus::language
