// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"

#include <utvei/document/json.hpp>
#include <utvei/document/reader.hpp>

#include <memory>

namespace utvei {
namespace {

using testing::expect_said;
using ::testing::HasSubstr;
using testing::the_only;

class Json : public ::testing::Test {
 protected:
  Value parse(std::string_view text) {
    return parse_json(std::make_shared<SourceText const>(SourceText{"a.json", std::string{text}}), Fault::file,
                      diagnostics_);
  }
  Diagnostics diagnostics_;
};

TEST_F(Json, ValuesKnowTheirKindTextAndPlace) {
  auto const root = parse("{\"a\": [1, -2.50, 3e2,\n  \"x\\u00e5\\\"y\", null, true], \"b\" : {}}\n");
  ASSERT_FALSE(diagnostics_.has_errors()) << render(diagnostics_);
  ASSERT_TRUE(root.is_map());
  ASSERT_EQ(root.members.size(), 2U);
  EXPECT_EQ(root.members[0].key, "a");
  EXPECT_EQ(root.members[0].key_place.column, 2);
  auto const& items = root.members[0].value.items;
  ASSERT_EQ(items.size(), 6U);
  struct Expected {
    std::string text;
    int line, column, length;
  };
  std::vector<Expected> const expected{{"1", 1, 8, 1},      {"-2.50", 1, 11, 5}, {"3e2", 1, 18, 3},
                                       {"xå\"y", 2, 3, 12}, {"null", 2, 17, 4},  {"true", 2, 23, 4}};
  for (std::size_t i = 0; i < items.size(); ++i) {
    EXPECT_EQ(items[i].scalar, expected[i].text);
    EXPECT_EQ(items[i].place.line, expected[i].line) << i;
    EXPECT_EQ(items[i].place.column, expected[i].column) << i;
    EXPECT_EQ(items[i].place.length, expected[i].length) << i;
  }
  EXPECT_TRUE(items[3].quoted);
  EXPECT_TRUE(items[4].is_null());
  EXPECT_EQ(as_number(items[1], "n", diagnostics_), -2.5);
  EXPECT_TRUE(root.members[1].value.is_map());
}

TEST_F(Json, ANumberAtTheEndOfTheText) {
  auto const root = parse(" 42");
  EXPECT_EQ(root.scalar, "42");
  EXPECT_EQ(root.place.column, 2);
  EXPECT_EQ(root.place.length, 2);
}

TEST_F(Json, WhatCannotBeReadIsToldWithItsPlace) {
  parse("{\"a\": 1,\n \"b\": nul}");
  expect_said(diagnostics_, 2, 10, "this cannot be read as JSON");
  diagnostics_ = {};
  parse("[1, 2");
  expect_said(diagnostics_, 1, 6, "the file ends in the middle");
  diagnostics_ = {};
  parse("{\"a\": 1, \"a\": 2}");
  expect_said(diagnostics_, 1, 10, "the key `a` stands here twice");
  diagnostics_ = {};
  parse("[1] 2");
  expect_said(diagnostics_, 1, 5, "this cannot be read as JSON");
  diagnostics_ = {};
  parse("[\"\xe5\"]");
  EXPECT_THAT(the_only(diagnostics_).why, HasSubstr("UTF-8"));
  diagnostics_ = {};
  parse("[1e999]");
  EXPECT_THAT(the_only(diagnostics_).problem, HasSubstr("cannot be read as JSON"));
  diagnostics_ = {};
  EXPECT_EQ(parse(" \n").place.source, nullptr);
  EXPECT_EQ(the_only(diagnostics_).problem, "the file is empty");
}

TEST_F(Json, DeepNestingEndsTheReading) {
  for (std::string const open : {"[", "{\"a\":"}) {
    diagnostics_ = {};
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += open;
    EXPECT_EQ(parse(text).place.source, nullptr);
    EXPECT_EQ(the_only(diagnostics_).problem, "values are nested more than 100 deep");
  }
}

}  // namespace
}  // namespace utvei
