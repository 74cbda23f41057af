// SPDX-License-Identifier: Apache-2.0
#include "working_folder.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string example_baseline() {
  return std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/baseline.yaml";
}

TEST(LeversCommand, RanksTransitionsInThreeLanguages) {
  WorkingFolder const folder;
  auto const nb = folder.run({"graph", example_baseline(), "--levers", "--by", "region,age_group"});
  EXPECT_EQ(nb.exit_code, 0) << nb.err;
  EXPECT_THAT(nb.out,
              AllOf(HasSubstr("én prosent flere"), HasSubstr("Uten kjent status → Arbeid"), HasSubstr("16-19 år")));
  auto const nn = folder.run({"graph", example_baseline(), "--levers", "--lang", "nn"});
  EXPECT_THAT(nn.out, HasSubstr("Utan kjend status → Arbeid"));
  auto const en = folder.run({"graph", example_baseline(), "--levers", "--lang", "en"});
  EXPECT_THAT(en.out, AllOf(HasSubstr("No known status → Work"), HasSubstr("cohort equations")));
}

TEST(LeversCommand, GivesTheSameNumbersAsTableAndJson) {
  WorkingFolder const folder;
  auto const csv =
      folder.run({"graph", example_baseline(), "--levers", "--outcome", "outside,work", "--format", "csv"});
  EXPECT_EQ(csv.exit_code, 0) << csv.err;
  EXPECT_THAT(csv.out, StartsWith("lever,way,region,age_group,events,outcome,measure_of,effect,"));
  EXPECT_THAT(csv.out, HasSubstr("limit_one_month,aap:1,,,,work,person_years,"));
  auto const json = folder.run({"graph", example_baseline(), "--levers", "--outcome", "outside", "--format", "json",
                                "--flows", "--without", "work->no_known_status"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  auto const found = nlohmann::json::parse(json.out);
  EXPECT_EQ(found["levers"]["method"], "cohort equations");
  EXPECT_EQ(found["levers"]["one_per_cent_more"].size(), 10U);
  double people = 0;
  for (auto const& state : found["flows"]["states"]) people += state["at_end"].get<double>();
  EXPECT_NEAR(people, 20'000, 1e-6);
  for (auto const& way : found["without"][0]["ways_after"])
    if (way["from"] == "work" && way["to"] == "no_known_status") {
      EXPECT_EQ(way["people_per_year"], 0);
    }
}

TEST(LeversCommand, DrawsThem) {
  WorkingFolder const folder;
  auto const levers = folder.run({"graph", example_baseline(), "--levers", "--format", "dot"});
  EXPECT_EQ(levers.exit_code, 0) << levers.err;
  EXPECT_THAT(levers.out, AllOf(StartsWith("digraph"), HasSubstr("penwidth"), HasSubstr("#0072b2")));
  auto const flows = folder.run({"graph", example_baseline(), "--flows", "--format", "dot"});
  EXPECT_THAT(flows.out, HasSubstr("penwidth=6.5"));
  auto const without =
      folder.run({"graph", example_baseline(), "--without", "work -> no_known_status", "--format", "dot"});
  EXPECT_THAT(without.out, HasSubstr(" → 0"));
}

TEST(LeversCommand, SimulatesWhereMeasuresAre) {
  WorkingFolder const folder;
  auto const measures = std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/measures.yaml";
  auto const found = folder.run({"graph", measures, "--levers", "--format", "json", "--set", "population.persons=500"});
  ASSERT_EQ(found.exit_code, 0) << found.err;
  EXPECT_EQ(nlohmann::json::parse(found.out)["levers"]["method"], "simulations with common luck");
}

}  // namespace
}  // namespace utvei
