// SPDX-License-Identifier: Apache-2.0
#include <utvei/report/document.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(NumberWords, HaveThousandsADecimalCommaAndARealMinus) {
  EXPECT_EQ(number_words(1'234'567.89, 1).nb, "1\u202f234\u202f567,9");
  EXPECT_EQ(number_words(1'234'567.89, 1).en, "1,234,567.9");
  EXPECT_EQ(number_words(-12.34, 1).nn, "\u221212,3");
  EXPECT_EQ(number_words(1130, 0).nb, "1\u202f130");
  EXPECT_EQ(number_words(11'300, 0).nb, "11\u202f300");
}

TEST(NumberWords, HaveNoMinusBeforeNothing) {
  EXPECT_EQ(number_words(-0.01, 1).nb, "0,0");
}

TEST(CellWords, TellWhatIsNotThere) {
  EXPECT_EQ(cell_words({}, {"value", {}, ReportUnit::number}, nullptr, "nb"), "–");
}

TEST(NumberWords, RoundHalvesAwayFromZero) {
  EXPECT_EQ(number_words(150.5, 0).en, "151");
  EXPECT_EQ(number_words(131.5, 0).en, "132");
  EXPECT_EQ(number_words(0.5, 0).en, "1");
  EXPECT_EQ(number_words(-2.5, 0).en, "\u22123");
  EXPECT_EQ(number_words(1.15, 1).en, "1.2");
  EXPECT_EQ(number_words(0.145, 2).en, "0.15");
  EXPECT_EQ(number_words(0.4999999, 0).en, "0");
  EXPECT_EQ(number_words(-0.04, 1).en, "0.0");
  EXPECT_EQ(number_words(2e15, 1).en, "2,000,000,000,000,000.0");
}

TEST(CellWords, UseLabelsOfNamesAndPerCentOfShares) {
  std::map<std::string, ReportText> const labels{{"work", {"Arbeid", "Arbeid", "Work"}}};
  EXPECT_EQ(cell_words(std::string{"work"}, {"state", {}, ReportUnit::text}, &labels, "en"), "Work");
  EXPECT_EQ(cell_words(0.123, {"share", {}, ReportUnit::percent, 1}, nullptr, "nb"), "12,3\u202f%");
  EXPECT_EQ(cell_words(2031.0, {"year", {}, ReportUnit::integer}, nullptr, "en"), "2031");
}

TEST(Untranslated, NamesThePlaceOfWhatLacksALanguage) {
  ReportDocument document;
  document.title = {"Tittel", "Tittel", "Title"};
  ReportFigure figure;
  figure.id = "one";
  figure.title = {"Bilde", "Bilete", "Picture"};
  figure.sentence = {"Setning.", "", "Sentence."};
  document.sections.push_back({"part", {"Del", "Del", "Part"}, {}, {figure}});
  EXPECT_THAT(untranslated(document), testing::ElementsAre("part/one: sentence"));
}

TEST(PageWords, AreThereInAllLanguages) {
  for (auto const& [key, word] : page_words()) {
    EXPECT_FALSE(word.empty()) << key;
    EXPECT_FALSE(word.is_partial()) << key;
  }
}

}  // namespace
}  // namespace utvei
