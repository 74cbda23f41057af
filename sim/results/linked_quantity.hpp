// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/disclosure/linked_tables.hpp>
#include <utvei/results/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// The tables of one quantity and all sums of them that may be shown, tied by the dimensions that they share.
struct LinkedQuantity {
  std::string quantity;
  std::vector<Dimension> dimensions;  ///< of the axes: all but draw and replicate, and those of one place
  std::vector<Dimension> single;      ///< those of one place
  LinkedTables means;                 ///< over draws and replicates
  LinkedTables runs;                  ///< the least of the draws and replicates; no tables where there is one run
};

/// The most of a number that one person can make up: of time over all years of the run all of these, else one. In
/// units of years; a table of days is held against it as the years that they make.
double most_of_one(RunResult const& result, Table const& table, bool by_year);

/// Takes another result's numbers as another draw: what gives must have it in both. False, and nothing done, where the
/// two have other labels.
bool take_together(LinkedQuantity& with, LinkedQuantity const& other);

/// The whole that a quantity counts a part of, and the name of the rest of it; "": it is no such part. Who is not of
/// the part is told by the two together.
std::string_view whole_of_part(std::string_view quantity);
std::string rest_of_part(std::string_view quantity);
bool is_rest(std::string_view quantity);

/// Of a result, whose tables are of people; with the rests of its wholes, which no table holds.
std::vector<LinkedQuantity> linked_quantities(RunResult const& result);

}  // namespace utvei
