// SPDX-License-Identifier: Apache-2.0
#include <utvei/core/contract.hpp>
#include <utvei/core/zero_memory.hpp>

#include <new>
#include <utility>

#include <sys/mman.h>

namespace utvei {
namespace {
constexpr std::size_t large_page = std::size_t{2} << 20U;
}

ZeroBytes::ZeroBytes(std::size_t size) : size_{size} {
  if (size == 0) return;
  void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc{};
  data_ = static_cast<std::byte*>(memory);
  // Advice only: where it is refused, small pages do.
  if (size >= 2 * large_page) madvise(memory, size, MADV_HUGEPAGE);
}

ZeroBytes::ZeroBytes(ZeroBytes&& other) noexcept
    : data_{std::exchange(other.data_, nullptr)},
      size_{std::exchange(other.size_, 0)},
      released_{std::exchange(other.released_, 0)} {}

ZeroBytes& ZeroBytes::operator=(ZeroBytes&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  std::swap(released_, other.released_);
  return *this;
}

ZeroBytes::~ZeroBytes() {
  if (data_ != nullptr) munmap(data_, size_);
}

void ZeroBytes::release_to(std::size_t end) {
  UTVEI_EXPECT(end >= released_ && end <= size_);
  // Steps of a large page, so that none is split into small ones.
  std::size_t const whole = end / large_page * large_page;
  if (whole <= released_) return;
  madvise(data_ + released_, whole - released_, MADV_DONTNEED);
  released_ = whole;
}

}  // namespace utvei
