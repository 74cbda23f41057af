// SPDX-License-Identifier: Apache-2.0
#include "table_test_base.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Csv : public TableTest {};

/// As PxWeb saves it in long form: semicolons, quotes, Latin-1, the title over the numbers.
TEST_F(Csv, PxWebInLongForm) {
  write("data.csv",
        "\"region\";\"kj\xf8nn\";\"\xe5r\";\"07459: Befolkning\"\r\n\"3901 Horten\";\"Menn\";\"2024\";13900\r\n"
        "\"3901 Horten\";\"Kvinner\";\"2024\";14100.5\r\n\"3903 Holmestrand\";\"Menn\";\"2024\";..\r\n"
        "\"3903 Holmestrand\";\"Kvinner\";\"2024\";:\r\n");
  auto const table = read(
      "utvei: mapping/1\nfile: data.csv\ncolumns:\n  region: {as: region}\n"
      "  kjønn: {as: sex, values: {Menn: male, Kvinner: female}}\n  år: {as: year}\n",
      &model());
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(rows_of(table),
              ElementsAre("3901,male,2024,13900,13900,13900,", "3901,female,2024,14100.5,14100.5,14100.5,",
                          "3903,male,2024,,,,..", "3903,female,2024,,,,:"));
  ASSERT_TRUE(table);
  EXPECT_EQ(table->places[1].line, 3);
  EXPECT_EQ(table->places[1].column, 32);
}

TEST_F(Csv, YearsSideBySide) {
  write("data.csv", "region,Personer 2023,Personer 2024\nK-3901,5,6\nK-3903,7,.\n");
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\ncolumns: {region: region}\n"
                           "wide: {as: year, values: {Personer 2023: \"2023\", Personer 2024: \"2024\"}}\n")),
              ElementsAre("3901,2023,5,5,5,", "3901,2024,6,6,6,", "3903,2023,7,7,7,", "3903,2024,,,,."));
  EXPECT_THAT(problems(), IsEmpty());
}

/// A title, a header whose first cell is empty, thousands with blanks, empty lines, a second block and a source below.
TEST_F(Csv, ASheetOfNav) {
  write("data.csv",
        "Mottakere av uføretrygd;;;\n;;;\n;2015;2016;\nVestfold;18\u00a0014;*;\nOslo;1 025 085;-;\n;;;\nKvinner;;;\n"
        ";2015;2016;\nOslo;1;2;\nKilde: NAV;;;\n");
  auto const table = read(
      "utvei: mapping/1\nfile: data.csv\nskip_lines: 2\nuntil: Kvinner\ncolumns: {\"#1\": {as: region, level: "
      "county}}\n"
      "wide: {as: year}\nsigns: {\"*\": hidden}\nsmall: {hidden_below: 4, least: 1}\n",
      &model());
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(rows_of(table), ElementsAre("39,2015,18014,18014,18014,", "39,2016,,1,3,",
                                          "03,2015,1025085,1025085,1025085,", "03,2016,0,0,0,"));
}

TEST_F(Csv, TheTableEndsAtAnEmptyLineIfTheMappingSaysSo) {
  write("data.csv", "a;n\nx;1\n;\ny;2\n");
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\nuntil: \"\"\ncolumns: {a: {as: a}}\n")),
              ElementsAre("x,1,1,1,"));
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}}\n")),
              ElementsAre("x,1,1,1,", "y,2,2,2,"));
}

TEST_F(Csv, LabelsThatStandOnceForManyLines) {
  write("data.csv", "a;b;n\nx;1;1\n;2;2\ny;1;3\n;2;4\n");
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a, blanks: as_above}, b: {as: b}}\n")),
              ElementsAre("x,1,1,1,1,", "x,2,2,2,2,", "y,1,3,3,3,", "y,2,4,4,4,"));
  EXPECT_THAT(problems(), IsEmpty());
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}, b: {as: b}}\n");
  EXPECT_THAT(problems(), ElementsAre("data.csv:3:1: `a` is empty here", "data.csv:5:1: `a` is empty here"));
}

