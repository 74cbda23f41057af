// SPDX-License-Identifier: Apache-2.0
#include "hdf5_handle.hpp"

#include <fmt/format.h>

namespace utvei {
namespace {

/// The walk upward begins with the call that failed first.
herr_t keep_first(unsigned depth, H5E_error2_t const* error, void* message) {
  if (depth == 0 && error->desc != nullptr) *static_cast<std::string*>(message) = error->desc;
  return 0;
}

}  // namespace

void check_hdf5(std::int64_t status, char const* doing) {
  if (status >= 0) return;
  std::string message;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &message);
  throw Hdf5Failure{fmt::format("{}: {}", doing, message)};
}

QuietHdf5::QuietHdf5() {
  H5Eget_auto2(H5E_DEFAULT, &printer_, &data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

QuietHdf5::~QuietHdf5() {
  H5Eset_auto2(H5E_DEFAULT, printer_, data_);
}

Handle text_type() {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "making a text type"};
  check_hdf5(H5Tset_size(type.get(), H5T_VARIABLE), "making a text type");
  check_hdf5(H5Tset_cset(type.get(), H5T_CSET_UTF8), "making a text type");
  return type;
}

}  // namespace utvei
