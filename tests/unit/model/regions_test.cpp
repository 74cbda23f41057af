// SPDX-License-Identifier: Apache-2.0
#include "scratch.hpp"

#include <cmath>

namespace utvei {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ReadRegions : public ScratchTest {
 protected:
  Regions read_text(std::string_view text) { return read_regions(write("regions.csv", text), Request{}, diagnostics_); }
};

TEST_F(ReadRegions, ATreeWithNamesDatesAndCovariates) {
  Regions const regions = read_text(
      "region;parent;level;name_nb;name_nn;name_en;valid_from;valid_to;unemployment\n"
      "4204;42;municipality;Kristiansand;;;2020;;2,5\n"
      "42;;county;Agder;;;;;\n"
      "0301;;municipality;Oslo;;;1838-01-01;2030.5;3\n");
  EXPECT_THAT(problems(), IsEmpty());
  ASSERT_EQ(regions.size(), 3U);
  auto const kristiansand = *regions.find("4204");
  auto const agder = *regions.find("42");
  auto const oslo = *regions.find("0301");
  EXPECT_EQ(regions[kristiansand].parent, agder);
  EXPECT_EQ(regions[kristiansand].level, "municipality");
  EXPECT_EQ(regions[kristiansand].valid_from, date(2020, 1, 1));
  EXPECT_EQ(regions[kristiansand].valid_to, std::nullopt);
  EXPECT_EQ(regions.name(agder, "en"), "Agder");
  EXPECT_TRUE(regions.is_within(kristiansand, agder));
  EXPECT_TRUE(regions.is_within(agder, agder));
  EXPECT_FALSE(regions.is_within(agder, kristiansand));
  EXPECT_FALSE(regions.is_within(oslo, agder));
  EXPECT_THAT(regions.children(std::nullopt), ElementsAre(agder, oslo));
  EXPECT_THAT(regions.children(agder), ElementsAre(kristiansand));
  EXPECT_THAT(regions.covariate_names, ElementsAre("unemployment"));
  EXPECT_DOUBLE_EQ(regions.covariates[0][kristiansand.value()], 2.5);
  EXPECT_TRUE(std::isnan(regions.covariates[0][agder.value()]));
}

TEST_F(ReadRegions, WhatIsWrongIsDiagnosed) {
  read_text(
      "region,parent,centrality,nme_nb,valid_from,valid_to\n"
      "a,b,1,Alfa,,\n"
      "b,a,2,Beta,,\n"
      "c,c,3,,,\n"
      "d,nowhere,,,,\n"
      "a,,,,,\n"
      ",,,,,\n"
      "e,,,,2020,2019\n"
      "f,,,,soon,\n");
  EXPECT_THAT(problems(),
              ElementsAre("regions.csv:2:7: `Alfa` in column `nme_nb` is not a number",
                          "regions.csv:6:1: region `a` stands twice", "regions.csv:7:1: a region without a code",
                          "regions.csv:8:11: region `e` ends before it begins", "regions.csv:9:6: `soon` is not a date",
                          "regions.csv:3:3: region `b` lies in itself", "regions.csv:4:3: region `c` lies in itself",
                          "regions.csv:5:3: region `d` lies in `nowhere`, which is not in the file"));
}

}  // namespace
}  // namespace utvei
