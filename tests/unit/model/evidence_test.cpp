// SPDX-License-Identifier: Apache-2.0
#include "support/files.hpp"

#include <utvei/model/evidence.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

TEST(Evidence, CountsTheRowsOfTablesOfNumbersOnce) {
  support::TempFolder const folder;
  auto const rates = folder.write("rates.csv",
                                  "from;to;rate_per_year;status\na;b;1;verified\na;c;1;unverified\nb;a;1;derived\n"
                                  "c;a;1;\n");
  auto const shares = folder.write("limit.csv", "to;share;status\nb;0.4;unverified\nc;0.6;unverified\n");
  auto const ages = folder.write("ages.csv", "born_from;born_to;age;status\n;1964;67;verified\n");
  auto const people = folder.write("people.csv", "person;status\n1;unverified\n");
  Diagnostics diagnostics;
  auto const found = evidence_of({rates, shares, rates, ages, people, "model.yaml", "rates.h5"}, diagnostics);
  EXPECT_EQ(found, (Evidence{6, 3}));
  EXPECT_EQ(describe(found), "6 rows: 3 unverified");
  EXPECT_FALSE(diagnostics.has_errors());
}

TEST(Evidence, IsNothingWhereNoTableSays) {
  support::TempFolder const folder;
  auto const rates = folder.write("rates.csv", "from;to;rate_per_year;source\na;b;1;a guess\n");
  Diagnostics diagnostics;
  EXPECT_EQ(evidence_of({rates}, diagnostics), Evidence{});
}

TEST(Evidence, KnowsItsWords) {
  support::TempFolder const folder;
  auto const rates = folder.write("rates.csv", "from;to;rate_per_year;confidence;status\na;b;1;high;sure\n");
  Diagnostics diagnostics;
  evidence_of({rates}, diagnostics);
  EXPECT_EQ(diagnostics.error_count(), 2U);
}

}  // namespace
}  // namespace utvei
