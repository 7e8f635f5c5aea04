// Linear scan: words run in order, so a value lives from its word to its last reader.
#include "machine/lanes/columns.hpp"

#include "base/bug.hpp"

#include <algorithm>
#include <functional>
#include <queue>

namespace casus::machine {
namespace {

class Allocation {
 public:
  Allocation(Piece& piece, const ColumnRules& rules)
      : piece_(piece), rules_(rules), area_(rules.area), end_(rules.first) {}

  ColumnMap run() {
    find_last_readers();
    for (std::size_t i = 0; i < piece_.words.size(); ++i) {
      Word& word = piece_.words[i];
      // A draw writes its column before it has read all its arguments.
      const bool reads_late = takes_law(word.action);
      if (reads_late) write(word);
      for_each_place_read(piece_, word, [&](Place& place) { read(place); });
      for (const std::uint32_t value : ending_[i]) free_.push(columns_.at(value));
      if (!reads_late) write(word);
      if (writes(word.action) && word.out.area == area_) free_unread(i);
    }
    piece_.n_columns = end_;
    return std::move(columns_);
  }

 private:
  void find_last_readers() {
    ending_.resize(piece_.words.size());
    std::map<std::uint32_t, std::size_t> last;
    for (std::size_t i = 0; i < piece_.words.size(); ++i) {
      const Word& word = piece_.words[i];
      if (writes(word.action) && word.out.area == area_) written_.insert(word.out.index);
      for_each_place_read(piece_, word, [&](const Place& place) {
        if (place.area == area_) last[place.index] = i;
      });
    }
    for (const auto& [value, at] : last) {
      if (written_.count(value) != 0 && rules_.kept.count(value) == 0) ending_[at].push_back(value);
      read_.insert(value);
    }
  }

  void write(Word& word) {
    if (!writes(word.action) || word.out.area != area_) return;
    const std::uint32_t value = word.out.index;
    std::uint32_t column = end_;
    if (free_.empty()) {
      ++end_;
    } else {
      column = free_.top();
      free_.pop();
    }
    columns_[value] = column;
    word.out.index = column;
    unread_ = read_.count(value) == 0 && rules_.kept.count(value) == 0;
  }

  void free_unread(std::size_t at) {
    if (unread_) free_.push(piece_.words[at].out.index);
  }

  void read(Place& place) {
    if (place.area != area_) return;
    const ColumnMap& columns = written_.count(place.index) != 0 ? columns_ : rules_.imported;
    const auto at = columns.find(place.index);
    require(at != columns.end(), "a column was read before it was written");
    place.index = at->second;
  }

  Piece& piece_;
  const ColumnRules& rules_;
  Area area_;
  std::uint32_t end_;
  std::set<std::uint32_t> written_;
  std::set<std::uint32_t> read_;
  std::vector<std::vector<std::uint32_t>> ending_;  ///< values by the word that reads them last
  ColumnMap columns_;
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> free_;
  bool unread_ = false;
};

}  // namespace

ColumnMap allocate_columns(Piece& piece, const ColumnRules& rules) {
  return Allocation(piece, rules).run();
}

}  // namespace casus::machine
