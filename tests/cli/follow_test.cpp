// SPDX-License-Identifier: Apache-2.0
// The plan of the demo, as it is shipped: one step has slipped.
#include "support/program.hpp"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace utvei {
namespace {

using support::Outcome;
using support::run_program;
using testing::HasSubstr;
using testing::Not;

// The demo in a folder of its own, with rates: a fresh tree has none, and nothing is written beside the sources.
class DemoPlan : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::copy(std::filesystem::path{UTVEI_SOURCE_DIR} / "scenarios" / "demo", folder_ / "demo",
                          std::filesystem::copy_options::recursive);
    auto const outcome =
        run_program({"estimate", demo("study.yaml"), "-o", demo("rates.h5"), "--quiet"}, folder_.path());
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  }
  std::string demo(char const* file) const { return folder_ / "demo" / file; }
  Outcome follow(std::vector<std::string> const& more) const {
    std::vector<std::string> words{"follow", demo("plan.yaml"), "--actual", demo("plan_2027.csv"), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return run_program(words, folder_.path());
  }
  std::string text_of(char const* file) const { return support::read_file(folder_ / file); }
  support::TempFolder folder_;
};

TEST_F(DemoPlan, SaysWhichStepSlippedOnAPageForEachActor) {
  auto const outcome = follow({"-o", "pages"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Leddet som sviktet i 2027 (Jobbveileder), er «begynte»: så mange som ventet fikk "
                                     "tilbud, og av dem var det ventet at 94 til 114 begynte. Det ble 62."));
  EXPECT_THAT(outcome.out, HasSubstr("1 av 4 vurderte tall ligger utenfor 80 %"));
  EXPECT_THAT(outcome.out, HasSubstr("40 så langt"));
  EXPECT_THAT(text_of("pages/nav.html"), HasSubstr("er «begynte»"));
  EXPECT_THAT(text_of("pages/nav.html"), HasSubstr("<a href=\"index.html\">Hele planen</a>"));
  EXPECT_THAT(text_of("pages/kommunen.html"), Not(HasSubstr("er «begynte»")));
  EXPECT_THAT(text_of("pages/kommunen.html"), HasSubstr("plan@granheim.example"));
  EXPECT_THAT(text_of("pages/index.html"), HasSubstr("<a href=\"arbeidsgiverne.html\">Arbeidsgivere i Granheim</a>"));
  EXPECT_THAT(text_of("pages/plan.csv"), HasSubstr("\nbegynte,nav,jobbveileder,started,2027,98.8,"));
  EXPECT_THAT(text_of("pages/steps.csv"), HasSubstr("jobbveileder,started,offered,2027,103.6653602,"));
}

TEST_F(DemoPlan, SaysWhereItsPagesAreOrThatThereAreNone) {
  std::vector<std::string> words{"follow", demo("plan.yaml"), "--actual", demo("plan_2027.csv")};
  EXPECT_THAT(run_program(words, folder_.path()).err, HasSubstr("ingen sider er skrevet: nevn en mappe"));
  words.insert(words.end(), {"-o", "pages"});
  EXPECT_THAT(run_program(words, folder_.path()).err,
              HasSubstr("pages/index.html: planen, og 3 sider til ansvarlige; åpne den med et dobbeltklikk"));
}

TEST_F(DemoPlan, IsTheSameForAnyNumberOfThreads) {
  auto const one = follow({"--format", "csv", "--threads", "1"});
  ASSERT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(follow({"--format", "csv", "--threads", "3"}).out, one.out);
}

TEST_F(DemoPlan, IsADocumentInThreeLanguages) {
  auto const outcome = follow({"--format", "json", "-o", "plan.json", "--lang", "nn"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  auto const document = nlohmann::json::parse(text_of("plan.json"));
  EXPECT_EQ(document["language"], "nn");
  EXPECT_THAT(document["lead"][0]["nn"].get<std::string>(), HasSubstr("Leddet som svikta i 2027 (Jobbrettleiar)"));
  EXPECT_THAT(document["lead"][0]["en"].get<std::string>(), HasSubstr("The step that slipped in 2027 (Job coach)"));
  EXPECT_EQ(document["links"].size(), 3U);
  EXPECT_EQ(document["sections"][0]["figures"][0]["kind"], "steps");
  auto const& paths = document["sections"][1]["figures"];
  EXPECT_EQ(paths[3]["evidence"], "assumed") << "in work, after a measure of assumed effect";
  EXPECT_FALSE(paths[0].contains("evidence")) << "an offer";
}

TEST_F(DemoPlan, ReadsAResultInPlaceOfAScenario) {
  ASSERT_EQ(run_program({"run", demo("plan_tilbud.yaml"), "--quiet"}, folder_.path()).exit_code, 0);
  folder_.write("plan.yaml", "utvei: plan/1\nname: p\nscenario: runs/plan_tilbud.h5\nyears: {from: 2027, to: 2027}\n");
  auto const outcome = run_program({"follow", "plan.yaml", "--format", "csv"}, folder_.path());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("jobbveileder_started,nav,jobbveileder,started,2027,98.8,"));
  EXPECT_THAT(outcome.out, HasSubstr("outside_person_years,nav,,,2027,"));
}

TEST_F(DemoPlan, LeavesNothingHalfWritten) {
  folder_.write("pages", "a file");
  auto const outcome = follow({"-o", "pages"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("`pages` is no folder"));
  EXPECT_EQ(text_of("pages"), "a file");
}

TEST_F(DemoPlan, KeepsWhatIsMadeOfARegisterInside) {
  folder_.write(
      "model.yaml",
      "utvei: model/1\nname: m\nstates: {out: {group: outside}, work: {group: work}}\n"
      "transitions:\n  - {from: out, to: work, rate_per_year: 0.5}\n  - {from: work, to: out, rate_per_year: 0.2}\n");
  folder_.write(
      "scenario.yaml",
      "utvei: scenario/1\nname: s\nmodel: model.yaml\nstart: 2025-01-01\nyears: 2\nseed: 1\nreplicates: 9\n"
      "population: {persons: 100, state: out, data_class: register}\nmeasures:\n  - {name: m, who: {state: out}, "
      "lasts: {median: 3 months}}\n");
  folder_.write("plan.yaml", "utvei: plan/1\nname: p\nscenario: scenario.yaml\n");
  auto const refused = run_program({"follow", "plan.yaml", "-o", "pages"}, folder_.path());
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "pages"));
  auto const inside = run_program({"follow", "plan.yaml", "-o", "pages", "--inside"}, folder_.path());
  ASSERT_EQ(inside.exit_code, 0) << inside.err;
  EXPECT_EQ(std::filesystem::status(folder_ / "pages/index.html").permissions() & std::filesystem::perms::others_read,
            std::filesystem::perms::none);
}

}  // namespace
}  // namespace utvei
