// Who descends from whom in a particle filter: a tree that keeps the lines of the living only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::inference {

/// The particles of a generation stand in places 0 to n - 1. Lines that die out are dropped, so
/// that for T generations about T + n log n nodes remain.
/// Jacob, Murray & Rubenthaler 2015, "Path storage in the particle filter", Statistics and
/// Computing 25:487-496.
class Ancestry {
 public:
  /// The first generation, of n > 0 particles.
  explicit Ancestry(std::uint32_t n);

  /// The next generation: the parent of the particle in place k is parents[k] of the last one.
  void insert(std::span<const std::uint32_t> parents);

  std::uint32_t n_generations() const { return n_generations_; }

  /// The place in each generation of the line that ends in place `survivor` of the last.
  std::vector<std::uint32_t> path(std::uint32_t survivor) const;

  /// How many of each generation have descendants in the last one.
  std::vector<std::uint32_t> distinct() const;

  std::size_t n_nodes() const { return nodes_.size() - free_.size(); }

 private:
  static constexpr std::uint32_t nobody = 0xffffffffU;

  struct Node {
    std::uint32_t parent = nobody;
    std::uint32_t n_children = 0;
    std::uint32_t place = 0;
    std::uint32_t generation = nobody;  ///< `nobody`: the node is free
  };

  std::uint32_t new_node(const Node& node);
  void prune(std::uint32_t node);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> leaves_;  ///< nodes of the last generation by place
  std::uint32_t n_generations_ = 0;
};

}  // namespace casus::inference
