// SPDX-License-Identifier: Apache-2.0
// Low income from files to tables, with what is shipped.
#include "support/program.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::run_program;
using testing::HasSubstr;

/// The demo with its rates and people, low income run once.
class LowIncomeOfTheDemo : public testing::Test {
 protected:
  LowIncomeOfTheDemo() {
    std::filesystem::copy(std::filesystem::path{UTVEI_SOURCE_DIR} / "scenarios" / "demo", folder_.path(),
                          std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    succeed({"estimate", "study.yaml", "-o", "rates.h5"});
    succeed({"populate", "population.yaml", "-o", "people.h5"});
    said_ = succeed({"run", "low_income.yaml", "--threads", "1"});
  }
  std::string succeed(std::vector<std::string> const& words) {
    auto const outcome = run_program(words, folder_.path());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return outcome.out + outcome.err;
  }
  std::string table(std::string const& name, std::string const& file = "runs/low_income.h5") {
    return succeed({"export", file, "--table", name});
  }
  support::TempFolder folder_;
  std::string said_;
};

TEST_F(LowIncomeOfTheDemo, IsCountedByYear) {
  EXPECT_THAT(said_, HasSubstr("income 2034: median "));
  EXPECT_THAT(said_, HasSubstr("households stay as they were at the start"));
  EXPECT_THAT(table("income_state"), HasSubstr("income_state,0,9901,2034,one_adult_with_children,persistently_low,"));
  EXPECT_THAT(table("pathway_people"), HasSubstr("work_again: 3 low_income"));
}

TEST_F(LowIncomeOfTheDemo, IsTheSameForAnyNumberOfThreads) {
  succeed({"run", "low_income.yaml", "--threads", "3", "--out", "again"});
  for (std::string const name : {"income_state", "income_transitions", "median_income", "income_sum", "pathway_time"})
    EXPECT_EQ(table(name), table(name, "again/low_income.h5"));
}

TEST_F(LowIncomeOfTheDemo, IsCompared) {
  succeed({"run", "low_income.yaml", "--set", "name=more_work", "--set",
           "changes=[{transition: unemployed -> work, hazard_ratio: 2}]"});
  auto const text = succeed({"compare", "runs/low_income.h5", "runs/more_work.h5", "--lang", "en"});
  EXPECT_THAT(text, HasSubstr("People by the income of their household in 2034"));
  EXPECT_THAT(text, HasSubstr("Persistently low"));
}

TEST_F(LowIncomeOfTheDemo, TakesParameterDraws) {
  succeed({"run", "low_income.yaml", "--set", "draws=2", "--set", "years=3", "--set", "name=drawn"});
  EXPECT_THAT(table("median_income", "runs/drawn.h5"), HasSubstr("median_income,1,2027,"));
}

}  // namespace
}  // namespace utvei
