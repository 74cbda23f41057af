// SPDX-License-Identifier: Apache-2.0
// `utvei calibrate` and `utvei validate`, as users call them.
#include "support/csv.hpp"
#include "working_folder.hpp"

#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

std::string example_file(std::string const& name) {
  return std::string{UTVEI_SOURCE_DIR} + "/scenarios/example/" + name;
}

nlohmann::json json_of(support::Outcome const& outcome) {
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

TEST(Calibrate, TheRateFileMakesAScenarioMeetTheFigures) {
  WorkingFolder const folder;
  auto const found = json_of(folder.run(
      {"calibrate", example_file("calibration.yaml"), "-o", "rates.h5", "--report", "report.csv", "--format", "json"}));
  EXPECT_EQ(found["method"], "equations");
  for (auto const& target : found["targets"]) EXPECT_TRUE(target["met"].get<bool>()) << target;
  EXPECT_THAT(support::read_file(folder.path() / "report.csv"), HasSubstr("\noffset,work -> sick_leave,"));

  folder.write("calibrated.yaml", fmt::format("extends: {}\nname: calibrated\nrates: {}\n",
                                              example_file("baseline.yaml"), (folder.path() / "rates.h5").string()));
  folder.write("after.yaml", fmt::format("extends: {}\nscenario: {}\ncalibrated: calibrated.yaml\n",
                                         example_file("calibration.yaml"), example_file("baseline.yaml")));
  auto const validated = json_of(folder.run({"validate", "after.yaml", "--format", "json", "--draws", "10"}));
  ASSERT_EQ(validated["figures"].size(), found["targets"].size());
  for (std::size_t i = 0; i < found["targets"].size(); ++i) {
    auto const& figure = validated["figures"][i];
    EXPECT_NEAR(figure["model"].get<double>(), found["targets"][i]["after"].get<double>(),
                1e-6 * figure["model"].get<double>());
    EXPECT_TRUE(figure["within"].get<bool>());
  }
  EXPECT_GT(validated["figures"][1]["log_sd_rates"].get<double>(), 0.01);

  // The run counts heads by the definition that the figure names.
  ASSERT_EQ(folder.run({"run", "calibrated.yaml", "--out", "runs"}).exit_code, 0);
  auto const counted = [&](std::string const& table) {
    double sum = 0;
    for (auto const& row : support::parse_csv(folder.run({"export", "runs/calibrated.h5", "--table", table}).out))
      if (row.at("year") == "2030" && row.at("definition") == "outside") sum += std::stod(row.at("value"));
    return sum;
  };
  EXPECT_NEAR(counted("defined") / counted("defined_of"), 0.13, 0.01);
}

TEST(Calibrate, AFigureIsMetForEachCellOfAPublicTable) {
  WorkingFolder const folder;
  folder.write("cells.yaml", fmt::format("utvei: calibration/1\nname: cells\nscenario: {}\nsd_log: 0.3\ntargets:\n"
                                         "  - name: allowance\n    stock: {{states: [aap], at: 2026-07-16}}\n"
                                         "    values: {{file: {}, where: {{year: 2026, status: allowance}}}}\n"
                                         "offsets:\n  - {{transition: work -> sick_leave, prior_sd: 0.3}}\n",
                                         example_file("baseline.yaml"), example_file("status.yaml")));
  auto const found =
      json_of(folder.run({"calibrate", "cells.yaml", "-o", "rates.h5", "--report", "report.csv", "--format", "json"}));
  ASSERT_EQ(found["targets"].size(), 4U);
  auto const& bounded = found["targets"][0];
  EXPECT_EQ(bounded["name"], "allowance:4203:male");
  EXPECT_TRUE(bounded["published"].is_null());
  EXPECT_EQ(bounded["published_low"], 0);
  EXPECT_EQ(bounded["published_high"], 2);
  EXPECT_EQ(bounded["misfit"], 0);
  EXPECT_EQ(found["targets"][3]["name"], "allowance:4204:female");
  EXPECT_EQ(found["targets"][3]["published"], 9);
  EXPECT_LT(found["targets"][3]["misfit"].get<double>(), 0) << "as far as the bounds of others let it";
  EXPECT_GT(found["offsets"][0]["log_ratio"].get<double>(), 0.1);
  EXPECT_THAT(support::read_file(folder.path() / "report.csv"),
              HasSubstr("\ntarget,allowance:4203:male,calibrate,,0,2,"));

  auto const shown = folder.run({"validate", "cells.yaml", "--lang", "nb", "--format", "markdown"});
  EXPECT_THAT(shown.out, HasSubstr("| allowance:4203:female |  (ikke kontrollert) | 1–3 |"));
}

TEST(Calibrate, RatesThatWereCalibratedAreNotCalibratedAgainUnderTheSameName) {
  WorkingFolder const folder;
  ASSERT_EQ(folder.run({"calibrate", example_file("calibration.yaml"), "-o", "rates.h5"}).exit_code, 0);
  folder.write("again.yaml", fmt::format("extends: {}\nname: again\nrates: {}\n", example_file("baseline.yaml"),
                                         (folder.path() / "rates.h5").string()));
  folder.write("twice.yaml", fmt::format("extends: {}\nscenario: again.yaml\n", example_file("calibration.yaml")));
  auto const refused = folder.run({"calibrate", "twice.yaml", "-o", "twice.h5"});
  EXPECT_EQ(refused.exit_code, 3);
  EXPECT_THAT(refused.err, HasSubstr("calibrated under the name `example` already"));
  EXPECT_EQ(folder.run({"calibrate", "twice.yaml", "-o", "twice.h5", "--set", "name=second"}).exit_code, 0);
}

TEST(Calibrate, ComparesDefinitionsWhereverItComparesStates) {
  WorkingFolder const folder;
  folder.write(
      "known.yaml",
      fmt::format("extends: {}\nname: known\nchanges:\n  - {{transition: no_known_status -> work, hazard_ratio: "
                  "{{mean: 1.5, interval_95: [1.2, 1.9]}}}}\n",
                  example_file("baseline.yaml")));
  ASSERT_EQ(folder.run({"run", example_file("baseline.yaml"), "known.yaml"}).exit_code, 0);
  auto const compared =
      folder.run({"compare", "runs/baseline.h5", "runs/known.h5", "--format", "csv", "--of", "defined"});
  ASSERT_EQ(compared.exit_code, 0) << compared.err;
  bool has_probability = false;
  for (auto const& row : support::parse_csv(compared.out)) {
    EXPECT_EQ(row.at("state"), "outside");
    has_probability = has_probability || !row.at("probability_better").empty();
  }
  EXPECT_TRUE(has_probability);
}

}  // namespace
}  // namespace utvei
