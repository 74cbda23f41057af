// SPDX-License-Identifier: Apache-2.0
// `utvei regions` as its users run it, on the demo.
#include "support/csv.hpp"
#include "support/program.hpp"
#include "working_folder.hpp"

#include <cmath>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::run_program;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The demo, with rates that its study gives.
std::string const& demo_folder() {
  static WorkingFolder const folder;
  static std::string const path = [] {
    std::filesystem::copy(std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo", folder.path(),
                          std::filesystem::copy_options::overwrite_existing | std::filesystem::copy_options::recursive);
    auto const estimated = folder.run({"estimate", "study.yaml", "-o", "rates.h5"});
    EXPECT_EQ(estimated.exit_code, 0) << estimated.err;
    return folder.path().string();
  }();
  return path;
}

std::string demo_baseline() {
  return demo_folder() + "/baseline.yaml";
}

TEST(Regions, PartsOfEachRegionSumToItsTotal) {
  auto const outcome = run_program(
      {"regions", demo_baseline(), "--all", "municipality", "--outcome", "outside,work", "--format", "csv"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("region,reference,outcome,total,component,contribution,low_95,high_95\n"));
  std::map<std::string, double> sums;
  std::map<std::string, double> totals;
  for (auto const& row : support::parse_csv(outcome.out)) {
    std::string const whose = row.at("region") + " " + row.at("outcome");
    EXPECT_EQ(row.at("reference"), "99");
    EXPECT_EQ(row.at("low_95"), "");
    sums[whose] += std::stod(row.at("contribution"));
    totals[whose] = std::stod(row.at("total"));
  }
  EXPECT_EQ(sums.size(), 6U);
  for (auto const& [whose, total] : totals) EXPECT_NEAR(sums[whose], total, 1e-9) << whose;
}

/// Of the shipped scenarios: the same rates, another start.
TEST(Regions, TwoYearsOfARegionDifferByWhoLivesThereAndWhereTheyStand) {
  std::string const norway = std::string{UTVEI_SOURCE_DIR} + "/scenarios/norway";
  auto const outcome =
      run_program({"regions", norway + "/baseline.yaml", "--against", norway + "/from_2020/scenario.yaml", "--region",
                   "39", "--set", "years=4", "--draws", "0", "--format", "csv"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  double sum = 0;
  double total = 0;
  for (auto const& row : support::parse_csv(outcome.out)) {
    EXPECT_EQ(row.at("region"), "39 2022-11-01");
    EXPECT_EQ(row.at("reference"), "39 2020-11-01");
    bool const differs = row.at("component") == "composition" || row.at("component") == "starting_stock";
    if (!differs) {
      EXPECT_EQ(std::stod(row.at("contribution")), 0) << row.at("component");
    }
    sum += std::stod(row.at("contribution"));
    total = std::stod(row.at("total"));
  }
  EXPECT_NEAR(sum, total, 1e-9);
  EXPECT_LT(total, 0);
}

TEST(Regions, TextSaysWhatItIsNot) {
  auto const nb = run_program({"regions", demo_baseline(), "--region", "9902", "--reference", "9901"});
  EXPECT_EQ(nb.exit_code, 0) << nb.err;
  EXPECT_THAT(nb.out,
              AllOf(StartsWith("Oppdiktet eller anslått"), HasSubstr("\n\nGranheim (9902) mot Furuvik (9901). "),
                    HasSubstr("en beskrivelse, ikke årsak"), HasSubstr("«utenfor» teller: arbeidsledig, "),
                    HasSubstr("Tjenester: ikke identifisert"), HasSubstr("hvor de står ved start")));
  auto const en = run_program(
      {"regions", demo_baseline(), "--region", "9902", "--reference", "9901", "--lang", "en", "--at", "2030-11-16"});
  EXPECT_THAT(en.out, AllOf(HasSubstr("a description, not a cause"), HasSubstr("Services: not identified"),
                            HasSubstr("of 100 people, 2030-11-16"), Not(HasSubstr("årsak"))));
}

TEST(Regions, IntervalsHoldTheEstimates) {
  auto const outcome = run_program({"regions", demo_baseline(), "--region", "9902", "--reference", "9901", "--draws",
                                    "20", "--set", "years=3", "--format", "json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json.at("services"), "not identified");
  EXPECT_EQ(json.at("method"), "equations");
  auto const& difference = json.at("differences").at(0);
  EXPECT_EQ(difference.at("unit"), "years per person");
  EXPECT_LT(difference.at("total").at("low_95"), difference.at("total").at("value"));
  EXPECT_GT(difference.at("total").at("high_95"), difference.at("total").at("value"));
}

TEST(Regions, OneRegionWithTheRatesOfAnotherRuns) {
  WorkingFolder const folder;
  std::string const& demo = demo_folder();
  auto const written = folder.run({"regions", demo + "/baseline.yaml", "--region", "9902", "--reference", "9901",
                                   "--as-scenario", "exchanged.yaml", "--format", "json"});
  ASSERT_EQ(written.exit_code, 0) << written.err;
  double const wanted =
      nlohmann::json::parse(written.out).at("differences").at(0).at("with_reference_rates").at("value");
  auto const again =
      folder.run({"regions", "exchanged.yaml", "--region", "9902", "--reference", "9901", "--format", "json"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_NEAR(nlohmann::json::parse(again.out).at("differences").at(0).at("of_region").at("value"), wanted, 1e-6);
}

std::string example(std::string const& file) {
  return std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/" + file;
}

TEST(Regions, MeasuresWithEvidenceAreAPart) {
  std::vector<std::string> const words{
      "regions", example("town_services.yaml"), "--region", "4203", "--reference", "4204",
      "--set",   "population.persons=400"};
  auto const nb = run_program(words);
  ASSERT_EQ(nb.exit_code, 0) << nb.err;
  EXPECT_THAT(nb.out, AllOf(HasSubstr("\ntiltakene "), HasSubstr("kilde og intervall: Jobbmesse."),
                            HasSubstr("med ratene og tiltakene til"), Not(HasSubstr("ikke identifisert"))));
  auto asked = words;
  asked.insert(asked.end(), {"--format", "json", "--draws", "20", "--set", "measures.job_fair.evidence=null"});
  auto const json = nlohmann::json::parse(run_program(asked).out);
  EXPECT_EQ(json.at("services"), "not identified");
  EXPECT_EQ(json.at("method"), "simulation");
  EXPECT_EQ(json.at("measures").at(0).at("measure"), "job_fair");
  EXPECT_EQ(json.at("measures").at(0).at("why_not_identified"), "no_evidence");
  auto const& part = json.at("differences").at(0).at("components").at(2);
  EXPECT_EQ(part.at("component"), "assumed_services");
  EXPECT_LT(part.at("low_95"), part.at("high_95"));
}

TEST(Regions, TextSaysWhyServicesAreNotIdentified) {
  std::string const assumed =
      "measures.job_fair.effects=[{transition: no_known_status -> work, assumed: true, "
      "hazard_ratio: 1.5}]";
  auto const en = run_program({"regions", example("town_services.yaml"), "--region", "4203", "--reference", "4204",
                               "--set", "population.persons=400", "--set", assumed, "--lang", "en"});
  EXPECT_THAT(en.out, AllOf(HasSubstr("Services: not identified (Job fair: an effect is assumed)"),
                            HasSubstr("\nwhat is assumed of the measures ")));
}

}  // namespace
}  // namespace utvei
