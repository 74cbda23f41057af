// SPDX-License-Identifier: Apache-2.0
// The worlds between two regions: docs/methods/regions.md.
#include "region_pair.hpp"

#include <utvei/analysis/shapley.hpp>
#include <utvei/core/contract.hpp>
#include <utvei/core/diagnostics.hpp>
#include <utvei/core/parallel.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace utvei {

std::vector<std::string> components_of(RegionFactors const& factors, std::vector<RegionPair> const& pairs,
                                       RegionsReport const& report) {
  std::vector<std::string> components{std::string{composition_component}, std::string{start_component}};
  if (!factors.labour_market.empty()) components.emplace_back(labour_market_component);
  if (!report.services.empty())
    components.emplace_back(report.identifies_services() ? services_component : assumed_services_component);
  for (RateGroup const& group : factors.groups) components.push_back(group.name);
  components.emplace_back(limits_component);
  Model const& model = pairs.front().region.world.scenario.model;
  if (!model.trait_changes.empty()) components.emplace_back(trait_changes_component);
  auto const is_split = [](RegionSide const& side) {
    Regions const& regions = side.world.scenario.model.regions;
    return !regions.empty() && (!side.region || !regions.children(side.region).empty());
  };
  auto const has_parts = [&](RegionPair const& pair) { return is_split(pair.region) || is_split(pair.reference); };
  if (std::ranges::any_of(pairs, has_parts)) components.emplace_back(within_component);
  return components;
}

PairOfRegions::PairOfRegions(RegionPair const& pair, std::vector<RegionOutcome> const& outcomes,
                             RegionFactors const& factors, std::vector<std::string> const& components,
                             RegionOptions const& options)
    : pair_{pair},
      outcomes_{outcomes},
      factors_{factors},
      components_{components},
      options_{options},
      sums_{outcomes},
      region_{pair.region, Duration{0}},
      reference_{pair.reference, pair.region.world.scenario.start - pair.reference.world.scenario.start} {
  find_people();
  offers_ = offers_of_sides({pair.region, pair.reference});
  Plans const plans = plans_at(std::nullopt);
  for (auto* side : {&region_, &reference_})
    side->weights = weights_of_side(side->side, side->rows, plans.region.profiles);
  RegionTemplate const shape{side_plan(region_, plans), side_plan(reference_, plans), pair.region.world.scenario.model};
  find_cells(shape.slot());
  if (auto const beyond = beyond_cohorts(shape.base())) why_not_ = beyond->why;
  if (why_not_.empty()) why_not_ = sums_.why_not_expected_sums();
  if (why_not_.empty()) find_cohorts(plans);
}

std::size_t PairOfRegions::component(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(components_, name) - components_.begin());
}

SidePlan PairOfRegions::side_plan(SidePeople const& side, Plans const& plans) const {
  return {&side == &region_ ? plans.region : plans.of_reference(), side.weights, side.later};
}

PairOfRegions::Plans PairOfRegions::plans_at(std::optional<std::uint32_t> draw) const {
  Plans plans{plan_of_sides(region_.side, pair_, outcomes_, draw), std::nullopt};
  if (&region_.side.world.scenario != &reference_.side.world.scenario)
    plans.reference = plan_of_sides(reference_.side, pair_, outcomes_, draw);
  return plans;
}

std::vector<PairOfRegions::RateFactor> PairOfRegions::active_factors(RegionTemplate const& shape,
                                                                     std::vector<TableRates> const& a,
                                                                     std::vector<TableRates> const& b,
                                                                     std::vector<double> const& log_factors) const {
  std::vector<bool> differs(shape.base().transition_count, false);
  bool limits = false;
  bool turns = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    bool const is_state = i < shape.base().states.size();
    limits = limits || a[i].rules != b[i].rules;
    if (!is_state) {
      turns = a[i].intensity != b[i].intensity;
      continue;
    }
    auto const& exits = shape.base().states[StateId{i}].exits;
    for (std::size_t at = 0; at < a[i].intensity.size(); ++at)
      if (a[i].intensity[at] != b[i].intensity[at]) differs[exits[at % exits.size()].transition.value()] = true;
  }
  std::vector<RateFactor> active;
  if (std::ranges::any_of(log_factors, [](double factor) { return factor != 0; }))
    active.push_back({component(labour_market_component), RateFactor::Kind::labour_market});
  for (std::size_t g = 0; g < factors_.groups.size(); ++g) {
    auto const& group = factors_.groups[g];
    auto const is_different = [&](TransitionId t) {
      return differs[t.value()] || (!log_factors.empty() && log_factors[t.value()] != 0);
    };
    if (std::ranges::any_of(group.transitions, is_different))
      active.push_back({component(group.name), RateFactor::Kind::group, g});
  }
  if (limits) active.push_back({component(limits_component), RateFactor::Kind::limits});
  if (turns) active.push_back({component(trait_changes_component), RateFactor::Kind::trait_changes});
  // The last: its worlds are weighted sums of those of single offers.
  if (offers_.size() > 1)
    active.push_back(
        {std::min(component(services_component), component(assumed_services_component)), RateFactor::Kind::services});
  return active;
}

