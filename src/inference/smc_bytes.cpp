// A sampler between two dates as bytes.
#include "inference/bytes.hpp"
#include "inference/smc.hpp"

#include <utility>

namespace casus::inference {
namespace {

constexpr std::uint64_t format = 4;
constexpr std::size_t n_of_date = 10;

std::uint32_t small(ByteReader& reader) { return static_cast<std::uint32_t>(reader.number()); }

}  // namespace

void put(ByteWriter& writer, const DateRecord& date) {
  writer.put(std::uint64_t{date.step});
  writer.put(date.log_evidence);
  writer.put(date.effective_size);
  writer.put(date.state_effective_size);
  writer.put(std::uint64_t{date.n_tempered});
  writer.put(std::uint64_t{date.n_moves});
  writer.put(date.acceptance);
  writer.put(std::uint64_t{date.n_ancestors});
  writer.put(std::uint64_t{date.n_particles});
  writer.put(std::uint64_t{date.n_draws});
}

DateRecord date_of(ByteReader& reader) {
  DateRecord date;
  date.step = small(reader);
  date.log_evidence = reader.real();
  date.effective_size = reader.real();
  date.state_effective_size = reader.real();
  date.n_tempered = small(reader);
  date.n_moves = small(reader);
  date.acceptance = reader.real();
  date.n_ancestors = small(reader);
  date.n_particles = small(reader);
  date.n_draws = small(reader);
  return date;
}

void put(ByteWriter& writer, const Trail& trail) {
  std::vector<std::uint32_t> words;
  for (const Address& at : trail) words.insert(words.end(), {at.first_step, at.epoch, at.place});
  writer.put(std::span<const std::uint32_t>(words));
}

Trail trail_of(ByteReader& reader) {
  const std::vector<std::uint32_t> words = reader.numbers();
  Trail trail;
  for (std::size_t i = 0; i + 2 < words.size(); i += 3)
    trail.push_back({.first_step = words[i], .epoch = words[i + 1], .place = words[i + 2]});
  return trail;
}

void put(ByteWriter& writer, const Boosts& boosts) {
  std::vector<std::uint32_t> words;
  for (const Boost& boost : boosts)
    words.insert(words.end(), {boost.step, boost.factor, boost.back});
  writer.put(std::span<const std::uint32_t>(words));
}

Boosts boosts_of(ByteReader& reader) {
  const std::vector<std::uint32_t> words = reader.numbers();
  Boosts boosts;
  for (std::size_t i = 0; i + 2 < words.size(); i += 3)
    boosts.push_back({.step = words[i], .factor = words[i + 1], .back = words[i + 2]});
  return boosts;
}

std::vector<std::uint8_t> Smc::to_bytes(Workers workers) {
  ByteWriter writer;
  for (const std::uint64_t one :
       {format, std::uint64_t{n_sets()}, std::uint64_t{n_free()}, options_.bank.seed,
        std::uint64_t{options_.bank.replication}, std::uint64_t{run_.n_columns},
        std::uint64_t{next_step_}, std::uint64_t{epoch_},
        std::uint64_t{bank_->options().n_particles}, std::uint64_t{bank_->options().epoch}}) {
    writer.put(one);
  }
  writer.put(log_evidence_);
  for (const std::vector<double>* some : {&free_, &logs_, &scores_}) {
    writer.put(std::span<const double>(*some));
  }
  writer.put(std::span<const std::uint32_t>(origins_));
  for (const Trail& trail : bank_->trails()) put(writer, trail);
  put(writer, options_.bank.boosts);
  writer.put(std::uint64_t{dates_.size()});
  for (const DateRecord& date : dates_) put(writer, date);
  std::vector<double> numbers(bank_->n_numbers());
  bank_->save(numbers, workers);
  writer.put(std::span<const double>(numbers));
  return writer.take();
}

bool Smc::from_bytes(std::span<const std::uint8_t> bytes) {
  ByteReader reader(bytes);
  for (const std::uint64_t one :
       {format, std::uint64_t{n_sets()}, std::uint64_t{n_free()}, options_.bank.seed,
        std::uint64_t{options_.bank.replication}, std::uint64_t{run_.n_columns}}) {
    if (reader.number() != one) return false;
  }
  next_step_ = small(reader);
  epoch_ = small(reader);
  const std::uint32_t n_particles = small(reader);
  const std::uint32_t bank_epoch = small(reader);
  log_evidence_ = reader.real();
  for (std::vector<double>* some : {&free_, &logs_, &scores_}) *some = reader.reals();
  origins_ = reader.numbers();
  std::vector<Trail> trails(n_sets());
  for (Trail& trail : trails) trail = trail_of(reader);
  options_.bank.boosts = boosts_of(reader);
  const std::uint64_t n_dates = reader.number();
  if (n_dates > bytes.size() / n_of_date) return false;
  dates_.clear();
  for (std::uint64_t i = 0; i < n_dates; ++i) dates_.push_back(date_of(reader));
  const std::vector<double> numbers = reader.reals();
  const bool fits = reader.is_whole() && free_.size() == n_sets() * n_free() &&
                    logs_.size() == n_sets() && origins_.size() == n_sets() && n_particles > 0 &&
                    n_particles <= options_.most_particles;
  if (!fits) return false;
  bank_ = new_bank(n_particles);
  proposed_.reset();
  bank_->set_trails(std::move(trails), next_step_);
  if (numbers.size() != bank_->n_numbers()) return false;
  bank_->set_epoch(bank_epoch);
  bank_->load(numbers);
  return true;
}

}  // namespace casus::inference
