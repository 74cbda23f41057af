// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"
#include "files.hpp"

#include <utvei/document/delimited.hpp>

#include <string>
#include <vector>

namespace utvei {
namespace {

using ::testing::ElementsAre;
using testing::expect_said;
using ::testing::HasSubstr;
using testing::the_only;
using Rows = std::vector<std::vector<std::string>>;

class Delimited : public ::testing::Test {
 protected:
  std::optional<DelimitedFile> open(std::string_view text) {
    diagnostics = {};
    return DelimitedFile::open(folder.write("table.csv", text), {}, diagnostics);
  }
  Rows rows_of(std::string_view text) {
    auto const file = open(text);
    if (!file) return {};
    columns = file->columns();
    Rows rows;
    file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
      rows.emplace_back();
      for (std::size_t i = 0; i < columns.size(); ++i) rows.back().emplace_back(row[i]);
    });
    return rows;
  }
  Rows good_rows_of(std::string_view text) {
    auto rows = rows_of(text);
    EXPECT_TRUE(diagnostics.all().empty()) << render(diagnostics);
    return rows;
  }
  support::TempFolder folder;
  Diagnostics diagnostics;
  std::vector<std::string> columns;
};

TEST_F(Delimited, FindsTheSeparator) {
  Rows const expected{{"1", "2"}, {"3", "4"}};
  EXPECT_EQ(good_rows_of("a,b\n1,2\n3,4\n"), expected);
  EXPECT_EQ(good_rows_of("a;b\n1;2\n3;4\n"), expected);
  EXPECT_EQ(good_rows_of("a\tb\n1\t2\n3\t4\n"), expected);
  EXPECT_EQ(good_rows_of("a;\"b, c, d\"\n1;2\n3;4"), expected);
  EXPECT_EQ(good_rows_of("a\n1\n2\n"), (Rows{{"1"}, {"2"}}));
}

TEST_F(Delimited, ReadsLineEndsAndBlankLines) {
  Rows const expected{{"1", "2"}, {"3", "4"}};
  EXPECT_EQ(good_rows_of("a,b\r\n1,2\r\n3,4\r\n"), expected);
  EXPECT_EQ(good_rows_of("\n\na,b\n\n1,2\n \n3,4\n\n"), expected);
  EXPECT_EQ(good_rows_of("a,b\n1,2\n3,4"), expected);
  EXPECT_EQ(good_rows_of("a,b\n,\n"), (Rows{{"", ""}}));
  EXPECT_EQ(good_rows_of("a,b\n"), Rows{});
  EXPECT_EQ(good_rows_of("a,b"), Rows{});
}

TEST_F(Delimited, ReadsQuotedFields) {
  EXPECT_EQ(good_rows_of("a,\"b\"\n\"1,5\",\"x \"\"y\"\" z\"\n\"\",\"two\nlines\"\n3,5\" pipe\n"),
            (Rows{{"1,5", "x \"y\" z"}, {"", "two\nlines"}, {"3", "5\" pipe"}}));
  EXPECT_EQ(good_rows_of("\"a\"\"x\";b\r\n\"1\" ;\"2\"\r\n3;\"4\""), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(columns[0], "a\"x");
  EXPECT_EQ(good_rows_of("a,b,c\n\"1\",,\n"), (Rows{{"1", "", ""}}));
}

TEST_F(Delimited, ReadsATrailingSeparatorInAllLines) {
  Rows const expected{{"1", "2"}, {"3", ""}};
  EXPECT_EQ(good_rows_of("a;b;\n1;2;\n3;;\n"), expected);
  EXPECT_EQ(columns.size(), 2U);
  EXPECT_EQ(good_rows_of("a;b;\n1;2\n\"3\";;\n"), expected);
  rows_of("a;b\n1;2;\n");
  expect_said(diagnostics, 2, 1, "expected 2, found 3");
}

TEST_F(Delimited, ReadsFilesWithoutAHeader) {
  PlainForm const form{{"who", "what", "from"}, ';'};
  auto const open_plain = [&](std::string_view text) {
    diagnostics = {};
    return DelimitedFile::open(folder.write("plain.csv", text), form, {}, diagnostics);
  };
  auto const file = open_plain("\n1;a;2;\n2;\"b;c\";;\n3;d;4\n4;e\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->first_fields(), ElementsAre("1", "a", "2", ""));
  EXPECT_EQ(file->column("from"), 2U);
  std::vector<std::string> rows;
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    rows.push_back(std::to_string(row.line()) + ":" + std::string{row[0]} + "|" + std::string{row[1]} + "|" +
                   std::string{row[2]});
  });
  EXPECT_THAT(rows, ElementsAre("2:1|a|2", "3:2|b;c|", "4:3|d|4"));
  EXPECT_THAT(render(diagnostics), HasSubstr("plain.csv:5:1"));
  EXPECT_THAT(render(diagnostics), HasSubstr("each line is `who;what;from`"));
  for (std::size_t const threads : {1U, 3U}) EXPECT_EQ(file->stretches(threads).front().line, 2);
  EXPECT_FALSE(open_plain(" \n"));
  EXPECT_THAT(render(diagnostics), HasSubstr("the file is empty"));
}

