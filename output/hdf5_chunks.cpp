// SPDX-License-Identifier: Apache-2.0
// A chunk as the library's own filters make it (HDF5 File Format Specification 3.0, IV.A.2.l): bytes of equal weight
// side by side, then a zlib stream. Chunks at the edge are stored whole, with zeros where the dataset ends.
#include "hdf5_chunks.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <numeric>

#include <libdeflate.h>

namespace utvei {
namespace {

constexpr int fastest = 1;
constexpr std::size_t chunks_in_memory = 64;

using Bytes = std::vector<std::byte>;

std::size_t product(std::vector<hsize_t> const& lengths) {
  return std::accumulate(lengths.begin(), lengths.end(), std::size_t{1}, std::multiplies<>{});
}

/// The chunks that cover a dataset, numbered row by row.
class ChunkGrid {
 public:
  ChunkGrid(Numbers const& numbers, std::vector<hsize_t> chunk) : numbers_{numbers}, chunk_{std::move(chunk)} {
    for (std::size_t axis = 0; axis < chunk_.size(); ++axis)
      counts_.push_back((numbers_.lengths[axis] + chunk_[axis] - 1) / chunk_[axis]);
  }
  [[nodiscard]] std::size_t size() const { return product(counts_); }

  /// The first element of a chunk on each axis.
  [[nodiscard]] std::vector<hsize_t> origin(std::size_t number) const {
    std::vector<hsize_t> origin(chunk_.size());
    for (std::size_t axis = chunk_.size(); axis-- > 0; number /= counts_[axis])
      origin[axis] = number % counts_[axis] * chunk_[axis];
    return origin;
  }

  /// The elements of a chunk, row by row.
  [[nodiscard]] Bytes cut(std::size_t number) const {
    Bytes out(product(chunk_) * numbers_.element_bytes);
    auto const first = origin(number);
    copy(first, 0, 0, out.data());
    return out;
  }

 private:
  /// Copies what the dataset has from `axis` on; `row` numbers the line of the earlier axes.
  void copy(std::vector<hsize_t> const& first, std::size_t axis, std::size_t row, std::byte* to) const {
    std::size_t const there = std::min(chunk_[axis], numbers_.lengths[axis] - first[axis]);
    std::size_t const from = row * numbers_.lengths[axis] + first[axis];
    if (axis + 1 == chunk_.size()) {
      std::memcpy(to, numbers_.bytes.data() + from * numbers_.element_bytes, there * numbers_.element_bytes);
      return;
    }
    std::size_t const step = product({chunk_.begin() + static_cast<std::ptrdiff_t>(axis) + 1, chunk_.end()});
    for (std::size_t i = 0; i < there; ++i) copy(first, axis + 1, from + i, to + i * step * numbers_.element_bytes);
  }

  Numbers const& numbers_;
  std::vector<hsize_t> chunk_;
  std::vector<hsize_t> counts_;
};

Bytes shuffled(Bytes const& bytes, std::size_t element_bytes) {
  Bytes out(bytes.size());
  std::size_t const elements = bytes.size() / element_bytes;
  for (std::size_t byte = 0; byte < element_bytes; ++byte)
    for (std::size_t i = 0; i < elements; ++i) out[byte * elements + i] = bytes[i * element_bytes + byte];
  return out;
}

Bytes deflated(Bytes const& bytes) {
  std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> const compressor{
      libdeflate_alloc_compressor(fastest), libdeflate_free_compressor};
  if (!compressor) throw std::bad_alloc{};
  Bytes out(libdeflate_zlib_compress_bound(compressor.get(), bytes.size()));
  std::size_t const size =
      libdeflate_zlib_compress(compressor.get(), bytes.data(), bytes.size(), out.data(), out.size());
  UTVEI_ENSURE(size > 0);
  out.resize(size);
  return out;
}

Handle creation_list(hid_t dataset) {
  return {H5Dget_create_plist(dataset), H5Pclose, "reading a property list"};
}

}  // namespace

bool is_shuffled_and_deflated(hid_t dataset) {
  Handle const list = creation_list(dataset);
  if (H5Pget_nfilters(list.get()) != 2) return false;
  auto const filter = [&](unsigned index) {
    unsigned flags = 0;
    std::size_t values = 0;
    return H5Pget_filter2(list.get(), index, &flags, &values, nullptr, 0, nullptr, nullptr);
  };
  return filter(0) == H5Z_FILTER_SHUFFLE && filter(1) == H5Z_FILTER_DEFLATE;
}

void write_chunks(hid_t dataset, Numbers const& numbers, std::size_t threads) {
  std::vector<hsize_t> chunk(numbers.lengths.size());
  Handle const list = creation_list(dataset);
  check_hdf5(H5Pget_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "reading the size of chunks");
  ChunkGrid const grid{numbers, chunk};
  for (std::size_t first = 0; first < grid.size(); first += chunks_in_memory) {
    std::vector<Bytes> made(std::min(chunks_in_memory, grid.size() - first));
    parallel_for_blocks(made.size(), 1, threads, nullptr, [&](Block const& block) {
      made[block.first] = deflated(shuffled(grid.cut(first + block.first), numbers.element_bytes));
    });
    for (std::size_t i = 0; i < made.size(); ++i)
      check_hdf5(H5Dwrite_chunk(dataset, H5P_DEFAULT, 0, grid.origin(first + i).data(), made[i].size(), made[i].data()),
                 "writing a chunk");
  }
}

}  // namespace utvei
