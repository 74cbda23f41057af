// SPDX-License-Identifier: Apache-2.0
#include "mix_worlds.hpp"

#include <utvei/engine/simulate.hpp>
#include <utvei/income/simulate_income.hpp>
#include <utvei/money/payments.hpp>
#include <utvei/results/marginal.hpp>
#include <utvei/results/net_benefit.hpp>
#include <utvei/results/weigh.hpp>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace utvei {
namespace {

std::vector<Pool> pools_of(std::size_t choice, std::vector<MixCell> const& cells, MixNumbers const& numbers) {
  std::vector<Pool> pools;
  for (std::size_t c = 0; c < cells.size(); ++c)
    if (cells[c].choice == choice)
      pools.push_back({cells[c].region, false, {{distant_past, static_cast<double>(numbers[c])}}, Place{}});
  return pools;
}

bool has_moves(Scenario const& scenario) {
  return scenario.demography.moves.has_value();
}

/// Whether a pool is that of one region, and no region of another cell lies in it or around it.
bool stays_in_one_region(Pool const& pool, std::vector<MixCell> const& cells, Regions const& regions) {
  if (!pool.region) return false;
  return std::ranges::none_of(cells, [&](MixCell const& cell) {
    return *cell.region != *pool.region && regions.is_within(*cell.region, *pool.region);
  });
}

}  // namespace

Scenario scenario_of_mix(MixDesign const& design, std::vector<MixCell> const& cells, MixNumbers const& numbers,
                         Scenario const& scenario) {
  Scenario mix = scenario;
  mix.draws = design.draws.value_or(scenario.draws);
  mix.replicates = design.replicates;
  mix.groups = 1;
  mix.stock_dates.clear();
  mix.model.definitions.clear();
  mix.life_courses = {};
  mix.breakdowns = {{{TallyDimension::Kind::year, {}}, {TallyDimension::Kind::state, {}}}};
  if (!scenario.model.regions.empty())
    mix.breakdowns.front().insert(mix.breakdowns.front().begin(), {TallyDimension::Kind::region, {}});
  for (std::size_t c = 0; c < design.choices.size(); ++c) {
    MixChoice const& choice = design.choices[c];
    for (Resource& resource : mix.resources)
      if (choice.is_resource && resource.name == choice.name) resource.pools = pools_of(c, cells, numbers);
    for (Measure& measure : mix.measures)
      if (!choice.is_resource && measure.name == choice.name) measure.places = pools_of(c, cells, numbers);
  }
  return mix;
}

bool are_separable(MixDesign const& design, std::vector<MixCell> const& cells, MixWorld const& world) {
  Scenario const& scenario = world.scenario;
  if (design.outcome && design.outcome->kind != MixOutcome::Kind::person_years) return false;
  if (has_moves(scenario)) return false;
  if (!std::ranges::all_of(cells, [](MixCell const& cell) { return cell.region.has_value(); })) return false;
  Regions const& regions = scenario.model.regions;
  Scenario const mix = scenario_of_mix(design, cells, MixNumbers(cells.size(), 1), scenario);
  auto const stays = [&](Pool const& pool) { return stays_in_one_region(pool, cells, regions); };
  for (Resource const& resource : mix.resources)
    if (!std::ranges::all_of(resource.pools, stays)) return false;
  for (Measure const& measure : mix.measures) {
    if (measure.places && !std::ranges::all_of(*measure.places, stays)) return false;
    // Who begins in groups hangs on the others of the desk; places of regions make desks of regions.
    if (measure.queue.group_size > 1 && !measure.places && measure.uses.empty()) return false;
  }
  for (MixCell const& a : cells)
    for (MixCell const& b : cells)
      if (*a.region != *b.region && regions.is_within(*a.region, *b.region)) return false;
  return true;
}

MixWorlds::MixWorlds(MixDesign const& design, std::vector<MixCell> const& cells, std::vector<std::size_t> block_of_cell,
                     std::size_t blocks, MixWorld const& world, MixOptions const& options)
    : design_{design},
      cells_{cells},
      block_of_cell_{std::move(block_of_cell)},
      blocks_{blocks},
      world_{world},
      options_{options},
      draws_{std::max(1U, design.draws.value_or(world.scenario.draws))} {}

