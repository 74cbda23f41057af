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
