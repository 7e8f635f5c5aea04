// A step as it would be if a game took one path.
#pragma once

#include "language/lowering.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>

namespace casus::language {

/// Lets and treaties that moves decide, worked out for one path of one game, in the current region;
/// other games are not played in such a step. What no move decides is what it is anyway.
class Supposition {
 public:
  /// `lowering`, `game` and `path` must outlive it.
  Supposition(Lowering& lowering, GameLowering& game, const games::Path& path)
      : lowering_(lowering), path_{&game, &path, this} {}
  Supposition(const Supposition&) = delete;
  Supposition& operator=(const Supposition&) = delete;
  ~Supposition() = default;

  /// For expressions built under it.
  const GamePath& path() const { return path_; }

  /// Nothing for what no move decides.
  std::optional<Value> element(QuantityId id, std::uint32_t number);

  /// Whether it took too many definitions, or went in a circle; its values then mean nothing.
  bool failed() const { return failed_; }

 private:
  Value definition(QuantityId id, std::uint32_t number);

  Lowering& lowering_;
  GamePath path_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<Value>>
      made_{};  ///< by quantity and element; nothing: being made
  bool failed_ = false;
};

}  // namespace casus::language
