// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utvei/engine/simulate.hpp>
#include <utvei/results/result.hpp>
#include <utvei/run/prepare.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace utvei {

/// Every file that a run of it reads.
std::vector<std::string> files_of(Prepared const& prepared);

/// Paths with the hash of what they hold, each once.
std::vector<InputFile> hashed(std::vector<std::string> const& paths);

struct RunOptions {
  std::size_t threads{0};         ///< 0: all cores
  StopFlag const* stop{nullptr};  ///< raised: the run ends with Interrupted
  /// As SimulateOptions has them.
  std::function<void(std::uint64_t done, std::uint64_t total)> progress{};
  std::function<void(std::string const& warning)> warn{};
};

struct ScenarioRun {
  RunResult result;    ///< weighed, with its inputs and the class of its data
  std::string income;  ///< what the second chain came to, in words; empty of registers, whose people it would tell of
};

/// A scenario from its people to its result: life courses and tallies, household income, money, weights. Takes the plan
/// out of `prepared`. What the program knows of itself (version, command line, threads) is the caller's to add.
ScenarioRun run_scenario(Prepared& prepared, RunOptions const& options);
/// The rest of it, of lives that were simulated in parts: `simulated` is what simulate() gives.
ScenarioRun complete_run(Prepared const& prepared, RunResult simulated, RunOptions const& options);

/// Decides what of a result of class register stays inside, before it is saved.
void hide_in_result(RunResult& result);

}  // namespace utvei
