// Numbers as bytes, the same on every processor, and back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace casus::inference {

class ByteWriter {
 public:
  void put(std::uint64_t value);
  void put(double value);
  /// Their number, then the numbers.
  void put(std::span<const double> values);
  void put(std::span<const std::uint32_t> values);

  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Reads what a writer wrote. What is not there reads as zero or nothing, and `is_whole` is false.
class ByteReader {
 public:
  explicit ByteReader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint64_t number();
  double real();
  std::vector<double> reals();
  std::vector<std::uint32_t> numbers();

  /// Whether all was there, and nothing is left.
  bool is_whole() const { return !is_short_ && at_ == bytes_.size(); }

 private:
  std::size_t count();

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  bool is_short_ = false;
};

}  // namespace casus::inference
