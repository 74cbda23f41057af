// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "reject_log.hpp"

#include <utvei/core/parallel.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace utvei {

/// Reads the rows of a file in stretches, at the same time. `start(lines)` makes what one stretch of at most so
/// many rows gives, `read(row, part, log)` adds a row to it. The parts come in the order of the file, and the log ends
/// as if all rows had been read in their order.
template <class Start, class Read>
auto read_stretches(DelimitedFile const& file, std::size_t threads, RejectLog& log, Start const& start,
                    Read const& read) {
  auto const stretches = file.stretches(threads);
  std::vector<decltype(start(std::size_t{}))> parts;
  std::vector<RejectLog> logs;
  for (DelimitedFile::Stretch const& stretch : stretches) {
    parts.push_back(start(stretch.lines));
    logs.emplace_back(file, log.notes_all());
  }
  parallel_for_blocks(stretches.size(), 1, threads, nullptr, [&](Block const& block) {
    auto& own = logs[block.first];
    own.for_each_row(stretches[block.first],
                     [&](DelimitedFile::Row const& row) { read(row, parts[block.first], own); });
  });
  for (RejectLog& own : logs) {
    log.append(std::move(own));
  }
  return parts;
}

}  // namespace utvei
