// SPDX-License-Identifier: Apache-2.0
#include "table_test_base.hpp"

#include <utvei/document/value.hpp>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class MappedTable : public TableTest {
 protected:
  void SetUp() override {
    write("data.csv",
          "region,status,sex,count\n3901,A,1,10\n3901,A,2,20\n3901,B,1,3\n3901,B,2,0\n3901,C,1,5\n3901,C,2,6\n"
          "3901,TOT,1,18\n3901,TOT,2,26\n");
  }

  std::optional<PublicTable> read_columns(std::string const& columns, std::string const& more = {},
                                          Model const* known = nullptr) {
    return read("utvei: mapping/1\nfile: data.csv\nvalue: count\ncolumns:\n  region: region\n" + columns + more, known);
  }
};

TEST_F(MappedTable, ManyValuesBecomeOne) {
  EXPECT_THAT(rows_of(read_columns("  sex: {as: sex, values: {\"1\": male, \"2\": female}}\n"
                                   "  status: {as: state, values: {A: work, B: out, C: out}, total: TOT}\n",
                                   "", &model())),
              ElementsAre("3901,male,work,10,10,10,", "3901,female,work,20,20,20,", "3901,male,out,8,8,8,",
                          "3901,female,out,6,6,6,"));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(MappedTable, WhatIsKeptAloneDisappearsAsADimension) {
  EXPECT_THAT(rows_of(read_columns("  sex: {as: sex}\n  status: {keep: [B, C]}\n")),
              ElementsAre("3901,1,8,8,8,", "3901,2,6,6,6,"));
  EXPECT_THAT(rows_of(read_columns("  sex: {keep: \"1\"}\n  status: {as: state, keep: [B, C]}\n")),
              ElementsAre("3901,B,3,3,3,", "3901,C,5,5,5,"));
  EXPECT_THAT(rows_of(read_columns("  sex: {keep: \"1\"}\n  status: {as: state, values: {B: b}, others: drop}\n")),
              ElementsAre("3901,b,3,3,3,"));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(MappedTable, ATotalAmongPartsIsPointedOut) {
  read_columns("  sex: {as: sex}\n  status: {as: state, values: {A: work, B: out, C: out}}\n");
  ASSERT_EQ(problems(),
            std::vector<std::string>{"mapping.yaml:7:3: `status` has a value that cannot be placed: `TOT`"});
  EXPECT_EQ(diagnostics_.all()[0].suggestion, "a total must not be added to its parts: `total: [\"TOT\"]`");
}

TEST_F(MappedTable, ValuesWithoutAPlaceAreErrors) {
  read_columns("  sex: {as: sex, values: {\"1\": male}}\n  status: {keep: Z}\n");
  EXPECT_THAT(problems(), ElementsAre("mapping.yaml:6:3: `sex` has a value that cannot be placed: `2`",
                                      "mapping.yaml:7:18: `status` has no value `Z`"));
  diagnostics_ = {};
  read_columns("  sex: {as: sex}\n");
  ASSERT_EQ(problems(), std::vector<std::string>{"mapping.yaml:1:1: the mapping says nothing of `status`"});
  EXPECT_EQ(diagnostics_.all()[0].why, "it takes 4 values: `A`, `B`, `C`, `TOT`");
}

TEST_F(MappedTable, TheWordsOfAModelAreKnown) {
  read_columns("  sex: {as: sex, values: {\"1\": mail, \"2\": female}}\n  status: {as: state, total: TOT}\n", "",
               &model());
  EXPECT_THAT(problems(), ElementsAre("mapping.yaml:6:32: the model has no sex `mail`",
                                      "mapping.yaml:7:3: `status` has 3 values that cannot be placed: `A`, `B`, `C`"));
}

TEST_F(MappedTable, PartsAreHeldAgainstTheirTotal) {
  write("data.csv", "region,status,count\n3901,A,10\n3901,B,3\n3901,TOT,14\n3903,A,1\n3903,B,1\n3903,TOT,2\n");
  EXPECT_TRUE(read_columns("  status: {as: state, total: TOT}\n"));
  ASSERT_EQ(problems(), std::vector<std::string>{
                            "data.csv:4:10: the parts of `status` do not add up to the total in 1 of 2 places"});
  EXPECT_EQ(diagnostics_.all()[0].why, "the total here is 14, its parts give 13");
  EXPECT_FALSE(diagnostics_.has_errors());
  diagnostics_ = {};
  EXPECT_TRUE(read_columns("  status: {as: state, total: TOT, drop: B}\n"));
  EXPECT_THAT(problems(), IsEmpty()) << "what is left out on purpose makes no disagreement";
}

TEST_F(MappedTable, KeysThatAreWrongAreToldTogether) {
  read(
      "utvei: mapping/1\nfile: data.csv\nkind: xlsx\nskiplines: 2\ndecimal: \",\"\nthousands: \",\"\n"
      "small: {hidden_below: 4, round_to: 5}\nsigns: {\"*\": secret}\nrecode: {file: x.csv}\n"
      "columns:\n  region: {as: region, levels: county}\n  sex: {values: {\"1\": male}}\n"
      "  status: {as: region, level: x, drop: A, keep: A}\n  m: {as: m, level: x}\n");
  EXPECT_THAT(
      problems(),
      ElementsAre(
          "mapping.yaml:3:7: `kind` cannot be `xlsx`", "mapping.yaml:6:12: `decimal` and `thousands` are the same mark",
          "mapping.yaml:11:24: column `region` has no key `levels`",
          "mapping.yaml:12:3: `sex` has `values` but no `as`", "mapping.yaml:12:3: nothing says what to do with `sex`",
          "mapping.yaml:13:40: `A` is taken and left out", "mapping.yaml:14:21: `level` is of regions",
          "mapping.yaml:13:16: two columns are read as `region`", "mapping.yaml:8:14: sign `*` cannot be `secret`",
          "mapping.yaml:7:8: `small` is one rule", "mapping.yaml:9:9: `recode` has no `from`",
          "mapping.yaml:9:9: `recode` has no `to`", "mapping.yaml:4:1: the mapping has no key `skiplines`"));
}

TEST_F(MappedTable, KeysOfTheOtherKindOfFileAreErrors) {
  read_columns("  sex: sex\n", "dataset: x\n");
  write("data.json", "{}");
  read("utvei: mapping/1\nfile: data.json\nskip_lines: 1\nwide: {as: year}\ncolumns: {a: a}\n");
  EXPECT_THAT(problems(), ElementsAre("mapping.yaml:7:10: `dataset` has no meaning for a CSV file",
                                      "mapping.yaml:3:13: `skip_lines` has no meaning for a JSON-stat file",
                                      "mapping.yaml:4:7: `wide` has no meaning for a JSON-stat file"));
}

TEST_F(MappedTable, StandsWithinAnotherFileOrBesideIt) {
  auto const host =
      write("host.yaml",
            "here: {file: data.csv, value: count, columns: {region: region, sex: {as: sex}, status: {keep: A}}}\n"
            "there: mapping.yaml\nnowhere: missing.yaml\n");
  write("mapping.yaml",
        "utvei: mapping/1\nfile: data.csv\nvalue: count\ncolumns: {region: region, sex: sex, status: {keep: B}}\n");
  auto const document = read_document(host, {}, Request{}, diagnostics_);
  EXPECT_THAT(rows_of(read_table(*document.find("here"), nullptr, diagnostics_)),
              ElementsAre("3901,1,10,10,10,", "3901,2,20,20,20,"));
  EXPECT_THAT(rows_of(read_table(*document.find("there"), nullptr, diagnostics_)),
              ElementsAre("3901,1,3,3,3,", "3901,2,0,0,0,"));
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_EQ(read_table(*document.find("nowhere"), nullptr, diagnostics_), std::nullopt);
  EXPECT_THAT(problems(), ElementsAre(HasSubstr("host.yaml:3:10: there is no file")));
}

TEST_F(MappedTable, OldCodesBecomeTodays) {
  write("data.csv", "region,sex,count\n3801,x,5\n3901,x,.\n3802,x,7\n3812,x,2\n1507,x,9\n");
  write("codes.csv", "old;new\n3801;3901\n3802;3903\n3812;3903\n1507;1508\n1507;1580\n");
  std::string const recode = "recode: {file: codes.csv, from: old, to: new}\n";
  read("utvei: mapping/1\nfile: data.csv\ncolumns: {region: region}\nvalue: count\n" + recode);
  ASSERT_EQ(problems(),
            std::vector<std::string>{"mapping.yaml:3:11: `region` has a value that cannot be placed: `1507`"});
  EXPECT_EQ(diagnostics_.all()[0].why, "`1507` became 1508 and 1580");
  diagnostics_ = {};
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: data.csv\n"
                           "columns: {region: {as: region, drop: \"1507\"}}\nvalue: count\n" +
                               recode,
                           &model())),
              ElementsAre("3901,5,5,5,", "3903,9,9,9,"));
  EXPECT_THAT(problems(), IsEmpty());
}

}  // namespace
}  // namespace utvei
