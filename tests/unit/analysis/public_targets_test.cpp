// SPDX-License-Identifier: Apache-2.0
// Targets from tables as agencies publish them.
#include "support/world.hpp"

#include <utvei/analysis/calibration.hpp>

#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr auto small_model = R"(
utvei: model/1
name: small
regions: regions.csv
states: {work: {}, out: {}}
traits: {sex: [female, male]}
transitions: [{from: work, to: out, rate_per_year: 0.1}, {from: out, to: work, rate_per_year: 0.5}]
)";
constexpr auto small_scenario = R"(
start: 2020-01-01
years: 3
population: {persons: 100, state: work, age: 40, region: {"3901": 1, "3903": 3}, traits: {sex: {female: 1, male: 1}}}
)";
/// Region, status, age, sex, contents, year.
constexpr auto status_json = R"({"version": "2.0", "class": "dataset", "label": "made up",
  "id": ["Region", "HovArbStyrkStatus", "Alder", "Kjonn", "ContentsCode", "Tid"], "size": [2, 2, 2, 1, 1, 2],
  "dimension": {
    "Region": {"category": {"index": ["K-3901", "K-3903"], "label": {"K-3901": "Horten", "K-3903": "Holmestrand"}}},
    "HovArbStyrkStatus": {"category": {"index": ["A.01", "A.09"]}},
    "Alder": {"category": {"index": ["15-29", "30-61"]}},
    "Kjonn": {"category": {"index": ["2"]}},
    "ContentsCode": {"category": {"index": ["Bosatte"]}},
    "Tid": {"category": {"index": ["2021", "2022"]}}},
  "value": [900, 910, 1900, 1910, 20, 21, 0, 3, 800, 810, 1800, 1810, 10, null, 40, 41],
  "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]}})";
constexpr auto status_mapping = R"(
utvei: mapping/1
file: status.json
columns:
  Region: {as: region}
  HovArbStyrkStatus: {as: status, values: {"A.01": employed, "A.09": unemployed}}
  Alder: {as: age}
  Kjonn: {as: sex, values: {"2": female}}
  ContentsCode: {keep: Bosatte}
  Tid: {as: year}
)";

class PublicTargets : public testing::Test {
 protected:
  PublicTargets() {
    folder_.write("regions.csv",
                  "region;parent;level;name_nb\n39;;county;Vestfold\n3901;39;municipality;Horten\n"
                  "3903;39;municipality;Holmestrand\n40;;county;Telemark\n");
    folder_.write("status.json", status_json);
    folder_.write("status.yaml", status_mapping);
    world_ = support::make_world(folder_, small_model, small_scenario);
  }

  Calibration read(std::string const& target) {
    diagnostics_ = {};
    auto const path = folder_.write("calibration.yaml", fmt::format("utvei: calibration/1\nname: small\nscenario: "
                                                                    "scenario.yaml\nsd_log: 0.1\ntargets:\n  - {}\n",
                                                                    target));
    auto const document = read_calibration_document(path, {}, {}, diagnostics_);
    return read_calibration(document, world_.scenario, world_.rates, world_.people, diagnostics_);
  }
  [[nodiscard]] std::string said() const { return render(diagnostics_); }

  static std::vector<std::string> lines_of(Calibration const& calibration) {
    std::vector<std::string> lines;
    for (Target const& each : calibration.targets)
      lines.push_back(each.bounds ? fmt::format("{} {}-{}", each.name, each.bounds->low, each.bounds->high)
                                  : fmt::format("{} {}", each.name, each.value));
    return lines;
  }

  support::TempFolder folder_;
  support::World world_;
  Diagnostics diagnostics_;
};

