// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/core/parallel.hpp>
#include <utvei/model/rates.hpp>
#include <utvei/population/population.hpp>
#include <utvei/results/result.hpp>
#include <utvei/scenario/plan.hpp>
#include <utvei/scenario/scenario.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace utvei {

struct SimulateOptions {
  std::size_t threads{0};          ///< 0: all cores
  std::size_t block_size{10'000};  ///< persons that a thread takes at a time; changes no number
  StopFlag const* stop{nullptr};
  /// Called now and then, from any thread, with the lives that are done out of all (persons × draws × replicates).
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;
  /// Called at the end, if something about the draws should be known.
  std::function<void(std::string const& warning)> warn{};
};

/// What to say of intensities that parameter draws put above one a minute; empty if there are none.
std::string describe_capped(std::size_t intensities, std::size_t draws);

/// Simulates a scenario: compiles a plan for each draw, and follows each person through each draw and replicate. The
/// result has every table that the scenario asks for, and is the same for any number of threads and any block size.
/// Provenance holds what the scenario and the inputs say; version, command line and hashes are the caller's to add.
/// Throws InputError where rates have gaps or ties, Interrupted when `stop` is raised.
RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people,
                   SimulateOptions const& options);

/// The same, with the plan of draw 0 that compile() has made of these already.
RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan,
                   SimulateOptions const& options);

}  // namespace utvei
