// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/regions.hpp>
#include <utvei/cohort/cohorts.hpp>
#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/core/random.hpp>
#include <utvei/observation/observation.hpp>
#include <utvei/scenario/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// What is summed over people for each outcome: numbers whose sums over any people, or weighted sums, give its value.
class OutcomeSums {
 public:
  explicit OutcomeSums(std::vector<RegionOutcome> const& outcomes);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Why the equations cannot give them; empty if they can.
  [[nodiscard]] std::string why_not_expected_sums() const;
  [[nodiscard]] std::vector<double> by_equations(RunPlan const& plan, Regions const& regions,
                                                 std::vector<Cohort> const& cohorts,
                                                 CohortOptions const& options) const;
  /// By part of the people: `part_of` says of each row which of the `parts` it is in.
  [[nodiscard]] std::vector<std::vector<double>> by_simulation(RunPlan const& plan, Regions const& regions,
                                                               Population const& people,
                                                               Column<PersonRow, std::uint32_t> const& part_of,
                                                               std::size_t parts, RandomKey const& key,
                                                               RegionOptions const& options) const;
  /// The values of the outcomes.
  [[nodiscard]] std::vector<double> values(std::vector<double> const& sums) const;

 private:
  struct Part {
    std::optional<Observation> heads;  ///< else person-years in the states, and people
    std::vector<bool> states;
    std::size_t first{0};
  };
  void add_life(LifePath const& life, Regions const& regions, std::span<std::int64_t> sums) const;

  std::vector<Part> parts_;
  std::vector<Observation> observations_;
  std::size_t size_{0};
};

}  // namespace utvei
