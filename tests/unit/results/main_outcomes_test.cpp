// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/render_comparison.hpp>

#include <string>

#include <gtest/gtest.h>

namespace utvei {
namespace {

ComparisonRow sure_row(std::string const& state, double difference, double mc_se) {
  ComparisonRow row;
  row.scenario = "tiltak";
  row.measure_of = "person_years";
  row.state = state;
  row.difference = difference;
  row.mc_se = mc_se;
  return row;
}

/// Half a person-year of people registered as unemployed is known best, and is not what the scenario is for.
TEST(MainOutcomes, BeginWithWorkHoweverSureTheyAre) {
  Comparison comparison;
  comparison.baseline = "dagens";
  comparison.scenarios = {"tiltak"};
  comparison.units["person_years"] = "years";
  comparison.states = {{"registered", "", "Registrert", "", ""},
                       {"aap", "outside", "Helseytelse", "", ""},
                       {"school", "education", "Skole", "", ""},
                       {"work", "work", "Arbeid", "", ""}};
  comparison.rows = {sure_row("registered", -0.5, 0.001), sure_row("aap", -80, 50), sure_row("school", -20, 1),
                     sure_row("work", 100, 60)};
  std::string const text = render_text(comparison, "nb");
  auto const how_sure = text.find("Hvor sikre");
  ASSERT_NE(how_sure, std::string::npos);
  auto const work = text.find("Arbeid", how_sure);
  auto const aap = text.find("Helseytelse", how_sure);
  auto const school = text.find("Skole", how_sure);
  auto const registered = text.find("Registrert", how_sure);
  EXPECT_LT(work, aap);
  EXPECT_LT(aap, school);
  EXPECT_LT(school, registered);
}

TEST(MainOutcomes, NobodyIsInsideOfBeingDead) {
  Comparison comparison;
  comparison.scenarios = {"tiltak"};
  comparison.units["person_years"] = "years";
  comparison.states = {{"dead", "", "Død", "Død", "Dead"}};
  comparison.rows = {sure_row("dead", 3, 1)};
  EXPECT_NE(render_text(comparison, "nb").find("flere personår som død"), std::string::npos);
  EXPECT_NE(render_text(comparison, "en").find("more person-years as dead"), std::string::npos);
}

}  // namespace
}  // namespace utvei
