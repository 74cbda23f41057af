// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace utvei {

/// Packed numbers that end too early, or say what cannot be.
class DamagedNumbers : public std::runtime_error {
 public:
  DamagedNumbers() : std::runtime_error{"packed numbers are damaged"} {}
};

/// Whole numbers in few bytes, the same on every machine: small ones take one byte, and runs of zeros, which tallies
/// are full of, next to nothing.
class NumberPacker {
 public:
  void add(std::int64_t number);
  /// An array whose length the reader knows.
  void add(std::span<std::int64_t const> numbers);
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void add_bits(std::uint64_t bits);
  std::string bytes_;
};

/// Reads what a NumberPacker wrote, in the same order. Throws DamagedNumbers.
class NumberUnpacker {
 public:
  explicit NumberUnpacker(std::string_view bytes) : bytes_{bytes} {}
  std::int64_t number();
  /// A number that says how many follow, each of which takes a byte at least.
  std::size_t count();
  /// Numbers that are not zero are written; the others are left as they are.
  void fill(std::span<std::int64_t> numbers);
  /// Nothing may be left.
  void finish() const;

 private:
  std::uint64_t bits();
  std::string_view bytes_;
  std::size_t at_{0};
};

}  // namespace utvei
