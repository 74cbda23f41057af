// SPDX-License-Identifier: Apache-2.0
#include "table_test_base.hpp"

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class JsonStat : public TableTest {
 protected:
  /// Reads what takes the place of `…` in a dataset of two dimensions, a (x, y) and b (p, q, r).
  std::optional<PublicTable> read_with(std::string const& tail) {
    write("data.json",
          R"({"class": "dataset", "id": ["a", "b"], "size": [2, 3], "dimension": {
 "a": {"category": {"index": ["x", "y"]}}, "b": {"category": {"index": {"r": 2, "p": 0, "q": 1}}}},
)" + tail + "}");
    return read("utvei: mapping/1\nfile: data.json\ncolumns: {a: {as: a}, b: {as: b}}\n");
  }
};

// The first cells of json-stat.org/samples/canada.json (Statistics Canada, CANSIM 051-0001, thousands of people in
// 2012): the order of its dimensions and numbers is the format's own example. That women and men make the total checks
// the order.
TEST_F(JsonStat, TheLastDimensionRunsFastest) {
  write("canada.json",
        R"({"version": "2.0", "class": "dataset", "label": "Population by sex and age group. Canada. 2012",
 "id": ["country", "year", "age", "concept", "sex"], "size": [1, 1, 2, 2, 3],
 "role": {"time": ["year"], "geo": ["country"], "metric": ["concept"]},
 "dimension": {
  "country": {"category": {"label": {"CA": "Canada"}}},
  "year": {"category": {"label": {"2012": "2012"}}},
  "age": {"category": {"index": {"T": 0, "4": 1}, "label": {"T": "Total", "4": "0-4"}}},
  "concept": {"category": {"index": {"POP": 0, "PERCENT": 1}}},
  "sex": {"category": {"index": {"T": 0, "M": 1, "F": 2}}}},
 "value": [34880.5, 17309.1, 17571.3, 100.0, 100.0, 100.0, 1928.8, 988.7, 940.1, 5.5, 5.7, 5.3]})");
  auto const table = read(
      "utvei: mapping/1\nfile: canada.json\ncolumns:\n  age: {as: age, drop: T}\n  concept: {keep: POP}\n"
      "  sex: {as: sex, values: {M: male, F: female}, total: T}\n  year: year\n");
  EXPECT_THAT(problems(), IsEmpty());
  EXPECT_THAT(rows_of(table), ElementsAre("2012,0-4,male,988.7,988.7,988.7,", "2012,0-4,female,940.1,940.1,940.1,"));
  ASSERT_TRUE(table);
  EXPECT_EQ(table->title, "Population by sex and age group. Canada. 2012");
}

/// Row-major order, said once more in other words than the reader's.
TEST_F(JsonStat, EveryCellHasThePositionOfItsCategories) {
  auto const table = read_with(R"("value": [0, 1, 2, 10, 11, 12])");
  ASSERT_TRUE(table) << render(diagnostics_);
  ASSERT_EQ(table->rows(), 6U);
  for (std::size_t row = 0; row < 6; ++row) {
    auto const a = table->label(row, 0) == "x" ? 0.0 : 10.0;
    auto const b = table->label(row, 1) == "p" ? 0.0 : table->label(row, 1) == "q" ? 1.0 : 2.0;
    EXPECT_EQ(table->values[row].low, a + b);
  }
  EXPECT_EQ(table->places[4].line, 3);
  EXPECT_EQ(table->places[4].column, 24);
}

