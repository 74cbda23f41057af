// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"
#include "working_folder.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::HasSubstr;

std::string const demo = std::string{UTVEI_SOURCE_DIR} + "/scenarios/demo/";

class Register : public testing::Test {
 protected:
  /// A study over the same model and estimates as the demo's, with a register file in place of data files.
  void write_later_study() {
    std::string const study = support::read_file(demo + "study.yaml");
    support::write_file(folder / "later.yaml", "utvei: study/1\nname: demo\nmodel: " + demo +
                                                   "model.yaml\nregister: register.h5\n" +
                                                   study.substr(study.find("estimate:")));
  }
  WorkingFolder folder;
};

TEST_F(Register, GivesTheSameEstimatesAsTheDataFiles) {
  auto const made = folder.run({"register", demo + "study.yaml", "-o", "register.h5"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  write_later_study();
  auto const of_files = folder.run({"estimate", demo + "study.yaml", "-o", "a.h5", "--exposure", "a.csv", "--regions",
                                    "ar.csv", "--coefficients", "ac.csv", "--occupation", "ao.csv"});
  auto const of_register = folder.run({"estimate", "later.yaml", "-o", "b.h5", "--exposure", "b.csv", "--regions",
                                       "br.csv", "--coefficients", "bc.csv", "--occupation", "bo.csv"});
  ASSERT_EQ(of_register.exit_code, 0) << of_register.err;
  EXPECT_EQ(of_register.out, of_files.out) << "the summary, with all counts";
  for (std::string const table : {".csv", "r.csv", "c.csv", "o.csv"})
    EXPECT_EQ(support::read_file(folder / ("a" + table)), support::read_file(folder / ("b" + table))) << table;
}

/// The demo's study, but where people live comes from a file of its own.
std::string with_residence(std::string study) {
  auto const replace = [&study](std::string const& from, std::string const& to) {
    study.replace(study.find(from), from.size(), to);
  };
  replace("model: model.yaml", "model: " + demo + "model.yaml");
  replace("file: spells.csv", "file: " + demo + "spells.csv");
  replace("persons: {file: persons.csv, id: person, birth: birth, sex: sex, region: region}",
          "persons: {file: " + demo + "persons.csv, id: person, birth: birth, sex: sex}\nresidence: {file: " + demo +
              "persons.csv, id: person, region: region, start: birth}");
  return study;
}

TEST_F(Register, KeepsWherePeopleLive) {
  support::write_file(folder / "study.yaml", with_residence(support::read_file(demo + "study.yaml")));
  auto const made = folder.run({"register", "study.yaml", "-o", "register.h5"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  write_later_study();
  auto const of_files = folder.run({"estimate", "study.yaml", "-o", "a.h5", "--exposure", "a.csv"});
  auto const of_register = folder.run({"estimate", "later.yaml", "-o", "b.h5", "--exposure", "b.csv"});
  ASSERT_EQ(of_register.exit_code, 0) << of_register.err;
  EXPECT_EQ(of_register.out, of_files.out);
  EXPECT_EQ(support::read_file(folder / "a.csv"), support::read_file(folder / "b.csv"));
}

TEST_F(Register, OfARegisterIsTheSameRegister) {
  auto const made = folder.run({"register", demo + "study.yaml", "-o", "register.h5"});
  write_later_study();
  auto const again = folder.run({"register", "later.yaml"});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, made.out);
}

TEST_F(Register, PrintsWhatToLookAtFirst) {
  for (std::string const file : {"study.yaml", "persons.csv", "spells.csv"})
    ASSERT_EQ(folder.run({"new", file.substr(0, file.find('.')), "-o", file}).exit_code, 0);
  auto const outcome = folder.run({"register", "study.yaml", "-o", "register.h5", "--inside"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(
      outcome.out,
      HasSubstr("3 persons, 11 spells; 11 rows read; 3 still going on; 1 spells past a limit of the model kept\n"));
  // Person 1 worked until 11 April and from 20 June 2016, person 2 and 3 were at school.
  EXPECT_THAT(outcome.out, HasSubstr("\n2016          2.0        0.8         0.2        0.0         0.0        3.0\n"));
  EXPECT_THAT(outcome.out, HasSubstr("school -> aap                                     1\n"));
  EXPECT_EQ(std::filesystem::status(folder / "register.h5").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

}  // namespace
}  // namespace utvei
