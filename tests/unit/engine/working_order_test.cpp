// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/engine/working_order.hpp"

#include "rich_world.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace utvei {
namespace {

class WorkingOrder : public testing::Test {
 protected:
  [[nodiscard]] std::vector<PersonRow> order(std::size_t threads) const {
    Diagnostics diagnostics;
    RunPlan const plan = compile(world_.scenario, world_.rates, world_.people, 0, diagnostics);
    throw_if_errors(diagnostics);
    Scenario const& scenario = world_.scenario;
    TallyDesign const design{scenario, TallyCalendar{scenario.start, scenario.end, scenario.stock_dates}};
    return working_order(plan.profiles, world_.people, design, {}, threads);
  }
  support::World world_ = rich::world();
};

TEST_F(WorkingOrder, HasEachRegionInOnePiece) {
  std::set<RegionId> seen;
  RegionId before;
  for (PersonRow const row : order(1)) {
    RegionId const region = world_.people.region[row];
    if (seen.empty() || region != before) {
      ASSERT_TRUE(seen.insert(region).second) << region.value();
    }
    before = region;
  }
  EXPECT_EQ(seen.size(), 3U);
}

TEST_F(WorkingOrder, HasEverybodyOnceForAnyNumberOfThreads) {
  auto rows = order(1);
  EXPECT_EQ(rows, order(3));
  std::ranges::sort(rows);
  for (std::size_t i = 0; i < world_.people.size(); ++i) ASSERT_EQ(rows.at(i), PersonRow{i});
}

TEST_F(WorkingOrder, HasRegionsInOnePieceWhereOnlyTalliesTellThemApart) {
  std::erase_if(world_.rates.rates, [](Rate const& rate) { return rate.box.region.has_value(); });
  auto const rows = order(2);
  auto const region_of = [&](PersonRow row) { return world_.people.region[row].value(); };
  EXPECT_TRUE(std::ranges::is_sorted(rows, {}, region_of));
}

}  // namespace
}  // namespace utvei
