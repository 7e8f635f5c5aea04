// Calls of netCDF-C, with its errors as exceptions.
#include "case/netcdf.hpp"

#include "base/bug.hpp"
#include "case/netcdf_library.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <new>
#include <numeric>
#include <utility>

namespace casus::cases {
namespace {

/// Making a file in memory can only fail for want of memory, or by a fault of ours.
void made(int status) {
  if (status == NC_NOERR) return;
  if (status == NC_ENOMEM) throw std::bad_alloc();
  throw Bug(fmt::format("a netCDF file could not be made: {}", netcdf().strerror(status)));
}

void taken(int status, const std::string& what) {
  if (status == NC_NOERR) return;
  if (status == NC_ENOMEM) throw std::bad_alloc();
  throw CannotRead{fmt::format("{}: {}", what, netcdf().strerror(status))};
}

constexpr std::array<nc_type, 4> types{NC_DOUBLE, NC_INT64, NC_SHORT, NC_BYTE};

nc_type type_of(NetcdfType type) { return types.at(static_cast<std::size_t>(type)); }

std::size_t product(const Lengths& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>());
}

Lengths lengths_of(int group, int variable) {
  int n = 0;
  made(netcdf().inq_varndims(group, variable, &n));
  std::vector<int> dimensions(static_cast<std::size_t>(n));
  made(netcdf().inq_vardimid(group, variable, dimensions.data()));
  Lengths lengths;
  for (const int dimension : dimensions) {
    std::size_t length = 0;
    made(netcdf().inq_dimlen(group, dimension, &length));
    lengths.push_back(length);
  }
  return lengths;
}

void put_text(int group, int variable, const std::string& name, std::string_view text) {
  made(netcdf().put_att_text(group, variable, name.c_str(), text.size(), text.data()));
}

}  // namespace

void NetcdfVariable::attribute(const std::string& name, std::string_view text) const {
  put_text(group_, id_, name, text);
}

void NetcdfVariable::attribute(const std::string& name, const std::vector<double>& values) const {
  made(netcdf().put_att_double(group_, id_, name.c_str(), type_of(type_), values.size(),
                               values.data()));
}

void NetcdfVariable::missing(double value) const {
  attribute(_FillValue, std::vector<double>{value});
}

void NetcdfVariable::pack(const Lengths& slab) const {
  constexpr int level = 1;  // what is gained beyond is little, and slow
  // A slab is put as a whole: the library need not hold it back for more.
  constexpr std::size_t cache_bytes = std::size_t{1} << 16;
  constexpr std::size_t cache_slabs = 1;
  constexpr float drop_full_first = 1.0F;
  made(netcdf().def_var_chunking(group_, id_, NC_CHUNKED, slab.data()));
  made(netcdf().def_var_deflate(group_, id_, 1, 1, level));
  made(netcdf().set_var_chunk_cache(group_, id_, cache_bytes, cache_slabs, drop_full_first));
}

void NetcdfVariable::put(std::span<const double> values) const {
  const Lengths count = lengths_of(group_, id_);
  put(Lengths(count.size()), count, values);
}

void NetcdfVariable::put(const Lengths& first, const Lengths& count,
                         std::span<const double> values) const {
  require(values.size() == product(count), "a slab of another size than its values");
  made(netcdf().put_vara_double(group_, id_, first.data(), count.data(), values.data()));
}

NetcdfGroup NetcdfGroup::group(const std::string& name) const {
  int id = 0;
  made(netcdf().def_grp(id_, name.c_str(), &id));
  return NetcdfGroup(id);
}

int NetcdfGroup::dimension(const std::string& name, std::size_t length) const {
  require(length > 0, "an empty dimension of a netCDF file");
  int id = 0;
  made(netcdf().def_dim(id_, name.c_str(), length, &id));
  return id;
}

NetcdfVariable NetcdfGroup::variable(const std::string& name, NetcdfType type,
                                     const std::vector<int>& dimensions) const {
  int id = 0;
  made(netcdf().def_var(id_, name.c_str(), type_of(type), static_cast<int>(dimensions.size()),
                        dimensions.data(), &id));
  made(netcdf().def_var_fill(id_, id, NC_NOFILL, nullptr));
  return {id_, id, type};
}

int NetcdfGroup::dimension_of_texts(std::size_t length) const {
  std::string name = fmt::format("string{}", length);
  for (int id = 0; netcdf().inq_dimid(id_, name.c_str(), &id) == NC_NOERR; name += '_') {
    std::size_t there = 0;
    made(netcdf().inq_dimlen(id_, id, &there));
    if (there == length) return id;
  }
  return dimension(name, length);
}

void NetcdfGroup::texts(const std::string& name, const std::vector<int>& dimensions,
                        const std::vector<std::string>& texts) const {
  std::size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  std::string characters;
  for (const std::string& text : texts) {
    characters += text;
    characters.resize(characters.size() + longest - text.size(), '\0');
  }
  std::vector<int> over = dimensions;
  over.push_back(dimension_of_texts(longest));
  int id = 0;
  made(netcdf().def_var(id_, name.c_str(), NC_CHAR, static_cast<int>(over.size()), over.data(),
                        &id));
  put_text(id_, id, "_Encoding", "utf-8");
  require(product(lengths_of(id_, id)) == characters.size(), "texts of another number");
  made(netcdf().put_var_text(id_, id, characters.data()));
}

void NetcdfGroup::attribute(const std::string& name, std::string_view text) const {
  put_text(id_, NC_GLOBAL, name, text);
}

void NetcdfGroup::attribute(const std::string& name, std::uint64_t number) const {
  const unsigned long long value = number;
  made(netcdf().put_att_ulonglong(id_, NC_GLOBAL, name.c_str(), NC_UINT64, 1, &value));
}

NetcdfImage::NetcdfImage(NetcdfImage&& other) noexcept
    : memory_(std::exchange(other.memory_, nullptr)), size_(other.size_) {}

// The library allocated it by malloc and leaves it to its user (netcdf_mem.h).
NetcdfImage::~NetcdfImage() {
  std::free(memory_);  // NOLINT(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
}

NetcdfMaker::NetcdfMaker() {
  made(netcdf().create_mem("results", NC_NETCDF4, 1, &id_));
  is_open_ = true;
}

NetcdfMaker::~NetcdfMaker() {
  if (is_open_) (void)netcdf().close(id_);
}

NetcdfImage NetcdfMaker::finish() {
  NC_memio image{};
  is_open_ = false;
  made(netcdf().close_memio(id_, &image));
  return {image.memory, image.size};
}

NetcdfReader::NetcdfReader(const std::filesystem::path& path) {
  taken(netcdf().open(path.c_str(), NC_NOWRITE, &id_), path.filename().string());
}

NetcdfReader::~NetcdfReader() { (void)netcdf().close(id_); }

int NetcdfReader::group(const std::string& name) const {
  int id = 0;
  taken(netcdf().inq_grp_ncid(id_, name.c_str(), &id), name);
  return id;
}

Lengths NetcdfReader::lengths(int group, const std::string& variable) const {
  int id = 0;
  taken(netcdf().inq_varid(group, variable.c_str(), &id), variable);
  return lengths_of(group, id);
}

void NetcdfReader::read(int group, const std::string& variable, const Lengths& first,
                        const Lengths& count, std::span<double> values) const {
  require(values.size() == product(count), "a slab of another size than its values");
  int id = 0;
  taken(netcdf().inq_varid(group, variable.c_str(), &id), variable);
  taken(netcdf().get_vara_double(group, id, first.data(), count.data(), values.data()), variable);
}

}  // namespace casus::cases
