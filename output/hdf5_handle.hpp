// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <hdf5.h>

namespace utvei {

/// A call of the HDF5 library failed; whoever knows the file turns it into an InputError.
class Hdf5Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws Hdf5Failure with the innermost message of the library's error stack if `status` is negative.
void check_hdf5(std::int64_t status, char const* doing);

/// Owns an identifier of the HDF5 library.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  /// Takes what a call returned; throws if that is a failure.
  Handle(hid_t id, Close closer, char const* doing) : id_{id}, close_{closer} { check_hdf5(id, doing); }
  ~Handle() { reset(); }
  Handle(Handle const&) = delete;
  Handle& operator=(Handle const&) = delete;
  Handle(Handle&& other) noexcept : id_{std::exchange(other.id_, H5I_INVALID_HID)}, close_{other.close_} {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, H5I_INVALID_HID);
      close_ = other.close_;
    }
    return *this;
  }
  [[nodiscard]] hid_t get() const { return id_; }

 private:
  void reset() noexcept {
    if (id_ >= 0) close_(id_);
    id_ = H5I_INVALID_HID;
  }
  hid_t id_{H5I_INVALID_HID};
  Close close_{nullptr};
};

/// Keeps the library from printing its error stack; exceptions carry what matters.
class QuietHdf5 {
 public:
  QuietHdf5();
  ~QuietHdf5();
  QuietHdf5(QuietHdf5 const&) = delete;
  QuietHdf5& operator=(QuietHdf5 const&) = delete;
  QuietHdf5(QuietHdf5&&) = delete;
  QuietHdf5& operator=(QuietHdf5&&) = delete;

 private:
  H5E_auto2_t printer_{nullptr};
  void* data_{nullptr};
};

/// The memory type of a C++ number.
template <class T>
hid_t memory_type() {
  if constexpr (std::same_as<T, double>)
    return H5T_NATIVE_DOUBLE;
  else if constexpr (std::same_as<T, std::int64_t>)
    return H5T_NATIVE_INT64;
  else if constexpr (std::same_as<T, std::uint64_t>)
    return H5T_NATIVE_UINT64;
  else if constexpr (std::same_as<T, std::uint32_t>)
    return H5T_NATIVE_UINT32;
  else if constexpr (std::same_as<T, std::uint16_t>)
    return H5T_NATIVE_UINT16;
  else {
    static_assert(std::same_as<T, std::uint8_t>);
    return H5T_NATIVE_UINT8;
  }
}

/// Variable-length UTF-8.
Handle text_type();

}  // namespace utvei
