// Finds the functions of netCDF-C in the library of the machine.
#include "case/netcdf_library.hpp"

#include "base/bug.hpp"
#include "case/stop.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

namespace casus::cases {
namespace {

/// The address of a function, as a pointer of the type that is asked for.
struct Symbol {
  void* address;
  template <typename Function>
  operator Function() const {  // NOLINT(google-explicit-constructor): what it is for
    return reinterpret_cast<Function>(address);
  }
};

/// A library that stays loaded until the program ends.
class Library {
 public:
  explicit Library(const char* name) : handle_(::dlopen(name, RTLD_NOW | RTLD_LOCAL)) {
    if (handle_ != nullptr) return;
    const char* const why = ::dlerror();  // NOLINT(concurrency-mt-unsafe): glibc's is the thread's
    stop("F007", fmt::format("netCDF's library cannot be loaded: {}", why),
         "install it: on Debian, the package libnetcdf19");
  }

  Symbol operator[](const char* function) const {
    void* const address = ::dlsym(handle_, function);
    if (address == nullptr) throw Bug(fmt::format("netCDF's library has no {}", function));
    return {address};
  }

 private:
  void* handle_;
};

NetcdfLibrary load() {
  const Library library(CASUS_NETCDF_LIBRARY);
  return {.close = library["nc_close"],
          .close_memio = library["nc_close_memio"],
          .create_mem = library["nc_create_mem"],
          .def_dim = library["nc_def_dim"],
          .def_grp = library["nc_def_grp"],
          .def_var = library["nc_def_var"],
          .def_var_chunking = library["nc_def_var_chunking"],
          .def_var_deflate = library["nc_def_var_deflate"],
          .def_var_fill = library["nc_def_var_fill"],
          .get_vara_double = library["nc_get_vara_double"],
          .inq_dimid = library["nc_inq_dimid"],
          .inq_dimlen = library["nc_inq_dimlen"],
          .inq_grp_ncid = library["nc_inq_grp_ncid"],
          .inq_vardimid = library["nc_inq_vardimid"],
          .inq_varid = library["nc_inq_varid"],
          .inq_varndims = library["nc_inq_varndims"],
          .open = library["nc_open"],
          .put_att_double = library["nc_put_att_double"],
          .put_att_text = library["nc_put_att_text"],
          .put_att_ulonglong = library["nc_put_att_ulonglong"],
          .put_var_text = library["nc_put_var_text"],
          .put_vara_double = library["nc_put_vara_double"],
          .set_var_chunk_cache = library["nc_set_var_chunk_cache"],
          .strerror = library["nc_strerror"]};
}

}  // namespace

const NetcdfLibrary& netcdf() {
  static const NetcdfLibrary library = load();
  return library;
}

}  // namespace casus::cases
