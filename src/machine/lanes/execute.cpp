// One word after another.
#include "machine/lanes/execute.hpp"

#include "random/address.hpp"

#include <algorithm>
#include <cmath>

namespace casus::machine {
namespace {

class Execution {
 public:
  Execution(const Piece& piece, const Work& work) : piece_(piece), work_(work) {}

  bool run() {
    const std::vector<Word>& words = piece_.words;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const Word& word = words[i];
      switch (word.action) {
        case Action::apply:
          word.loop(
              {.out = out(word), .a = at(word.a), .b = at(word.b), .c = at(word.c), .n = work_.n});
          break;
        case Action::guard:
          if (!any(word)) i = std::size_t{word.detail} - 1;
          break;
        case Action::check:
          if (!work_.kernels->all_finite(a(word), mask(word), work_.n)) return false;
          break;
        case Action::uniform:
          work_.kernels->uniform(work_.addresses, site(word.detail, 0), out(word));
          break;
        case Action::sample:
          if (!sample(word)) return false;
          break;
        case Action::quantile:
          if (!quantile(word)) return false;
          break;
        case Action::log_density:
          if (!log_density(word)) return false;
          break;
        case Action::spread: spread(word.a, out(word), work_.n); break;
        case Action::fold: fold(word); break;
        case Action::output: put_out(word); break;
      }
    }
    return true;
  }

 private:
  const double* at(const Place& place) const { return work_.areas.read(place); }
  double* out(const Word& word) const { return work_.areas.write(word.out); }
  Input a(const Word& word) const { return {at(word.a), (word.numbers & number_a) != 0}; }
  Input b(const Word& word) const { return {at(word.b), (word.numbers & number_b) != 0}; }
  Input mask(const Word& word) const { return word.has_mask ? b(word) : Input{}; }

  Input mask_of_law(const Word& word) const {
    if (!word.has_mask) return {};
    return {at(word.c), (word.numbers & number_c) != 0};
  }

  Site site(std::uint32_t number, std::uint32_t attempt) const {
    return {.step_word = work_.step * 16, .site = number, .attempt = attempt};
  }

  bool any(const Word& word) const {
    const Input truth = a(word);
    return truth.is_number ? *truth.values != 0.0 : work_.kernels->any(truth.values, work_.n);
  }

  // ---- laws

  LawColumns columns(const Word& word, const Call& call) const {
    LawColumns columns{.out = out(word), .arguments = {}, .mask = mask_of_law(word), .n = work_.n};
    for (std::size_t i = 0; i < call.arguments.size(); ++i) {
      columns.arguments.at(i) = {at(call.arguments[i]), (call.numbers >> i & 1U) != 0};
    }
    return columns;
  }

  bool sample(const Word& word) const {
    const Call& call = piece_.calls[word.detail];
    const LawColumns x = columns(word, call);
    if (call.sample != nullptr) return call.sample(x, work_.addresses, site(call.site, 0));
    if (call.quantile == nullptr) return sample_one_by_one(call, x);
    work_.kernels->uniform(work_.addresses, site(call.site, 0), x.out);
    return call.quantile(x);
  }

  bool quantile(const Word& word) const {
    const Call& call = piece_.calls[word.detail];
    const LawColumns x = columns(word, call);
    const Input probability = b(word);
    for (std::size_t lane = 0; lane < work_.n; ++lane) {
      const double u = value(probability, lane);
      if (is_live(x, lane) && !(u > 0.0 && u < 1.0)) return false;
    }
    spread(word.b, x.out, work_.n);
    if (call.quantile != nullptr) return call.quantile(x);
    return one_by_one(call, x, [&](std::size_t lane, random::Arguments arguments) {
      return call.law->quantile(x.out[lane], arguments);
    });
  }

  bool log_density(const Word& word) const {
    const Call& call = piece_.calls[word.detail];
    const LawColumns x = columns(word, call);
    spread(word.b, x.out, work_.n);
    if (call.log_density != nullptr) return call.log_density(x);
    return one_by_one(call, x, [&](std::size_t lane, random::Arguments arguments) {
      return call.law->log_density(x.out[lane], arguments);
    });
  }

