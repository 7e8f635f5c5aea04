// What a model's files say, answered from memory by the name that a statement declares.
#pragma once

#include "language/inputs.hpp"

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace casus::language {

/// Answers kept by name: of a set, a link, a data array, an observed move or variable.
struct MemoryAnswers {
  std::map<std::string, std::vector<std::string>> labels{};
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> links{};
  std::map<std::string, std::vector<double>> link_weights{};  ///< of the pairs, in their order
  std::map<std::string, Series> series{};  ///< in base units; of labels their places
  std::map<std::string, std::vector<RecordedCell>> records{};
  std::uint32_t rows = 0;  ///< of the file that `time rows` names
};

class MemoryInputs final : public Inputs {
 public:
  MemoryInputs() = default;
  explicit MemoryInputs(MemoryAnswers answers) : answers_(std::move(answers)) {}

  std::optional<std::uint32_t> n_rows(const Word& /*file*/, Diagnostics& /*found*/) override {
    return answers_.rows;
  }

  std::vector<std::string> set_labels(const SetStatement& set, Diagnostics& /*found*/) override {
    return answers_.labels[set.name.text];
  }

  std::vector<std::string> subset_labels(const SetStatement& set, const SetStatement& /*root*/,
                                         Diagnostics& /*found*/) override {
    return answers_.labels[set.name.text];
  }

  std::vector<LinkPair> link_pairs(const LinkStatement& link, Diagnostics& /*found*/) override {
    const std::vector<double>& weights = answers_.link_weights[link.name.text];
    std::vector<LinkPair> pairs;
    for (const auto& [from, to] : answers_.links[link.name.text]) {
      const double weight = pairs.size() < weights.size() ? weights[pairs.size()] : 1.0;
      pairs.push_back({word(from), word(to), weight});
    }
    return pairs;
  }

  Series series(const DataStatement& data, const std::vector<IndexSet>& over,
                const Steps& /*steps*/, double /*scale*/, Diagnostics& /*found*/) override {
    const auto at = answers_.series.find(data.target.name.text);
    if (at != answers_.series.end()) return at->second;
    std::size_t elements = 1;
    for (const IndexSet& set : over) elements *= set.labels.size();
    return {.by_step = false, .values = std::vector<double>(elements, 0.0)};
  }

  Series labels(const DataStatement& data, const std::vector<IndexSet>& over,
                const IndexSet& /*of*/, const Steps& steps, Diagnostics& found) override {
    return series(data, over, steps, 1.0, found);
  }

  std::vector<RecordedCell> record(const ObserveStatement& observe,
                                   const std::vector<std::string>& /*labels*/, const Steps& steps,
                                   Diagnostics& /*found*/) override {
    const auto at = answers_.records.find(observe.name.text);
    return at != answers_.records.end() ? at->second : std::vector<RecordedCell>(steps.count);
  }

  Series observed(const ObserveStatement& observe, const std::vector<IndexSet>& over,
                  const Steps& steps, double /*scale*/, Diagnostics& /*found*/) override {
    const auto at = answers_.series.find(observe.name.text);
    if (at != answers_.series.end()) return at->second;
    std::size_t elements = 1;
    for (const IndexSet& set : over) elements *= set.labels.size();
    return {.by_step = true, .values = std::vector<double>(steps.count * elements, std::nan(""))};
  }

 private:
  static Word word(const std::string& text) {
    Word result;
    result.text = text;
    return result;
  }

  MemoryAnswers answers_;
};

}  // namespace casus::language
