// SPDX-License-Identifier: Apache-2.0
#include <utvei/engine/parted_run.hpp>
#include <utvei/engine/simulate.hpp>
#include <utvei/scenario/plan.hpp>

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace utvei {

std::string describe_capped(std::size_t intensities, std::size_t draws) {
  if (intensities == 0) return {};
  return fmt::format(
      "{} intensities in {} of the parameter draws are above one a minute, and are taken as one a minute", intensities,
      draws);
}

RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people,
                   SimulateOptions const& options) {
  Diagnostics diagnostics;
  RunPlan plan = compile(scenario, rates, people, 0, diagnostics);
  throw_if_errors(diagnostics);
  return simulate(scenario, rates, people, std::move(plan), options);
}

RunResult simulate(Scenario const& scenario, Rates const& rates, Population const& people, RunPlan plan,
                   SimulateOptions const& options) {
  PartedRun run{scenario, rates, people, std::move(plan), options.threads, options.block_size};
  std::uint32_t const draws = std::max(1U, scenario.draws);
  std::uint64_t const lives = people.size();
  SimulateOptions of_part = options;
  for (std::uint32_t draw = 0; draw < draws; ++draw) {
    for (std::uint32_t replicate = 0; replicate < scenario.replicates; ++replicate) {
      std::uint64_t const before = lives * (std::uint64_t{draw} * scenario.replicates + replicate);
      if (options.progress)
        of_part.progress = [&](std::uint64_t done, std::uint64_t) {
          options.progress(before + done, lives * draws * scenario.replicates);
        };
      run.append(run.follow({draw, replicate, 0, people.size()}, of_part));
    }
  }
  return run.finish(options.warn);
}

}  // namespace utvei