  bool sample_one_by_one(const Call& call, const LawColumns& x) const {
    return one_by_one(call, x, [&](std::size_t lane, random::Arguments arguments) {
      random::Draws draws(stream(call.site, lane));
      return call.law->sample(draws, arguments);
    });
  }

  random::Stream stream(std::uint32_t site, std::size_t lane) const {
    const Addresses& from = work_.addresses;
    const std::size_t i = from.is_paired ? lane / 2 : lane;
    const std::uint64_t odd = from.is_paired ? lane % 2 : from.is_odd[lane];
    return {.key = {static_cast<std::uint32_t>(from.key_0[i]),
                    static_cast<std::uint32_t>(from.key_1[i])},
            .slot = static_cast<std::uint32_t>(2 * from.half_slot[i] + odd),
            .step = work_.step,
            .sub_step = 0,
            .site = site};
  }

  /// `value(lane, arguments)` in live lanes; false when arguments are invalid there.
  template <class Value>
  bool one_by_one(const Call& call, const LawColumns& x, const Value& value_of) const {
    std::array<double, 3> arguments{};
    const random::Arguments all(arguments.data(), call.arguments.size());
    for (std::size_t lane = 0; lane < work_.n; ++lane) {
      if (!is_live(x, lane)) continue;
      for (std::size_t i = 0; i < all.size(); ++i) arguments[i] = value(x.arguments[i], lane);
      if (!random::valid(*call.law, all)) return false;
      x.out[lane] = value_of(lane, all);
    }
    return true;
  }

  static double value(const Input& input, std::size_t lane) {
    return input.is_number ? *input.values : input.values[lane];
  }
  static bool is_live(const LawColumns& x, std::size_t lane) {
    return x.mask.values == nullptr || value(x.mask, lane) != 0.0;
  }

  // ---- moving numbers

  void spread(const Place& from, double* to, std::size_t n) const {
    const double* const values = at(from);
    if (is_number(from)) {
      std::fill_n(to, n, *values);
    } else if (is_of_sets(from) && piece_.rate == Rate::history && work_.spread == Spread::copy) {
      spread_sets(values, to, n);
    } else {
      std::copy_n(values, n, to);
    }
  }

  /// Lanes behind the last set's are copies of its last.
  void spread_sets(const double* values, double* to, std::size_t n) const {
    std::size_t lane = 0;
    for (std::size_t set = 0; set < work_.sets.size() && lane < n; ++set) {
      const LanesOfSet& lanes = work_.sets[set];
      const std::size_t end = std::min<std::size_t>(lanes.first + lanes.count, n);
      std::fill(to + lane, to + end, values[set]);
      lane = end;
    }
    if (lane > 0) std::fill(to + lane, to + n, to[lane - 1]);
  }

  static bool is_of_sets(const Place& place) {
    return place.area == Area::parameter || place.area == Area::set_state ||
           place.area == Area::set_next || place.area == Area::set_value;
  }

  bool is_number(const Place& place) const {
    const bool is_of_one_set =
        is_of_sets(place) && piece_.rate == Rate::history && work_.spread == Spread::number;
    return place.area == Area::constant || place.area == Area::step || is_of_one_set;
  }

  void fold(const Word& word) const {
    const Folding& folding = work_.folding;
    if (folding.values == nullptr) return;
    const Accumulator& accumulator = folding.accumulators[word.detail];
    if (work_.step < accumulator.first_step || work_.step > accumulator.last_step) return;
    if (accumulator.fold == Fold::at && work_.step != accumulator.first_step) return;
    work_.kernels->folds[static_cast<std::size_t>(accumulator.fold)](
        {.into = folding.values + word.detail * folding.stride,
         .value = a(word),
         .condition = mask(word),
         .step = static_cast<double>(work_.step),
         .n = work_.n});
  }

  void put_out(const Word& word) const {
    const OutputRows& rows = work_.outputs;
    if (rows.values != nullptr) spread(word.a, rows.values + word.detail * rows.stride, rows.n);
  }

  const Piece& piece_;
  const Work& work_;
};

}  // namespace

bool execute(const Piece& piece, const Work& work) { return Execution(piece, work).run(); }

}  // namespace casus::machine
