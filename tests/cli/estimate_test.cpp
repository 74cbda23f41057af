// SPDX-License-Identifier: Apache-2.0
#include "support/csv.hpp"
#include "support/files.hpp"
#include "working_folder.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

/// The study of `utvei new`, whose data are of the class `register`.
class Estimate : public testing::Test {
 protected:
  void SetUp() override {
    for (std::string const file : {"study.yaml", "persons.csv", "spells.csv"})
      ASSERT_EQ(folder.run({"new", file.substr(0, file.find('.')), "-o", file}).exit_code, 0);
  }
  WorkingFolder folder;
};

TEST_F(Estimate, WritesRatesAndPrintsASummary) {
  auto const outcome = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, Not(IsEmpty()));
  EXPECT_EQ(std::filesystem::status(folder / "rates.h5").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(folder.run({"estimate", "study.yaml", "-o", "again.h5"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "again.h5"));
}

TEST_F(Estimate, PrintsTheSummaryAsJson) {
  auto const outcome =
      folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside", "--format", "json", "--summary", "s.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(nlohmann::json::parse(outcome.out), nlohmann::json::parse(support::read_file(folder / "s.json")));
}

TEST_F(Estimate, KeepsTablesOfARegisterInside) {
  auto const outcome = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--exposure", "e.csv", "--intensities",
                                   "i.csv", "--occupation", "o.csv"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("e.csv"), HasSubstr("i.csv"), HasSubstr("o.csv"), HasSubstr("--inside")));
  for (auto const* const file : {"rates.h5", "e.csv", "i.csv", "o.csv"})
    EXPECT_FALSE(std::filesystem::exists(folder / file));
}

TEST_F(Estimate, WritesTablesInsideForTheirOwnerAlone) {
  auto const outcome = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--exposure", "e.csv", "--inside"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(std::filesystem::status(folder / "e.csv").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Estimate, KeepsRejectedRowsInside) {
  support::write_file(folder / "spells.csv",
                      support::read_file(folder / "spells.csv") + "3,2021-05-31,2020-05-31,disability\n");
  auto const outside = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--rejects", "rejects.csv"});
  EXPECT_EQ(outside.exit_code, 2);
  EXPECT_THAT(outside.err, AllOf(HasSubstr("rejects.csv"), HasSubstr("--inside")));
  auto const inside = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--rejects", "rejects.csv", "--inside",
                                  "--set", "rejects.at_most=0.1"});
  EXPECT_EQ(inside.exit_code, 0) << inside.err;
  EXPECT_THAT(inside.err, HasSubstr("1 of 12 rows cannot be used"));
  EXPECT_EQ(support::read_file(folder / "rejects.csv"),
            "file,line,column,reason,value,row\n"
            "spells.csv,13,stop,stop before start,2020-05-31,\"3,2021-05-31,2020-05-31,disability\"\n");
  EXPECT_EQ(std::filesystem::status(folder / "rejects.csv").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Estimate, SaysHowMuchEachRegionOfTheDemoBorrows) {
  std::string const study = demo_study();
  auto const outcome = folder.run({"estimate", study, "-o", "rates.h5", "--regions", "r.csv", "--coefficients", "c.csv",
                                   "--set", "estimate.sd_prior=none"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("how much each region borrows"), HasSubstr("9902 ")));
  auto const regions = support::read_csv(folder / "r.csv");
  ASSERT_EQ(regions.size(), 28U * 3);
  for (auto const& row : regions) {
    double const raw = support::number(row, "raw_ratio");
    double const ratio = support::number(row, "ratio");
    EXPECT_LE(std::abs(std::log(ratio)), std::abs(std::log(std::max(raw, 1e-9))) + 1e-9);
    EXPECT_LE(support::number(row, "borrowed"), 1);
  }
  auto const coefficients = support::read_csv(folder / "c.csv");
  EXPECT_EQ(std::ranges::count_if(coefficients, [](auto const& row) { return row.at("term") == "sd(region)"; }), 28);
}

TEST_F(Estimate, WritesTablesOfMadeUpPeopleForAll) {
  auto const outcome = folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--exposure", "e.csv", "--intensities",
                                   "i.csv", "--occupation", "o.csv", "--set", "data_class=synthetic"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_FALSE(support::read_csv(folder / "e.csv").empty());
  EXPECT_FALSE(support::read_csv(folder / "i.csv").empty());
  EXPECT_THAT(support::read_file(folder / "o.csv"),
              StartsWith("group,start_time,start_state,time,state,probability,se\n"));
}

/// The study of the demo with its counts in place of its spells.
std::string study_of_counts(WorkingFolder& folder, std::string const& estimate) {
  std::string const demo = std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo/";
  EXPECT_EQ(
      folder.run({"estimate", demo + "study.yaml", "-o", "first.h5", "--exposure", "counts.csv", "--quiet"}).exit_code,
      0);
  support::write_file(folder / "counted.yaml", "utvei: study/1\nname: counted\nmodel: " + demo +
                                                   "model.yaml\ndata_class: synthetic\n" + estimate);
  return "counted.yaml";
}

