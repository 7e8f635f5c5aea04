// Running again on draws that were made before.
#include "base/bug.hpp"
#include "inference/bank.hpp"

#include <algorithm>
#include <utility>

namespace casus::inference {

void go_on(Trail& trail, const Address& next) {
  // An address behind which no step was run leaves no trace.
  while (!trail.empty() && trail.back().first_step >= next.first_step) trail.pop_back();
  const bool stays =
      !trail.empty() && trail.back().epoch == next.epoch && trail.back().place == next.place;
  if (!stays) trail.push_back(next);
}

void Bank::draw_at(std::size_t set, const Address& address) {
  const auto key = [&](random::Purpose purpose) {
    return random::key_of(options_.seed, {.purpose = purpose,
                                          .epoch = address.epoch,
                                          .parameter_set = address.place,
                                          .replication = options_.replication});
  };
  keys_[set] = key(random::Purpose::history);
  choice_keys_[set] = key(random::Purpose::resample);
}

std::optional<Fault> Bank::begin_on(std::span<const double> parameters, std::vector<Trail> trails,
                                    Workers workers) {
  require(trails.size() == options_.n_sets, "as many trails as sets");
  trails_ = std::move(trails);
  follows_ = true;
  next_step_ = first_step();
  for (std::size_t set = 0; set < trails_.size(); ++set) draw_at(set, trails_[set].front());
  return start(parameters, workers);
}

/// Sets whose trail turns here draw elsewhere from this step on.
void Bank::follow_trails(std::uint32_t step, Workers workers) {
  std::vector<std::pair<std::size_t, Address>> turning;
  for (std::size_t set = 0; set < trails_.size(); ++set) {
    for (const Address& address : trails_[set]) {
      const bool turns = address.first_step == step && step > first_step();
      if (turns) turning.emplace_back(set, address);
    }
  }
  if (turning.empty()) return;
  settle(workers);
  for (const auto& [set, address] : turning) draw_at(set, address);
  seat_again();
}

void Bank::set_trails(std::vector<Trail> trails, std::uint32_t next_step) {
  require(trails.size() == options_.n_sets, "as many trails as sets");
  trails_ = std::move(trails);
  next_step_ = next_step;
}

void Bank::step_back(std::span<const double> numbers) {
  --next_step_;
  load(numbers);
}

}  // namespace casus::inference
