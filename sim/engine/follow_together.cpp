// SPDX-License-Identifier: Apache-2.0
#include "follow_together.hpp"

#include <utvei/core/contract.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace utvei {
namespace {

using Tell = std::function<void(std::uint64_t lives)>;

/// Of so large a part of the people following all costs less than taking away their old numbers first.
constexpr double most_that_part = 0.75;

std::uint32_t bit_of(std::size_t other) {
  return std::uint32_t{1} << other;
}

/// The runs beside the baseline in which few enough lives part, as bits.
std::uint32_t worth_carrying(PartingLives const& partings) {
  std::uint32_t worth = 0;
  for (std::size_t other = 0; other < partings.plans.size(); ++other) {
    auto const parted =
        std::ranges::count_if(partings.of_row, [&](std::uint32_t plans) { return (plans & bit_of(other)) != 0; });
    bool const are_few = static_cast<double>(parted) <= most_that_part * static_cast<double>(partings.of_row.size());
    if (are_few) worth |= bit_of(other);
  }
  return worth;
}

/// Takes away what the baseline has of people whose lives part, once for all runs in which the same do.
void take_away(RunOfPart const& baseline, LivesOfPart const& lives, Answers const& answers,
               PartingLives const& partings, std::uint32_t carried, SimulateOptions const& options,
               std::vector<PartNumbers>& numbers) {
  std::map<std::uint32_t, std::vector<PersonRow>> rows;
  for (std::size_t i = 0; i < lives.rows.size(); ++i)
    if (std::uint32_t const plans = partings.of_row[i] & carried; plans != 0) rows[plans].push_back(lives.rows[i]);
  for (auto const& [plans, parting] : rows) {
    PartNumbers old = follow_lives_of_part(baseline.plan, {lives.people, parting, lives.key}, answers, {},
                                           baseline.designs, options, {});
    for (std::size_t other = 0; other < partings.plans.size(); ++other)
      if ((plans & bit_of(other)) != 0) numbers[other + 1].carry(old, -1);
  }
}

std::vector<PersonRow> rows_that_part(LivesOfPart const& lives, PartingLives const& partings, std::size_t other) {
  std::vector<PersonRow> rows;
  for (std::size_t i = 0; i < lives.rows.size(); ++i)
    if ((partings.of_row[i] & bit_of(other)) != 0) rows.push_back(lives.rows[i]);
  return rows;
}

}  // namespace

CountedTogether follow_together(std::span<RunOfPart const> runs, LivesOfPart const& lives,
                                SimulateOptions const& options, Tell const& tell) {
  UTVEI_EXPECT(!runs.empty() && runs.size() <= most_together);
  RunOfPart const& baseline = runs.front();
  PartingLives partings;
  for (RunOfPart const& other : runs.subspan(1)) partings.plans.emplace_back(baseline.plan, other.plan);
  Answers const answers = allocate(baseline.plan, lives, options.threads, options.stop);
  CountedTogether counted{{}, {lives.rows.size()}};
  counted.numbers.push_back(
      follow_lives_of_part(baseline.plan, lives, answers, {}, baseline.designs, options, tell, &partings));
  std::uint32_t const carried = worth_carrying(partings);
  for (std::size_t other = 0; other < partings.plans.size(); ++other) {
    counted.numbers.emplace_back(runs[other + 1].designs);
    if ((carried & bit_of(other)) != 0) counted.numbers.back().carry(counted.numbers.front(), 1);
  }
  take_away(baseline, lives, answers, partings, carried, options, counted.numbers);
  for (std::size_t other = 0; other < partings.plans.size(); ++other) {
    RunOfPart const& run = runs[other + 1];
    bool const is_carried = (carried & bit_of(other)) != 0;
    std::vector<PersonRow> const parting =
        is_carried ? rows_that_part(lives, partings, other) : std::vector<PersonRow>{};
    auto const rows = is_carried ? std::span<PersonRow const>{parting} : lives.rows;
    PartNumbers anew = follow_part(run.plan, {lives.people, rows, lives.key}, {}, run.designs, options, {});
    std::size_t const capped = anew.capped_rates;
    counted.numbers[other + 1].add(std::move(anew));
    counted.numbers[other + 1].capped_rates = capped;
    counted.followed.push_back(rows.size());
    if (tell) tell(lives.rows.size());
  }
  return counted;
}

}  // namespace utvei