TEST_F(PublicTargets, AreOneForEachCell) {
  auto const found = read(
      "{name: employed, stock: {states: [work], at: 2022-01-01}, values: {file: status.yaml, "
      "where: {year: 2022, status: employed}}}");
  EXPECT_EQ(said(), "");
  EXPECT_THAT(lines_of(found), ElementsAre("employed:3901:15-29:female 910", "employed:3901:30-61:female 1910",
                                           "employed:3903:15-29:female 810", "employed:3903:30-61:female 1810"));
  Subpopulation const& who = found.targets[1].observation.whom.who;
  EXPECT_EQ(who.regions, std::vector<RegionId>{*world_.scenario.model.regions.find("3901")});
  EXPECT_EQ(who.age, (Span{duration_of_years(30).minutes, duration_of_years(62).minutes}));
  EXPECT_THAT(who.traits, ElementsAre(ElementsAre(0U)));
  EXPECT_EQ(who.states, (std::vector<bool>{true, false})) << "what is counted is for the target to say";
  EXPECT_THAT(found.inputs, testing::IsSupersetOf({HasSubstr("status.yaml"), HasSubstr("status.json")}));
}

TEST_F(PublicTargets, WhatWhereNamesIsNotInTheName) {
  auto const found = read(
      "{name: u, note: Ledige, stock: {states: [out], at: 2022-01-01}, values: {file: status.yaml, "
      "where: {year: 2021, status: unemployed, age: 15-29, sex: female}}}");
  EXPECT_EQ(said(), "");
  EXPECT_THAT(lines_of(found), ElementsAre("u:3901 20", "u:3903 10"));
  EXPECT_EQ(found.targets[0].observation.whom.who.age.to, duration_of_years(30).minutes) << "but holds";
  EXPECT_EQ(found.targets[0].note, "Ledige, Horten");
}

TEST_F(PublicTargets, SmallCountsAreBounds) {
  folder_.write("status.yaml", std::string{status_mapping} + "small: zero_or_three\n");
  auto const of = [&](std::string const& year) {
    return lines_of(
        read("{name: u, stock: {states: [out], at: 2022-01-01}, values: {file: status.yaml, where: "
             "{age: 30-61, status: unemployed, year: " +
             year + "}}}"));
  };
  EXPECT_THAT(of("2021"), ElementsAre("u:3901:female 0-2", "u:3903:female 40"));
  EXPECT_THAT(of("2022"), ElementsAre("u:3901:female 1-3", "u:3903:female 41"));
}

TEST_F(PublicTargets, AZeroIsAnErrorAndWhatIsMissingIsLeftOut) {
  read(
      "{name: u, stock: {states: [out], at: 2022-01-01}, values: {file: status.yaml, where: {year: 2021, status: "
      "unemployed}}}");
  EXPECT_THAT(said(), HasSubstr("a figure of 0 in"));
  EXPECT_THAT(said(), HasSubstr("small: zero_or_three"));
  auto const found = read(
      "{name: u, stock: {states: [out], at: 2022-01-01}, values: {file: status.yaml, where: {year: 2022, status: "
      "unemployed}}}");
  EXPECT_THAT(lines_of(found),
              ElementsAre("u:3901:15-29:female 21", "u:3901:30-61:female 3", "u:3903:30-61:female 41"));
  EXPECT_THAT(said(), HasSubstr("warning: 1 of 4 figures of `u` are left out"));
}

TEST_F(PublicTargets, CellsOfOthersAreLeftOut) {
  auto const of = [&](std::string const& who) {
    return lines_of(read("{name: e, stock: {states: [work], at: 2022-01-01, " + who +
                         "}, values: {file: status.yaml, where: {year: 2022, status: employed}}}"));
  };
  EXPECT_THAT(of("region: \"3903\", age: {from: 30}"), ElementsAre("e:3903:30-61:female 1810"));
  EXPECT_THAT(of("region: \"39\", age: {to: 30}, traits: {sex: [male, female]}"),
              ElementsAre("e:3901:15-29:female 910", "e:3903:15-29:female 810"));
  of("age: {from: 18, to: 62}");
  EXPECT_THAT(said(), HasSubstr("`15-29` in"));
  EXPECT_THAT(said(), HasSubstr("is only partly of the people of `e`"));
  EXPECT_EQ(diagnostics_.error_count(), 1U);
  of("region: \"40\"");
  EXPECT_THAT(said(), HasSubstr("is of the people of `e`"));
}