TEST_F(JsonStat, ValuesAndStatusesAreListsOrMaps) {
  auto const expected = ElementsAre("x,p,1,1,1,", "x,q,,,,:", "x,r,,,,.", "y,p,,,,..", "y,q,5,5,5,", "y,r,0,0,0,");
  EXPECT_THAT(
      rows_of(read_with(R"("value": [1, null, null, null, 5, null], "status": {"1": ":", "2": ".", "5": "-"})")),
      expected);
  EXPECT_THAT(rows_of(read_with(R"("value": {"0": 1, "4": 5}, "status": ["", ":", ".", null, "p", "-"])")), expected);
  EXPECT_THAT(rows_of(read_with(R"("value": {}, "status": ".")")),
              ElementsAre("x,p,,,,.", "x,q,,,,.", "x,r,,,,.", "y,p,,,,.", "y,q,,,,.", "y,r,,,,."));
  EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(JsonStat, ADatasetOfABundle) {
  std::string const dataset =
      R"({"dimension": {"id": ["a"], "size": [1], "role": {}, "a": {"category": {"label": {"x": "X"}}}}, "value": [7]})";
  write("one.json", R"({"version": "1.2", "dataset": )" + dataset + "}");
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: one.json\ncolumns: {a: {as: a}}\n")), ElementsAre("x,7,7,7,"));
  write("two.json", R"({"men": )" + dataset + R"(, "women": )" + dataset + "}");
  EXPECT_THAT(rows_of(read("utvei: mapping/1\nfile: two.json\ndataset: men\ncolumns: {a: {as: a}}\n")),
              ElementsAre("x,7,7,7,"));
  EXPECT_THAT(problems(), IsEmpty());
  read("utvei: mapping/1\nfile: two.json\ncolumns: {a: {as: a}}\n");
  read("utvei: mapping/1\nfile: two.json\ndataset: womne\ncolumns: {a: {as: a}}\n");
  EXPECT_THAT(problems(), ElementsAre("mapping.yaml:2:7: the file holds 2 datasets",
                                      "mapping.yaml:3:10: the file has no dataset `womne`"));
}

TEST_F(JsonStat, WhatDoesNotAddUpIsRefusedAtItsPlace) {
  read_with(R"("value": [1, 2, 3])");
  read_with(R"("value": [1, 2, 3, 4, 5, 6, 7])");
  read_with(R"("value": {"6": 1})");
  read_with(R"("value": [1, "2", 3, 4, 5, 6])");
  read_with(R"("value": [1, 2, 3, 4, 5, null], "status": {"5": "x"})");
  read_with(R"("value": [1, 2, 3, 4, 5, 6], "status": ["", ""])");
  read_with(R"("comment": 1)");
  EXPECT_THAT(
      problems(),
      ElementsAre("data.json:3:10: 3 values for 6 cells", "data.json:3:10: 7 values for 6 cells",
                  "data.json:3:11: `6` is no position of a cell", "data.json:3:14: cell 1 of `value` is not a number",
                  "data.json:3:49: `x` stands in place of a number", "data.json:3:40: 2 statuses for 6 cells",
                  "data.json:1:1: the dataset has no list or map `value`"));
}

TEST_F(JsonStat, DimensionsThatContradictThemselvesAreRefused) {
  auto const read_head = [&](std::string const& head) {
    write("data.json", "{" + head + R"(, "value": [1, 2]})");
    return read("utvei: mapping/1\nfile: data.json\ncolumns: {a: {as: a}}\n");
  };
  read_head(R"("id": ["a"], "dimension": {})");
  read_head(R"("id": ["a"], "size": [2, 1], "dimension": {"a": {"category": {"index": ["x", "y"]}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"b": {"category": {"index": ["x", "y"]}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": ["x"]}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": ["x", "x"]}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": {"x": 0, "y": 2}}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"a": {"category": {"index": {"xx": 1, "y": 1}}}})");
  read_head(R"("id": ["a"], "size": [-2], "dimension": {"a": {"category": {"index": ["x", "y"]}}})");
  read_head(R"("id": ["a"], "size": [2], "dimension": {"a": {}})");
  EXPECT_THAT(problems(),
              ElementsAre(HasSubstr("has no list `size`"), HasSubstr("1 dimensions, but 2 sizes"),
                          HasSubstr("`dimension` has no `a`"), HasSubstr("has 1 values, but its size is 2"),
                          HasSubstr("has the value `x` twice"), HasSubstr("`y` of dimension `a` has no position"),
                          HasSubstr("`y` of dimension `a` has no position"), HasSubstr("the size of `a`"),
                          HasSubstr("dimension `a` has no `category`")));
}

TEST_F(JsonStat, OtherJsonIsCalledByItsName) {
  auto const why = [&](std::string const& text) {
    diagnostics_ = {};
    write("data.json", text);
    read("utvei: mapping/1\nfile: data.json\ncolumns: {a: {as: a}}\n");
    EXPECT_EQ(diagnostics_.error_count(), 1U) << text;
    return diagnostics_.all().front().why;
  };
  EXPECT_THAT(why(R"({"class": "collection", "link": {"item": []}})"), HasSubstr("a collection"));
  EXPECT_THAT(why(R"({"class": "dimension", "category": {}})"), HasSubstr("a dimension"));
  EXPECT_THAT(why(R"({"columns": [], "data": []})"), HasSubstr("PxWeb's own JSON"));
  EXPECT_THAT(why(R"({"query": [], "response": {"format": "json-stat2"}})"), HasSubstr("a query"));
  EXPECT_THAT(why(R"({"type": "Parameter error", "title": "Non-existent value", "status": 400})"),
              HasSubstr("went wrong: Non-existent value"));
}

}  // namespace
}  // namespace utvei
