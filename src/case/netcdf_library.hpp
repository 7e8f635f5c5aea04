// netCDF-C, loaded when it is first used. It brings forty libraries of its own (HDF5, curl and
// theirs), which took half of the start of every command, most of which write no such file.
#pragma once

#include <netcdf.h>
#include <netcdf_mem.h>

namespace casus::cases {

/// The functions that casus calls, under their names without `nc_`.
struct NetcdfLibrary {
  decltype(&nc_close) close;
  decltype(&nc_close_memio) close_memio;
  decltype(&nc_create_mem) create_mem;
  decltype(&nc_def_dim) def_dim;
  decltype(&nc_def_grp) def_grp;
  decltype(&nc_def_var) def_var;
  decltype(&nc_def_var_chunking) def_var_chunking;
  decltype(&nc_def_var_deflate) def_var_deflate;
  decltype(&nc_def_var_fill) def_var_fill;
  decltype(&nc_get_vara_double) get_vara_double;
  decltype(&nc_inq_dimid) inq_dimid;
  decltype(&nc_inq_dimlen) inq_dimlen;
  decltype(&nc_inq_grp_ncid) inq_grp_ncid;
  decltype(&nc_inq_vardimid) inq_vardimid;
  decltype(&nc_inq_varid) inq_varid;
  decltype(&nc_inq_varndims) inq_varndims;
  decltype(&nc_open) open;
  decltype(&nc_put_att_double) put_att_double;
  decltype(&nc_put_att_text) put_att_text;
  decltype(&nc_put_att_ulonglong) put_att_ulonglong;
  decltype(&nc_put_var_text) put_var_text;
  decltype(&nc_put_vara_double) put_vara_double;
  decltype(&nc_set_var_chunk_cache) set_var_chunk_cache;
  decltype(&nc_strerror) strerror;
};

/// Loads it at the first call. Stops with F007 where it is not on the machine: whoever works long
/// before the results calls it first.
const NetcdfLibrary& netcdf();

}  // namespace casus::cases
