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
using testing::IsEmpty;
using testing::Not;

TEST(Check, TellsTheKindOfAFileByItsKey) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"check", "model.yaml", "baseline.yaml"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "model.yaml: ok\nbaseline.yaml: ok\n");
}

TEST(Check, ReportsAllErrorsOfAllFilesAtOnce) {
  WorkingFolder const folder;
  auto const outcome =
      folder.run({"check", "scenario.yaml", "baseline.yaml", "nowhere.yaml", "model.yaml", "--set", "yeers=10"});
  EXPECT_EQ(outcome.exit_code, 3) << "a wrong file wins over a missing one";
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("yeers"), HasSubstr("did you mean `years`?"), HasSubstr("nowhere.yaml")));
  EXPECT_THAT(outcome.out, IsEmpty());
}

TEST(Check, AFileThatDoesNotSayWhatItIs) {
  WorkingFolder const folder;
  folder.write("mine.yaml", "name: mine\n");
  folder.write("yours.yaml", "utvei: modell/1\n");
  auto const outcome = folder.run({"check", "mine.yaml", "yours.yaml"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("no key `utvei`"), HasSubstr("yours.yaml:1:8: error: unknown format"),
                                 HasSubstr("did you mean `model/1`?")));
}

TEST(Check, FindsAGapInTheRatesThatAScenarioMeets) {
  WorkingFolder const folder;
  auto model = support::read_file(folder / "model.yaml");
  std::string const constant = "{from: aap, to: work, rate_per_year: 0.30}";
  model.replace(model.find(constant), constant.size(), "{from: aap, to: work, rates: aap.csv}");
  folder.write("model.yaml", model);
  folder.write("aap.csv", "from;to;sex;rate_per_year\naap;work;female;0.3\n");
  auto const outcome = folder.run({"check", "baseline.yaml"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("aap -> work"));
}

TEST(Check, WarnsOfAWhatIfThatReachesNobody) {
  WorkingFolder const folder;
  for (std::string const whom : {"age: {from: 90, to: 95}", "age: {from: 16, to: 25}"}) {
    folder.write("old.yaml",
                 "extends: baseline.yaml\nname: old\nchanges: [{transition: work -> sick_leave, hazard_ratio: 2, " +
                     whom + "}]\n");
    auto const outcome = folder.run({"check", "old.yaml"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    auto const warned = HasSubstr("the change reaches nobody");
    EXPECT_THAT(outcome.err, whom.starts_with("age: {from: 90") ? testing::Matcher<std::string>(warned) : Not(warned));
  }
}

TEST(Check, ListsTheQuestionsThatCannotBeAnswered) {
  WorkingFolder const folder;
  auto model = support::read_file(folder / "model.yaml");
  std::string const traits = "\ntraits:\n";
  model.replace(model.find(traits), traits.size(), traits + "  origin: [norway, abroad]\n");
  folder.write("model.yaml", model +
                                 "questions:\n"
                                 "  points: {needs: [school_points, work], label: {nb: 'Poeng?', en: 'Points?'}}\n"
                                 "  origins: {needs: [origin]}\n"
                                 "  women: {needs: [sex]}\n");
  auto const outcome = folder.run({"check", "model.yaml", "baseline.yaml", "--lang", "en"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "model.yaml: ok\n  cannot answer: Points? (the model has no trait or state `school_points`)\n"
            "baseline.yaml: ok\n  cannot answer: origins (its people have no `origin`)\n");
  auto const json = nlohmann::json::parse(folder.run({"check", "model.yaml", "--format", "json"}).out);
  ASSERT_EQ(json.size(), 1U);
  EXPECT_EQ(json[0]["severity"], "note");
  EXPECT_THAT(json[0]["problem"].get<std::string>(), HasSubstr("Poeng?"));
}

TEST(Check, TellsWhatTheEffectsOfMeasuresRestOn) {
  WorkingFolder const folder;
  folder.write("trial.yaml",
               "utvei: trial/1\nname: ips\nsource: made up\npopulation: {persons: 5000, state: aap, age: 30, traits: "
               "{sex: {female: 1, male: 1}}}\n");
  folder.write("measures.yaml", R"(extends: baseline.yaml
name: measures
measures:
  - name: ips
    who: {state: aap}
    effects:
      - transition: aap -> work
        from_trial:
          {population: trial.yaml, outcome: employed_at, at: 12 months, control: 0.271, treated: 0.366, n: [205, 205],
           kept_out: [{at: 18 months, control: 0.271, treated: 0.374}]}
        after: {half_life: 24 months}
    evidence: {source: "Reme et al. 2019, SJWEH 45:33-41", confidence: M}
  - name: course
    who: {state: school}
    lasts: {median: 6 months}
    effects:
      - {transition: ["aap -> work", "school -> work"], hazard_ratio: 1.2, assumed: true}
)");
  auto const outcome = folder.run({"check", "measures.yaml"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  std::string const share = "0\\.[0-9]{3} \\(0\\.[0-9]{3} to 0\\.[0-9]{3}; published 0\\.";
  EXPECT_THAT(
      outcome.out,
      testing::MatchesRegex(
          "measures\\.yaml: ok\n"
          "  ips: hazard ratio 1\\.[45][0-9] \\([01]\\.[0-9]{2} to [12]\\.[0-9]{2}\\) on aap -> work, solved from a "
          "trial; in its control arm the model's intensities are multiplied by 1\\.[0-9]{2}\n"
          "  ips: kept out, after 18 months: control " +
          share + "271(, outside|)\\), treated " + share +
          "374(, outside|)\\), as arms of that size would show; difference 0\\.[0-9]{3} \\(-?0\\.[0-9]{3} to "
          "0\\.[0-9]{3}\\)\n"
          "  ips: evidence of confidence M: Reme et al\\. 2019, SJWEH 45:33-41\n"
          "  ips: that it fades by half in 2 years after the end is an assumption\n"
          "  course: the effect on (school -> work, aap|aap -> work, school) -> work is assumed, no study is behind "
          "it\n"));
  auto const alone = folder.run({"check", "trial.yaml"});
  EXPECT_EQ(alone.exit_code, 0) << alone.err;
  EXPECT_EQ(alone.out, "trial.yaml: ok\n  its people are looked at with a scenario that has an effect of this trial\n");
}

TEST(Check, WritesJsonThatAnEditorCanUse) {
  WorkingFolder const folder;
  folder.write("wrong.yaml", "utvei: scenario/1\nname: \"blåbær\"\nmodel: model.yaml\nstart: 2025-01-01\nyeers: 3\n");
  auto const outcome = folder.run({"check", "wrong.yaml", "--format", "json"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, IsEmpty());
  auto const found = nlohmann::json::parse(outcome.out);
  ASSERT_TRUE(found.is_array());
  ASSERT_FALSE(found.empty());
  bool unknown_key = false;
  for (auto const& each : found) {
    for (auto const* const key : {"file", "line", "column", "severity", "problem", "why", "help"})
      EXPECT_TRUE(each.contains(key)) << key;
    unknown_key |= each["line"] == 5 && each["column"] == 1 && each["file"] == "wrong.yaml";
  }
  EXPECT_TRUE(unknown_key) << outcome.out;
}

TEST(Check, SaysNothingWhenQuietAndAllIsWell) {
  WorkingFolder const folder;
  auto const outcome = folder.run({"check", "model.yaml", "--quiet"});
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.out + outcome.err, IsEmpty());
  EXPECT_EQ(folder.run({"check", "model.yaml", "--format", "json"}).out, "[]\n");
}

TEST(Check, ShowsColourOnlyOnATerminalThatWantsIt) {
  WorkingFolder const folder;
  if (folder.shell("command -v script").exit_code != 0) GTEST_SKIP() << "no `script` (bsdutils) to make a terminal";
  std::string const command = "script -qec 'utvei check nowhere.yaml' /dev/null";
  EXPECT_THAT(folder.shell("TERM=xterm " + command).out, HasSubstr("\x1b[1;31merror:\x1b[0m"));
  EXPECT_THAT(folder.shell("TERM=xterm NO_COLOR=1 " + command).out, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(folder.shell("TERM=dumb " + command).out, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace utvei