TEST_F(Delimited, ReadsUtf8AndLatin1) {
  Rows const expected{{"Tromsø", "på"}};
  EXPECT_EQ(good_rows_of("navn;x\nTromsø;på\n"), expected);
  EXPECT_EQ(good_rows_of("\xef\xbb\xbfnavn;x\nTromsø;på\n"), expected);
  EXPECT_EQ(columns[0], "navn");
  EXPECT_EQ(good_rows_of("navn;x\nTroms\xf8;p\xe5\n"), expected);
}

TEST_F(Delimited, ReadsWhatTheMicrodataPlatformWrites) {
  EXPECT_EQ(good_rows_of("identifier;measure;start;stop;\n17;1;2015-01-01;;\n"), (Rows{{"17", "1", "2015-01-01", ""}}));
}

TEST_F(Delimited, RowsStayValidAndKnowTheirPlaces) {
  auto const file = open("a;b;c\n1;22;\"x\"\n\"two\nlines\";\"q\"\"q\";4\n5;6;7\n");
  std::vector<std::string_view> kept;
  std::vector<Place> places;
  file->for_each_row(diagnostics, [&](DelimitedFile::Row const& row) {
    kept.push_back(row[1]);
    places.push_back(row.place(1));
    EXPECT_EQ(row.place().line, row.line());
  });
  EXPECT_THAT(kept, ElementsAre("22", "q\"q", "6"));
  ASSERT_EQ(places.size(), 3U);
  EXPECT_EQ(places[0].line, 2);
  EXPECT_EQ(places[0].column, 3);
  EXPECT_EQ(places[0].length, 2);
  EXPECT_EQ(places[1].line, 4);
  EXPECT_EQ(places[1].column, 9);
  EXPECT_EQ(places[2].line, 5);
}

TEST_F(Delimited, ADecoratedHeaderKeepsItsPlace) {
  auto const file = open("\n\na;b\n1;2\n");
  EXPECT_EQ(file->header_place().line, 3);
  EXPECT_FALSE(file->require_column("aa", {}, diagnostics));
  expect_said(diagnostics, 3, 1, "no column `aa`");
}

TEST_F(Delimited, FindsColumns) {
  auto const file = open(" from ;to;rate_per_year\n");
  EXPECT_EQ(file->column("from"), 0U);
  EXPECT_EQ(file->column(""), std::nullopt);
  EXPECT_EQ(file->require_column("to", {}, diagnostics), 1U);
  EXPECT_FALSE(file->require_column("rate_per_yaer", {}, diagnostics));
  EXPECT_EQ(the_only(diagnostics).suggestion, "did you mean `rate_per_year`?");
  EXPECT_EQ(the_only(diagnostics).fault, Fault::data);
}

TEST_F(Delimited, NamesTheFileWhereAFileAskedForIt) {
  auto const source = std::make_shared<SourceText const>(SourceText{"model.yaml", "rates: table.csv\n"});
  Place const from{source, 1, 8, 9};
  auto const file = DelimitedFile::open(folder.write("table.csv", "a,b\n1\n"), {from}, diagnostics);
  file->require_column("c", from, diagnostics);
  expect_said(diagnostics, 1, 8, "table.csv` has no column `c`");
  EXPECT_EQ(the_only(diagnostics).fault, Fault::file);
  diagnostics = {};
  file->for_each_row(diagnostics, [](auto const&) {});
  EXPECT_EQ(the_only(diagnostics).fault, Fault::file);
  diagnostics = {};
  EXPECT_FALSE(DelimitedFile::open((folder / "none.csv").string(), {from}, diagnostics));
  expect_said(diagnostics, 1, 8, "there is no file");
}

