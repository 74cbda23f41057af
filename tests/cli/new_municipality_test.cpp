// SPDX-License-Identifier: Apache-2.0
// `utvei new --municipality` from the empty folder to a result, with made-up tables in the form of SSB's.
#include "support/program.hpp"

#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using nlohmann::ordered_json;
using support::run_program;
using testing::HasSubstr;

using Axis = std::pair<std::string, std::vector<std::string>>;

std::string json_stat(std::vector<Axis> const& axes, std::vector<int> const& values) {
  ordered_json json{{"version", "2.0"}, {"class", "dataset"}, {"label", "made up"}, {"value", values}};
  for (auto const& [name, codes] : axes) {
    json["id"].push_back(name);
    json["size"].push_back(codes.size());
    json["dimension"][name] = {{"category", {{"index", codes}}}};
  }
  json["role"] = {{"time", {"Tid"}}, {"geo", {"Region"}}, {"metric", {"ContentsCode"}}};
  return json.dump();
}

/// Two municipalities, of which the mapping takes the first: of each sex 100 people in each year of age, one over 104.
std::string population_table() {
  std::vector<std::string> ages;
  std::vector<int> values;
  for (int age = 0; age < 105; ++age) ages.push_back(fmt::format("{:03}", age));
  ages.emplace_back("105+");
  for (int place = 0; place < 4; ++place)
    for (std::size_t age = 0; age < ages.size(); ++age) values.push_back(age < 105 ? 100 : 1);
  return json_stat({{"Region", {"K-4001", "K-4003"}},
                    {"Kjonn", {"2", "1"}},
                    {"Alder", ages},
                    {"ContentsCode", {"Personer1"}},
                    {"Tid", {"2025"}}},
                   values);
}

/// By state, then age: 15-29, 30-61 and 62+, which agree with the table of ages.
std::vector<std::vector<int>> const statuses{{2000, 4900, 900}, {60, 100, 9}, {30, 60, 3},   {700, 100, 0},
                                             {90, 700, 500},    {0, 0, 7150}, {120, 540, 40}};

std::string status_table() {
  std::vector<int> values;
  for (int place = 0; place < 2; ++place) {
    for (std::size_t age = 0; age < 3; ++age)
      values.push_back(std::accumulate(statuses.begin(), statuses.end(), 0,
                                       [age](int sum, auto const& status) { return sum + status[age]; }));
    for (auto const& status : statuses) values.insert(values.end(), status.begin(), status.end());
  }
  return json_stat({{"Region", {"K-4001", "K-4003"}},
                    {"HovArbStyrkStatus", {"TOT", "A.01", "A.09", "U.01", "U.03", "U.04-U.05", "U.06-U.07", "U.90A"}},
                    {"Alder", {"15-29", "30-61", "62+"}},
                    {"InnvandrKat", {"A-G"}},
                    {"ContentsCode", {"Bosatte"}},
                    {"Tid", {"2024"}}},
                   values);
}

class NewMunicipality : public testing::Test {
 protected:
  void SetUp() override {
    auto const made = run_program({"new", "--municipality", "4001", "-o", "porsgrunn"}, folder_.path());
    ASSERT_EQ(made.exit_code, 0) << made.err;
  }
  [[nodiscard]] auto run(std::vector<std::string> const& words) const {
    return run_program(words, (folder_ / "porsgrunn").string());
  }
  void save_tables() const {
    folder_.write("porsgrunn/tables/07459.json", population_table());
    folder_.write("porsgrunn/tables/13563.json", status_table());
  }
  support::TempFolder const folder_;
};

TEST_F(NewMunicipality, SaysWhichTableToSaveWhere) {
  auto const outcome = run_program({"check", "porsgrunn"}, folder_.path());
  EXPECT_EQ(outcome.exit_code, 3);
  for (std::string const table : {"07459", "13563"}) {
    EXPECT_THAT(outcome.err, HasSubstr(fmt::format("open https://www.ssb.no/statbank/table/{}, and save", table)));
    EXPECT_THAT(outcome.err, HasSubstr(fmt::format("as JSON-stat2 as porsgrunn/tables/{}.json", table)));
  }
  EXPECT_THAT(outcome.err, HasSubstr("utvei populate POPULATION.yaml -o porsgrunn/people.h5"));
}

TEST_F(NewMunicipality, RunsOnceTheTablesAreSaved) {
  save_tables();
  auto const populated = run({"populate", "population.yaml", "-o", "people.h5", "--check", "margins.csv"});
  ASSERT_EQ(populated.exit_code, 0) << populated.err;
  EXPECT_THAT(populated.out + populated.err, HasSubstr("18 002 people"));
  auto const checked = run({"check", "."});
  EXPECT_EQ(checked.exit_code, 0) << checked.err;
  auto const ran = run({"run", "scenario.yaml", "--quiet"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "porsgrunn/runs/kommune_4001.h5"));
}