PairOfRegions::CellSums PairOfRegions::sums_of(SidePeople const& side, RunPlan const& plan, RandomKey const& key,
                                               RegionMethod method) const {
  Regions const& regions = side.side.world.scenario.model.regions;
  CellSums all(side.of_cell.size());
  if (method == RegionMethod::simulation)
    all = sums_.by_simulation(plan, regions, side.of_cells, side.cell_of, side.of_cell.size(), key, options_);
  CohortOptions one_thread;
  one_thread.threads = 1;
  one_thread.stop = options_.stop;
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    std::size_t const people = side.of_cell[cell].size();
    if (people == 0) {
      all[cell].clear();
      continue;
    }
    if (method == RegionMethod::equations)
      all[cell] = sums_.by_equations(plan, regions, side.cohorts[cell], one_thread);
    for (double& sum : all[cell]) sum /= static_cast<double>(people);
  }
  return all;
}

std::vector<PairOfRegions::CellSums> PairOfRegions::sums_by_offer(SidePeople const& side, RunPlan& plan,
                                                                  RandomKey const& key, RegionMethod method) const {
  std::vector<CellSums> by_offer;
  for (MeasureOffer const& offer : offers_) {
    make_offer(offer, side.side.world.scenario.model.regions, plan);
    by_offer.push_back(sums_of(side, plan, key, method));
  }
  return by_offer;
}

PairOfRegions::CellSums PairOfRegions::mean_over_offers(std::vector<CellSums> const& by_offer,
                                                        SidePeople const& whose) {
  CellSums mean = by_offer.front();
  for (std::size_t cell = 0; cell < mean.size(); ++cell) {
    for (std::size_t i = 0; i < mean[cell].size(); ++i) {
      mean[cell][i] = 0;
      for (std::size_t k = 0; k < by_offer.size(); ++k) mean[cell][i] += whose.offered[cell][k] * by_offer[k][cell][i];
    }
  }
  return mean;
}

std::vector<double> PairOfRegions::value_of(std::vector<double> const& composition, CellSums const& starts,
                                            CellSums const& others) const {
  std::vector<double> sums(sums_.size(), 0);
  for (std::size_t cell = 0; cell < composition.size(); ++cell) {
    if (composition[cell] == 0) continue;
    // Where the side has nobody, nothing is known of where they would start: they start as on the other side.
    auto const& of_one = starts[cell].empty() ? others[cell] : starts[cell];
    for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += composition[cell] * of_one[i];
  }
  return sums_.values(sums);
}

std::vector<double> PairOfRegions::true_values(SidePeople const& side, RunPlan const& plan, RandomKey const& key,
                                               RegionMethod method) const {
  Regions const& regions = side.side.world.scenario.model.regions;
  CohortOptions cohort_options;
  cohort_options.threads = options_.threads;
  cohort_options.stop = options_.stop;
  std::vector<RegionOutcome> outcomes = outcomes_;
  for (RegionOutcome& outcome : outcomes)
    if (outcome.at) outcome.at = *outcome.at - side.later;
  OutcomeSums const sums{outcomes};
  if (method == RegionMethod::equations)
    return sums.values(sums.by_equations(plan, regions, side.where_they_live, cohort_options));
  Population const people = people_at(side.side.world.people, side.rows);
  Column<PersonRow, std::uint32_t> const one_part(people.size(), 0);
  return sums.values(sums.by_simulation(plan, regions, people, one_part, 1, key, options_).front());
}

