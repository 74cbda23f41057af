// SPDX-License-Identifier: Apache-2.0
#include "trial_size.hpp"

#include <gtest/gtest.h>

namespace utvei {
namespace {

Scenario ten_years(std::uint32_t draws, std::uint32_t replicates) {
  Scenario scenario;
  scenario.start = *parse_date("2025-01-01");
  scenario.end = *parse_date("2035-01-01");
  scenario.draws = draws;
  scenario.replicates = replicates;
  return scenario;
}

TEST(TrialSize, FewPeopleKeepWhatTheFilesSay) {
  TrialSize const size = trial_size(ten_years(25, 2), 10'000, {});
  EXPECT_EQ(size.draws, 25U);
  EXPECT_EQ(size.replicates, 2U);
  EXPECT_TRUE(size.note.empty());
  EXPECT_TRUE(size.overrides.empty());
}

TEST(TrialSize, ReplicatesGoBeforeDraws) {
  TrialSize const size = trial_size(ten_years(25, 2), 30'000, {});
  EXPECT_EQ(size.draws, 25U);
  EXPECT_EQ(size.replicates, 1U);
  EXPECT_FALSE(size.note.empty() || size.note.is_partial());
}

TEST(TrialSize, MorePeopleHaveFewerDrawsAndVeryManyNone) {
  EXPECT_EQ(trial_size(ten_years(25, 2), 100'000, {}).draws, 10U);
  TrialSize const size = trial_size(ten_years(25, 2), 500'000, {});
  EXPECT_EQ(size.draws, 0U);
  EXPECT_EQ(size.replicates, 1U);
  EXPECT_EQ(size.overrides.size(), 2U);
  EXPECT_FALSE(size.note.empty() || size.note.is_partial());
}

TEST(TrialSize, WhatIsAskedForHoldsUpToWhatTheFilesHave) {
  EXPECT_EQ(trial_size(ten_years(25, 2), 500'000, 3).draws, 3U);
  EXPECT_EQ(trial_size(ten_years(25, 2), 500'000, 3).replicates, 2U);
  EXPECT_EQ(trial_size(ten_years(25, 2), 500'000, 100).draws, 25U);
  EXPECT_TRUE(trial_size(ten_years(25, 2), 500'000, 100).note.empty());
}

}  // namespace
}  // namespace utvei
