// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"
#include "working_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

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

TEST_F(Register, TellsWhatRulesMoveFromWhatTheModelLacks) {
  auto const outcome = folder.run({"register", demo + "study.yaml"});
  EXPECT_THAT(outcome.out, ContainsRegex("work -> retired +[0-9]+  by a limit or an age of the model\n"));
  EXPECT_THAT(outcome.out, ContainsRegex("school -> work +[0-9]+\n"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("not a transition of the model")));
}

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

/// The shipped example of registers that overlap.
class OverlappingRegisters : public testing::Test {
 protected:
  std::string const example = std::string{UTVEI_SOURCE_DIR} + "/scenarios/overlapping/";
  WorkingFolder folder;
};

TEST_F(OverlappingRegisters, AreCountedAtTheStockDates) {
  auto const outcome = folder.run({"register", example + "study.yaml", "--stock", "stock.csv"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(support::read_file(folder / "stock.csv"),
            "date,activities,state,persons\n"
            "2015-11-16,job,work,11\n2015-11-16,job+disability,disability_work,1\n2015-11-16,course,measure,1\n"
            "2015-11-16,disability,disability,2\n2015-11-16,,no_known_status,1\n"
            "2016-11-16,job,work,6\n2016-11-16,job+disability,disability_work,1\n2016-11-16,aap,aap,5\n"
            "2016-11-16,disability,disability,2\n2016-11-16,,no_known_status,2\n");
  EXPECT_THAT(outcome.out, HasSubstr("disability_work  job+disability           1           1\n"));
  // Five have AAP from New Year 2016 on, and a job beside it for two months: 366 days each.
  EXPECT_THAT(outcome.out, HasSubstr("person-years with a flag\nflag         work  disability_work   aap_work"));
  EXPECT_THAT(folder.run({"register", example + "study.yaml", "--format", "csv"}).out,
              testing::AllOf(HasSubstr("\nstock,2016-11-16,disability_work,,job+disability,1\n"),
                             HasSubstr("\nchanges,,work,aap_work,,5\n"),
                             HasSubstr("\nflag_person_years,,aap_work,,aap,0.8213552361396304\n")));
}

TEST_F(OverlappingRegisters, AreTheSameInARegisterFile) {
  auto const made = folder.run({"register", example + "study.yaml", "-o", "register.h5", "--format", "json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  support::write_file(folder / "later.yaml", "utvei: study/1\nname: overlapping\nmodel: " + example +
                                                 "model.yaml\nregister: register.h5\nstock_dates: [\"11-16\"]\n");
  auto const again = folder.run({"register", "later.yaml", "--format", "json"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(again.out, made.out);
  auto const json = nlohmann::json::parse(made.out);
  EXPECT_EQ(json["stock"].size(), 10U);
  EXPECT_EQ(json["stock"][1], (nlohmann::json{{"date", "2015-11-16"},
                                              {"activities", {"job", "disability"}},
                                              {"state", "disability_work"},
                                              {"persons", 1}}));
  EXPECT_EQ(json["counts"]["joined"], 10);
}

TEST_F(OverlappingRegisters, HideSmallCountsOutside) {
  std::vector<std::string> words{
      "register", example + "study.yaml", "--set", "data_class=register", "--stock", "stock.csv", "--format", "json"};
  auto const outside = folder.run(words);
  ASSERT_EQ(outside.exit_code, 0) << outside.err;
  EXPECT_EQ(support::read_file(folder / "stock.csv"),
            "date,activities,state,persons\n"
            "2015-11-16,job,work,:\n2015-11-16,job+disability,disability_work,:\n2015-11-16,course,measure,:\n"
            "2015-11-16,disability,disability,:\n2015-11-16,,no_known_status,:\n"
            "2016-11-16,job,work,6\n2016-11-16,job+disability,disability_work,:\n2016-11-16,aap,aap,:\n"
            "2016-11-16,disability,disability,:\n2016-11-16,,no_known_status,:\n");
  EXPECT_EQ(std::filesystem::status(folder / "stock.csv").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_TRUE(nlohmann::json::parse(outside.out)["stock"][1]["persons"].is_null());
  words.emplace_back("--inside");
  ASSERT_EQ(folder.run(words).exit_code, 0);
  EXPECT_THAT(support::read_file(folder / "stock.csv"), HasSubstr("job+disability,disability_work,1\n"));
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
