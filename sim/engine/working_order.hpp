// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tallies.hpp"

#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <vector>

namespace utvei {

/// The order in which people are followed: those of one region and profile stand together, and in a block those of one
/// group, so that a worker uses a small part of the rates and of the tallies at a time. Sums of integers do not mind
/// the order; it is the same for any number of threads.
std::vector<PersonRow> working_order(Profiles const& profiles, Population const& people, TallyDesign const& design,
                                     std::size_t block_size, std::size_t threads);

}  // namespace utvei