TEST_F(NewMunicipality, HasTheStatusesOfTheTable) {
  save_tables();
  ASSERT_EQ(run({"populate", "population.yaml", "-o", "people.h5", "--check", "margins.csv"}).exit_code, 0);
  std::string const margins = support::read_file((folder_ / "porsgrunn/margins.csv").string());
  EXPECT_THAT(margins, HasSubstr("SSB 13563,4001,30-61,,employed,4900,4900,4900,0"));
  EXPECT_THAT(margins, HasSubstr("SSB 13563,4001,62+,,pension,7150,7150,7150,0"));
}

/// The three tables that a folder names to compare with, in the form of SSB's.
TEST_F(NewMunicipality, ReadsTheTablesToCompareWith) {
  folder_.write("porsgrunn/tables/12423.json", json_stat({{"HovArbStyrkStatus", {"TOT", "A.01", "A.09"}},
                                                          {"Kjonn", {"1", "2"}},
                                                          {"ContentsCode", {"Bosatte"}},
                                                          {"Tid", {"2024", "2025"}}},
                                                         {9, 9, 9, 9, 900, 910, 800, 810, 20, 0, 15, 3}));
  folder_.write("porsgrunn/tables/12427.csv",
                "startår;prioritert arbeidsstyrkestatus i startåret;prioritert arbeidsstyrkestatus i tidsserien;"
                "statistikkvariabel;år;12427: Endring i arbeidsstyrkestatus\n"
                "2024;Sysselsatte;Sysselsatte;Bosatte;2025;7000\n2024;Sysselsatte;Andre;Bosatte;2025;200\n"
                "2024;Andre;Sysselsatte;Bosatte;2025;90\n2024;Sysselsatte;Sysselsatte;Bosatte;2026;6800\n");
  folder_.write("porsgrunn/tables/06944.csv",
                "region;husholdningstype;statistikkvariabel;år;\"06944: Inntekt for husholdninger\"\n"
                "4001 Porsgrunn;0000 Alle husholdninger;Inntekt etter skatt, median (kr);2023;534000\n"
                "4003 Skien;0000 Alle husholdninger;Inntekt etter skatt, median (kr);2023;521000\n"
                "4001 Porsgrunn;0000 Alle husholdninger;Antall husholdninger;2023;17000\n");
  auto const shown = [&](std::string const& table) {
    auto const outcome = run({"tables", "tables/" + table, "--format", "csv"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out;
  };
  EXPECT_THAT(shown("12423.yaml"), HasSubstr("A.09,male,2025,,0,2,"));
  EXPECT_THAT(shown("12427.yaml"), HasSubstr("2024,Sysselsatte,Andre,2025,200,200,200,"));
  EXPECT_THAT(shown("06944.yaml"), HasSubstr("4001,2023,534000,534000,534000,"));

  save_tables();
  ASSERT_EQ(run({"populate", "population.yaml", "-o", "people.h5"}).exit_code, 0);
  folder_.write("porsgrunn/calibration.yaml", R"(
utvei: calibration/1
name: compared
scenario: scenario.yaml
sd_log: 0.1
targets:
  - name: unemployed
    stock: {states: [unemployed], at: 2025-11-16, region: "40"}
    values: {file: tables/12423.yaml, where: {year: "2025", status: A.09}}
  - name: still_at_work
    followed: {states: [work], at: 2024-11-16, after: 1 year, in: [work], unit: people, region: "40"}
    values: {file: tables/12427.yaml, where: {start: "2024", status_at_start: Sysselsatte, status: Sysselsatte, year: "2025"}}
  - name: working
    stock: {states: [work], at: 2025-11-16}
    values: {file: tables/13563.yaml, where: {status: employed}}
)");
  auto const validated = run({"validate", ".", "--format", "csv", "--quiet"});
  ASSERT_EQ(validated.exit_code, 0) << validated.err;
  EXPECT_THAT(validated.out, HasSubstr("\nunemployed:male,calibrate,,0,2,"));
  EXPECT_THAT(validated.out, HasSubstr("\nunemployed:female,calibrate,,1,3,"));
  EXPECT_THAT(validated.out, HasSubstr("\nstill_at_work,calibrate,7000,7000,7000,"));
  EXPECT_THAT(validated.out, HasSubstr("\nworking:4001:30-61,calibrate,4900,4900,4900,"));
}

TEST_F(NewMunicipality, LeavesAFolderThatIsThereAlone) {
  auto const again = run_program({"new", "--municipality", "4001", "-o", "porsgrunn"}, folder_.path());
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("`porsgrunn` is there already"));
}

TEST(NewMunicipalityOfAnUnknownCode, NamesTheNearestAndThoseOfTheCounty) {
  support::TempFolder const folder;
  auto const outcome = run_program({"new", "--municipality", "4002"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("in 40 Telemark there are 4001 Porsgrunn, 4003 Skien"));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean `4001`, Porsgrunn?"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

}  // namespace
}  // namespace utvei
