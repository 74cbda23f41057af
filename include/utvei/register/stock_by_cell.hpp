// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/register/exposure.hpp>
#include <utvei/register/life_courses.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace utvei {

/// Heads at one moment by state and cell, as cells of an exposure are numbered.
struct HeadsByCell {
  Instant moment;
  Column<StateId, std::vector<std::int64_t>> heads;
  std::int64_t left_out{0};  ///< people whose region, trait or band is not known
};

/// Counts at each of the moments, which rise. What changes at a moment has changed.
std::vector<HeadsByCell> count_stock_by_cell(LifeCourses const& lives, Model const& model,
                                             std::vector<CellAxis> const& axes, std::vector<Instant> const& moments,
                                             std::size_t threads = 0);

}  // namespace utvei
