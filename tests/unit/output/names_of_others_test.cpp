// SPDX-License-Identifier: Apache-2.0
// Names that other programs take.
#include <utvei/output/table_formats.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(NamesOfOthers, AreTakenByStata) {
  EXPECT_EQ(stata_name("state"), "state");
  EXPECT_EQ(stata_name("born-in"), "born_in");
  EXPECT_EQ(stata_name("2nd"), "_2nd");
  EXPECT_EQ(stata_name("if"), "if_");
  EXPECT_EQ(stata_name("str12"), "str12_");
  EXPECT_EQ(stata_name(std::string(40, 'a')).size(), 32U);
}

TEST(NamesOfOthers, AreTakenByExcel) {
  std::string const longest(40, 'a');
  EXPECT_THAT(sheet_names({"stock", longest, longest + "b", "STOCK", "a/b", "History"}, "Om tallene"),
              ::testing::ElementsAre("stock", std::string(31, 'a'), std::string(29, 'a') + "~2", "STOCK~2", "a_b",
                                     "History~2"));
}

}  // namespace
}  // namespace utvei
