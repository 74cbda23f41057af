// SPDX-License-Identifier: Apache-2.0
// Which units are simulated together.
#include <utvei/batch/batch_plan.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

/// A scenario of two draws whose 100 people are in so many blocks.
void add(BatchPlan& plan, std::size_t blocks, std::string why_alone = {}) {
  PlannedVariant variant;
  variant.first_unit = plan.units.size();
  variant.blocks = blocks;
  variant.units = 2 * blocks;
  variant.why_alone = std::move(why_alone);
  for (std::uint32_t draw = 0; draw < 2; ++draw)
    for (std::size_t block = 0; block < blocks; ++block)
      plan.units.push_back(
          {plan.variants.size(), {draw, 0, 100 * block / blocks, 100 * (block + 1) / blocks}, std::string{}});
  plan.variants.push_back(std::move(variant));
}

std::vector<std::size_t> sorted_units(std::vector<UnitBundle> const& bundles) {
  std::vector<std::size_t> units;
  for (UnitBundle const& bundle : bundles) units.insert(units.end(), bundle.begin(), bundle.end());
  std::ranges::sort(units);
  return units;
}

TEST(Bundles, HoldTheSamePeopleAndDraw) {
  BatchPlan plan;
  add(plan, 2);
  add(plan, 2);
  add(plan, 1);                           // people wait for each other
  add(plan, 2, "it differs in `years`");  // of other lives
  std::vector<UnitBundle> const expected{{0, 4}, {8}, {1, 5}, {2, 6}, {9}, {3, 7}, {10}, {11}, {12}, {13}};
  EXPECT_THAT(bundles_of(plan), testing::UnorderedElementsAreArray(expected));
}

TEST(Bundles, AreNotTooLargeAndDividedIntoShares) {
  BatchPlan plan;
  for (std::size_t scenario = 0; scenario < 13; ++scenario) add(plan, 2);
  auto const all = bundles_of(plan);
  EXPECT_EQ(all.size(), 3 * 4) << "12 scenarios by five, two draws, two blocks";
  for (UnitBundle const& bundle : all) EXPECT_LE(bundle.size(), 6);
  std::vector<UnitBundle> again;
  for (std::size_t share = 1; share <= 7; ++share)
    for (UnitBundle& bundle : share_of(plan, share, 7)) again.push_back(std::move(bundle));
  EXPECT_EQ(again, all);
  std::vector<std::size_t> every(plan.units.size());
  for (std::size_t unit = 0; unit < every.size(); ++unit) every[unit] = unit;
  EXPECT_EQ(sorted_units(all), every);
}

}  // namespace
}  // namespace utvei
