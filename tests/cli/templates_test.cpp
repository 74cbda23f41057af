// SPDX-License-Identifier: Apache-2.0
// `utvei new` gives files that are right as they are.
#include "support/program.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::run_program;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

void write_template(support::TempFolder const& folder, std::string const& kind) {
  bool const data = kind == "persons" || kind == "spells" || kind == "margin";
  auto const outcome = run_program({"new", kind, "-o", kind + (data ? ".csv" : ".yaml")}, folder.path());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST(Templates, PassTheCheckTogether) {
  support::TempFolder const folder;
  for (std::string const kind :
       {"model", "scenario", "study", "population", "income", "money", "persons", "spells", "margin"})
    write_template(folder, kind);
  auto const outcome = run_program(
      {"check", "model.yaml", "scenario.yaml", "study.yaml", "population.yaml", "income.yaml", "money.yaml"},
      folder.path());
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out,
              StartsWith("model.yaml: ok\nscenario.yaml: ok\nstudy.yaml: ok\npopulation.yaml: ok\nincome.yaml: ok\n"
                         "money.yaml: ok\n  money: kroner of 2025, discounted by 4 %, 3 % after 40 years"));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(Templates, RunAsTheyAre) {
  support::TempFolder const folder;
  for (std::string const kind : {"model", "scenario"}) write_template(folder, kind);
  auto const outcome = run_program({"run", "scenario.yaml", "--quiet"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(std::filesystem::exists(folder / "runs/my_scenario.h5"));
}

TEST(Templates, SayWhoHasALowIncome) {
  support::TempFolder const folder;
  for (std::string const kind : {"model", "scenario", "income"}) write_template(folder, kind);
  auto const outcome = run_program({"run", "scenario.yaml", "--set", "income=income.yaml"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out + outcome.err, HasSubstr("everybody lives alone"));
  auto const table = run_program({"export", "runs/my_scenario.h5", "--table", "median_income"}, folder.path());
  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("median_income,0,2034,"));
}

TEST(Templates, SayWhoPays) {
  support::TempFolder const folder;
  for (std::string const kind : {"model", "scenario", "income", "money"}) write_template(folder, kind);
  auto const outcome =
      run_program({"run", "scenario.yaml", "--set", "income=income.yaml", "--set", "money=money.yaml"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const table = run_program({"export", "runs/my_scenario.h5", "--table", "payments"}, folder.path());
  EXPECT_THAT(table.out, HasSubstr("aap: benefit"));
}

TEST(Templates, FollowAPlan) {
  support::TempFolder const folder;
  for (std::string const kind : {"model", "scenario", "plan"}) write_template(folder, kind);
  EXPECT_EQ(run_program({"check", "plan.yaml"}, folder.path()).exit_code, 0);
  folder.write("actual.csv", "year;indicator;actual\n2027;working;1450\n");
  auto const outcome = run_program({"follow", "plan.yaml", "--actual", "actual.csv", "-o", "pages"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Det er ingen bånd og ingen vurdering"));
  for (char const* const page : {"pages/index.html", "pages/nav.html", "pages/kommunen.html", "pages/plan.csv"})
    EXPECT_TRUE(std::filesystem::exists(folder / page)) << page;
}

TEST(Templates, GiveRatesThatTheirModelCanName) {
  support::TempFolder const folder;
  for (std::string const kind : {"model", "study", "persons", "spells"}) write_template(folder, kind);
  auto const outcome = run_program({"estimate", "study.yaml", "-o", "rates.h5", "--inside"}, folder.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(std::filesystem::exists(folder / "rates.h5"));
}

TEST(Templates, GoToStandardOutputWithoutAFile) {
  auto const outcome = run_program({"new", "model"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("utvei: model/1\n"));
}

TEST(Templates, ReplaceAFileOnlyWhenForced) {
  support::TempFolder const folder;
  folder.write("model.yaml", "mine");
  auto const refused = run_program({"new", "model", "-o", "model.yaml"}, folder.path());
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_THAT(refused.err, HasSubstr("`model.yaml` is there already"));
  EXPECT_EQ(support::read_file(folder / "model.yaml"), "mine");
  EXPECT_EQ(run_program({"new", "model", "-o", "model.yaml", "--force"}, folder.path()).exit_code, 0);
  EXPECT_THAT(support::read_file(folder / "model.yaml"), HasSubstr("utvei: model/1"));
}

}  // namespace
}  // namespace utvei
