// SPDX-License-Identifier: Apache-2.0
#include "money_tables.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/net_benefit.hpp>

#include <algorithm>

namespace utvei {

std::vector<double> net_benefit(RunResult const& baseline, RunResult const& scenario, std::string_view ledger) {
  std::vector<ComparisonNote> unheard;
  auto const money = money_frames(baseline, scenario, present_year_of(baseline, {&scenario}), unheard);
  UTVEI_EXPECT(money && money->baseline.table("present_value"));
  std::size_t const place = static_cast<std::size_t>(std::ranges::find(ledger_names, ledger) - ledger_names.begin());
  auto const all = marginal_difference(*money->scenario.table("present_value"), *money->baseline.table("present_value"),
                                       {"draw", "replicate", "ledger"});
  std::vector<double> gains;
  for (std::size_t i = place; i < all.size(); i += ledger_names.size()) gains.push_back(all[i]);
  return gains;
}

}  // namespace utvei
