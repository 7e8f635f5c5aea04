// netCDF-4 files by netCDF-C: made in memory, so that a full disk is met where bytes are written
// and not inside the library; read from the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace casus::cases {

/// How values are stored. Numbers of whole types hold whole values only.
enum class NetcdfType : std::uint8_t { number, whole, small, tiny };

/// A length by dimension.
using Lengths = std::vector<std::size_t>;

/// A variable of a file that is being made. A value: it holds two numbers.
class NetcdfVariable {
 public:
  NetcdfVariable(int group, int id, NetcdfType type) : group_(group), id_(id), type_(type) {}

  void attribute(const std::string& name, std::string_view text) const;
  /// Numbers of the variable's own type.
  void attribute(const std::string& name, const std::vector<double>& values) const;

  /// The value that stands for a missing one.
  void missing(double value) const;

  /// Stores slabs of this shape together, compressed. Before anything is put.
  void pack(const Lengths& slab) const;

  /// All values, in order of the dimensions, the last fastest.
  void put(std::span<const double> values) const;
  /// Those of the slab that begins at `first`.
  void put(const Lengths& first, const Lengths& count, std::span<const double> values) const;

 private:
  int group_;
  int id_;
  NetcdfType type_;
};

/// The root or a group of a file that is being made.
class NetcdfGroup {
 public:
  explicit NetcdfGroup(int id) : id_(id) {}

  NetcdfGroup group(const std::string& name) const;
  /// `length` is not 0. Names are unique in their group.
  int dimension(const std::string& name, std::size_t length) const;
  NetcdfVariable variable(const std::string& name, NetcdfType type,
                          const std::vector<int>& dimensions) const;

  /// A variable of texts in UTF-8, stored as characters over one more dimension, `string8` for
  /// eight: what xarray, R and netCDF's classic tools read alike. (Strings of their own type crash
  /// netCDF4-python 1.7.5 where a file is opened twice.)
  void texts(const std::string& name, const std::vector<int>& dimensions,
             const std::vector<std::string>& texts) const;

  void attribute(const std::string& name, std::string_view text) const;
  void attribute(const std::string& name, std::uint64_t number) const;

 private:
  int dimension_of_texts(std::size_t length) const;

  int id_;
};

/// The bytes of a file, made by the library.
class NetcdfImage {
 public:
  NetcdfImage(void* memory, std::size_t size) : memory_(memory), size_(size) {}
  NetcdfImage(NetcdfImage&& other) noexcept;
  NetcdfImage& operator=(NetcdfImage&&) = delete;
  NetcdfImage(const NetcdfImage&) = delete;
  NetcdfImage& operator=(const NetcdfImage&) = delete;
  ~NetcdfImage();

  std::string_view bytes() const { return {static_cast<const char*>(memory_), size_}; }

 private:
  void* memory_;
  std::size_t size_;
};

/// A file that is being made in memory. Equal calls give equal bytes.
class NetcdfMaker {
 public:
  NetcdfMaker();
  NetcdfMaker(const NetcdfMaker&) = delete;
  NetcdfMaker& operator=(const NetcdfMaker&) = delete;
  ~NetcdfMaker();

  NetcdfGroup root() const { return NetcdfGroup(id_); }

  /// Ends the making.
  NetcdfImage finish();

 private:
  int id_ = 0;
  bool is_open_ = false;
};

/// What a file cannot give.
struct CannotRead {
  std::string why;
};

/// A file on the disk. What is not there, or is of another kind, is thrown as `CannotRead`.
class NetcdfReader {
 public:
  explicit NetcdfReader(const std::filesystem::path& path);
  NetcdfReader(const NetcdfReader&) = delete;
  NetcdfReader& operator=(const NetcdfReader&) = delete;
  ~NetcdfReader();

  int root() const { return id_; }
  /// Number of a group below the root.
  int group(const std::string& name) const;
  /// Lengths of a variable's dimensions.
  Lengths lengths(int group, const std::string& variable) const;
  /// The slab that begins at `first`.
  void read(int group, const std::string& variable, const Lengths& first, const Lengths& count,
            std::span<double> values) const;

 private:
  int id_ = 0;
};

}  // namespace casus::cases
