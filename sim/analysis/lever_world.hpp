// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lever_counts.hpp"

#include <utvei/analysis/pathway_flows.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace utvei {

/// The people of a scenario, and how numbers are had of what becomes of them.
class LeverWorld {
 public:
  LeverWorld(Scenario const& scenario, Rates const& rates, Population const& people, LeverOptions const& options);

  [[nodiscard]] Scenario const& scenario() const { return scenario_; }
  [[nodiscard]] Population const& people() const { return people_; }
  [[nodiscard]] LeverOptions const& options() const { return options_; }
  [[nodiscard]] LeverMethod method() const { return method_; }
  [[nodiscard]] bool by_equations() const { return method_ == LeverMethod::equations; }
  [[nodiscard]] std::string const& why_not_equations() const { return why_not_; }
  [[nodiscard]] bool places_couple() const { return places_couple_; }
  [[nodiscard]] LeverGrid const& grid() const { return grid_; }
  [[nodiscard]] Regions const& regions() const { return scenario_.model.regions; }
  [[nodiscard]] double years() const { return in_years(scenario_.end - scenario_.start); }

  /// Of this scenario or one that differs from it a little, with point estimates or a parameter draw. It tells apart
  /// the people whom outcomes and the grid tell apart.
  [[nodiscard]] RunPlan plan_of(Scenario scenario, std::optional<std::uint32_t> draw) const;
  /// The whole run, its end, and the ages that outcomes and the grid tell apart.
  [[nodiscard]] OccupationQuery query_of(RunPlan const& plan) const;
  [[nodiscard]] CohortOptions cohort_options() const;
  /// What becomes of the people under a plan; simulated with the same luck whatever the plan.
  [[nodiscard]] LeverCounts counts_of(RunPlan const& plan) const;

 private:
  [[nodiscard]] LeverCounts expected_counts(RunPlan const& plan) const;
  [[nodiscard]] LeverCounts simulated_counts(RunPlan const& plan) const;
  [[nodiscard]] LeverMethod chosen_method() const;
  [[nodiscard]] LeverGrid make_grid() const;
  [[nodiscard]] Change that_tells_apart() const;

  Scenario const& scenario_;
  Rates const& rates_;
  Population const& people_;
  LeverOptions const& options_;
  LeverGrid grid_;
  std::string why_not_;
  bool places_couple_{false};
  LeverMethod method_{LeverMethod::equations};
};

/// Each life's passages, for counting.
std::optional<std::size_t> passage_that_ended(std::vector<Passage> const& passages, LifePath const& life,
                                              std::size_t piece);

}  // namespace utvei
