// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/analysis/levers.hpp>
#include <utvei/cohort/expected_occupation.hpp>
#include <utvei/observation/life_path.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace utvei {

/// By what levers are told apart: regions and ages, as the report lists them.
struct LeverGrid {
  std::vector<RegionId> regions;
  std::vector<Span> ages;
  std::vector<std::size_t> region_of;  ///< by RegionId; no_region: of none of them
  static constexpr std::size_t no_region = static_cast<std::size_t>(-1);

  [[nodiscard]] std::size_t region_count() const { return regions.empty() ? 1 : regions.size(); }
  [[nodiscard]] std::size_t age_count() const { return ages.empty() ? 1 : ages.size(); }
  [[nodiscard]] bool tells_apart() const { return !regions.empty() || !ages.empty(); }
  /// The place of a region among them; 0 if they are not told apart.
  [[nodiscard]] std::size_t region_at(std::optional<RegionId> region) const;
  [[nodiscard]] std::size_t age_at(std::int64_t age) const;
  [[nodiscard]] LeverCell cell(std::size_t region, std::size_t age) const;
};

/// Numbers that a run gives, by group of people: those of the equations in one group.
struct LeverCounts {
  std::size_t groups{1};
  std::vector<LeverAmount> outcomes;  ///< [group][outcome]
  std::vector<LeverAmount> states;    ///< [group][state]
  std::vector<double> passages;       ///< [group][passage]
};
/// The sum over groups of what stands `stride` apart, from `place` on.
LeverAmount sum_of(std::vector<LeverAmount> const& amounts, std::size_t groups, std::size_t place);
/// Of the differences between two runs with the same luck.
struct PairedAmount {
  LeverAmount mean;
  LeverAmount se;
};
PairedAmount paired(std::vector<LeverAmount> const& more, std::vector<LeverAmount> const& less, std::size_t groups,
                    std::size_t place);

/// What outcomes see in numbers of the equations, or in their derivatives.
class ExpectedOutcomes {
 public:
  ExpectedOutcomes(RunPlan const& plan, Regions const& regions, OccupationQuery const& query,
                   ExpectedOccupation const& expected)
      : plan_{plan}, regions_{regions}, query_{query}, expected_{expected} {}
  /// By profile, in the first period and at the first time.
  [[nodiscard]] std::vector<LeverAmount> by_profile(LeverOutcome const& outcome,
                                                    OccupationNumbers const& numbers) const;

 private:
  RunPlan const& plan_;
  Regions const& regions_;
  OccupationQuery const& query_;
  ExpectedOccupation const& expected_;
};

/// What an outcome sees of one life: minutes in each period, and whether it counts at the end of the run.
struct OutcomeOfLife {
  std::vector<std::int64_t> minutes;  ///< by period
  std::int64_t at_end{0};
};
/// The same by region of the grid, those who live in none of them last.
struct OutcomeByRegion {
  std::vector<std::int64_t> minutes, at_end;
};
/// Adds to `by_region`, if there is one.
void see_outcome(LeverOutcome const& outcome, LifePath const& life, Regions const& regions,
                 std::vector<Instant> const& periods, LeverGrid const& grid, OutcomeOfLife& seen,
                 OutcomeByRegion* by_region);

}  // namespace utvei
