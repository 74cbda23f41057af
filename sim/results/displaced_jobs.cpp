// SPDX-License-Identifier: Apache-2.0
#include "displaced_jobs.hpp"

#include <utvei/model/accounts.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>

namespace utvei {
namespace {

/// The first table of time by year and state.
Table const* time_by_year(RunResult const& result) {
  auto const found = std::ranges::find_if(result.tables, [](Table const& table) {
    return table.quantity == "person_years" && table.axis("year") && table.axis("state");
  });
  return found == result.tables.end() ? nullptr : &*found;
}

/// What people in some states bring each account, and their time; sums over years, draws and replicates.
struct Flows {
  std::vector<double> kroner = std::vector<double>(accounts, 0);
  double years{0};
};

Flows flows_of(RunResult const& result, std::vector<std::string> const& states) {
  Flows flows;
  auto const is_in = [&](std::string const& name) { return std::ranges::find(states, name) != states.end(); };
  Table const& time = *time_by_year(result);
  auto const& labels = time.dimensions[*time.axis("state")].labels;
  auto const years = marginal(time, {"state"});
  for (std::size_t s = 0; s < labels.size(); ++s)
    if (is_in(labels[s])) flows.years += years[s];
  auto const account = [](std::string const& name) {
    return static_cast<std::size_t>(std::ranges::find(account_names, name) - account_names.begin());
  };
  auto const paid = marginal(*result.table("payments"), {"payment"});
  for (std::size_t k = 0; k < result.payments.size(); ++k) {
    PaymentInfo const& info = result.payments[k];
    if (info.of_state.empty() || !is_in(info.of_state)) continue;
    flows.kroner[account(info.from)] -= paid[k];
    flows.kroner[account(info.to)] += paid[k];
  }
  return flows;
}

std::vector<std::string> states_in_work(RunResult const& result) {
  std::vector<std::string> names;
  for (StateInfo const& state : result.states)
    if (state.group == "work") names.push_back(state.name);
  return names;
}

}  // namespace

std::vector<double> loss_of_a_displaced_year(RunResult const& baseline, RunResult const& scenario) {
  LedgerRules const& rules = *baseline.ledgers;
  for (RunResult const* const result : {&baseline, &scenario})
    if (!result->table("payments") || !time_by_year(*result)) return {};
  if (rules.displaced_to.empty()) return {};
  auto const work = states_in_work(baseline);
  Flows jobs = flows_of(baseline, work);
  Flows const after = flows_of(scenario, work);
  double const won = after.years - jobs.years;
  // The jobs that are won, rather than all there are; where none are, it does not matter.
  if (won > 0) {
    for (std::size_t a = 0; a < accounts; ++a) jobs.kroner[a] = after.kroner[a] - jobs.kroner[a];
    jobs.years = won;
  }
  Flows const instead = flows_of(baseline, {rules.displaced_to});
  if (jobs.years <= 0 || instead.years <= 0) return {};
  std::vector<double> loss(accounts);
  for (std::size_t a = 0; a < accounts; ++a) loss[a] = jobs.kroner[a] / jobs.years - instead.kroner[a] / instead.years;
  return loss;
}

std::optional<std::vector<double>> years_in_work(RunResult const& result, bool by_group, bool by_region) {
  auto const plain = std::ranges::find_if(result.tables, [by_region](Table const& table) {
    return table.quantity == "person_years" && table.axis("year") && table.axis("state") &&
           (!by_region || table.axis("region"));
  });
  if (plain == result.tables.end()) return std::nullopt;
  Table const* const time = by_group ? result.group_table(plain->name) : &*plain;
  if (time == nullptr) return std::nullopt;
  std::vector<std::string> keep{"draw", "replicate"};
  if (by_group) keep.emplace_back("group");
  if (by_region) keep.emplace_back("region");
  keep.insert(keep.end(), {"year", "state"});
  std::vector<double> const all = marginal(*time, keep);
  auto const work = states_in_work(result);
  auto const& labels = time->dimensions[*time->axis("state")].labels;
  std::vector<double> sums(all.size() / labels.size(), 0);
  for (std::size_t i = 0; i < all.size(); ++i)
    if (std::ranges::find(work, labels[i % labels.size()]) != work.end()) sums[i / labels.size()] += all[i];
  return sums;
}

}  // namespace utvei
