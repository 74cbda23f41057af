// SPDX-License-Identifier: Apache-2.0
// The people of a pair of regions, and the plans that hold for them.
#include "region_pair.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <fmt/format.h>

namespace utvei {
namespace {

/// More cohorts than these on a side take long, and are told apart more finely than what is asked.
constexpr std::size_t most_cohorts_of_side = 600;
constexpr std::array birth_widths{Duration{0}, Duration{minutes_per_month}, Duration{3 * minutes_per_month},
                                  Duration{minutes_per_year}};

Population moved_in_time(Population people, Duration later) {
  for (PersonRow const row : ids_of(people.birth)) people.birth[row] = people.birth[row] + later;
  for (PersonRow const row : ids_of(people.enters)) people.enters[row] = people.enters[row] + later;
  return people;
}

/// Age groups of the scenario; of five years where it has none.
std::vector<int> composition_ages(Scenario const& scenario) {
  if (!scenario.age_groups.empty()) return scenario.age_groups;
  constexpr int oldest = 100;
  constexpr int width = 5;
  std::vector<int> ages;
  for (int age = width; age <= oldest; age += width) ages.push_back(age);
  return ages;
}

/// Lets the plan tell apart the people whom definitions tell apart, and changes nothing.
Change telling_apart(std::vector<RegionOutcome> const& outcomes, Model const& model) {
  LogRateOffset nothing{"", {TransitionId{0}}, {}, std::vector<std::vector<std::uint32_t>>(model.traits.size())};
  for (RegionOutcome const& outcome : outcomes) {
    if (!outcome.definition) continue;
    for (auto const* traits : {&outcome.definition->who.traits, &outcome.definition->flags}) {
      for (std::size_t t = 0; t < traits->size(); ++t)
        if (!(*traits)[t].empty()) nothing.traits[t] = (*traits)[t];
    }
  }
  return change_of(nothing);
}

std::vector<RegionId> regions_of_people(RegionSide const& side, std::vector<PersonRow> const& rows) {
  std::set<RegionId> regions;
  if (side.world.people.region.empty()) return {RegionId{}};
  for (PersonRow const row : rows) regions.insert(side.world.people.region[row]);
  return {regions.begin(), regions.end()};
}

}  // namespace

void PairOfRegions::find_people() {
  for (auto* side : {&region_, &reference_}) {
    side->rows = rows_of_side(side->side);
    if (side->rows.empty())
      throw InputError{Fault::file, side->side.world.scenario.population.place,
                       fmt::format("nobody of the scenario lives in {}", side->side.name),
                       "its people cannot be compared with others",
                       "ask for a region in which people of the population live"};
  }
}

void PairOfRegions::find_cells(RegionId slot) {
  auto const ages = composition_ages(region_.side.world.scenario);
  PeopleCells const of_region = cells_of_side(region_.side, region_.rows, ages);
  PeopleCells const of_reference = cells_of_side(reference_.side, reference_.rows, ages);
  std::set<PeopleCell> all;
  for (auto const* cells : {&of_region, &of_reference})
    for (auto const& [cell, rows] : *cells) all.insert(cell);
  auto const take = [&](SidePeople& side, PeopleCells const& cells, std::vector<double>& composition) {
    OfferShares const offered{side.side, side.rows, offers_};
    double sum = 0;
    std::vector<PersonRow> by_cell;
    for (PeopleCell const& cell : all) {
      auto const found = cells.find(cell);
      std::vector<PersonRow> const rows = found == cells.end() ? std::vector<PersonRow>{} : found->second;
      auto const number = static_cast<std::uint32_t>(side.of_cell.size());
      by_cell.insert(by_cell.end(), rows.begin(), rows.end());
      for (std::size_t i = 0; i < rows.size(); ++i) side.cell_of.push_back(number);
      side.of_cell.push_back(moved_in_time(people_at(side.side.world.people, rows, slot), side.later));
      side.offered.push_back(offered.of(cell.levels));
      composition.push_back(static_cast<double>(rows.size()));
      sum += composition.back();
    }
    for (double& share : composition) share /= sum;
    side.of_cells = moved_in_time(people_at(side.side.world.people, by_cell, slot), side.later);
  };
  take(region_, of_region, composition_region_);
  take(reference_, of_reference, composition_reference_);
  double alone_region = 0;
  double alone_reference = 0;
  for (std::size_t cell = 0; cell < all.size(); ++cell) {
    if (composition_reference_[cell] == 0) alone_region += composition_region_[cell];
    if (composition_region_[cell] == 0) alone_reference += composition_reference_[cell];
  }
  without_counterpart_ = std::max(alone_region, alone_reference);
}

void PairOfRegions::find_cohorts(Plans const& plans) {
  RegionTemplate const shape{side_plan(region_, plans), side_plan(reference_, plans),
                             pair_.region.world.scenario.model};
  for (auto* side : {&region_, &reference_}) {
    for (Duration const width : birth_widths) {
      side->cohorts.clear();
      std::size_t count = 0;
      for (Population const& people : side->of_cell) {
        side->cohorts.push_back(people.size() == 0 ? std::vector<Cohort>{} : group_people(shape.base(), people, width));
        count += side->cohorts.back().size();
      }
      if (side->weights.regions.size() > 1) {
        RunPlan const& plan = side == &region_ ? plans.region : plans.of_reference();
        side->where_they_live = group_people(plan, people_at(side->side.world.people, side->rows), width);
        std::erase_if(side->where_they_live, [&](Cohort const& cohort) { return cohort.start >= plan.end; });
      }
      if (count <= most_cohorts_of_side) break;
    }
  }
}

RunPlan plan_of_sides(RegionSide const& side, RegionPair const& pair, std::vector<RegionOutcome> const& outcomes,
                      std::optional<std::uint32_t> draw) {
  RegionWorld const& world = side.world;
  Scenario scenario = world.scenario;
  scenario.draws = draw ? 1 : 0;  // a draw is the same whatever their number
  scenario.breakdowns.clear();
  scenario.scores.clear();
  scenario.waves.clear();
  scenario.events.clear();
  scenario.changes.push_back(telling_apart(outcomes, scenario.model));
  std::set<RegionId> regions;
  for (auto const* each : {&pair.region, &pair.reference})
    for (RegionId const region : regions_of_people(*each, rows_of_side(*each))) regions.insert(region);
  Population const people =
      people_everywhere({pair.region, pair.reference}, {regions.begin(), regions.end()}, scenario);
  Diagnostics diagnostics;
  RunPlan plan = compile(scenario, world.rates, people, draw.value_or(0), diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

std::vector<double> PairOfRegions::labour_market_of(SidePeople const& side, std::optional<std::uint32_t> draw) const {
  if (factors_.labour_market.empty()) return {};
  Scenario const& scenario = side.side.world.scenario;
  std::vector<double> log_factors(scenario.model.transitions.size(), 0);
  for (LabourMarketEffect const& effect : factors_.labour_market) {
    double mean = 0;
    for (std::size_t r = 0; r < side.weights.regions.size(); ++r) {
      RegionId const region = side.weights.regions[r];
      double const value = scenario.model.regions.covariates[effect.covariate][region.value()];
      if (std::isnan(value))
        throw InputError{
            Fault::file, effect.place,
            fmt::format("`{}` of region {} is not known", scenario.model.regions.covariate_names[effect.covariate],
                        scenario.model.regions[region].code),
            "what the labour market does is the ratio for each unit of it", "fill in the regions file"};
      mean += side.weights.of_all[r] * value;
    }
    double const ratio = draw ? draw_ratio(effect.ratio, scenario.seed, *draw, effect.stream) : effect.ratio.mean;
    for (TransitionId const t : effect.transitions) log_factors[t.value()] += mean * std::log(ratio);
  }
  return log_factors;
}

}  // namespace utvei
