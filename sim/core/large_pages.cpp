// SPDX-License-Identifier: Apache-2.0
// Large arrays on large pages. A first touch of a page costs the kernel some microseconds and the page tables a line;
// people, tallies and tables are gigabytes that are touched once, in one thread or another. Pages of 2 MB where the
// system allows them on request (its default) make that 512 times fewer.
// These are the replaceable functions of [new.delete]; the sanitizers bring their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <cstddef>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace {

constexpr std::size_t large_page = std::size_t{2} << 20U;

void* allocate(std::size_t bytes) noexcept {
  if (bytes < 2 * large_page) return std::malloc(bytes > 0 ? bytes : 1);
  std::size_t const whole = (bytes + large_page - 1) / large_page * large_page;
  void* const memory = whole < bytes ? nullptr : std::aligned_alloc(large_page, whole);
  // Advice only: where it is refused, small pages do.
  if (memory != nullptr) madvise(memory, whole, MADV_HUGEPAGE);
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) {
  for (;;) {
    if (void* const memory = allocate(bytes)) return memory;
    std::new_handler const handler = std::get_new_handler();
    if (handler == nullptr) throw std::bad_alloc{};
    handler();
  }
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t /*bytes*/) noexcept {
  std::free(memory);
}

#endif
