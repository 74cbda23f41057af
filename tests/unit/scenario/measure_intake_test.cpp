// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(MeasureIntake, LiesWithinTheRun) {
  example::Files files;
  auto const text_of = [](std::string const& keys) {
    return "measures: [{name: ips, who: {state: aap}, " + keys + "}]\n";
  };
  auto const wrong = [&](std::string const& keys) { return files.problems(text_of(keys)); };
  auto const scenario =
      files.read(text_of("runs: {until: 2031-01-01}, takes_in: {from: 2026-01-01, until: 2030-01-01}"));
  EXPECT_EQ(scenario.measures.at(0).intake(), (Span{date(2026, 1, 1)->minutes, date(2030, 1, 1)->minutes}));
  EXPECT_THAT(wrong("takes_in: {}"),
              testing::ElementsAre(testing::HasSubstr("`takes_in` has neither `from` nor `until`")));
  EXPECT_THAT(wrong("takes_in: {from: 2030-01-01, until: 2026-01-01}"),
              testing::ElementsAre("`takes_in` ends before it begins"));
  EXPECT_THAT(wrong("runs: {until: 2028-01-01}, takes_in: {from: 2028-01-01}"),
              testing::ElementsAre("measure `ips` takes nobody in while it runs"));
}

}  // namespace
}  // namespace utvei
