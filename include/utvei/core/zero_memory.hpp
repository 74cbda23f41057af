// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>

namespace utvei {

/// Bytes that read zero, and take memory where they have been written, a page at a time. Throws std::bad_alloc where
/// the system has no room for so many addresses.
class ZeroBytes {
 public:
  ZeroBytes() = default;
  explicit ZeroBytes(std::size_t size);
  ZeroBytes(ZeroBytes&& other) noexcept;
  ZeroBytes& operator=(ZeroBytes&& other) noexcept;
  ~ZeroBytes();

  [[nodiscard]] std::byte* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Says that nobody needs the first `end` bytes any more: their memory goes back to the system, but for less than two
  /// megabytes. Ends rise from call to call.
  void release_to(std::size_t end);

 private:
  std::byte* data_{nullptr};
  std::size_t size_{0};
  std::size_t released_{0};
};

/// The same as an array of numbers.
template <class T>
  requires std::is_trivially_copyable_v<T>
class ZeroArray {
 public:
  ZeroArray() = default;
  explicit ZeroArray(std::size_t size) : bytes_{size * sizeof(T)}, values_{reinterpret_cast<T*>(bytes_.data()), size} {}

  [[nodiscard]] T* data() { return values_.data(); }
  [[nodiscard]] T const* data() const { return values_.data(); }
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  /// Elements [first, first + count).
  [[nodiscard]] std::span<T> part(std::size_t first, std::size_t count) { return values_.subspan(first, count); }
  /// Nobody needs the first `end` elements any more.
  void release_to(std::size_t end) { bytes_.release_to(end * sizeof(T)); }

 private:
  ZeroBytes bytes_;
  std::span<T> values_;
};

}  // namespace utvei