RunResult MixWorlds::simulated(Scenario const& scenario) {
  SimulateOptions options;
  options.threads = options_.threads;
  options.stop = options_.stop;
  if (options_.progress)
    options.progress = [&](std::uint64_t done, std::uint64_t total) {
      // How many mixes are to come nobody knows.
      options_.progress(simulations_ * total + done, (simulations_ + 1) * total);
    };
  RunResult result = simulate(scenario, world_.rates, world_.people, options);
  ++simulations_;
  if (!design_.outcome || design_.outcome->kind == MixOutcome::Kind::person_years) {
    weigh(result, scenario.weight);
    return result;
  }
  PaymentPlan const payments = plan_payments(*world_.money, *world_.income, scenario, world_.of_register);
  IncomeTables made = simulate_income(*world_.income, scenario, world_.rates, world_.people,
                                      {options_.threads, options_.stop, &payments.people});
  std::ranges::move(made.tables, std::back_inserter(result.tables));
  std::ranges::move(made.group_tables, std::back_inserter(result.group_tables));
  weigh(result, scenario.weight);
  add_payments(payments, std::move(made.payments), *world_.money, *world_.income, scenario, world_.people, result);
  return result;
}

std::vector<RunValues> MixWorlds::person_years_of(RunResult const& result) const {
  MixOutcome const& outcome = *design_.outcome;
  Table const& table = *result.table("person_years");
  std::vector<double> const values = marginal(table, {"draw", "replicate", "region", "year", "state"});
  Model const& model = world_.scenario.model;
  std::vector<bool> counts_state;
  for (State const& state : model.states)
    counts_state.push_back(std::ranges::any_of(
        outcome.of, [&](auto const& asked) { return asked.first == state.name || asked.first == state.group; }));
  std::vector<bool> counts_year;
  for (std::string const& label : table.dimensions[*table.axis("year")].labels) {
    int const year = std::atoi(label.c_str());
    counts_year.push_back((!outcome.from || year >= *outcome.from) && (!outcome.until || year < *outcome.until));
  }
  std::vector<std::size_t> block_of_region{0};
  if (auto const axis = table.axis("region")) {
    block_of_region.clear();
    for (std::string const& code : table.dimensions[*axis].labels) {
      RegionId const region = *model.regions.find(code);
      std::size_t block = blocks_ == 1 ? 0 : blocks_;
      for (std::size_t c = 0; c < cells_.size() && blocks_ > 1; ++c)
        if (model.regions.is_within(region, *cells_[c].region)) block = block_of_cell_[c];
      block_of_region.push_back(block);
    }
  }
  std::vector<RunValues> sums(blocks_ + 1, RunValues(draws_ * design_.replicates, 0));
  std::size_t i = 0;
  double const sign = outcome.is_minimised ? -1 : 1;
  for (std::size_t run = 0; run < draws_ * design_.replicates; ++run)
    for (std::size_t const block : block_of_region)
      for (bool const of_year : counts_year)
        for (bool const of_state : counts_state) {
          double const years = values[i++];
          if (of_year && of_state) sums[block][run] += sign * years;
        }
  return sums;
}

/// More than without places: all else that both pay is not in it.
std::vector<RunValues> MixWorlds::money_of(RunResult const& result, std::optional<std::uint32_t> seed) {
  auto& without = seed ? without_of_other_luck_ : without_;
  if (!without) {
    MixNumbers const none(cells_.size(), 0);
    Scenario scenario = scenario_of_mix(design_, cells_, none, world_.scenario);
    if (seed) scenario.seed = *seed;
    without = simulated(scenario);
  }
  bool const is_society = design_.outcome->kind == MixOutcome::Kind::society;
  std::vector<RunValues> values{net_benefit(*without, result, is_society ? "society" : "public_purse")};
  values.emplace_back(values.front().size(), 0);
  return values;
}

std::vector<RunValues> MixWorlds::outcomes(MixNumbers const& numbers, std::optional<std::uint32_t> seed) {
  Scenario scenario = scenario_of_mix(design_, cells_, numbers, world_.scenario);
  if (seed) scenario.seed = *seed;
  RunResult result = simulated(scenario);
  if (design_.outcome->kind == MixOutcome::Kind::person_years) return person_years_of(result);
  return money_of(result, seed);
}

}  // namespace utvei
