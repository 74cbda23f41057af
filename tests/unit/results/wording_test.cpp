// SPDX-License-Identifier: Apache-2.0
#include "../../../sim/results/wording.hpp"

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(InsideSentence, WritesWordsSmallAndAbbreviationsAsTheyAre) {
  EXPECT_EQ(inside_sentence("Arbeid"), "arbeid");
  EXPECT_EQ(inside_sentence("Lære"), "lære");
  EXPECT_EQ(inside_sentence("Økt støtte"), "økt støtte");
  EXPECT_EQ(inside_sentence("Ærøy"), "ærøy");
  EXPECT_EQ(inside_sentence("AAP"), "AAP");
  EXPECT_EQ(inside_sentence("ÅÅ"), "ÅÅ");
  EXPECT_EQ(inside_sentence("A"), "A");
  EXPECT_EQ(inside_sentence(""), "");
}

}  // namespace
}  // namespace utvei
