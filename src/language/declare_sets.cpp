#include "base/text.hpp"
#include "language/declare.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace casus::language {

namespace {

constexpr double most_labels = 100'000;

/// Declares the sets of a model, parents before their subsets whatever the order in the file.
class SetBuilder {
 public:
  SetBuilder(Model& model, Inputs& inputs, Diagnostics& found)
      : model_(model), inputs_(inputs), found_(found) {}

  void run() {
    const auto& statements = model_.tree.statements;
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
      if (const auto* set = std::get_if<SetStatement>(&statements[i]))
        statement_of_.emplace(set->name.text, i);
    }
    for (std::uint32_t i = 0; i < statements.size(); ++i) {
      const auto* set = std::get_if<SetStatement>(&statements[i]);
      if (set != nullptr && statement_of_.at(set->name.text) == i) declare_one(i);
    }
  }

 private:
  void declare_one(std::uint32_t number) {
    const auto& set = model_.statement<SetStatement>(number);
    if (model_.set_named.contains(set.name.text) || circular_.contains(set.name.text)) return;
    if (!open_.insert(set.name.text).second) {
      found_.add({.code = "N004",
                  .message = fmt::format("set `{}` is a subset of itself", set.name.text),
                  .primary = {set.name.span, {}},
                  .help = "one of the sets in the circle needs labels or a file of its own"});
      circular_ = open_;
      return;
    }
    std::optional<SetId> parent;
    if (!set.parent.empty()) {
      const auto above = statement_of_.find(set.parent.text);
      if (above != statement_of_.end()) declare_one(above->second);
      const bool reported =
          above != statement_of_.end() && !model_.set_named.contains(set.parent.text);
      if (reported) return;
      parent = find_set(model_, set.parent, found_);
      if (!parent) return;
    }
    add(number, set, parent);
  }

  void add(std::uint32_t number, const SetStatement& set, std::optional<SetId> parent) {
    Set made{.name = set.name, .statement = number};
    if (!fill(set, parent, made)) return;
    if (made.labels.empty()) {
      found_.add({.code = "N005",
                  .message = fmt::format("set `{}` has no labels", set.name.text),
                  .primary = {set.name.span, {}},
                  .help = "no row passes: check the file, the column and the `where`"});
      return;
    }
    const SetId id = id_of<SetId>(model_.sets.size());
    made.domain = id_of<DomainId>(model_.domains.size());
    made.root = parent ? model_[*parent].root : id;
    if (parent) made.parent = *parent;
    model_.domains.push_back({set.name.text, made.labels});
    model_.set_named.emplace(set.name.text, id);
    model_.sets.push_back(std::move(made));
  }

  bool fill(const SetStatement& set, std::optional<SetId> parent, Set& made) {
    if (parent && !set.labels.empty()) return subset_by_labels(set, *parent, made);
    if (parent) {
      const Set& root = model_[model_[*parent].root];
      const auto& source = model_.statement<SetStatement>(root.statement);
      if (source.file.empty()) {
        found_.add({.code = "N006",
                    .message = fmt::format(
                        "set `{}` has no file, so its labels have no columns to choose by",
                        root.name.text),
                    .primary = {set.parent.span, {}},
                    .help = fmt::format("name the labels: `set {} in {} = label, label`",
                                        set.name.text, set.parent.text)});
        return false;
      }
      const std::size_t before = found_.error_count();
      made.labels = inputs_.subset_labels(set, source, found_);
      keep_parents_order(*parent, made.labels);
      return found_.error_count() == before;
    }
    if (set.range_from != no_node) return numbers(set, made);
    if (!set.file.empty()) {
      const std::size_t before = found_.error_count();
      made.labels = inputs_.set_labels(set, found_);
      return found_.error_count() == before;
    }
    return distinct(set, made);
  }

  bool distinct(const SetStatement& set, Set& made) {
    std::map<std::string, Span> seen;
    for (const Word& label : set.labels) {
      const auto [at, fresh] = seen.emplace(label.text, label.span);
      if (!fresh) {
        found_.add({.code = "N007",
                    .message = fmt::format("label `{}` stands twice in set `{}`", label.text,
                                           set.name.text),
                    .primary = {label.span, {}},
                    .related = {{at->second, "first here"}}});
        continue;
      }
      made.labels.push_back(label.text);
    }
    return true;
  }

  bool subset_by_labels(const SetStatement& set, SetId parent, Set& made) {
    bool good = distinct(set, made);
    for (const Word& label : set.labels) {
      if (model_[parent].position(label.text)) continue;
      const std::optional<std::string> near = nearest(label.text, model_[parent].labels);
      found_.add({.code = "N008",
                  .message = fmt::format("`{}` is no label of `{}`", label.text, set.parent.text),
                  .primary = {label.span, {}},
                  .help = near ? fmt::format("did you mean `{}`?", *near) : std::string{}});
      good = false;
    }
    return good;
  }

  void keep_parents_order(SetId parent, std::vector<std::string>& labels) const {
    const std::set<std::string> chosen(labels.begin(), labels.end());
    labels.clear();
    for (const std::string& label : model_[parent].labels) {
      if (chosen.contains(label)) labels.push_back(label);
    }
  }

