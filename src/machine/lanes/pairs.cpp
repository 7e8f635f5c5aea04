// Two passes: who reads what, then which products go into their readers.
#include "machine/lanes/pairs.hpp"

#include "machine/lanes/columns.hpp"

#include <map>
#include <optional>
#include <utility>

namespace casus::machine {
namespace {

class Pairing {
 public:
  explicit Pairing(Piece& piece) : piece_(piece) {}

  void run() {
    count_readers();
    for (std::size_t i = 0; i < piece_.words.size(); ++i) {
      while (!ends_.empty() && ends_.back() <= i) close_region();
      Word& word = piece_.words[i];
      if (word.action == Action::guard) open_region(word.detail);
      if (word.action != Action::apply) continue;
      if (word.op == Op::add || word.op == Op::subtract) join(word);
      const bool is_lone = word.out.area == Area::lane && n_readers_[word.out.index] == 1;
      if (word.op == Op::multiply && is_lone) products_[word.out.index] = {i, regions_.back()};
    }
    if (n_joined_ > 0) drop_joined();
  }

 private:
  struct Product {
    std::size_t word = 0;
    std::size_t region = 0;
  };

  void count_readers() {
    is_joined_.resize(piece_.words.size());
    for (Word& word : piece_.words) {
      for_each_place_read(piece_, word, [this](const Place& place) {
        if (place.area == Area::lane) ++n_readers_[place.index];
      });
    }
  }

  void open_region(std::size_t end) {
    ends_.push_back(end);
    regions_.push_back(++n_regions_);
  }

  void close_region() {
    ends_.pop_back();
    regions_.pop_back();
  }

  /// The product at a place, when it was computed in the region that is open now.
  std::optional<std::size_t> product_at(const Place& place) const {
    if (place.area != Area::lane) return std::nullopt;
    const auto at = products_.find(place.index);
    if (at == products_.end() || at->second.region != regions_.back()) return std::nullopt;
    return at->second.word;
  }

  void join(Word& word) {
    const bool is_sum = word.op == Op::add;
    if (const auto right = product_at(word.b)) {
      take(word, *right, word.a, is_sum ? Op::multiply_add : Op::subtract_product);
    } else if (const auto left = product_at(word.a)) {
      take(word, *left, word.b, is_sum ? Op::multiply_add : Op::multiply_subtract);
    }
  }

  void take(Word& word, std::size_t product, Place other, Op op) {
    const Word& factors = piece_.words[product];
    word.op = op;
    word.a = factors.a;
    word.b = factors.b;
    word.c = other;
    is_joined_[product] = true;
    ++n_joined_;
  }

  void drop_joined() {
    std::vector<std::uint32_t> place(piece_.words.size() + 1);
    std::vector<Word> kept;
    for (std::size_t i = 0; i < piece_.words.size(); ++i) {
      place[i] = static_cast<std::uint32_t>(kept.size());
      if (!is_joined_[i]) kept.push_back(piece_.words[i]);
    }
    place.back() = static_cast<std::uint32_t>(kept.size());
    for (Word& word : kept) {
      if (word.action == Action::guard) word.detail = place[word.detail];
    }
    piece_.words = std::move(kept);
  }

  Piece& piece_;
  std::map<std::uint32_t, std::size_t> n_readers_;  ///< by value
  std::map<std::uint32_t, Product> products_;       ///< by value: with one reader
  std::vector<bool> is_joined_;                     ///< by word
  std::size_t n_joined_ = 0;
  std::vector<std::size_t> ends_;        ///< of the regions that are open
  std::vector<std::size_t> regions_{0};  ///< their numbers
  std::size_t n_regions_ = 0;
};

}  // namespace

void join_pairs(Piece& piece) { Pairing(piece).run(); }

}  // namespace casus::machine
