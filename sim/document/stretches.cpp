// SPDX-License-Identifier: Apache-2.0
#include "row_scanner.hpp"

#include <utvei/core/parallel.hpp>
#include <utvei/document/delimited.hpp>

#include <algorithm>
#include <atomic>

namespace utvei {
namespace {

/// Shorter ones are not worth a thread's while.
constexpr std::size_t least_length = 1U << 18U;
/// So that a thread that is slow does not keep the others waiting.
constexpr std::size_t stretches_a_thread = 4;

std::size_t lines_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

DelimitedFile::Stretch DelimitedFile::all_rows() const {
  std::string_view const text = source_->text;
  return {body_, text.size(), header_line_ + static_cast<int>(lines_in(text.substr(header_, body_ - header_)))};
}

/// Whether each stretch ends where a row ends: not so if a quoted field goes on in the next one.
bool DelimitedFile::ends_at_rows(std::vector<Stretch> const& stretches, std::size_t threads) const {
  std::atomic<bool> good{true};
  parallel_for_blocks(stretches.size(), 1, threads, nullptr, [&](Block const& block) {
    RowScanner scanner{source_->text, separator_, has_quotes_};
    auto at = stretches[block.first].first;
    auto const last = stretches[block.first].last;
    while (at < last && scanner.next(at) != RowScanner::Outcome::end) {
    }
    if (at != last) good = false;
  });
  return good;
}

std::vector<DelimitedFile::Stretch> DelimitedFile::stretches(std::size_t threads) const {
  std::string_view const text = source_->text;
  auto const all = all_rows();
  auto const used = thread_count(threads);
  auto const wanted = used == 1 ? 1 : used * stretches_a_thread;
  auto const length = std::max(least_length, (all.last - all.first) / wanted + 1);
  std::vector<Stretch> stretches;
  for (auto first = all.first; first < all.last;) {
    auto const end = all.last - first <= length ? std::string_view::npos : text.find('\n', first + length);
    auto const last = end == std::string_view::npos ? all.last : end + 1;
    stretches.push_back({first, last, 0, 0});
    first = last;
  }
  if (stretches.empty() || (has_quotes_ && !ends_at_rows(stretches, threads))) stretches = {all};
  parallel_for_blocks(stretches.size(), 1, threads, nullptr, [&](Block const& block) {
    auto& stretch = stretches[block.first];
    stretch.lines = lines_in(text.substr(stretch.first, stretch.last - stretch.first));
  });
  auto line = all.line;
  for (auto& stretch : stretches) {
    stretch.line = line;
    line += static_cast<int>(stretch.lines);
  }
  ++stretches.back().lines;  // the last line may have no end
  return stretches;
}

}  // namespace utvei
