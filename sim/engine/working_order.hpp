// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tallies.hpp"

#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// The order in which people stand: those of one region and profile together, the same for any number of threads, so
/// that a worker uses a small part of the rates and of the tallies at a time. `places`: the order of regions by
/// RegionId; empty: as they are.
std::vector<PersonRow> working_order(Profiles const& profiles, Population const& people, TallyDesign const& design,
                                     std::vector<std::uint32_t> const& places, std::size_t threads);

/// Some of them as they are followed: in each block those of one group of the tallies together. Sums of integers do not
/// mind the order.
std::vector<PersonRow> by_group(std::span<PersonRow const> rows, Population const& people, TallyDesign const& design,
                                std::size_t block_size, std::size_t threads);

}  // namespace utvei
