// SPDX-License-Identifier: Apache-2.0
#include "follow_together.hpp"

#include <utvei/core/contract.hpp>

#include <utility>

namespace utvei {
namespace {

using Tell = std::function<void(std::uint64_t lives)>;

/// Of so large a part of the people following all costs less than carrying the rest over from the baseline.
constexpr double most_that_part = 0.75;

bool is_worth_carrying(std::size_t parted, std::size_t people) {
  return static_cast<double>(parted) <= most_that_part * static_cast<double>(people);
}

}  // namespace

CountedTogether follow_together(std::span<RunOfPart const> runs, LivesOfPart const& lives,
                                SimulateOptions const& options, Tell const& tell) {
  UTVEI_EXPECT(!runs.empty() && runs.size() <= most_together);
  RunOfPart const& baseline = runs.front();
  std::vector<PartingLives> others;
  bool const contacts_count = !baseline.designs.follow_ups.is_empty();
  for (RunOfPart const& other : runs.subspan(1))
    others.emplace_back(PlanDifferences{baseline.plan, other.plan, contacts_count}, baseline.designs);
  Answers const answers = allocate(baseline.plan, lives, options.threads, options.stop);
  CountedTogether counted{{}, {lives.rows.size()}};
  counted.numbers.push_back(
      follow_lives_of_part(baseline.plan, lives, answers, {}, baseline.designs, options, tell, others));
  for (std::size_t i = 0; i < others.size(); ++i) {
    RunOfPart const& run = runs[i + 1];
    PartingLives parting = std::move(others[i]);
    bool const is_carried = is_worth_carrying(parting.rows().size(), lives.rows.size());
    LivesOfPart const anew =
        is_carried ? LivesOfPart{lives.people, parting.rows(), lives.key, parting.known_stays()} : lives;
    PartNumbers& numbers = counted.numbers.emplace_back(follow_part(run.plan, anew, {}, run.designs, options, {}));
    if (is_carried) {
      numbers.carry(counted.numbers.front(), 1);
      numbers.carry(parting.numbers(), -1);
    }
    counted.followed.push_back(anew.rows.size());
    if (tell) tell(lives.rows.size());
  }
  return counted;
}

}  // namespace utvei
