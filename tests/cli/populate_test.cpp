// SPDX-License-Identifier: Apache-2.0
// `utvei populate` from margins and from a register, as users call it.
#include "support/csv.hpp"
#include "support/oracle.hpp"
#include "working_folder.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::HasSubstr;

std::string demo_file(std::string const& name) {
  return std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo/" + name;
}

TEST(Populate, MakesPeopleThatAScenarioStartsWith) {
  WorkingFolder const folder;
  auto const made = folder.run({"populate", demo_file("population.yaml"), "-o", "people.h5", "--format", "json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  auto const summary = nlohmann::json::parse(made.out);
  EXPECT_EQ(summary["persons"], 33921);
  EXPECT_EQ(summary["margins"][0]["missed"], 0);
  EXPECT_EQ(summary["margins"][1]["missed"], 0);
  auto const& last = summary["margins"][2]["furthest_off"];
  EXPECT_LE(std::abs(last["target"].get<double>() - last["people"].get<double>()), 2);
  folder.write("run.yaml", fmt::format("extends: {}\nname: fitted\npopulation: people.h5\nrates: rates.h5\n",
                                       demo_file("baseline.yaml")));
  ASSERT_EQ(folder.run({"estimate", demo_study(), "-o", "rates.h5"}).exit_code, 0);
  auto const ran = folder.run({"run", "run.yaml", "--set", "years=1"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("33,921 persons"));
  auto const late = folder.run({"check", "run.yaml", "--set", "start=2026-01-01"});
  EXPECT_EQ(late.exit_code, 3);
  EXPECT_THAT(late.err, HasSubstr("the people of `eiklandet` are of 2025-01-01, but the scenario starts 2026-01-01"));
}

TEST(Populate, CopiesThePeopleOfARegister) {
  WorkingFolder const folder;
  ASSERT_EQ(folder.run({"register", demo_study(), "-o", "register.h5"}).exit_code, 0);
  std::string const head =
      fmt::format("utvei: population/1\nname: copies\nmodel: {}\ndate: 2020-06-15\nregister: {{file: register.h5}}\n",
                  demo_file("model.yaml"));
  folder.write("all.yaml", head);
  auto const all = folder.run({"populate", "all.yaml", "-o", "all.h5", "--format", "json"});
  ASSERT_EQ(all.exit_code, 0) << all.err;
  // As many as the register counts on that day.
  auto const counted = folder.run({"register", demo_study(), "--set", "stock_dates=['06-15']", "--stock", "stock.csv"});
  ASSERT_EQ(counted.exit_code, 0) << counted.err;
  int persons = 0;
  for (support::CsvRow const& row : support::read_csv(folder.path() / "stock.csv"))
    if (row.at("date") == "2020-06-15") persons += std::stoi(row.at("persons"));
  EXPECT_EQ(nlohmann::json::parse(all.out)["persons"], persons);

  folder.write("margin.csv", "region;sex;count\n9901;female;30\n9901;male;20\n9902;male;5000\n");
  folder.write("some.yaml", head + "margins: [{file: margin.csv}]\n");
  auto const some = folder.run({"populate", "some.yaml", "-o", "some.h5", "--format", "json"});
  ASSERT_EQ(some.exit_code, 0) << some.err;
  EXPECT_EQ(nlohmann::json::parse(some.out)["margins"][0]["missed"], 0);
  EXPECT_EQ(nlohmann::json::parse(some.out)["persons"], 5050);
}

TEST(Populate, KeepsWhatIsMadeOfARegisterInside) {
  WorkingFolder const folder;
  ASSERT_EQ(
      folder.run({"register", demo_study(), "--set", "data_class=register", "--inside", "-o", "register.h5"}).exit_code,
      0);
  folder.write(
      "all.yaml",
      fmt::format("utvei: population/1\nname: copies\nmodel: {}\ndate: 2020-06-15\nregister: {{file: register.h5}}\n",
                  demo_file("model.yaml")));
  EXPECT_EQ(folder.run({"populate", "all.yaml", "-o", "all.h5"}).exit_code, 2);
  EXPECT_EQ(folder.run({"populate", "all.yaml", "-o", "all.h5", "--inside"}).exit_code, 0);
}

/// The columns of a wide table as rows: `key;age;persons`.
std::string long_table(std::vector<support::CsvRow> const& rows, std::string const& key,
                       std::vector<std::string> const& ages) {
  std::string text = "region;age;persons\n";
  for (support::CsvRow const& row : rows)
    for (std::string const& age : ages) text += fmt::format("{};{};{}\n", row.at(key), age, row.at(age));
  return text;
}

// 357 municipalities by 12 ages: the table of 2020 raked to what is known of 2025. Statistics Norway, table 07459.
TEST(Populate, MakesNorwayOf2025) {
  UTVEI_REQUIRE_ORACLE(oracle, "oracles/norway_pop");
  auto const seed = support::read_csv(oracle / "ipf_seed_2020.csv");
  auto const counties = support::read_csv(oracle / "ipf_target_county_age_2025.csv");
  std::vector<std::string> ages;
  for (auto const& [name, value] : counties.front())
    if (name != "county") ages.push_back(name);
  WorkingFolder const folder;
  std::string regions = "region;parent\n";
  for (support::CsvRow const& row : counties) regions += fmt::format("{};\n", row.at("county"));
  for (support::CsvRow const& row : seed) regions += fmt::format("{};{}\n", row.at("code"), row.at("county"));
  folder.write("regions.csv", regions);
  folder.write("model.yaml",
               "utvei: model/1\nname: norway\nregions: regions.csv\nstates: {here: {}, gone: {absorbing: true}}\n"
               "transitions: [{from: here, to: gone, rate_per_year: 0.01}]\n");
  std::string municipalities = "region;state;persons\n";
  for (support::CsvRow const& row : support::read_csv(oracle / "ipf_target_municip_2025.csv"))
    municipalities += fmt::format("{};here;{}\n", row.at("code"), row.at("total"));
  folder.write("municipalities.csv", municipalities);
  folder.write("counties.csv", long_table(counties, "county", ages));
  folder.write("seed.csv", long_table(seed, "code", ages));
  folder.write("norway.yaml",
               "utvei: population/1\nname: norway\nmodel: model.yaml\ndate: 2025-01-01\nmargins:\n"
               "  - {file: municipalities.csv, count: persons}\n  - {file: counties.csv, count: persons}\n"
               "seed_table: {file: seed.csv, count: persons}\n");
  auto const made =
      folder.run({"populate", "norway.yaml", "-o", "people.h5", "--check", "check.csv", "--format", "json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_EQ(made.err, "");
  auto const summary = nlohmann::json::parse(made.out);
  EXPECT_TRUE(summary["converged"]);
  EXPECT_EQ(summary["persons"], summary["margins"][0]["target"]);
  auto const check = support::read_csv(folder.path() / "check.csv");
  EXPECT_EQ(check.size(), 357U + 12 * counties.size());
  for (support::CsvRow const& row : check) EXPECT_EQ(row.at("difference"), "0");

  // Counted in a run that starts with them: as far from the truth as the weights of R are, but for whole people.
  folder.write(
      "run.yaml",
      "utvei: scenario/1\nname: norway\nmodel: model.yaml\nstart: 2025-01-01\nyears: 1\npopulation: people.h5\n"
      "stock_dates: [\"01-01\"]\nage_groups: [0, 6, 13, 16, 19, 26, 30, 40, 50, 62, 67, 80]\n"
      "breakdowns: [[region, year, age_group, state]]\n");
  ASSERT_EQ(folder.run({"run", "run.yaml", "--quiet"}).exit_code, 0);
  ASSERT_EQ(folder.run({"export", "runs/norway.h5", "--table", "stock", "-o", "stock.csv"}).exit_code, 0);
  std::map<std::pair<std::string, std::string>, double> people;
  for (support::CsvRow const& row : support::read_csv(folder.path() / "stock.csv"))
    if (row.at("year") == "2025" && row.at("state") == "here")
      people[{row.at("region"), row.at("age_group")}] += std::stod(row.at("value"));
  double apart = 0;
  double all = 0;
  for (support::CsvRow const& row : support::read_csv(oracle / "ipf_truth_2025.csv")) {
    for (std::string const& age : ages) {
      double const truth = std::stod(row.at(age));
      apart += std::abs(people[{row.at("code"), age}] - truth);
      all += truth;
    }
  }
  EXPECT_NEAR(apart / 2 / all, .01450591, 2e-5);
}

}  // namespace
}  // namespace utvei
