// SPDX-License-Identifier: Apache-2.0
#include "small_study.hpp"

#include <utvei/register/spell_risks.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

/// Rates of 1 a year in the first three days and 2 after them, of leaving b for a; of leaving for others 4.
TEST(SpellRisks, AreRatesOverTheTimeOfEachSpell) {
  SmallStudy small;
  small.spells("1,2015-01-03,2015-01-08,b\n1,2015-01-08,2015-01-10,a\n2,2014-12-01,2015-01-04,b\n2,2015-01-04,,c\n");
  auto const lives = small.read();
  auto const& model = small.study.model;
  std::vector<CellAxis> const axes{
      clock_axis(CellAxis::Kind::time_in_state, {{0, 3 * minutes_per_day}, {"0 days", "3 days"}})};
  LeavingRates rates;
  rates.is_looked_at.assign(model.transitions.size(), false);
  rates.is_looked_at[model.transition("b -> a")->value()] = true;
  rates.looked_at = Column<StateId, std::vector<double>>(model.states.size(), std::vector<double>(2));
  rates.others = rates.looked_at;
  rates.looked_at[StateId{1}] = {1, 2};
  rates.others[StateId{1}] = {4, 4};
  auto const risks = spell_risks(lives, model, axes, rates, {}, 1);
  ASSERT_EQ(risks.size(), 4U);
  EXPECT_NEAR(risks[0].expected, (3 * 1 + 2 * 2) / 365.25, 1e-12);
  EXPECT_EQ(risks[0].events, 1);
  EXPECT_TRUE(risks[0].left);
  EXPECT_TRUE(risks[0].from_entry);
  EXPECT_EQ(risks[0].seen, Duration{5 * minutes_per_day});
  EXPECT_NEAR(risks[0].in_a_year, (3 * 1 + 362.25 * 2) / 365.25, 1e-12);
  EXPECT_NEAR(risks[0].others_in_a_year, 4, 1e-12);
  EXPECT_EQ(risks[1].expected, 0);
  EXPECT_NEAR(risks[2].expected, 3 * 2 / 365.25, 1e-12);
  EXPECT_EQ(risks[2].events, 0);
  EXPECT_TRUE(risks[2].left);
  EXPECT_FALSE(risks[2].from_entry);
  EXPECT_EQ(risks[2].person, PersonRow{1});
}

}  // namespace
}  // namespace utvei
