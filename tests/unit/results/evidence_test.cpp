// SPDX-License-Identifier: Apache-2.0
#include <utvei/results/evidence.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view coach = R"(name: s
measures:
  - name: coach
    effects: [{transition: a -> b, hazard_ratio: 1.3}]
    evidence: {source: "Reme 2019", confidence: M}
)";
constexpr std::string_view two = R"(  - name: course
    effects: [{transition: a -> b, hazard_ratio: 1.1}]
  - name: letter
    lasts: {median: 1 month}
)";

RunResult of_scenario(std::string yaml) {
  RunResult result;
  result.provenance.scenario = std::move(yaml);
  return result;
}

TEST(Evidence, IsOfMeasuresWithEffectsThatSetResultsApart) {
  auto const baseline = of_scenario(std::string{coach});
  auto const scenario = of_scenario(std::string{coach} + std::string{two});
  EXPECT_THAT(evidence_beside(baseline, scenario), ElementsAre(MeasureEvidence{"course", "", ""}));
  // A measure that only the baseline has is behind the difference all the same.
  EXPECT_THAT(evidence_beside(baseline, of_scenario("name: none")),
              ElementsAre(MeasureEvidence{"coach", "Reme 2019", "M"}));
}

TEST(Evidence, IsOfMeasuresThatAreNotAlike) {
  std::string changed{coach};
  changed.replace(changed.find("1.3"), 3, "1.5");
  EXPECT_THAT(evidence_beside(of_scenario(std::string{coach}), of_scenario(changed)),
              ElementsAre(MeasureEvidence{"coach", "Reme 2019", "M"}));
}

TEST(Evidence, SaysThatNothingIsBehindAnEffect) {
  EXPECT_EQ(evidence_words({"coach", "Reme 2019", "M"}, "nb"), "evidens M (middels sikker): Reme 2019");
  EXPECT_EQ(evidence_words({"coach", "Reme 2019", "L"}, "en"), "evidence L (weak): Reme 2019");
  EXPECT_EQ(grade_and_source({"coach", "Reme 2019", "M"}, "nn"), "middels god evidens: Reme 2019");
  EXPECT_EQ(grade_words("H", "nb"), "god evidens");
  EXPECT_EQ(grade_words("L", "en"), "weak evidence");
  EXPECT_THAT(evidence_words({"course", "", ""}, "nn"), HasSubstr("teke for gitt"));
}

TEST(Evidence, TellsItsNoteInTheLanguageOfTheReader) {
  auto const scenario = of_scenario(R"(
measures:
  - name: course
    effects: [{transition: a -> b, hazard_ratio: 1.1}]
    evidence: {source: A study, confidence: L, note: {nb: bare retningen, en: the sign alone}}
)");
  auto const found = evidence_beside(of_scenario("name: none"), scenario);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(evidence_words(found[0], "nb"), "evidens L (svak): A study; bare retningen");
  EXPECT_EQ(evidence_words(found[0], "nn"), "evidens L (svak): A study; bare retningen");
  EXPECT_EQ(evidence_words(found[0], "en"), "evidence L (weak): A study; the sign alone");
  EXPECT_FALSE(is_known(found[0]));
  EXPECT_TRUE(is_known({"coach", "Reme 2019", "M"}));
}

TEST(Evidence, NoticeIsOfMadeUpNumbersAlone) {
  EXPECT_THAT(made_up_notice("synthetic", "nb"), HasSubstr("Oppdiktet"));
  EXPECT_EQ(made_up_notice("open", "nb"), "");
  EXPECT_EQ(made_up_notice("register", "en"), "");
}

}  // namespace
}  // namespace utvei
