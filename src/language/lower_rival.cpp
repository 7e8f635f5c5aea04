// A game whose opening moves follow rates: competing risks, by which option k happens in a step of
// length dt with odds exp(log_rate + slope * covariate) * dt against the status quo (a multinomial
// logit with log(dt) as offset, so that rare options have the same rate by week and by month).
#include "language/lower_game.hpp"
#include "random/elementary.hpp"

#include <algorithm>

namespace casus::language {

std::optional<std::vector<Value>> GameLowering::rates(const Rival& rival, const games::Menu& menu) {
  const QuantityId move = shape().moves[menu.move].move;
  if (std::find(rival.moves.begin(), rival.moves.end(), move) == rival.moves.end()) return {};
  Builder& builder = lowering_.builder();
  const auto& statement = lowering_.model().statement<ExplainStatement>(rival.statement);
  const Value log_step = builder.constant(random::log_of(lowering_.model().steps.dt));
  std::vector<Value> logits;
  for (const std::int32_t option : menu.options) {
    Value logit = builder.constant(0.0);
    for (std::uint32_t i = 0; i < rival.rates.size(); ++i) {
      const RivalRate& rate = rival.rates[i];
      if (rate.move != move || rate.option != static_cast<std::uint32_t>(option)) continue;
      const Value number = builder.parameter(lowering_.plan().first_rate + i);
      const Value term = rate.slope
                             ? builder.multiply(number, lowering_.number(statement.covariate, {}))
                             : builder.add(number, log_step);
      logit = builder.add(logit, term);
    }
    logits.push_back(logit);
  }
  return logits;
}

}  // namespace casus::language
