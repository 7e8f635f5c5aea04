// Draws in what quantities are made of.
#pragma once

#include "language/model.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace casus::language {

/// A draw that a definition uses, and where.
struct Occurrence {
  QuantityId draw{};
  Span span{};
};

/// The arguments of the call whose body is read.
struct Arguments {
  const std::vector<NodeId>* nodes = nullptr;
  const Arguments* outer = nullptr;
};

/// A place in an expression: a node, and the arguments that words in it may mean.
struct Place {
  NodeId node = no_node;
  const Arguments* arguments = nullptr;
};

/// Finds draws through lets and functions. What a game decides, and what was kept from earlier
/// steps, counts as given.
class DrawFinder {
 public:
  explicit DrawFinder(const Model& model) : model_(model) {}

  /// Each draw twice at most: two places tell as much as more.
  std::vector<Occurrence> in(Place place);
  const std::vector<Occurrence>& in(QuantityId let);

  NodeId definition_of(QuantityId let) const;
  const FunctionStatement& called(NodeId call) const;

 private:
  void collect(Place place, std::vector<Occurrence>& found);
  void quantity(Place place, QuantityId id, std::vector<Occurrence>& found);

  const Model& model_;
  std::map<std::size_t, std::vector<Occurrence>> lets_{};
  std::size_t n_places_ = 0;
  std::size_t depth_ = 0;
};

}  // namespace casus::language
