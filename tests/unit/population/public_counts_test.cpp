// SPDX-License-Identifier: Apache-2.0
// Margins from tables as agencies publish them.
#include "support/files.hpp"

#include <utvei/population/recipe.hpp>

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using ::testing::HasSubstr;

class PublicMargins : public ::testing::Test {
 protected:
  PublicMargins() {
    folder_.write("regions.csv", "region;parent;name_nb\n39;;Vestfold\n3901;39;Horten\n3903;39;Holmestrand\n");
    folder_.write("model.yaml",
                  "utvei: model/1\nregions: regions.csv\nstates: {work: {}, out: {}}\ntraits: {sex: [female, male]}\n"
                  "transitions: [{from: work, to: out}, {from: out, to: work}]\n");
    folder_.write("people.csv",
                  "region;sex;age;statusvariabel;year;number\nK-3901;1;16-19 år;A;2023;30\nK-3901;2;16-19 år;A;2023;3\n"
                  "K-3903;1;16-19 år;A;2023;:\nK-3903;2;16-19 år;A;2023;40\nK-3901;1;16-19 år;A;2024;31\n");
    folder_.write("people.yaml",
                  "utvei: mapping/1\nfile: people.csv\nvalue: number\ncolumns:\n  region: {as: region}\n"
                  "  sex: {as: sex, values: {\"1\": male, \"2\": female}}\n  age: {as: age}\n"
                  "  statusvariabel: {as: state, values: {A: work}}\n  year: {as: year}\n");
  }

  PopulationRecipe read(std::string const& margin) {
    return read_recipe(folder_.write("population.yaml",
                                     "utvei: population/1\nname: few\nmodel: model.yaml\ndate: 2023-01-01\n"
                                     "margins:\n  - " +
                                         margin + "\n"),
                       {}, {}, diagnostics_);
  }

  support::TempFolder folder_;
  Diagnostics diagnostics_;
};

TEST_F(PublicMargins, AreReadThroughTheirMapping) {
  auto const recipe = read("{file: people.yaml, where: {year: \"2023\"}}");
  ASSERT_FALSE(diagnostics_.has_errors()) << render(diagnostics_);
  ASSERT_EQ(recipe.margins.size(), 1U);
  CountTable const& table = recipe.margins[0].groups.table;
  ASSERT_EQ(table.rows(), 4U);
  EXPECT_EQ(table.columns.size(), 4U);
  EXPECT_EQ(table.count[0], 30);
  EXPECT_EQ(table.count[2], std::nullopt);
  EXPECT_THAT(recipe.inputs, ::testing::Contains(HasSubstr("people.csv")));
}

TEST_F(PublicMargins, SayWhichYearIsMeant) {
  read("{file: people.yaml}");
  EXPECT_THAT(render(diagnostics_), HasSubstr("say which: where: {year: \"2024\"}"));
}

TEST_F(PublicMargins, SayWhatTheTableLacks) {
  read("{file: people.yaml, where: {yaer: \"2023\", year: \"2020\"}}");
  EXPECT_THAT(render(diagnostics_), HasSubstr("the table has no `yaer`"));
  read("{file: people.yaml, where: {year: \"2020\"}}");
  EXPECT_THAT(render(diagnostics_), HasSubstr("is meant"));
}

}  // namespace
}  // namespace utvei
