// SPDX-License-Identifier: Apache-2.0
#include "example.hpp"

#include <utvei/scenario/measure_moves.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;

std::string with_state(std::string const& keys) {
  return "measures: [{name: ips, who: {state: [aap, work]}, " + keys + "}]\n";
}

TEST(StateOfMeasure, IsOfTheModel) {
  example::Files files;
  auto const wrong = [&](std::string const& keys) { return files.problems(with_state(keys)); };
  EXPECT_THAT(wrong("state: disabilty"), ElementsAre("unknown state `disabilty`"));
  EXPECT_THAT(wrong("state: aap"), ElementsAre("`aap` stands in `who` as well"));
  EXPECT_THAT(wrong("state: retired"), ElementsAre("nobody leaves `retired`"));
  EXPECT_THAT(wrong("then: work"), ElementsAre("`then` without `state`"));
  EXPECT_THAT(wrong("state: school, then: school"), ElementsAre("`then` leads back to `school`"));
  EXPECT_THAT(wrong("state: school, then: {work: 0.5}"), ElementsAre("the shares of `then` sum to 0.5, not to 1"));
}

std::vector<std::string> moves_in(Scenario const& scenario) {
  std::vector<std::string> names;
  for (auto const& [from, to] : moves_of_measures(scenario.model, scenario.measures))
    names.push_back(scenario.model.states[from].name + " -> " + scenario.model.states[to].name);
  return names;
}

TEST(StateOfMeasure, IsComeToAndLeft) {
  example::Files files;
  EXPECT_THAT(moves_in(files.read(with_state("state: school"))),
              ElementsAre("work -> school", "aap -> school", "school -> work", "school -> aap"));
  EXPECT_THAT(moves_in(files.read(with_state("state: school, then: {disability: 1, aap: 0}"))),
              ElementsAre("work -> school", "aap -> school", "school -> disability"));
  // Who goes from the first to the second goes back to where they were before both.
  EXPECT_THAT(moves_in(files.read("measures:\n"
                                  "  - {name: second, who: {state: school}, state: disability}\n"
                                  "  - {name: first, who: {state: aap}, state: school, then: work}\n")),
              ElementsAre("school -> disability", "disability -> school", "disability -> aap", "aap -> school",
                          "school -> work"));
}

TEST(StateOfMeasure, IsReachedByIt) {
  example::Files files;
  std::string text{example::scenario};
  text.replace(text.find("state: school"), 13, "state: disability");
  auto const unreachable = [&](std::string const& measures) {
    files.diagnostics = {};
    static_cast<void>(files.read_text(text + measures));
    return files.texts();
  };
  EXPECT_THAT(unreachable("measures: [{name: ips, who: {state: disability}, uptake: 0}]\n"),
              testing::Contains(testing::HasSubstr("begins in, or comes to, `school`")));
  EXPECT_THAT(unreachable("measures: [{name: ips, who: {state: disability}, state: school}]\n"), testing::IsEmpty());
}

}  // namespace
}  // namespace utvei
