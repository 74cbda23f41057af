// SPDX-License-Identifier: Apache-2.0
// Power of planned studies, against exact numbers.
#include "support/csv.hpp"
#include "support/oracle.hpp"

#include <utvei/analysis/power.hpp>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

std::uint32_t people(support::CsvRow const& row, std::string const& column) {
  return static_cast<std::uint32_t>(number(row, column));
}

constexpr double close_to_exact = 1e-9;
constexpr double but_for_the_tails = 1e-8;  ///< the reference leaves out what is less likely than 1e-9, four times

TEST(FisherPower, OfTwoProportions) {
  UTVEI_REQUIRE_ORACLE(file, "oracles/closedform/ref_power_two_proportions.csv");
  for (auto const& row : support::read_csv(file)) {
    std::uint32_t const n = people(row, "n_per_arm");
    EXPECT_NEAR(power_of_fisher(n, n, number(row, "p1"), number(row, "p2"), 0.05), number(row, "power_fisher_exact"),
                close_to_exact)
        << n;
  }
}

TEST(FisherPower, OfRegisterControls) {
  UTVEI_REQUIRE_ORACLE(file, "oracles/closedform/ref_power_register_controls.csv");
  for (auto const& row : support::read_csv(file)) {
    EXPECT_NEAR(power_of_fisher(people(row, "n_participants"), people(row, "n_controls"), number(row, "p_participants"),
                                number(row, "p_controls"), 0.05),
                number(row, "power_fisher"), but_for_the_tails)
        << number(row, "n_controls");
  }
}

TEST(LogRankPower, NeedsSchoenfeldsEvents) {
  UTVEI_REQUIRE_ORACLE(file, "oracles/closedform/ref_power_t.csv");
  double const expected = number(support::read_csv(file).front(), "schoenfeld_events_for_HR1.5_power80");
  EXPECT_NEAR(events_needed(1.5, 0.5, 0.05, 0.8), expected, 1e-6);
}

}  // namespace
}  // namespace utvei
