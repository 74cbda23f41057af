// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(MeasuresByName, AreThoseOfAList) {
  example::Files files;
  auto const scenario = files.read(
      "measures:\n  ips: {who: {state: aap}, effects: {job: {transition: aap -> work, hazard_ratio: 2, assumed: "
      "true}}}\n"
      "  none:\n  course: {who: {state: work}, not_with: ips}\n",
      {parse_override("measures.ips.effects.job.hazard_ratio=3")});
  EXPECT_THAT(files.texts(), testing::IsEmpty()) << render(files.diagnostics);
  ASSERT_EQ(scenario.measures.size(), 2);
  EXPECT_EQ(scenario.measures[0].name, "ips");
  EXPECT_EQ(scenario.measures[0].effects.at(0).ratio.mean, 3);
  EXPECT_EQ(scenario.measures[0].effects.at(0).stream, stream_of("measure:ips:effect:job"));
  EXPECT_THAT(scenario.measures[1].not_with, testing::ElementsAre(0));
}

}  // namespace
}  // namespace utvei
