// SPDX-License-Identifier: Apache-2.0
#include "money_notes.hpp"

#include <fmt/format.h>

namespace utvei {
namespace {

std::string describe(std::vector<DiscountPeriod> const& periods) {
  std::string text;
  for (DiscountPeriod const& period : periods) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{:g} %", 100 * period.rate);
    if (period.from > 0) text += fmt::format(" after {:g} years", period.from);
  }
  return text;
}

std::string describe_residual(LedgerRules const& ledgers) {
  if (!ledgers.residual_years) return "the last year's difference goes on for ever";
  if (*ledgers.residual_years == 0) return "nothing after the end of the run";
  return fmt::format("the last year's difference goes on for {:g} years", *ledgers.residual_years);
}

}  // namespace

std::vector<std::string> notes_of_money(MoneyRules const& rules) {
  LedgerRules const& ledgers = rules.ledgers;
  if (ledgers.discount.empty()) return {};  // what is wrong with the file has been said
  std::vector<std::string> notes{
      fmt::format("money: kroner of {}, discounted by {}; taxes cost {:g} % of what they bring; {}", ledgers.kroner_of,
                  describe(ledgers.discount), 100 * ledgers.tax_cost, describe_residual(ledgers))};
  if (ledgers.value_of_time == 0)
    notes.emplace_back("money: people's own time counts nothing, which flatters what brings people into work");
  if (!ledgers.unverified.empty())
    notes.push_back(fmt::format("money: not verified against a source: {}", fmt::join(ledgers.unverified, ", ")));
  return notes;
}

}  // namespace utvei
