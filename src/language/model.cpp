#include "language/model.hpp"

#include <algorithm>

namespace casus::language {

namespace {

std::optional<std::uint32_t> position_in(const std::vector<std::string>& labels,
                                         const std::string& label) {
  const auto at = std::find(labels.begin(), labels.end(), label);
  if (at == labels.end()) return {};
  return static_cast<std::uint32_t>(at - labels.begin());
}

}  // namespace

std::optional<std::uint32_t> Domain::position(const std::string& label) const {
  return position_in(labels, label);
}

std::optional<std::uint32_t> Set::position(const std::string& label) const {
  return position_in(labels, label);
}

const ExactObservation* Model::exact_of(QuantityId id) const {
  const auto at = std::find_if(exact.begin(), exact.end(),
                               [id](const ExactObservation& each) { return each.quantity == id; });
  return at == exact.end() ? nullptr : &*at;
}

const Rival* Model::rival_named(std::string_view name) const {
  const auto at = std::find_if(rivals.begin(), rivals.end(), [&](const Rival& each) {
    return statement<ExplainStatement>(each.statement).name.text == name;
  });
  return at == rivals.end() ? nullptr : &*at;
}

bool Model::is_rate(const ExplainStatement& explain, const VariantLine& line) const {
  if (explain.replaces.empty() || line.slope) return line.slope;
  return std::any_of(explain.replaces.begin(), explain.replaces.end(), [&](const Word& name) {
    const auto move = quantity_named.find(name.text);
    if (move == quantity_named.end()) return false;
    const Quantity& quantity = (*this)[move->second];
    return quantity.kind == Quantity::Kind::move &&
           (*this)[quantity.type.domain].position(line.param.text).has_value();
  });
}

}  // namespace casus::language
