// Eight bytes a number, the lowest first.
#include "inference/bytes.hpp"

#include "random/elementary/of_double.hpp"

namespace casus::inference {

void ByteWriter::put(std::uint64_t value) {
  for (unsigned shift = 0; shift < 64; shift += 8) {
    bytes_.push_back(static_cast<std::uint8_t>(value >> shift & 0xffU));
  }
}

void ByteWriter::put(double value) { put(random::elementary::bits_of(value)); }

void ByteWriter::put(std::span<const double> values) {
  put(std::uint64_t{values.size()});
  for (const double value : values) put(value);
}

void ByteWriter::put(std::span<const std::uint32_t> values) {
  put(std::uint64_t{values.size()});
  for (const std::uint32_t value : values) put(std::uint64_t{value});
}

std::uint64_t ByteReader::number() {
  if (bytes_.size() - at_ < 8) {
    is_short_ = true;
    at_ = bytes_.size();
    return 0;
  }
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 8) {
    value |= std::uint64_t{bytes_[at_++]} << shift;
  }
  return value;
}

double ByteReader::real() { return random::elementary::double_of(number()); }

std::size_t ByteReader::count() {
  const std::uint64_t n = number();
  if (n <= (bytes_.size() - at_) / 8) return n;
  is_short_ = true;
  return 0;
}

std::vector<double> ByteReader::reals() {
  std::vector<double> values(count());
  for (double& value : values) value = real();
  return values;
}

std::vector<std::uint32_t> ByteReader::numbers() {
  std::vector<std::uint32_t> values(count());
  for (std::uint32_t& value : values) value = static_cast<std::uint32_t>(number());
  return values;
}

}  // namespace casus::inference