TEST_F(PublicTargets, SayWhichOfSeveral) {
  read("{name: e, stock: {states: [work], at: 2022-01-01}, values: status.yaml}");
  EXPECT_THAT(said(), HasSubstr("is of several times"));
  read("{name: e, stock: {states: [work], at: 2022-01-01}, values: {file: status.yaml, where: {year: 2022}}}");
  EXPECT_THAT(said(), HasSubstr("has several values of `status`"));
  EXPECT_THAT(said(), HasSubstr("where: {status: \"employed\"}"));
  read("{name: e, stock: {states: [work], at: 2022-01-01}, values: {file: status.yaml, count: n}}");
  EXPECT_THAT(said(), HasSubstr("`values` has no key `count`"));
  read("{name: e, stock: {states: [work], at: 2022-01-01}, values: {file: status.json}}");
  EXPECT_THAT(said(), HasSubstr("is no mapping file"));
}

TEST_F(PublicTargets, WithoutRegionsTheTargetSaysWhere) {
  folder_.write("country.csv", "kjønn;år;people\nMenn;2022;70\nKvinner;2022;60\n");
  folder_.write("country.yaml",
                "utvei: mapping/1\nfile: country.csv\nvalue: people\ncolumns:\n  kjønn: {as: sex, values: {Menn: male, "
                "Kvinner: female}}\n  år: {as: year}\n");
  read("{name: e, stock: {states: [work], at: 2022-01-01}, values: country.yaml}");
  EXPECT_THAT(said(), HasSubstr("has no region, and `e` names none"));
  auto const found =
      read("{name: e, stock: {states: [work], at: 2022-01-01, region: [\"39\", \"40\"]}, values: country.yaml}");
  EXPECT_EQ(said(), "");
  EXPECT_THAT(lines_of(found), ElementsAre("e:male 70", "e:female 60"));
}

TEST_F(PublicTargets, RegionsOutsideTheModelAreErrorsOrDropped) {
  std::string text = status_json;
  for (std::size_t at = text.find("K-3903"); at != std::string::npos; at = text.find("K-3903"))
    text.replace(at, 6, "K-9999");
  folder_.write("status.json", text);
  std::string const target =
      "{name: e, stock: {states: [work], at: 2022-01-01}, values: {file: status.yaml, where: {year: 2022, status: "
      "employed}}}";
  read(target);
  EXPECT_THAT(said(), HasSubstr("`Region` has a value that cannot be placed"));
  std::string mapping = status_mapping;
  mapping.replace(mapping.find("{as: region}"), 12, "{as: region, others: drop}");
  folder_.write("status.yaml", mapping);
  EXPECT_THAT(lines_of(read(target)), ElementsAre("e:3901:15-29:female 910", "e:3901:30-61:female 1910"));
}

TEST_F(PublicTargets, BoundsAreWrittenByHandToo) {
  auto const found = read("{name: out, stock: {states: [out], at: 2022-01-01}, value: {from: 1, to: 3}}");
  EXPECT_EQ(said(), "");
  EXPECT_THAT(lines_of(found), ElementsAre("out 1-3"));
  EXPECT_THAT(lines_of(read("{name: out, stock: {states: [out], at: 2022-01-01}, value: {from: 3, to: 3}}")),
              ElementsAre("out 3"));
  read("{name: out, stock: {states: [out], at: 2022-01-01}, value: {from: 3, to: 1}}");
  EXPECT_THAT(said(), HasSubstr("no figure lies between 3 and 1"));
  read("{name: out, stock: {states: [out], at: 2022-01-01}, value: {from: 0, to: 0}}");
  EXPECT_THAT(said(), HasSubstr("a figure of 0"));
  read("{name: out, stock: {states: [out], at: 2022-01-01, unit: share}, value: {from: 0.5, to: 3}}");
  EXPECT_THAT(said(), HasSubstr("a share of 3"));
}

}  // namespace
}  // namespace utvei
