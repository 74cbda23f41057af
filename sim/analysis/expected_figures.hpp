// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/model/regions.hpp>
#include <utvei/observation/observation.hpp>

#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// Why the equations cannot tell what an operator would see; empty if they can.
std::string why_not_expected(Observation const& observation);

/// The times, periods and ages that the operators ask for.
OccupationQuery query_for(std::vector<Observation> const& observations);

/// Numbers of the equations, with what tells which is which.
struct ExpectedFigures {
  RunPlan const& plan;
  Regions const& regions;
  OccupationQuery const& query;
  ExpectedOccupation const& expected;
};

/// What an operator sees in such numbers, by bin: expected part and whole, or their derivatives. Person-time is in
/// minutes.
struct ExpectedSums {
  std::vector<double> part, whole;
};
ExpectedSums expected_sums(ExpectedFigures const& figures, Observation const& observation,
                           OccupationNumbers const& numbers);

}  // namespace utvei
