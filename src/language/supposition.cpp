#include "language/supposition.hpp"

#include "base/bug.hpp"

namespace casus::language {

using Kind = Quantity::Kind;

namespace {

/// What takes more definitions than this is left to chance: every path would repeat them.
constexpr std::size_t most_definitions = 48;

}  // namespace

std::optional<Value> Supposition::element(QuantityId id, std::uint32_t number) {
  Builder& builder = lowering_.builder();
  const Kind kind = lowering_.model()[id].kind;
  if (kind == Kind::move) return builder.constant(games::not_reached);
  if (kind == Kind::ends) return builder.constant(0.0);
  if (!lowering_.moves_behind().in(id).any()) return {};
  const auto key = std::pair(static_cast<std::uint32_t>(index(id)), number);
  const auto [at, fresh] = made_.try_emplace(key);
  if (!fresh && at->second) return at->second;
  if (failed_ || !fresh || made_.size() > most_definitions) {
    failed_ = true;
    return builder.constant(0.0);
  }
  const Value value = definition(id, number);
  made_[key] = value;
  return value;
}

Value Supposition::definition(QuantityId id, std::uint32_t number) {
  const Model& model = lowering_.model();
  const Quantity& quantity = model[id];
  Builder& builder = lowering_.builder();
  const std::uint32_t asking =
      builder.set_origin(builder.add_origin({element_name(model, id, number), quantity.name.span}));
  Value value{};
  if (quantity.kind == Kind::let) {
    value = lowering_.let_value(id, number, path_);
  } else {
    require(quantity.kind == Kind::treaty, "something drawn was supposed");
    const auto& treaty = model.statement<TreatyStatement>(quantity.statement);
    value = lowering_.expression(treaty.condition, {.game = path_});
  }
  builder.set_origin(asking);
  return value;
}

}  // namespace casus::language
