// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/results/result.hpp>
#include <utvei/run/prepare.hpp>
#include <utvei/run/run_scenario.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace utvei {

/// Why two scenarios cannot be simulated together; empty if they can: they have the same people and luck, and differ in
/// rates, measures, needs, income and money alone.
std::string why_not_together(Prepared const& baseline, Prepared const& other);

/// Which of the scenarios are simulated together, by their places: each group has its baseline first. The first
/// scenario takes all that can join it, the next that is left likewise.
struct ScenarioGroup {
  std::vector<std::size_t> members;
  std::string why_alone;  ///< why it does not join the first scenario of all; empty of the first one, and of groups
};
std::vector<ScenarioGroup> groups_of(std::vector<std::unique_ptr<Prepared>> const& scenarios);

struct SimulatedTogether {
  RunResult result;
  std::uint64_t lives{0};     ///< that were followed in it
  std::uint64_t of_lives{0};  ///< that it has
};
/// Simulates scenarios of one group, the first of which is the baseline: what simulate() gives for each, but only
/// people whose life may be another than in the baseline are followed again. Takes the plans out of the scenarios.
std::vector<SimulatedTogether> simulate_together(std::span<Prepared* const> scenarios, RunOptions const& options);

}  // namespace utvei
