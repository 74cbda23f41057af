// SPDX-License-Identifier: Apache-2.0
#include "working_order.hpp"

#include <utvei/core/parallel.hpp>

#include <algorithm>
#include <numeric>
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

using Places = std::vector<std::uint32_t>;  ///< of regions; empty: as they are numbered

std::size_t place_of(RegionId region, Places const& places) {
  return places.empty() ? region.value() : places[region.value()];
}

/// The numbers of profiles, sorted by region: a worker then follows the people of a few regions, and writes their
/// tallies alone.
std::vector<std::uint32_t> ranks_by_region(Profiles const& profiles, Places const& places) {
  std::vector<std::uint32_t> order(profiles.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {},
                           [&](std::uint32_t p) { return place_of(profiles[p].region.value_or(RegionId{}), places); });
  std::vector<std::uint32_t> ranks(order.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) ranks[order[rank]] = rank;
  return ranks;
}

/// What people are sorted by: region where profiles or tallies tell regions apart, then profile.
struct Bins {
  Profiles const& profiles;
  Population const& people;
  Places const& places;
  std::vector<std::uint32_t> ranks;  ///< by profile
  std::size_t regions{1};            ///< where profiles do not have them, but tallies do
  [[nodiscard]] std::size_t size() const { return regions * ranks.size(); }
};

Bins bins_of(Profiles const& profiles, Population const& people, TallyDesign const& design, Places const& places) {
  Bins bins{profiles, people, places, ranks_by_region(profiles, places)};
  if (profiles.size() > 0 && !profiles[0].region && !people.region.empty()) {
    bins.regions = std::max<std::size_t>(1, places.size());
    for (TallyLayout const& layout : design.layouts) bins.regions = std::max(bins.regions, layout.regions);
  }
  return bins;
}

/// The bin of a person. Each thread has its own.
class BinOf {
 public:
  explicit BinOf(Bins const& bins) : bins_{bins}, levels_(bins.people.traits.size()) {}

  std::size_t operator()(PersonRow row) {
    Population const& people = bins_.people;
    RegionId const region = people.region.empty() ? RegionId{} : people.region[row];
    std::size_t const home = bins_.regions > 1 ? place_of(region, bins_.places) : 0;
    if (bins_.ranks.size() <= 1) return home;
    for (std::size_t t = 0; t < levels_.size(); ++t) {
      levels_[t] = people.traits[t].empty() ? std::uint16_t{0} : people.traits[t][row];
    }
    return home * bins_.ranks.size() + bins_.ranks[bins_.profiles.find(region, levels_)];
  }

 private:
  Bins const& bins_;
  std::vector<std::uint16_t> levels_;
};

/// All rows sorted by bin, keeping the order of equals: each part of the rows counts its own, and then knows where its
/// first of each bin goes.
std::vector<PersonRow> by_bin(Bins const& bins, std::size_t threads) {
  Population const& people = bins.people;
  std::size_t const parts = thread_count(threads);
  std::size_t const part_size = people.size() / parts + 1;
  std::vector<std::vector<std::uint32_t>> starts(parts, std::vector<std::uint32_t>(bins.size()));
  auto const for_parts = [&](auto const& work) {
    parallel_for_blocks(people.size(), part_size, threads, nullptr, [&](Block const& part) {
      BinOf bin_of{bins};
      for (std::size_t i = part.first; i < part.last; ++i) {
        work(PersonRow{i}, starts[part.index][bin_of(PersonRow{i})]);
      }
    });
  };
  for_parts([](PersonRow, std::uint32_t& count) { ++count; });
  std::uint32_t next = 0;
  for (std::size_t bin = 0; bin < bins.size(); ++bin) {
    for (auto& of_part : starts) {
      next += std::exchange(of_part[bin], next);
    }
  }
  std::vector<PersonRow> rows(people.size());
  for_parts([&rows](PersonRow row, std::uint32_t& place) { rows[place++] = row; });
  return rows;
}

}  // namespace

std::vector<PersonRow> working_order(Profiles const& profiles, Population const& people, TallyDesign const& design,
                                     Places const& places, std::size_t threads) {
  return by_bin(bins_of(profiles, people, design, places), threads);
}

std::vector<PersonRow> by_group(std::span<PersonRow const> rows, Population const& people, TallyDesign const& design,
                                std::size_t block_size, std::size_t threads) {
  std::vector<PersonRow> sorted(rows.begin(), rows.end());
  parallel_for_blocks(sorted.size(), block_size, threads, nullptr, [&](Block const& block) {
    sort_by(std::span{sorted}.subspan(block.first, block.last - block.first), design.groups,
            [&](PersonRow row) { return design.group_of(people.key[row]); });
  });
  return sorted;
}

}  // namespace utvei