  bool numbers(const SetStatement& set, Set& made) {
    const std::optional<double> from = constant_number(model_.tree, set.range_from);
    const std::optional<double> to = constant_number(model_.tree, set.range_to);
    const std::optional<double> by = constant_number(model_.tree, set.range_by);
    const double count = from && to && by ? std::round((*to - *from) / *by) + 1.0 : 0.0;
    if (!(count >= 1.0) || !(*by > 0.0) || count > most_labels) {
      found_.add(
          {.code = "N009",
           .message = "a set of numbers runs upward in positive steps, to at most 100000 labels",
           .primary = {set.name.span, {}},
           .help = fmt::format("for example `set {} = 0 to 1 by 0.01`", set.name.text)});
      return false;
    }
    const auto last = static_cast<std::uint32_t>(count) - 1;
    for (std::uint32_t i = 0; i <= last; ++i) {
      const double value =
          last == 0 ? *from : *from + (*to - *from) * (i / static_cast<double>(last));
      made.numbers.push_back(value);
      made.labels.push_back(to_text(value, 12));
    }
    return true;
  }

  Model& model_;
  Inputs& inputs_;
  Diagnostics& found_;
  std::map<std::string, std::uint32_t> statement_of_;
  std::set<std::string> open_;
  std::set<std::string> circular_;
};

std::optional<std::uint32_t> end_of_link(const Model& model, SetId set, const Word& label,
                                         const Word& link, Diagnostics& found) {
  const std::optional<std::uint32_t> at = model[set].position(label.text);
  if (at) return at;
  const std::optional<std::string> near = nearest(label.text, model[set].labels);
  found.add(
      {.code = "D301",
       .message = fmt::format("link `{}` names `{}`, which is no label of `{}`", link.text,
                              label.text, model[set].name.text),
       .primary = {label.span, {}},
       .help = near ? fmt::format("did you mean `{}`?", *near)
                    : fmt::format("add it to the set, or leave it out: `ignore {}`", label.text)});
  return {};
}

/// The pairs found so far, with the row that each comes from.
using Connections = std::map<std::pair<std::uint32_t, std::uint32_t>, const LinkPair*>;

/// Pairs whose first end is no label of a narrower first set are other sets' business and are
/// skipped when the other end may take the first place (symmetric) or the label belongs to the
/// wider set.
void add_pair(const Model& model, const Link& link, const LinkStatement& statement,
              const LinkPair& pair, Connections& connections, Diagnostics& found) {
  const Set& from = model[link.from];
  const Set& to = model[link.to];
  const auto join_ends = [&](const Word& a, const Word& b) {
    const std::optional<std::uint32_t> first = from.position(a.text);
    const std::optional<std::uint32_t> second = to.position(b.text);
    if (!first || !second) return;
    const auto [at, fresh] = connections.emplace(std::pair(*first, *second), &pair);
    if (fresh || at->second->weight == pair.weight) return;
    found.add(
        {.code = "D105",
         .message = fmt::format("two weights of `{}` for {} and {}: {} and {}", statement.name.text,
                                a.text, b.text, to_text(at->second->weight), to_text(pair.weight)),
         .primary = {pair.from.span, {}},
         .related = {{at->second->from.span, "first here"}}});
  };
  const bool first_known = from.position(pair.from.text) || to.position(pair.from.text);
  const bool second_known = to.position(pair.to.text) || from.position(pair.to.text);
  if (!first_known) end_of_link(model, link.from, pair.from, statement.name, found);
  if (!second_known) end_of_link(model, link.to, pair.to, statement.name, found);
  if (!first_known || !second_known) return;
  join_ends(pair.from, pair.to);
  if (statement.symmetric) join_ends(pair.to, pair.from);
}

}  // namespace

void declare_sets(Model& model, Inputs& inputs, Diagnostics& found) {
  SetBuilder(model, inputs, found).run();
}

void declare_links(Model& model, Inputs& inputs, Diagnostics& found) {
  for (const Statement& statement : model.tree.statements) {
    const auto* link = std::get_if<LinkStatement>(&statement);
    if (link == nullptr) continue;
    if (link->outside) {
      found.add({.code = "P901",
                 .message = "`+ outside` in a link is not understood yet",
                 .primary = {link->to_set.span, {}},
                 .help = "declare a wider set that holds the places outside, make the inner set a "
                         "subset of it, "
                         "and give the state `outside` data over the wider set"});
      continue;
    }
    const std::optional<SetId> from = find_set(model, link->from_set, found);
    const std::optional<SetId> to = find_set(model, link->to_set, found);
    if (!from || !to) continue;
    Link made{.name = link->name, .from = *from, .to = *to};
    made.unit = written_unit(link->clauses.unit, found);
    const double scale = made.unit ? made.unit->scale : 1.0;
    made.neighbours.resize(model[*from].labels.size());
    made.weights.resize(made.neighbours.size());
    const std::vector<LinkPair> pairs = inputs.link_pairs(*link, found);
    Connections connections;
    for (const LinkPair& pair : pairs) add_pair(model, made, *link, pair, connections, found);
    for (const auto& [ends, pair] : connections) {
      made.neighbours[ends.first].push_back(ends.second);
      made.weights[ends.first].push_back(pair->weight * scale);
    }
    model.links.push_back(std::move(made));
  }
}

}  // namespace casus::language
