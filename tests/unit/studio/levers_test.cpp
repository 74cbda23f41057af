// SPDX-License-Identifier: Apache-2.0
#include "levers.hpp"

#include "variant.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

#include <gmock/gmock.h>

namespace utvei {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A scenario file as the studio reads it, without the model behind it.
StudioFile file_of(std::string const& yaml) {
  Diagnostics diagnostics;
  StudioFile file;
  file.path = "/folder/base.yaml";
  file.file = "base.yaml";
  file.document = parse_yaml(yaml, "base.yaml", diagnostics);
  throw_if_errors(diagnostics);
  Scenario scenario;
  scenario.start = *parse_date("2025-01-01");
  scenario.end = *parse_date("2035-01-01");
  file.levers = levers_of(file.document, Value{}, scenario);
  return file;
}

StudioLever const& lever_of(StudioFile const& file, std::string const& id) {
  auto const found = std::ranges::find(file.levers, id, &StudioLever::id);
  if (found == file.levers.end()) throw std::out_of_range{id};
  return *found;
}

std::string saved(StudioFile const& file, std::string const& id, LeverValue const& value) {
  return variant_yaml(file, {"base", "try", {{id, value}}}, "/folder");
}

TEST(StudioLevers, AreFoundByTheirKeys) {
  StudioFile const file = file_of(
      "measures:\n  ips:\n    label: {nb: Jobb}\n    runs: {from: 2026-01-01, until: 2031-01-01}\n"
      "    places: {per_region: {\"39\": 60, \"40\": {2026: 10, 2028: 20}}}\n    uptake: {by: {state: {aap: 0.5}}}\n"
      "    found_after: {median: 6 weeks}\n");
  std::vector<std::string> ids;
  for (StudioLever const& lever : file.levers) ids.push_back(lever.id);
  EXPECT_THAT(ids, testing::ElementsAre("measures.ips.places.per_region.39", "measures.ips.places.per_region.40.2026",
                                        "measures.ips.places.per_region.40.2028", "measures.ips.runs.from",
                                        "measures.ips.found_after"));
  StudioLever const& start = lever_of(file, "measures.ips.runs.from");
  EXPECT_EQ(std::get<std::string>(start.max), "2030-12-31");
  EXPECT_EQ(start.group.nn, "Jobb");
  EXPECT_EQ(lever_of(file, "measures.ips.found_after").unit.nb, "uker");
  EXPECT_EQ(lever_of(file, "measures.ips.found_after").unit_of_one.nb, "uke");
}

TEST(StudioLevers, ARatioMovesWithItsInterval) {
  StudioFile const file = file_of(
      "measures:\n  - name: ips\n    effects:\n      - {name: job, transition: a -> b, "
      "hazard_ratio: {mean: 1.5, interval_95: [1, 2]}}\n");
  std::string const yaml = saved(file, "measures.ips.effects.job", 3.0);
  EXPECT_EQ(yaml,
            "# try\nextends: base.yaml\nname: try\nmeasures:\n  ips:\n    effects:\n      job:\n        hazard_ratio:\n"
            "          mean: 3\n          interval_95:\n            - 2\n            - 4\n");
}

TEST(StudioLevers, AShareMovesWithItsIntervalOnTheScaleOfLogits) {
  StudioFile const file = file_of("measures: {ips: {uptake: {mean: 0.5, interval_95: [0.2, 0.8]}}}\n");
  std::string const yaml = saved(file, "measures.ips.uptake", 0.8);
  // logit(0.8) = ln 4 more: odds 1/4 become 1, odds 4 become 16.
  EXPECT_THAT(yaml, HasSubstr("mean: 0.8"));
  EXPECT_THAT(yaml, HasSubstr("- 0.5\n"));
  EXPECT_THAT(yaml, HasSubstr("- 0.9411764706\n"));
}

TEST(StudioLevers, ATimeMovesWithItsInterval) {
  StudioFile const file =
      file_of("measures: {ips: {found_after: {median: 4 months, interval_95: [2 months, 8 months], shape: fixed}}}\n");
  std::string const yaml = saved(file, "measures.ips.found_after", 2.0);
  EXPECT_THAT(yaml, HasSubstr("median: 2 months"));
  EXPECT_THAT(yaml, HasSubstr("- 1 month\n"));
  EXPECT_THAT(yaml, HasSubstr("- 4 months\n"));
}

TEST(StudioLevers, AListWithoutNamesIsWrittenWhole) {
  StudioFile const file =
      file_of("changes:\n  - {transition: a -> b, hazard_ratio: 1.2}\n  - {transition: c -> d, hazard_ratio: 0.9}\n");
  std::string const yaml = saved(file, "changes.1", 0.5);
  EXPECT_THAT(yaml, HasSubstr("hazard_ratio: 1.2"));
  EXPECT_THAT(yaml, HasSubstr("hazard_ratio: 0.5"));
}

TEST(StudioLevers, EffectsOfOneTrialMoveTogether) {
  std::string const trial = "from_trial: {population: t.yaml, control: 0.2, treated: 0.3}";
  StudioFile const file = file_of("measures: {ips: {effects: [{transition: a -> b, " + trial +
                                  "}, {transition: a -> c, " + trial + "}]}}\n");
  ASSERT_EQ(file.levers.size(), 1U);
  std::string const yaml = saved(file, file.levers.front().id, 0.35);
  EXPECT_THAT(yaml, Not(HasSubstr("treated: 0.3\n")));
  EXPECT_EQ(std::ranges::count(yaml, '5'), 2);
}

TEST(StudioLevers, ChangesOfTheBaselineAreNone) {
  Diagnostics diagnostics;
  Value const document = parse_yaml("changes: [{transition: a -> b, hazard_ratio: 2}]\n", "a", diagnostics);
  Scenario const scenario;
  EXPECT_TRUE(levers_of(document, document, scenario).empty());
  EXPECT_EQ(levers_of(document, Value{}, scenario).size(), 1U);
}

TEST(StudioLevers, WhatIsNotMovedIsNotWritten) {
  StudioFile const file = file_of("measures: {ips: {uptake: 0.5, places: {total: 10}}}\n");
  EXPECT_EQ(saved(file, "measures.ips.uptake", 0.5), "# try\nextends: base.yaml\nname: try\n");
}

TEST(StudioLevers, SayWhatIsWrongWithAValue) {
  StudioFile const file = file_of("measures: {ips: {runs: {from: 2026-01-01}, places: {total: 10}}}\n");
  StudioLever const& places = lever_of(file, "measures.ips.places.total");
  EXPECT_TRUE(fault_of(places, 20.0).empty());
  for (LeverValue const& wrong : {LeverValue{21.0}, LeverValue{-1.0}, LeverValue{1.5}, LeverValue{"1"},
                                  LeverValue{std::numeric_limits<double>::quiet_NaN()}})
    EXPECT_FALSE(fault_of(places, wrong).is_partial() || fault_of(places, wrong).empty());
  StudioLever const& start = lever_of(file, "measures.ips.runs.from");
  EXPECT_TRUE(fault_of(start, "2030-06-01").empty());
  for (char const* const wrong : {"2030-02-30", "2024-12-31", "2035-01-01", "x", ""})
    EXPECT_FALSE(fault_of(start, wrong).empty()) << wrong;
}

TEST(StudioNames, BecomeNamesOfFiles) {
  EXPECT_EQ(file_name_of("ips 100 plasser"), "ips_100_plasser");
  EXPECT_EQ(file_name_of("Ærlig forsøk på å nå alle"), "Aerlig_forsok_pa_a_na_alle");
  EXPECT_EQ(file_name_of("../../etc/passwd"), "etc_passwd");
  EXPECT_EQ(file_name_of(".skjult"), "skjult");
  EXPECT_EQ(file_name_of("…"), "try");
  EXPECT_THAT(variant_yaml(file_of("seed: 1\n"), {"base", "2026", {}}, "/folder"), HasSubstr("name: \"2026\""));
}

}  // namespace
}  // namespace utvei
