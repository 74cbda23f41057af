// SPDX-License-Identifier: Apache-2.0
#include "income_run.hpp"

#include "pathway_steps.hpp"
#include "person_income.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/engine/person_group.hpp>

#include <algorithm>
#include <limits>

namespace utvei {
namespace {

constexpr std::size_t households_per_block = 4096;

bool somebody_moves(RunPlan const& lives) {
  return lives.turns &&
         std::ranges::any_of(lives.turns->turns, [](Turn const& turn) { return turn.cause == Cause::move; });
}

/// Where somebody lived at the end of each whole year; of a year before they joined, where they were first.
void note_regions(LifePath const& life, IncomeCalendar const& calendar, std::uint16_t* regions) {
  auto piece = life.pieces.begin();
  for (std::size_t year = 0; year < calendar.whole(); ++year) {
    while (piece + 1 != life.pieces.end() && piece->to < calendar.end_of_whole(year)) ++piece;
    regions[year] = static_cast<std::uint16_t>(piece->region.value());
  }
}

}  // namespace

IncomeRun::IncomeRun(IncomePlan const& plan, Scenario const& scenario, Population const& people,
                     IncomeLayout const& layout, IncomeOptions const& options)
    : plan_{plan},
      scenario_{scenario},
      people_{people},
      layout_{layout},
      options_{options},
      households_{people},
      years_{plan.calendar.whole()} {
  UTVEI_EXPECT(scenario.model.regions.size() <= std::numeric_limits<std::uint16_t>::max());
  if (plan.rules.pathways.empty()) return;
  start_types_.resize(people.size());
  for (std::size_t h = 0; h < households_.size(); ++h)
    for (std::uint32_t const row : households_.members(h)) start_types_[row] = type_at_start(h);
}

void IncomeRun::run(RunPlan const& lives, RandomKey const& key) {
  parts_.assign(thread_count(options_.threads), IncomeTallies{layout_});
  payments_.clear();
  if (options_.payments) payments_.assign(parts_.size(), PaymentTallies{*options_.payments, plan_, layout_});
  follow_people(lives, key);
  share_in_households();
  LowIncomeLines const lines = find_medians();
  medians_.clear();
  for (std::size_t year = 0; year < years_; ++year) medians_.push_back(lines.median(year));
  count_chain(lines);
  if (layout_.steps > 0) count_pathways(lives, key, lines);
  for (std::size_t i = 1; i < parts_.size(); ++i) parts_.front().add(parts_[i]);
  for (std::size_t i = 1; i < payments_.size(); ++i) payments_.front().add(payments_[i]);
}

void IncomeRun::append_payments_to(PaymentSums& sums) const {
  if (!payments_.empty()) payments_.front().append_to(sums);
}

void IncomeRun::follow_people(RunPlan const& lives, RandomKey const& key) {
  incomes_.resize(people_.size() * years_);
  regions_.resize(somebody_moves(lives) ? incomes_.size() : 0);
  std::vector<PersonIncome> workers(thread_count(options_.threads), PersonIncome{plan_, key});
  follow_lives(lives, people_, key, options_.threads, options_.stop, [&](LifePath const& life, std::size_t thread) {
    std::size_t const row = life.row.value();
    workers[thread].follow(life, incomes_of(row), [&](std::size_t year, std::span<Pay const> pays) {
      if (!payments_.empty()) payments_[thread].see(workers[thread], life.person, year, pays);
    });
    if (!regions_.empty() && !life.pieces.empty()) note_regions(life, plan_.calendar, regions_.data() + row * years_);
  });
}

/// Those who count in the year, at its end.
HouseholdComposition IncomeRun::composition(std::size_t household, std::size_t year) const {
  return composition_of(households_.members(household), people_, plan_.rules.children_below,
                        plan_.calendar.end_of_whole(year),
                        [&](std::uint32_t row) { return incomes_[row * years_ + year] >= 0; });
}

HouseholdType IncomeRun::type_at_start(std::size_t household) const {
  auto const members = households_.members(household);
  PersonRow const first{members.front()};
  Instant const when = people_.enters.empty() ? scenario_.start : people_.enters[first];
  return composition_of(members, people_, plan_.rules.children_below, when, [](std::uint32_t) { return true; }).type();
}

void IncomeRun::share_in_households() {
  parallel_for_blocks(households_.size(), households_per_block, options_.threads, options_.stop,
                      [&](Block const& block) {
                        for (std::size_t h = block.first; h < block.last; ++h) share_in(h);
                      });
}

void IncomeRun::share_in(std::size_t household) {
  constexpr std::int64_t most = 1'000'000'000;
  auto const members = households_.members(household);
  for (std::size_t year = 0; year < years_; ++year) {
    HouseholdComposition const who = composition(household, year);
    if (who.adults + who.children == 0) continue;
    std::int64_t sum = 0;
    RegionId region;
    for (std::uint32_t const row : members) {
      if (incomes_[row * years_ + year] < 0) continue;
      sum += incomes_[row * years_ + year];
      if (!regions_.empty())
        region = RegionId{regions_[row * years_ + year]};
      else if (!people_.region.empty())
        region = people_.region[PersonRow{row}];
    }
    if (plan_.per_child && who.children > 0) {
      double const amount = plan_.per_child->at(plan_.calendar.first_whole() + year, 0, region, {});
      sum += who.children * static_cast<std::int64_t>(amount + 0.5);
    }
    auto const per_unit = static_cast<std::int32_t>(std::min(most, sum * 10 / who.tenths()));
    for (std::uint32_t const row : members)
      if (incomes_[row * years_ + year] >= 0) incomes_[row * years_ + year] = per_unit;
  }
}

LowIncomeLines IncomeRun::find_medians() const {
  std::vector<std::int64_t> twice(years_, 0);
  parallel_for_blocks(years_, 1, options_.threads, options_.stop, [&](Block const& block) {
    for (std::size_t year = block.first; year < block.last; ++year) {
      std::vector<std::int32_t> values(people_.size());
      for (std::size_t row = 0; row < values.size(); ++row) values[row] = incomes_[row * years_ + year];
      twice[year] = twice_median(std::move(values));
    }
  });
  return {plan_.rules.share_of_median, std::move(twice)};
}

std::size_t IncomeRun::place_of(std::uint32_t row, std::size_t year) const {
  if (layout_.regions.empty()) return 0;
  std::size_t const region = regions_.empty() ? people_.region[PersonRow{row}].value() : regions_[row * years_ + year];
  return layout_.place_of_region[region];
}

void IncomeRun::count_chain(LowIncomeLines const& lines) {
  parallel_for_blocks(households_.size(), households_per_block, parts_.size(), options_.stop, [&](Block const& block) {
    for (std::size_t h = block.first; h < block.last; ++h) count_household(h, lines, parts_[block.thread]);
  });
}

void IncomeRun::count_household(std::size_t household, LowIncomeLines const& lines, IncomeTallies& tallies) const {
  auto const members = households_.members(household);
  std::vector<HouseholdType> types(years_);
  for (std::size_t year = 0; year < years_; ++year) types[year] = composition(household, year).type();
  // The split of people into groups for errors is by household, whose people share their income.
  std::size_t const group =
      person_group(people_.key[PersonRow{members.front()}], static_cast<std::uint32_t>(layout_.groups));
  for (std::uint32_t const row : members) count_person(row, lines, types, group, tallies);
}

void IncomeRun::count_person(std::uint32_t row, LowIncomeLines const& lines, std::span<HouseholdType const> types,
                             std::size_t group, IncomeTallies& tallies) const {
  auto const incomes = incomes_of(row);
  IncomeState before = IncomeState::not_counted;
  for (std::size_t year = 0; year < years_; ++year) {
    IncomeState const now = lines.state(incomes, year);
    bool const counts = now != IncomeState::not_counted;
    std::size_t const cell = layout_.cell(place_of(row, year), year, types[year]);
    if (counts) {
      ++tallies.state[(group * layout_.cells() + cell) * income_state_names.size() + static_cast<std::size_t>(now)];
      if (LowIncomeLines::knows_three_years(incomes, year)) ++tallies.three_years[cell];
      tallies.income[cell] += incomes[year];
      if (layout_.bins > 0) {
        std::int64_t const bin = std::min(incomes[year] / layout_.bin_width, layout_.bins);
        ++tallies.histogram[year * static_cast<std::size_t>(layout_.bins + 1) + static_cast<std::size_t>(bin)];
      }
    }
    if (year > 0 && (counts || before != IncomeState::not_counted)) {
      // Who ceases to count is counted where they were.
      std::size_t const when = counts ? year : year - 1;
      std::size_t const at =
          (place_of(row, when) * (years_ - 1) + year - 1) * layout_.types + static_cast<std::size_t>(types[when]);
      ++tallies.passage[at * income_passages + passage_of(before, now)];
    }
    before = now;
  }
}

void IncomeRun::count_pathways(RunPlan const& lives, RandomKey const& key, LowIncomeLines const& lines) {
  follow_lives(lives, people_, key, parts_.size(), options_.stop, [&](LifePath const& life, std::size_t thread) {
    std::vector<IncomeState> chain(years_);
    for (std::size_t year = 0; year < years_; ++year) chain[year] = lines.state(incomes_of(life.row.value()), year);
    std::size_t first_step = 0;
    for (IncomePathway const& pathway : plan_.rules.pathways) {
      count_pathway(pathway, first_step, life, chain, parts_[thread]);
      first_step += pathway.steps.size();
    }
  });
}

void IncomeRun::count_pathway(IncomePathway const& pathway, std::size_t first_step, LifePath const& life,
                              std::span<IncomeState const> chain, IncomeTallies& tallies) const {
  auto const taken = steps_taken(pathway, life, chain, plan_.calendar);
  if (taken.empty()) return;
  // Where they were when it began: in the piece that holds the moment, or ends with the run.
  auto const home = std::ranges::find_if(life.pieces, [&](PathPiece const& s) { return s.to > taken.front(); });
  PathPiece const& begun = home == life.pieces.end() ? life.pieces.back() : *home;
  std::size_t const place = layout_.regions.empty() ? 0 : layout_.place_of_region[begun.region.value()];
  // A state is come to in the year that begins with the moment, an income state in the year that ends with it.
  Instant const moment = pathway.steps.front().is_income() ? taken.front() : taken.front() + Duration{1};
  std::size_t const year = plan_.calendar.year_before(moment);
  std::size_t const type = static_cast<std::size_t>(start_types_[life.row.value()]);
  std::size_t const at = ((place * layout_.years + year) * layout_.types + type) * layout_.steps + first_step;
  for (std::size_t s = 0; s < taken.size(); ++s) {
    ++tallies.step_people[at + s];
    if (s > 0) tallies.step_time[at + s] += (taken[s] - taken[s - 1]).minutes;
  }
}

}  // namespace utvei
