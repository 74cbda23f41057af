// SPDX-License-Identifier: Apache-2.0
// Levers: how far an outcome moves if a rate or a rule is moved a little. docs/methods/levers.md.
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/model/model.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace utvei {

/// Whom an outcome counts.
struct LeverOutcome {
  std::string name;
  Definition whom;
};
/// The definition of that name, or the state, or the group of states; none: the model has no such name.
std::optional<LeverOutcome> lever_outcome(Model const& model, std::string_view name);

/// Person-years during the run, and people at its end.
struct LeverAmount {
  double person_years{0};
  double at_end{0};
};
/// A difference, and how sure it is.
struct LeverEffect {
  LeverAmount mean;
  std::optional<LeverAmount> mc_se;            ///< of the luck of the simulation
  std::optional<LeverAmount> low_95, high_95;  ///< over the draws of the scenario
};

/// Where the numbers come from.
enum class LeverMethod : std::uint8_t {
  equations,    ///< derivatives of the cohort equations
  scores,       ///< simulated lives with the scores of their paths
  common_luck,  ///< differences of simulations that share their luck
};

/// The people whose rate a lever is. None: all.
struct LeverCell {
  std::optional<std::size_t> region;     ///< place among LeverReport::regions
  std::optional<std::size_t> age_group;  ///< place among LeverReport::ages
  friend bool operator==(LeverCell const&, LeverCell const&) = default;
};

/// One per cent more of a transition's rate.
struct RateLever {
  TransitionId transition;
  LeverCell cell;
  double events{0};                  ///< expected in the run
  std::vector<LeverEffect> effects;  ///< by outcome
};

/// A rule that lasts a month longer, or lets one per cent of those who come to it stay who did not; or a measure that
/// people are found for a month later.
struct RuleLever {
  enum class Kind : std::uint8_t { limit, age_end, stay, delay };
  Kind kind{Kind::limit};
  StateId state;                     ///< of a rule
  std::size_t measure{0};            ///< of a delay: place among those of the scenario
  std::size_t limit{0};              ///< place among the limits of the state; entitlements come after the limits
  std::vector<LeverEffect> effects;  ///< by outcome
  /// Equations: how far the numbers are from those of half the difference. By outcome.
  std::vector<LeverAmount> step_error;
};

struct LeverOptions {
  std::vector<LeverOutcome> outcomes;
  std::optional<std::string> region_level;  ///< `region`: where people live; or the level of a region above it
  bool by_age{false};                       ///< the age groups of the scenario
  std::optional<LeverMethod> method;        ///< none: equations where they hold
  std::size_t threads{0};
  StopFlag const* stop{nullptr};
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
};

struct LeverReport {
  LeverMethod method{LeverMethod::equations};
  std::string why_not_equations;
  bool places_couple{false};  ///< limited places: then no error of the luck is known
  std::uint32_t draws{0};
  double years{0};                                  ///< of the run
  double weight{1};                                 ///< people that one of the run stands for: all numbers hold it
  std::vector<RegionId> regions;                    ///< empty: not told apart
  std::vector<Span> ages;                           ///< empty: not told apart
  std::vector<LeverAmount> totals;                  ///< by outcome, as things are
  std::vector<std::vector<LeverAmount>> by_region;  ///< [outcome][region]; empty if they are not told apart
  std::vector<RateLever> rates;                     ///< each transition, then each cell of it that holds somebody
  std::vector<RuleLever> rules;

  /// What the elasticity of a cell is measured against: the outcome of its region.
  [[nodiscard]] LeverAmount base(std::size_t outcome, LeverCell const& cell) const;
};

/// The effect of one per cent on each transition, and of a month or a per cent on each rule. Throws InputError where
/// the scenario cannot be run, Interrupted when `stop` is raised.
LeverReport find_levers(Scenario const& scenario, Rates const& rates, Population const& people,
                        LeverOptions const& options);

}  // namespace utvei
