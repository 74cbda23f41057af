// SPDX-License-Identifier: Apache-2.0
#include "diagnosed.hpp"

#include <utvei/document/sheet.hpp>

#include <memory>

namespace utvei {
namespace {

using ::testing::ElementsAre;
using testing::expect_said;

class SheetTest : public ::testing::Test {
 protected:
  std::optional<Sheet> parse(std::string_view text, SheetForm const& form = {}) {
    return Sheet::parse(std::make_shared<SourceText const>(SourceText{"a.csv", std::string{text}}), form, Fault::file,
                        diagnostics_);
  }
  Diagnostics diagnostics_;
};

TEST_F(SheetTest, CellsWithoutBlanksAroundThemAndWithTheirPlaces) {
  auto const sheet = parse("Title;;\n\n a ;b;a\n1; x ; z \r\n;;\n2;;\"\"\n", {1, {}});
  ASSERT_TRUE(sheet) << render(diagnostics_);
  EXPECT_EQ(sheet->separator(), ';');
  EXPECT_EQ(sheet->columns()[0], "a");
  ASSERT_EQ(sheet->rows(), 2U);
  EXPECT_EQ(sheet->at(0, 2), "z");
  EXPECT_EQ(sheet->at(1, 0), "2");
  EXPECT_EQ(sheet->at(1, 2), "");
  EXPECT_EQ(sheet->place(1, 0).line, 6);
  EXPECT_EQ(sheet->header_place(2).line, 3);
}

TEST_F(SheetTest, QuotedCells) {
  auto const sheet = parse("\"a\",\"b \"\"c\"\"\"\n\"x, \"\"y\"\"\",\"two\nlines\"\n3,4\n");
  ASSERT_TRUE(sheet) << render(diagnostics_);
  EXPECT_THAT(sheet->columns(), ElementsAre("a", "b \"c\""));
  EXPECT_EQ(sheet->at(0, 0), "x, \"y\"");
  EXPECT_EQ(sheet->at(0, 1), "two\nlines");
  EXPECT_EQ(sheet->place(1, 1).line, 4);
  EXPECT_EQ(sheet->place(1, 1).column, 3);
}

/// Excel saves Windows-1252, which has dashes where Latin-1 has controls.
TEST_F(SheetTest, ReadsWhatWindowsSaves) {
  auto const sheet = parse(
      "fylke;18\x96"
      "29 \xe5r\nTr\xf8ndelag;\x80\n");
  ASSERT_TRUE(sheet) << render(diagnostics_);
  EXPECT_EQ(sheet->columns()[1], "18–29 år");
  EXPECT_EQ(sheet->at(0, 0), "Trøndelag");
  EXPECT_EQ(sheet->at(0, 1), "€");
}

TEST_F(SheetTest, EmptyCellsAtTheEndOfALineDoNotCount) {
  auto const sheet = parse("a;b\n1;2;;;\n");
  ASSERT_TRUE(sheet) << render(diagnostics_);
  EXPECT_EQ(sheet->rows(), 1U);
}

TEST_F(SheetTest, WhatIsNoTableIsRefused) {
  EXPECT_FALSE(parse("\n\n"));
  expect_said(diagnostics_, 0, 0, "the file has no table");
  diagnostics_ = {};
  EXPECT_FALSE(parse("a;b\n1;2;3\n"));
  expect_said(diagnostics_, 2, 1, "wrong number of cells: expected 2, found 3");
  diagnostics_ = {};
  EXPECT_FALSE(parse(std::string_view{"PK\x03\x04;x\n", 7}));
  expect_said(diagnostics_, 0, 0, "this is not a text file");
}

}  // namespace
}  // namespace utvei
