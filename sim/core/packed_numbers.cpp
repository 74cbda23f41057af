// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/packed_numbers.hpp>

#include <algorithm>

namespace utvei {
namespace {

constexpr unsigned bits_of_byte = 7;
constexpr std::uint64_t goes_on = 0x80;
constexpr unsigned width = 64;

/// Numbers near zero of either sign become small: 0, -1, 1, -2, …
std::uint64_t folded(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1U) ^ static_cast<std::uint64_t>(number >> (width - 1));
}
std::int64_t unfolded(std::uint64_t bits) {
  return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1));
}

}  // namespace

void NumberPacker::add_bits(std::uint64_t bits) {
  for (; bits >= goes_on; bits >>= bits_of_byte) bytes_ += static_cast<char>(bits | goes_on);
  bytes_ += static_cast<char>(bits);
}

void NumberPacker::add(std::int64_t number) {
  add_bits(folded(number));
}

void NumberPacker::add(std::span<std::int64_t const> numbers) {
  auto const is_zero = [](std::int64_t number) { return number == 0; };
  for (auto at = numbers.begin(); at != numbers.end();) {
    auto const first = std::find_if_not(at, numbers.end(), is_zero);
    auto const last = std::find_if(first, numbers.end(), is_zero);
    add_bits(static_cast<std::uint64_t>(first - at));
    add_bits(static_cast<std::uint64_t>(last - first));
    for (at = first; at != last; ++at) add(*at);
  }
}

std::uint64_t NumberUnpacker::bits() {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < width; shift += bits_of_byte) {
    if (at_ == bytes_.size()) throw DamagedNumbers{};
    auto const byte = static_cast<unsigned char>(bytes_[at_++]);
    bits |= (byte & (goes_on - 1)) << shift;
    if (byte < goes_on) return bits;
  }
  throw DamagedNumbers{};
}

std::int64_t NumberUnpacker::number() {
  return unfolded(bits());
}

std::size_t NumberUnpacker::count() {
  std::int64_t const number = this->number();
  if (number < 0 || static_cast<std::uint64_t>(number) > bytes_.size() - at_) throw DamagedNumbers{};
  return static_cast<std::size_t>(number);
}

void NumberUnpacker::fill(std::span<std::int64_t> numbers) {
  for (std::size_t at = 0; at < numbers.size();) {
    std::uint64_t const zeros = bits();
    if (zeros > numbers.size() - at) throw DamagedNumbers{};
    at += zeros;
    std::uint64_t const others = bits();
    if (others > numbers.size() - at || (zeros == 0 && others == 0)) throw DamagedNumbers{};
    for (std::uint64_t i = 0; i < others; ++i) numbers[at++] = number();
  }
}

void NumberUnpacker::finish() const {
  if (at_ != bytes_.size()) throw DamagedNumbers{};
}

}  // namespace utvei
