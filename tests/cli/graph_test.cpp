// SPDX-License-Identifier: Apache-2.0
#include "working_folder.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

TEST(Graph, DrawsAModel) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"graph", "model.yaml", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(StartsWith("digraph"), HasSubstr("Sick leave")));
}

TEST(Graph, DrawsTheModelOfAScenarioToAFile) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"graph", "scenario.yaml", "-o", "model.dot"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(support::read_file(folder / "model.dot"), StartsWith("digraph"));
}

TEST(Graph, DrawsSvgThroughGraphviz) {
  WorkingFolder const folder;
  if (folder.shell("command -v dot").exit_code != 0) GTEST_SKIP() << "no graphviz";
  auto const outcome = folder.run({"graph", "model.yaml", "--format", "svg"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("<svg"));
}

TEST(Graph, SaysWhatIsAbsorbingAndTheLikelyPathways) {
  WorkingFolder const folder;
  auto const outcome =
      folder.run({"graph", "model.yaml", "--format", "json", "--from", "school", "--to", "disability", "--paths", "2"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const graph = nlohmann::json::parse(outcome.out);
  EXPECT_TRUE(graph.contains("absorbing"));
  EXPECT_TRUE(graph.contains("dominators"));
  EXPECT_TRUE(graph.contains("pathways"));
}

TEST(Graph, AsksForWhomWhereRatesVary) {
  WorkingFolder const folder;
  auto model = support::read_file(folder / "model.yaml");
  std::string const constant = "{from: aap, to: work, rate_per_year: 0.30}";
  model.replace(model.find(constant), constant.size(), "{from: aap, to: work, rates: aap.csv}");
  folder.write("model.yaml", model);
  folder.write("aap.csv",
               "from;to;sex;age_from;age_to;rate_per_year\naap;work;female;;40;0.3\naap;work;female;40;;0.2\naap;work;"
               "male;;;0.4\n");
  std::vector<std::string> words{"graph", "model.yaml", "--format", "json", "--from", "school", "--to", "work"};
  EXPECT_EQ(folder.run({"graph", "model.yaml"}).exit_code, 0) << "a picture needs no rates";
  auto const unsaid = folder.run(words);
  EXPECT_EQ(unsaid.exit_code, 2);
  EXPECT_THAT(unsaid.err, HasSubstr("--at \"age=25"));
  words.insert(words.end(), {"--at", "age=25,sex=female"});
  EXPECT_EQ(folder.run(words).exit_code, 0);
}

TEST(Graph, PointsAtWhatItCannotReadInAt) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"graph", "model.yaml", "--format", "json", "--at", "age=old,sx=female,year=2025"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("--at:1:1: error: age: `old` is no age"),
                                 HasSubstr("--at:1:9: error: unknown key `sx`"), HasSubstr("did you mean `sex`?")));
}

TEST(Graph, FromAndToGoTogetherWithJson) {
  WorkingFolder const folder;
  EXPECT_EQ(folder.run({"graph", "model.yaml", "--format", "json", "--from", "school"}).exit_code, 2);
  EXPECT_EQ(folder.run({"graph", "model.yaml", "--from", "school", "--to", "work"}).exit_code, 2);
  auto const unknown = folder.run({"graph", "model.yaml", "--format", "json", "--from", "school", "--to", "wrok"});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, AllOf(HasSubstr("unknown state `wrok`"), HasSubstr("did you mean `work`?")));
}

}  // namespace
}  // namespace utvei