TEST_F(Delimited, RefusesWhatIsNoTable) {
  EXPECT_FALSE(open(""));
  EXPECT_EQ(the_only(diagnostics).problem, "the file is empty");
  EXPECT_FALSE(open("\n \r\n"));
  EXPECT_EQ(the_only(diagnostics).problem, "the file is empty");
  EXPECT_FALSE(open(std::string_view{"a,b\n1,\0\n", 8}));
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("not a text file"));
  EXPECT_FALSE(open("a,b,a\n"));
  expect_said(diagnostics, 1, 5, "the column `a` stands here twice");
  EXPECT_FALSE(open("a,\"b\n1,2\n"));
  expect_said(diagnostics, 1, 3, "the header cannot be read");
  diagnostics = {};
  EXPECT_FALSE(DelimitedFile::open(folder.path().string(), {}, diagnostics));
  EXPECT_THAT(the_only(diagnostics).problem, HasSubstr("is a directory"));
  EXPECT_EQ(the_only(diagnostics).fault, Fault::data);
}

TEST_F(Delimited, DiagnosesRowsAndReadsOn) {
  EXPECT_EQ(rows_of("a,b\n1\n1,2\n1,2,3\n"), (Rows{{"1", "2"}}));
  ASSERT_EQ(diagnostics.error_count(), 2U);
  EXPECT_EQ(diagnostics.all()[0].problem, "wrong number of fields: expected 2, found 1");
  EXPECT_EQ(diagnostics.all()[0].place.line, 2);
  EXPECT_EQ(diagnostics.all()[1].place.line, 4);
  EXPECT_EQ(rows_of("a,b\n\"1\"x,2\n3,4\n"), (Rows{{"3", "4"}}));
  expect_said(diagnostics, 2, 4, "between a closing quote and the separator");
  EXPECT_EQ(rows_of("a,b\n1,2\n3,\"4\n5,6\n"), (Rows{{"1", "2"}}));
  expect_said(diagnostics, 3, 3, "never closed");
}

TEST_F(Delimited, SaysTwentyMistakesAndHowManyMore) {
  std::string text = "a,b\n";
  for (int i = 0; i < 50; ++i) text += "1\n";
  rows_of(text);
  ASSERT_EQ(diagnostics.error_count(), 21U);
  EXPECT_EQ(diagnostics.all()[20].problem, "and 30 more lines like these");
  EXPECT_EQ(diagnostics.all()[20].place.line, 0);
}

TEST(ParseFields, ReadsNumbers) {
  EXPECT_EQ(parse_number(" 1.5 "), 1.5);
  EXPECT_EQ(parse_number("+1e-3"), 1e-3);
  EXPECT_EQ(parse_number("-2"), -2);
  EXPECT_EQ(parse_number("1,5", ';'), 1.5);
  EXPECT_EQ(parse_number("1.5", ';'), 1.5);
  for (auto const* text : {"", " ", "1,5", "x", "1x", "inf", "nan", "1 2", "+-1", "0x1"})
    EXPECT_EQ(parse_number(text), std::nullopt) << text;
  EXPECT_EQ(parse_number("1.000,5", ';'), std::nullopt);
  EXPECT_EQ(parse_number("1,2,3", ';'), std::nullopt);
  EXPECT_EQ(parse_integer(" 42 "), 42);
  EXPECT_EQ(parse_integer("0301"), 301);
  EXPECT_EQ(parse_integer("-7"), -7);
  for (auto const* text : {"", "1.0", "x", "99999999999999999999"})
    EXPECT_EQ(parse_integer(text), std::nullopt) << text;
}

/// `a,b` and `1,2` in two members, as `cat x.gz y.gz` makes.
constexpr char const two_gzip_bytes[] =
    "\037\213\010\000\000\000\000\000\002\003\113\324\111\342\002\000\305\020\227\044\004\000\000\000"
    "\037\213\010\000\000\000\000\000\002\003\063\324\061\342\002\000\063\102\041\125\004\000\000\000";
constexpr std::string_view two_gzip_members{two_gzip_bytes, sizeof two_gzip_bytes - 1};

TEST_F(Delimited, GzipIsUnpacked) {
  EXPECT_EQ(rows_of(two_gzip_members), (Rows{{"1", "2"}})) << render(diagnostics);
}

TEST_F(Delimited, GzipThatIsCutShortIsNotRead) {
  EXPECT_FALSE(open(two_gzip_members.substr(0, two_gzip_members.size() - 9)));
  EXPECT_THAT(render(diagnostics), HasSubstr("cannot be unpacked"));
  EXPECT_FALSE(open("\x1f\x8b\x08 not gzip at all"));
}

}  // namespace
}  // namespace utvei