RateChoice PairOfRegions::choice_of(std::size_t set, std::vector<RateFactor> const& active,
                                    std::vector<double> const& market) const {
  RateChoice choice{std::vector<bool>(pair_.region.world.scenario.model.transitions.size(), false), false, false, {}};
  bool market_is_regions = false;
  for (std::size_t k = 0; k < active.size(); ++k) {
    if ((set >> k & 1U) == 0) continue;
    RateFactor const& factor = active[k];
    market_is_regions = market_is_regions || factor.kind == RateFactor::Kind::labour_market;
    choice.limits = choice.limits || factor.kind == RateFactor::Kind::limits;
    choice.trait_changes = choice.trait_changes || factor.kind == RateFactor::Kind::trait_changes;
    if (factor.kind != RateFactor::Kind::group) continue;
    for (TransitionId const t : factors_.groups[factor.group].transitions) choice.transitions[t.value()] = true;
  }
  // Rates of a side hold its own labour market; it is taken out of them where the other's is asked for.
  choice.log_factors.assign(market.size(), 0);
  for (std::size_t t = 0; t < market.size(); ++t)
    if (choice.transitions[t] != market_is_regions) choice.log_factors[t] = market_is_regions ? market[t] : -market[t];
  return choice;
}

PairValues PairOfRegions::at(PairLuck luck, RegionMethod method) const {
  Plans const plans = plans_at(luck.draw);
  RegionTemplate const shape{side_plan(region_, plans), side_plan(reference_, plans),
                             pair_.region.world.scenario.model};
  auto const rates_region = shape.rates_of(side_plan(region_, plans));
  auto const rates_reference = shape.rates_of(side_plan(reference_, plans));
  // What the labour market of the region does beyond that of the reference.
  std::vector<double> market = labour_market_of(region_, luck.draw);
  auto const market_reference = labour_market_of(reference_, luck.draw);
  for (std::size_t t = 0; t < market.size(); ++t) market[t] -= market_reference[t];
  auto const active = active_factors(shape, rates_reference, rates_region, market);
  // The same luck in all parameter draws: what they differ by is then the rates.
  RandomKey const key{pair_.region.world.scenario.seed, 0, luck.replicate};

  std::size_t const service_sets = offers_.size() > 1 ? 2 : 1;
  std::size_t const rate_sets = (std::size_t{1} << active.size()) / service_sets;
  constexpr std::size_t people_sets = 4;  // bit 0: composition, bit 1: starting stock
  std::vector<std::vector<double>> values(service_sets * rate_sets * people_sets);
  auto const value_rates = [&](std::size_t set) {
    RunPlan plan = mixed_plan(shape, rates_reference, rates_region, choice_of(set, active, market));
    auto const region_by_offer = sums_by_offer(region_, plan, key, method);
    auto const reference_by_offer = sums_by_offer(reference_, plan, key, method);
    for (std::size_t services = 0; services < service_sets; ++services) {
      SidePeople const& offered = services == 1 ? region_ : reference_;
      CellSums const of_region = mean_over_offers(region_by_offer, offered);
      CellSums const of_reference = mean_over_offers(reference_by_offer, offered);
      for (std::size_t who = 0; who < people_sets; ++who) {
        bool const starts_are_regions = (who & 2U) != 0;
        values[(services * rate_sets + set) * people_sets + who] =
            value_of((who & 1U) != 0 ? composition_region_ : composition_reference_,
                     starts_are_regions ? of_region : of_reference, starts_are_regions ? of_reference : of_region);
      }
    }
  };
  if (method == RegionMethod::equations) {
    parallel_for_blocks(rate_sets, 1, options_.threads, options_.stop,
                        [&](Block const& block) { value_rates(block.first); });
  } else {
    for (std::size_t set = 0; set < rate_sets; ++set) value_rates(set);
  }

  PairValues result;
  std::size_t const within = component(within_component);
  for (auto const* side : {&region_, &reference_}) {
    bool const is_region = side == &region_;
    auto const& pooled = is_region ? values.back() : values.front();
    auto& own = is_region ? result.region : result.reference;
    own = side->weights.regions.size() == 1 ? pooled : true_values(*side, side_plan(*side, plans).plan, key, method);
    result.contributions.resize(own.size(), std::vector<double>(components_.size(), 0));
    if (within == components_.size()) continue;
    for (std::size_t o = 0; o < own.size(); ++o)
      result.contributions[o][within] += (is_region ? 1 : -1) * (own[o] - pooled[o]);
  }
  result.with_reference_rates = values[people_sets - 1];
  for (std::size_t o = 0; o < outcomes_.size(); ++o) {
    std::vector<double> of_outcome;
    for (auto const& each : values) of_outcome.push_back(each[o]);
    auto const shares = shapley_values(of_outcome);
    result.contributions[o][component(composition_component)] = shares[0];
    result.contributions[o][component(start_component)] = shares[1];
    for (std::size_t k = 0; k < active.size(); ++k) result.contributions[o][active[k].component] = shares[k + 2];
  }
  return result;
}

}  // namespace utvei
