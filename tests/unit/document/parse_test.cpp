// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"

#include <utvei/document/value.hpp>

#include <string>

namespace utvei {
namespace {

using testing::expect_said;
using testing::the_only;

Value parse(std::string_view text) {
  Diagnostics diagnostics;
  auto value = parse_yaml(text, "test.yaml", diagnostics);
  EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
  return value;
}

Diagnostics errors_of(std::string_view text) {
  Diagnostics diagnostics;
  parse_yaml(text, "test.yaml", diagnostics);
  EXPECT_TRUE(diagnostics.has_errors()) << text;
  return diagnostics;
}

void expect_place(Value const& value, int line, int column, int length) {
  EXPECT_EQ(value.place.line, line);
  EXPECT_EQ(value.place.column, column);
  EXPECT_EQ(value.place.length, length);
}

TEST(ParseYaml, KnowsWhereValuesStand) {
  auto const root = parse("name: example   # a comment\nstates:\n  work: {group: 'work'}\n  \"no\": [a, bc]\n");
  expect_place(root, 1, 1, 1);
  expect_place(*root.find("name"), 1, 7, 7);
  auto const& states = *root.find("states");
  expect_place(states, 3, 3, 1);
  expect_place(*states.find("work")->find("group"), 3, 17, 6);
  auto const& list = *states.find("no");
  ASSERT_EQ(list.items.size(), 2U);
  expect_place(list.items[1], 4, 13, 2);
  EXPECT_EQ(states.members[1].key_place.line, 4);
  EXPECT_EQ(states.members[1].key_place.column, 3);
  EXPECT_EQ(states.members[1].key_place.length, 4);
  EXPECT_TRUE(states.members[1].key_quoted);
  EXPECT_FALSE(states.members[0].key_quoted);
  EXPECT_EQ(root.place.source->name, "test.yaml");
}

TEST(ParseYaml, PlacesCountBytes) {
  auto const root = parse("på: \"ære\"\n");
  expect_place(*root.find("på"), 1, 6, 6);
}

TEST(ParseYaml, TellsQuotedFromPlain) {
  auto const root = parse("a: 0301\nb: '0301'\nc: \"0301\"\nd: |\n  0301\ne: !!str 0301\nf: !!str \"0301\"\n");
  EXPECT_FALSE(root.find("a")->quoted);
  for (auto const* key : {"b", "c", "d", "e", "f"}) EXPECT_TRUE(root.find(key)->quoted) << key;
  EXPECT_EQ(root.find("d")->scalar, "0301\n");
  EXPECT_EQ(root.find("e")->scalar, "0301");
  expect_place(*root.find("e"), 6, 10, 4);
}

TEST(ParseYaml, ReadsNulls) {
  auto const root = parse("a: ~\nb:\nc: null\nnull: 1\nd: [~, x]\n");
  for (auto const* key : {"a", "b", "c"}) EXPECT_TRUE(root.find(key)->is_null()) << key;
  EXPECT_EQ(root.find("a")->scalar, "~");
  EXPECT_EQ(root.find("b")->scalar, "");
  EXPECT_EQ(root.find("b")->place.line, 2);
  EXPECT_EQ(root.find("c")->scalar, "null");
  ASSERT_NE(root.find("null"), nullptr);
  EXPECT_EQ(root.find("null")->scalar, "1");
  EXPECT_TRUE(root.find("d")->items[0].is_null());
  EXPECT_TRUE(parse("b:\nnull: 1\n").find("b")->is_null());
}

TEST(ParseYaml, ExpandsAliases) {
  auto const root = parse("a: &x {k: [1, 2]}\nb: *x\nc: &y 7\nd: [*y, *y]\n");
  EXPECT_EQ(root.find("b")->find("k")->items[1].scalar, "2");
  EXPECT_EQ(root.find("d")->items[1].scalar, "7");
  EXPECT_EQ(root.find("d")->items[1].place.line, 3);
}

TEST(ParseYaml, ReadsBlockAndFoldedText) {
  auto const root = parse("a: |\n  one\n  two\nb: >-\n  one\n  two\nc: one\n   two\n");
  EXPECT_EQ(root.find("a")->scalar, "one\ntwo\n");
  EXPECT_EQ(root.find("b")->scalar, "one two");
  EXPECT_EQ(root.find("c")->scalar, "one two");
}

TEST(ParseYaml, ReadsCarriageReturns) {
  auto const root = parse("a: x\r\nb: 'y'\r\n");
  EXPECT_EQ(root.find("a")->scalar, "x");
  EXPECT_EQ(root.find("b")->scalar, "y");
}

TEST(ParseYaml, PassesOverAByteOrderMark) {
  auto const root = parse(
      "\xef\xbb\xbf"
      "a: x\n");
  expect_place(*root.find("a"), 1, 4, 1);
}

TEST(ParseYaml, IsNullWhereNothingIsWritten) {
  EXPECT_TRUE(parse("").is_null());
  EXPECT_TRUE(parse("# only a comment\n").is_null());
}

TEST(ParseYaml, DiagnosesDuplicateKeysAndReadsOn) {
  Diagnostics diagnostics;
  auto const root = parse_yaml("a: 1\nb: 2\na: 3\nc: {x: 1, y: 2, x: 3}\n", "test.yaml", diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 2U);
  auto const& first = diagnostics.all()[0];
  EXPECT_EQ(first.place.line, 3);
  EXPECT_EQ(first.place.column, 1);
  EXPECT_EQ(first.problem, "the key `a` stands here twice");
  EXPECT_THAT(first.why, ::testing::HasSubstr("line 1, column 1"));
  EXPECT_EQ(diagnostics.all()[1].place.column, 17);
  EXPECT_EQ(root.find("a")->scalar, "1");
  EXPECT_EQ(root.members.size(), 3U);
}

TEST(ParseYaml, QuotedAndPlainKeysAreOneKey) {
  expect_said(errors_of("a: 1\n\"a\": 2\n"), 2, 1, "twice");
}

struct Alias {
  std::string text;
  int line;
  int column;
  std::string advice;
};
class ParseYamlStar : public ::testing::TestWithParam<Alias> {};

TEST_P(ParseYamlStar, AdvisesToQuote) {
  auto const& [text, line, column, advice] = GetParam();
  auto const diagnostics = errors_of(text);
  expect_said(diagnostics, line, column, "is read as a YAML alias");
  EXPECT_EQ(the_only(diagnostics).suggestion, "quote it: " + advice);
}

INSTANTIATE_TEST_SUITE_P(
    , ParseYamlStar,
    ::testing::Values(Alias{"changes:\n  - transition: * -> work\n    hazard_ratio: 2\n", 2, 17, "\"* -> work\""},
                      Alias{"a: *foo\n", 1, 4, "\"*foo\""}, Alias{"a: *-> work\nb: 1\n", 1, 4, "\"*-> work\""},
                      Alias{"a: [aap, * -> work, x]\n", 1, 10, "\"* -> work\""},
                      Alias{"a: {t: * -> work}\n", 1, 8, "\"* -> work\""},
                      Alias{"a: * -> work  # all\n", 1, 4, "\"* -> work\""}, Alias{"a: *\n", 1, 4, "\"*\""},
                      Alias{"a: ['* -> b', * -> c]\n", 1, 15, "\"* -> c\""}));

struct Broken {
  std::string text;
  int line;
  int column;
  std::string problem;
};
class ParseYamlBroken : public ::testing::TestWithParam<Broken> {};

TEST_P(ParseYamlBroken, SaysWhatIsWrong) {
  auto const& [text, line, column, problem] = GetParam();
  Diagnostics diagnostics;
  auto const value = parse_yaml(text, "test.yaml", diagnostics);
  expect_said(diagnostics, line, column, problem);
  EXPECT_TRUE(value.is_null());
  EXPECT_EQ(value.place.source, nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    , ParseYamlBroken,
    ::testing::Values(
        Broken{"a:\n\tb: 1\n", 2, 3, "a tab is used for indentation"},
        Broken{"a: 1\n\tb: 1\n", 2, 1, "a tab is used for indentation"},
        Broken{"a:\n  b: 1\n \tc: 2\n", 3, 2, "a tab is used for indentation"},
        Broken{"a: [1, 2\nb: 3\n", 1, 4, "the `[` that opens here is never closed"},
        Broken{"a: {b: 1\n", 1, 4, "the `{` that opens here is never closed"},
        Broken{"a: 1]\nb: [1]]\n", 2, 7, "this bracket closes nothing"},
        Broken{"a: }\n", 1, 4, "this bracket closes nothing"},
        Broken{"a: \"x\nb: 3\n", 1, 4, "the quote that opens here is never closed"},
        Broken{"a: 'it''s\nb: 3\n", 1, 4, "the quote that opens here is never closed"},
        Broken{"a: b: c\n", 1, 5, "a `:` stands where YAML expects none"},
        Broken{"a: 1\n b: 2\n", 2, 3, "a `:` stands where YAML expects none"},
        Broken{"a: @x\n", 1, 4, "a plain value cannot start with `@`"},
        Broken{"a: %x\n", 1, 4, "a plain value cannot start with `%`"},
        Broken{"a: `x`\n", 1, 4, "a plain value cannot start with ``"},
        Broken{"a: - b\n", 1, 4, "a list item cannot start here"},
        Broken{"a: \"\\q\"\n", 1, 7, "unknown escape character"}, Broken{"? [a]\n: 3\n", 1, 3, "a key must be a word"},
        Broken{": 3\n", 1, 1, "there is no key"}, Broken{"a: 1\n---\nb: 2\n", 2, 1, "a second YAML document"},
        Broken{"- a\nb: 1\n", 2, 1, "this does not belong to what stands above"},
        Broken{"a: &x [*x]\n", 1, 8, "inside its own anchor"}, Broken{"a: !foo 3\n", 1, 4, "the tag `!foo`"},
        Broken{"a: !bar {}\n", 1, 9, "the tag `!bar`"}, Broken{"a: {<<: 1}\n", 1, 5, "merge keys"},
        Broken{std::string{"a: 1\0b", 6}, 0, 0, "this is not a text file"},
        Broken{"a: \x04\n", 0, 0, "this is not a text file"}, Broken{"a: \xe6\n", 0, 0, "this is not UTF-8"},
        Broken{"\xff\xfe"
               "a",
               0, 0, "UTF-16"}));

TEST(ParseYaml, LimitsDepth) {
  auto const diagnostics = errors_of(std::string(5'000, '['));
  EXPECT_THAT(the_only(diagnostics).problem, ::testing::HasSubstr("nested more than 100 deep"));
}

TEST(ParseYaml, LimitsWhatAliasesStandFor) {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    auto const last = "*a" + std::to_string(i - 1);
    auto const own = "a" + std::to_string(i);
    text += own + ": &" + own + " [" + last;
    for (int k = 0; k < 9; ++k) text += ", " + last;
    text += "]\n";
  }
  EXPECT_THAT(the_only(errors_of(text)).problem, ::testing::HasSubstr("aliases stand for more than"));
}

TEST(ParseYaml, ReadsALongLineInLinearTime) {
  std::string text = "a: [x";
  for (int i = 0; i < 20'000; ++i) text += ", x";
  EXPECT_EQ(parse(text + "]\n").find("a")->items.size(), 20'001U);
}

}  // namespace
}  // namespace utvei
