// SPDX-License-Identifier: Apache-2.0
#include "levels.hpp"
#include "payment_book.hpp"

#include <utvei/money/payments.hpp>

#include <algorithm>

#include <fmt/format.h>

namespace utvei {
namespace {

bool tells_regions(Scenario const& scenario) {
  return std::ranges::any_of(scenario.breakdowns, [](Breakdown const& breakdown) {
    return std::ranges::find(breakdown, TallyDimension::Kind::region, &TallyDimension::kind) != breakdown.end();
  });
}

bool is_paid_for(StateIncome const& state) {
  return state.benefit || state.amount;
}

/// The flows of one state.
class StatePlanner {
 public:
  StatePlanner(MoneyRules const& rules, IncomeRules const& income, std::string const& state, StateId id,
               PaymentBook& book)
      : rules_{rules}, income_{income.states[id]}, state_{state}, id_{id}, book_{book} {}

  StatePayments plan() {
    StatePayments flows;
    if (income_.outside) return flows;
    if (income_.earnings > 0) flows.earnings = of_earnings();
    if (is_paid_for(income_)) {
      StatePayer const& payer = *rules_.payers_of[id_];
      flows.benefit = {flow("benefit", "benefit", payer.payer, Account::person, 1)};
      flows.first = payer.first_for;
      if (payer.first)
        flows.first_benefit = {flow("benefit", "benefit of the first days", *payer.first, Account::person, 1)};
    }
    if (income_.earnings > 0 || is_paid_for(income_)) flows.tax = of_tax();
    flows.presence = of_presence();
    return flows;
  }

 private:
  PaymentFlow flow(std::string const& kind, std::string const& what, Account from, Account to, double share) {
    return {book_.of_state(state_, kind, what, from, to), from, to, share};
  }

  std::vector<PaymentFlow> of_earnings() {
    double const labour_cost = 1 + rules_.contributions;
    std::vector<PaymentFlow> flows{flow("earnings", "earnings", Account::employer, Account::person, 1)};
    if (rules_.contributions > 0)
      flows.push_back(flow("tax", "employers' contributions", Account::employer, Account::state, rules_.contributions));
    flows.push_back(
        flow("production", "production", Account::production, Account::employer, labour_cost * rules_.production));
    return flows;
  }

  /// What is evened out between municipalities goes to others of them by way of the state.
  std::vector<PaymentFlow> of_tax() {
    std::vector<PaymentFlow> flows;
    auto const add = [&](std::string const& what, Account from, Account to, double share) {
      if (share > 0) flows.push_back(flow("tax", what, from, to, share));
    };
    add("tax to the municipality", Account::person, Account::municipality, rules_.tax_to_municipality);
    add("tax to the county", Account::person, Account::county, rules_.tax_to_county);
    add("tax to the state", Account::person, Account::state, 1 - rules_.tax_to_municipality - rules_.tax_to_county);
    add("evened out between municipalities", Account::municipality, Account::state,
        rules_.tax_to_municipality * (1 - rules_.municipal_tax_kept));
    return flows;
  }

  std::vector<PaymentFlow> of_presence() {
    std::vector<PaymentFlow> flows;
    for (auto const& [payer, kroner] : rules_.services[id_])
      if (kroner > 0)
        flows.push_back(
            flow("services", fmt::format("services paid by {}", name_of(payer)), payer, Account::services, kroner));
    if (rules_.ledgers.value_of_time > 0 && income_.earnings > 0)
      flows.push_back(flow("time", "time given up", Account::person, Account::time,
                           rules_.ledgers.value_of_time * income_.earnings));
    return flows;
  }

  MoneyRules const& rules_;
  StateIncome const& income_;
  std::string const& state_;
  StateId id_;
  PaymentBook& book_;
};

}  // namespace

void check_money(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario,
                 Diagnostics& diagnostics) {
  Model const& model = scenario.model;
  for (StateId const state : IdRange<StateId>{model.states.size()}) {
    if (!is_paid_for(income.states[state]) || rules.payers_of[state]) continue;
    diagnostics.error(scenario.money_place,
                      fmt::format("{} does not say who pays for `{}`", rules.path, model.states[state].name),
                      fmt::format("people live on a benefit or a fixed amount there ({})", income.path),
                      fmt::format("add {}: state, or another payer, to `payers`", model.states[state].name));
  }
  if (!base_amount_of(income, rules.ledgers.kroner_of))
    diagnostics.error(scenario.money_place,
                      fmt::format("no base amount for {}, whose kroner amounts are in", rules.ledgers.kroner_of),
                      "they follow wages, as G does, to other years",
                      fmt::format("add it to `base_amounts` of {}, or name another year", income.path));
}

PaymentPlan plan_payments(MoneyRules const& rules, IncomeRules const& income, Scenario const& scenario,
                          bool of_register) {
  PaymentPlan plan;
  PaymentBook book;
  Model const& model = scenario.model;
  plan.people.states = Column<StateId, StatePayments>{model.states.size()};
  for (StateId const state : IdRange<StateId>{model.states.size()})
    plan.people.states[state] = StatePlanner{rules, income, model.states[state].name, state, book}.plan();
  plan.people.payments = book.all().size();
  Levels levels{rules, income, scenario};
  plan.people.presence_level = std::move(levels.wage);
  plan.people.real = std::move(levels.real);
  plan.people.by_region = tells_regions(scenario) && !of_register;
  for (Measure const& measure : scenario.measures)
    for (MeasureCost const& cost : measure.costs) book.of_measure(measure, cost);
  plan.infos = book.all();
  return plan;
}

}  // namespace utvei