TEST_F(Estimate, PrintsHoldOutScoresOfRegions) {
  std::string const study = demo_study();
  auto const outcome = folder.run({"estimate", study, "-o", "rates.h5", "--summary", "s.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("hold-out deviance of regions (fifths of the events, each from the rest)"));
  auto const scores = nlohmann::json::parse(support::read_file(folder / "s.json")).at("hold_out");
  EXPECT_EQ(scores.at("shrunk_by"), "model");
  EXPECT_GT(scores.at("cells"), 100);
  EXPECT_GT(scores.at("raw"), scores.at("shrunk"));
}

TEST_F(Estimate, TellsTwoClassesOfPeopleAndRunsThem) {
  std::string const demo = std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo/";
  auto const outcome = folder.run({"estimate", demo + "study.yaml", "-o", "rates.h5", "--summary", "s.json",
                                   "--coefficients", "c.csv", "--set", "estimate.frailty.classes=2"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("two classes of people: "));
  auto const found = nlohmann::json::parse(support::read_file(folder / "s.json")).at("frailty");
  EXPECT_GT(found.at("persons"), 100);
  EXPECT_GE(found.at("log_likelihood_gain"), 0);
  EXPECT_LE(found.at("log_ratio"), 0);
  for (auto const& state : found.at("still_there")) {
    for (char const* key : {"observed", "one_class", "two_classes"}) {
      EXPECT_GE(state.at(key), 0);
      EXPECT_LE(state.at(key), 1);
    }
  }
  auto const lines = support::read_csv(folder / "c.csv");
  EXPECT_EQ(std::ranges::count_if(lines, [](auto const& row) { return row.at("term") == "class=2"; }), 28);
}

TEST_F(Estimate, TakesCountsInPlaceOfSpells) {
  auto const study = study_of_counts(folder,
                                     "exposure: {file: counts.csv, holdout: counts.csv}\n"
                                     "estimate: {region: pooled}\n");
  auto const outcome =
      folder.run({"estimate", study, "-o", "rates.h5", "--intensities", "i.csv", "--summary", "s.json"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("hold-out deviance of regions (the later events)"));
  std::string const demo = demo_study();
  ASSERT_EQ(folder.run({"estimate", demo, "-o", "spells.h5", "--intensities", "spells.csv", "--quiet"}).exit_code, 0);
  EXPECT_EQ(support::read_file(folder / "i.csv"), support::read_file(folder / "spells.csv"));
  // Its own events are predicted best by each region's own rate.
  auto const scores = nlohmann::json::parse(support::read_file(folder / "s.json")).at("hold_out");
  EXPECT_LT(scores.at("raw"), scores.at("pooled"));
  EXPECT_EQ(folder.run({"check", study}).exit_code, 0);
}

TEST_F(Estimate, RatesAreExportedAsATable) {
  ASSERT_EQ(folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--set", "data_class=synthetic"}).exit_code, 0);
  auto const outcome = folder.run({"export", "rates.h5", "-o", "rates.csv"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(support::read_file(folder / "rates.csv"), StartsWith("from;to;rate_per_year;"));
  EXPECT_THAT(folder.run({"export", "rates.h5", "--table", "stock"}).err, HasSubstr("is a rate file"));
}

TEST_F(Estimate, RatesOfARegisterAreExportedInside) {
  ASSERT_EQ(folder.run({"estimate", "study.yaml", "-o", "rates.h5", "--inside"}).exit_code, 0);
  auto const refused = folder.run({"export", "rates.h5", "-o", "rates.csv"});
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--inside"));
  EXPECT_EQ(folder.run({"export", "rates.h5", "-o", "rates.csv", "--inside"}).exit_code, 0);
  EXPECT_EQ(std::filesystem::status(folder / "rates.csv").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Estimate, TablesOfModelsWarnOfWhatTheyLose) {
  std::string const study = demo_study();
  ASSERT_EQ(folder.run({"estimate", study, "-o", "rates.h5", "--quiet"}).exit_code, 0);
  auto const outcome = folder.run({"export", "rates.h5"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("does not hold what the errors of cells have in common"));
  EXPECT_FALSE(support::parse_csv(outcome.out).empty());
}

TEST_F(Estimate, SaysThatNothingIsHeldOutWithoutRegions) {
  support::write_file(folder / "counts.csv", "from,to,events,person_years\nschool,work,3,10\n");
  support::write_file(folder / "counts.yaml",
                      "utvei: study/1\nname: counts\nmodel: model.yaml\ndata_class: synthetic\n"
                      "exposure: {file: counts.csv, holdout: counts.csv}\n");
  auto const outcome = folder.run({"check", "counts.yaml"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("warning: `holdout` is not used"));
}

TEST_F(Estimate, ReplacesNoFileOfNeighbours) {
  std::string const study = demo_study();
  std::string const edges = "region;neighbour\n9901;9902\n9902;9903\n";
  support::write_file(folder / "edges.csv", edges);
  auto const outcome = folder.run({"estimate", study, "-o", "rates.h5", "--set", "estimate.region=spatial", "--set",
                                   "estimate.edges=edges.csv", "--regions", "edges.csv"});
  EXPECT_EQ(outcome.exit_code, 2) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("would replace a file that is read"));
  EXPECT_EQ(support::read_file(folder / "edges.csv"), edges);
}

TEST_F(Estimate, FindsWhatCannotBeWrittenBeforeTheWork) {
  auto const outcome =
      folder.run({"estimate", "study.yaml", "-o", "nowhere/rates.h5", "--inside", "--summary", "s.json"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("nowhere/rates.h5"));
  EXPECT_FALSE(std::filesystem::exists(folder / "s.json"));
}

}  // namespace
}  // namespace utvei
