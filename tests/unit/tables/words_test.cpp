// SPDX-License-Identifier: Apache-2.0
// What tables call ages, years and regions, through mappings: the parsers are the room's own.
#include "table_test_base.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Words : public TableTest {
 protected:
  /// The labels that these words become, in a CSV of one column.
  std::vector<std::string> labels(std::string const& as, std::vector<std::string> const& words,
                                  Model const* known = nullptr) {
    std::string text = "word;n\n";
    for (auto const& word : words) text += '"' + word + "\";1\n";
    write("data.csv", text);
    auto const table = read("utvei: mapping/1\nfile: data.csv\ncolumns: {word: " + as + "}\n", known);
    return table ? table->columns.at(0).labels : std::vector<std::string>{};
  }
};

TEST_F(Words, Ages) {
  EXPECT_THAT(labels("age", {"000", "16", "17 år", "18-19 år", "020-024", "25 - 29 år", "30–39", "F40-44",
                             "45-49 years", "050 år", "51 år eller eldre"}),
              ElementsAre("0", "16", "17", "18-19", "20-24", "25-29", "30-39", "40-44", "45-49", "50", "51+"));
  EXPECT_THAT(labels("age", {"Under 18 år", "67 år +"}), ElementsAre("0-17", "67+"));
  EXPECT_THAT(labels("age", {"67+"}), ElementsAre("67+"));
  EXPECT_THAT(labels("age", {"105 years or older", "104"}), ElementsAre("105+", "104"));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Words, WhatIsNoAgeIsRefused) {
  for (std::string const word : {"999", "Alle aldre", "20-15", "16 uker", "Uoppgitt", "-5", "16-"}) {
    diagnostics_ = {};
    EXPECT_THAT(labels("age", {"16", word}), IsEmpty()) << word;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("cannot be placed: `" + word + "`"))) << word;
  }
}

TEST_F(Words, AgesThatHoldEachOtherAreRefused) {
  EXPECT_THAT(labels("age", {"15-29", "30-61", "15-74"}), IsEmpty());
  EXPECT_THAT(labels("age", {"16", "67+", "70-74"}), IsEmpty());
  EXPECT_THAT(problems(),
              ElementsAre(HasSubstr("`15-74` and `15-29` overlap"), HasSubstr("`67+` and `70-74` overlap")));
}

TEST_F(Words, Years) {
  EXPECT_THAT(labels("year", {"2024", "2024K1", "2024M11", "2020-2022"}),
              ElementsAre("2024", "2024K1", "2024M11", "2020-2022"));
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(labels("year", {"2024K5"}), IsEmpty());
  EXPECT_THAT(labels("year", {"24"}), IsEmpty());
  EXPECT_THAT(labels("year", {"2024U05"}), IsEmpty());
  EXPECT_EQ(problems().size(), 3U);
}

TEST_F(Words, PeriodsKnowTheirMonths) {
  write("data.csv", "tid;n\n2024K2;1\n2020-2022;2\n");
  auto const table = read("utvei: mapping/1\nfile: data.csv\ncolumns: {tid: year}\n");
  ASSERT_TRUE(table);
  auto const& periods = table->columns[0].periods;
  EXPECT_EQ(periods[0].year, 2024);
  EXPECT_EQ(periods[0].month, 4);
  EXPECT_EQ(periods[0].months, 3);
  EXPECT_EQ(periods[1].year, 2020);
  EXPECT_EQ(periods[1].months, 36);
}

TEST_F(Words, CodesOfRegions) {
  EXPECT_THAT(labels("region", {"3901", "K-3903", "F-39", "0301 Oslo - Oslove", "4001 - Porsgrunn", "030101a", "r01"}),
              ElementsAre("3901", "3903", "39", "0301", "4001", "030101a", "r01"));
  EXPECT_THAT(
      labels("{as: region, level: municipality}", {"K-3901", "3903 Holmestrand", "0301 Oslo - Oslove"}, &model()),
      ElementsAre("3901", "3903", "0301"));
  EXPECT_THAT(problems(), ElementsAre());
}

TEST_F(Words, NamesOfRegions) {
  EXPECT_THAT(labels("region", {"Horten (2024)", "Holmestrand - Holm"}, &model()), ElementsAre("3901", "3903"));
  EXPECT_THAT(labels("{as: region, level: county}", {"Oslo - Oslove", "Vestfold"}, &model()), ElementsAre("03", "39"));
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(labels("{as: region, level: county}", {"Horten", "Vestfold"}, &model()), ElementsAre("39"));
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(labels("region", {"Oslo"}, &model()), IsEmpty());
  EXPECT_THAT(labels("region", {"Hortn"}, &model()), IsEmpty());
  ASSERT_EQ(diagnostics_.all().size(), 2U);
  EXPECT_EQ(diagnostics_.all()[0].why, "2 regions are called `Oslo`");
  EXPECT_THAT(diagnostics_.all()[1].suggestion, HasSubstr("did you mean `Horten`?"));
}

TEST_F(Words, TwoWordsForOneAreNotAddedUpUnasked) {
  EXPECT_THAT(labels("region", {"39", "F-39"}), IsEmpty());
  EXPECT_THAT(labels("age", {"016", "16 år"}), IsEmpty());
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("`39` and `F-39` are both read as `39`"),
                                      HasSubstr("`016` and `16 år` are both read as `16`")));
  diagnostics_ = {};
  EXPECT_THAT(labels("{as: region, values: {F-39: \"39\"}}", {"39", "F-39"}), ElementsAre("39"));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(Words, RegionsThatHoldEachOtherAreRefused) {
  EXPECT_THAT(labels("region", {"39", "3901"}, &model()), IsEmpty());
  ASSERT_EQ(diagnostics_.all().size(), 1U);
  EXPECT_EQ(diagnostics_.all()[0].problem, "`39` and `3901` overlap");
  EXPECT_EQ(diagnostics_.all()[0].suggestion, "`level: municipality` takes those alone");
  diagnostics_ = {};
  EXPECT_THAT(labels("{as: region, level: municipality}", {"39", "3901"}, &model()), ElementsAre("3901"));
  EXPECT_THAT(labels("{as: region, level: county}", {"39", "3901"}, &model()), ElementsAre("39"));
  EXPECT_THAT(problems(), IsEmpty());
  labels("{as: region, level: countey}", {"39"}, &model());
  labels("{as: region, level: county}", {"39"});
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("no region is of level `countey`"),
                                      HasSubstr("`level` needs the regions of a model")));
}

}  // namespace
}  // namespace utvei
