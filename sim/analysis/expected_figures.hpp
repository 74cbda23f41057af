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

/// Observation operators as sums over the numbers of the equations.
class ExpectedFigures {
 public:
  ExpectedFigures(RunPlan const& plan, Regions const& regions, OccupationQuery const& query,
                  ExpectedOccupation const& expected)
      : plan_{plan}, regions_{regions}, query_{query}, expected_{expected} {}

  /// By bin: expected part and whole, or their derivatives. Person-time is in minutes.
  struct Sums {
    std::vector<double> part, whole;
  };
  [[nodiscard]] Sums of(Observation const& observation, OccupationNumbers const& numbers) const;

 private:
  class Summing;
  RunPlan const& plan_;
  Regions const& regions_;
  OccupationQuery const& query_;
  ExpectedOccupation const& expected_;
};

}  // namespace utvei
