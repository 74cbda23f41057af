// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

std::string taken_up(std::string const& uptake) {
  return "measures: [{name: ips, who: {state: [aap, work]}, uptake: " + uptake + "}]\n";
}

TEST(MeasureUptake, DiffersByState) {
  example::Files files;
  auto const scenario = files.read(taken_up("{by: {state: {aap: 0.4, work: {mean: 0.7, interval_95: [0.5, 0.85]}}}}"));
  EXPECT_THAT(files.texts(), testing::IsEmpty()) << render(files.diagnostics);
  auto const& by = scenario.measures.at(0).uptake_by.value();
  EXPECT_FALSE(by.trait.has_value());
  auto const aap = scenario.model.states.size() > 2 ? 2U : 0U;
  EXPECT_EQ(by.shares.at(aap).value().mean, 0.4);
  EXPECT_FALSE(by.shares.at(aap).value().drawn.has_value());
  EXPECT_EQ(std::ranges::count_if(by.shares, [](auto const& share) { return share && share->drawn; }), 1);
}

TEST(MeasureUptake, OfOthersIsTheMean) {
  example::Files files;
  auto const read = [&](std::string const& text) { return files.read(taken_up(text)).measures.at(0); };
  EXPECT_EQ(read("{mean: 0.5, by: {state: {aap: 0.4}}}").uptake, 0.5);
  auto const drawn = read("{mean: 0.5, interval_95: [0.3, 0.7], by: {state: {aap: 0.4}}}");
  EXPECT_TRUE(drawn.uptake_drawn.has_value());
  EXPECT_TRUE(drawn.uptake_by.has_value());
  EXPECT_THAT(files.texts(), testing::IsEmpty()) << render(files.diagnostics);
}

TEST(MeasureUptake, SaysWhatIsWrong) {
  example::Files files;
  auto const wrong = [&](std::string const& text) { return files.problems(taken_up(text)); };
  using testing::ElementsAre;
  using testing::HasSubstr;
  EXPECT_THAT(wrong("{by: {state: {aap: 0.4}}}"), ElementsAre("`uptake` does not say which share of `work` takes it"));
  EXPECT_THAT(wrong("{mean: 0.5, by: {state: {aapp: 0.4}}}"), ElementsAre(HasSubstr("no `aapp`")));
  EXPECT_THAT(wrong("{mean: 0.5, by: {state: {school: 0.4}}}"), ElementsAre("nobody with `school` qualifies"));
  EXPECT_THAT(wrong("{mean: 0.5, by: {state: {aap: 40}}}"), ElementsAre("`aap` is 40"));
  EXPECT_THAT(wrong("{mean: 0.5, by: {state: {}}}"), ElementsAre(HasSubstr("does not say who takes which share")));
  EXPECT_THAT(wrong("{mean: 0.5, by: {state: {aap: 0.4}}, of: 3}"), ElementsAre(HasSubstr("no key `of`")));
}

}  // namespace
}  // namespace utvei