TEST_F(Csv, NumbersAsPeopleWriteThem) {
  auto const number = [&](std::string const& cell, std::string const& form) {
    write("data.csv", "a\tn\nx\t" + cell + "\n");
    auto const table = read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}}\n" + form);
    return table ? table->values[0].low : -1;
  };
  EXPECT_EQ(number("12,5", ""), 12.5);
  EXPECT_EQ(number("12.5", ""), 12.5);
  EXPECT_EQ(number("1 234", ""), 1234);
  EXPECT_EQ(number("1\u202f234\u00a0567,25", ""), 1234567.25);
  EXPECT_EQ(number("1.234", "thousands: \".\"\n"), 1234);
  EXPECT_EQ(number("1.234,5", "decimal: \",\"\nthousands: \".\"\n"), 1234.5);
  EXPECT_EQ(number("1,234.5", "decimal: \".\"\nthousands: \",\"\n"), 1234.5);
  EXPECT_EQ(number("-3", ""), -3);
  EXPECT_THAT(problems(), IsEmpty());
  for (std::string const wrong :
       {"12 34", "1234 567", "1,2,3", "5 %", "1e5", "12.", ".5", "0x10", "1 23", "nan", "x"}) {
    diagnostics_ = {};
    EXPECT_EQ(number(wrong, ""), -1) << wrong;
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("`" + wrong + "` is no number"))) << wrong;
  }
}

TEST_F(Csv, WhichColumnHoldsTheNumbers) {
  write("data.csv", "a,b,c\nx,1,5\n");
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}}\n");
  ASSERT_EQ(problems(), std::vector<std::string>{"mapping.yaml:2:7: it cannot be told which column holds the numbers"});
  EXPECT_EQ(diagnostics_.all()[0].why, "the mapping says nothing of `b`, `c`");
  diagnostics_ = {};
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\nvalue: c\ncolumns: {a: {as: a}}\n")),
              ElementsAre("x,5,5,5,"))
      << "a column of one value may be left out";
  EXPECT_THAT(problems(), IsEmpty());
  read("utvei: mapping/1\nfile: data.csv\nvalue: m\ncolumns: {d: {as: a}, \"#4\": {as: b}}\n");
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}, b: {as: b}, c: {as: c}}\n");
  read("utvei: mapping/1\nfile: data.csv\nvalue: a\ncolumns: {a: {as: a}}\n");
  EXPECT_THAT(problems(), ElementsAre("mapping.yaml:4:11: the table has no column `d`",
                                      "mapping.yaml:4:23: the table has no column `#4`",
                                      "mapping.yaml:3:8: the table has no column `m`",
                                      "mapping.yaml:2:7: no column is left that could hold the numbers",
                                      "mapping.yaml:3:8: the column `a` is used twice"));
}

TEST_F(Csv, WhatIsWrongWithLinesIsToldAtTheirPlace) {
  write("data.csv", "a;b;n\nx;1;2\nx;1;3\ny;1;\ny;2;4;5\n\"z;1;2\n");
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}, b: {as: b}}\n");
  EXPECT_THAT(problems(), ElementsAre("data.csv:5:1: wrong number of cells: expected 3, found 4",
                                      "data.csv:6:1: the quotes of this line do not match"));
  diagnostics_ = {};
  write("data.csv", "a;b;n\nx;1;2\nx;1;3\ny;1;\n");
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {a: {as: a}, b: {as: b}}\n");
  EXPECT_THAT(problems(), ElementsAre("data.csv:3:1: this line says the same as another, of what it is a number",
                                      "data.csv:4:1: this line has no numbers"));
}

TEST_F(Csv, AHeaderThatIsElsewhereIsPointedAt) {
  write("data.csv", "07459: Befolkning\n\nregion;n\n3901;5\n");
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {region: region}\n");
  ASSERT_EQ(problems(), std::vector<std::string>{"data.csv:1:1: this line is no header: it has one column"});
  EXPECT_EQ(diagnostics_.all()[0].suggestion, "if line 3 has the names: `skip_lines: 2`");
  diagnostics_ = {};
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\nskip_lines: 2\ncolumns: {region: region}\n")),
              ElementsAre("3901,5,5,5,"));
  read("utvei: mapping/1\nfile: data.csv\nskip_lines: 9\ncolumns: {region: region}\n");
  read("utvei: mapping/1\nfile: data.csv\nskip_lines: 2\nuntil: Kilde\ncolumns: {region: region}\n");
  EXPECT_THAT(problems(),
              ElementsAre("data.csv:0:0: the file has no table", "data.csv:0:0: no line starts with `Kilde`"));
}

}  // namespace
}  // namespace utvei
