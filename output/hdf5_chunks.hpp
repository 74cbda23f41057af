// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hdf5_handle.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace utvei {

/// The numbers of a dataset in memory, row by row.
struct Numbers {
  std::span<std::byte const> bytes;
  std::size_t element_bytes;
  std::vector<hsize_t> lengths;  ///< of the axes
};

/// Whether a dataset has the filters shuffle and deflate, in this order and no others.
bool is_shuffled_and_deflated(hid_t dataset);

/// Fills such a dataset. The library filters one chunk after another; here up to `threads` threads (0: all) filter, and
/// the chunks are stored in their order, so the file is the same for any number of threads.
void write_chunks(hid_t dataset, Numbers const& numbers, std::size_t threads);

}  // namespace utvei
