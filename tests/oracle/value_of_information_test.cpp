// SPDX-License-Identifier: Apache-2.0
// Values of information where net benefit is normal, against closed forms.
#include "support/csv.hpp"
#include "support/drawn_inputs.hpp"
#include "support/oracle.hpp"

#include <utvei/analysis/decision_uncertainty.hpp>

#include <algorithm>

#include <gtest/gtest.h>

namespace utvei {
namespace {

using support::number;

constexpr std::size_t oracle_draws = 20'000;
constexpr double errors_allowed = 4;

TEST(ValueOfInformation, OfNormalNetBenefit) {
  UTVEI_REQUIRE_ORACLE(file, "oracles/closedform/ref_evpi_normal.csv");
  // Net benefit is x + y: x has 0.64 of the variance, and is what could be known.
  std::vector const inputs{support::drawn_input("x", oracle_draws, 1), support::drawn_input("y", oracle_draws, 2)};
  auto const luck = support::drawn_input("luck", oracle_draws, 3);
  for (auto const& row : support::read_csv(file)) {
    double const mu = number(row, "mu");
    double const sd = number(row, "sd");
    for (double const luck_sd : {0.0, sd}) {
      OutcomeDraws outcome = support::one_outcome(oracle_draws, [&](std::size_t k) {
        return mu + sd * (0.8 * inputs[0].by_draw[k] + 0.6 * inputs[1].by_draw[k]) + luck_sd * luck.by_draw[k];
      });
      outcome.luck = support::luck_with_variance(luck_sd * luck_sd);
      auto const found = decision_uncertainty(outcome, inputs);
      auto const x = std::ranges::find(found.groups, "x", &GroupInformation::group);
      EXPECT_NEAR(found.perfect.value, number(row, "EVPI"), errors_allowed * found.perfect.se) << mu << ' ' << sd;
      EXPECT_LT(found.perfect.se, 0.012 * sd);
      EXPECT_NEAR(x->value.value, number(row, "EVPPI_share0.64"), errors_allowed * x->value.se) << mu << ' ' << sd;
      EXPECT_NEAR(x->shares[0].value, 0.64, 0.03);
      if (luck_sd > 0) {
        EXPECT_GT(found.perfect_with_luck, found.perfect.value + 2 * found.perfect.se);
      }
    }
  }
}

}  // namespace
}  // namespace utvei
