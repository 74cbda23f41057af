// SPDX-License-Identifier: Apache-2.0
#include "working_order.hpp"

#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

namespace utvei {
namespace {

/// Sorts rows by a small number, keeping the order of equals.
template <class Key>
void sort_by(std::span<PersonRow> rows, std::size_t keys, Key const& key) {
  std::vector<std::uint32_t> starts(keys + 1);
  for (PersonRow const row : rows) {
    ++starts[key(row) + 1];
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<PersonRow> const old(rows.begin(), rows.end());
  for (PersonRow const row : old) {
    rows[starts[key(row)]++] = row;
  }
}

/// The number of a person's profile. Each thread has its own.
class ProfileOf {
 public:
  ProfileOf(Profiles const& profiles, Population const& people)
      : profiles_{profiles}, people_{people}, levels_(people.traits.size()) {}

  std::size_t operator()(PersonRow row) {
    if (profiles_.size() <= 1) return 0;
    for (std::size_t t = 0; t < levels_.size(); ++t) {
      levels_[t] = people_.traits[t].empty() ? std::uint16_t{0} : people_.traits[t][row];
    }
    return profiles_.find(people_.region.empty() ? RegionId{} : people_.region[row], levels_);
  }

 private:
  Profiles const& profiles_;
  Population const& people_;
  std::vector<std::uint16_t> levels_;
};

/// All rows sorted by profile, keeping the order of equals: each part of the rows counts its own, and then knows where
/// its first of each profile goes.
std::vector<PersonRow> by_profile(Profiles const& profiles, Population const& people, std::size_t threads) {
  std::size_t const parts = thread_count(threads);
  std::size_t const part_size = people.size() / parts + 1;
  std::vector<std::vector<std::uint32_t>> starts(parts, std::vector<std::uint32_t>(profiles.size()));
  auto const for_parts = [&](auto const& work) {
    parallel_for_blocks(people.size(), part_size, threads, nullptr, [&](Block const& part) {
      ProfileOf profile_of{profiles, people};
      for (std::size_t i = part.first; i < part.last; ++i) {
        work(PersonRow{i}, starts[part.index][profile_of(PersonRow{i})]);
      }
    });
  };
  for_parts([](PersonRow, std::uint32_t& count) { ++count; });
  std::uint32_t next = 0;
  for (std::size_t profile = 0; profile < profiles.size(); ++profile) {
    for (auto& of_part : starts) {
      next += std::exchange(of_part[profile], next);
    }
  }
  std::vector<PersonRow> rows(people.size());
  for_parts([&rows](PersonRow row, std::uint32_t& place) { rows[place++] = row; });
  return rows;
}

}  // namespace

std::vector<PersonRow> working_order(Profiles const& profiles, Population const& people, TallyDesign const& design,
                                     std::size_t block_size, std::size_t threads) {
  std::vector<PersonRow> order = by_profile(profiles, people, threads);
  parallel_for_blocks(order.size(), block_size, threads, nullptr, [&](Block const& block) {
    sort_by(std::span{order}.subspan(block.first, block.last - block.first), design.groups,
            [&](PersonRow row) { return design.group_of(people.key[row]); });
  });
  return order;
}

}  // namespace utvei
