// Nodes count their children; one without is dropped, and perhaps its parent then.
#include "inference/ancestry.hpp"

#include "base/bug.hpp"

#include <algorithm>

namespace casus::inference {

Ancestry::Ancestry(std::uint32_t n) : leaves_(n), n_generations_(1) {
  require(n > 0, "a generation of nobody");
  for (std::uint32_t place = 0; place < n; ++place) {
    leaves_[place] = new_node({.place = place, .generation = 0});
  }
}

std::uint32_t Ancestry::new_node(const Node& node) {
  if (free_.empty()) {
    nodes_.push_back(node);
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }
  const std::uint32_t index = free_.back();
  free_.pop_back();
  nodes_[index] = node;
  return index;
}

void Ancestry::prune(std::uint32_t node) {
  while (node != nobody && nodes_[node].n_children == 0) {
    const std::uint32_t parent = nodes_[node].parent;
    nodes_[node].generation = nobody;
    free_.push_back(node);
    if (parent != nobody) --nodes_[parent].n_children;
    node = parent;
  }
}

void Ancestry::insert(std::span<const std::uint32_t> parents) {
  require(parents.size() == leaves_.size(), "a generation of another size");
  for (const std::uint32_t parent : parents) ++nodes_[leaves_[parent]].n_children;
  for (const std::uint32_t leaf : leaves_) prune(leaf);
  std::vector<std::uint32_t> next(leaves_.size());
  for (std::uint32_t place = 0; place < next.size(); ++place) {
    next[place] =
        new_node({.parent = leaves_[parents[place]], .place = place, .generation = n_generations_});
  }
  leaves_ = std::move(next);
  ++n_generations_;
}

std::vector<std::uint32_t> Ancestry::path(std::uint32_t survivor) const {
  std::vector<std::uint32_t> places(n_generations_);
  std::uint32_t node = leaves_[survivor];
  for (std::size_t generation = n_generations_; generation-- > 0;) {
    places[generation] = nodes_[node].place;
    node = nodes_[node].parent;
  }
  return places;
}

std::vector<std::uint32_t> Ancestry::distinct() const {
  std::vector<std::uint32_t> counts(n_generations_);
  for (const Node& node : nodes_) {
    if (node.generation != nobody) ++counts[node.generation];
  }
  return counts;
}

}  // namespace casus::inference
