// SPDX-License-Identifier: Apache-2.0
#include "measure_costs.hpp"

#include <utvei/core/contract.hpp>
#include <utvei/results/marginal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace utvei {
namespace {

constexpr double months_per_year = 12;

/// Part `i` of a whole that is split by shares, so that parts sum to it.
std::int64_t part_of(double whole, std::vector<double> const& cumulative, std::size_t i) {
  double const before = i == 0 ? 0 : cumulative[i - 1];
  return std::llround(whole * cumulative[i]) - std::llround(whole * before);
}

std::vector<double> cumulative_shares(std::vector<double> const& weights) {
  std::vector<double> sums(weights.size());
  std::partial_sum(weights.begin(), weights.end(), sums.begin());
  double const all = sums.empty() ? 0 : sums.back();
  for (std::size_t i = 0; i < sums.size(); ++i)
    sums[i] = all > 0 ? sums[i] / all : static_cast<double>(i + 1) / static_cast<double>(sums.size());
  return sums;
}

}  // namespace

MeasureCosts::MeasureCosts(Scenario const& scenario, Levels const& levels, Population const& people,
                           RunResult const& result, PaymentSums& sums)
    : scenario_{scenario},
      levels_{levels},
      people_{people},
      result_{result},
      sums_{sums},
      regions_{std::max<std::size_t>(1, sums.regions.size())},
      years_{sums.years.size()},
      group_shares_{std::vector<double>(sums.groups, 1)} {
  if (Table const* const persons = result.group_table("persons")) group_shares_ = marginal(*persons, {"group"});
  group_shares_ = cumulative_shares(group_shares_);
  if (Table const* const places = result.table("place_years"))
    place_years_ = marginal(*places, {"draw", "replicate", "year", "measure"});
  sums_.passing.assign(sums_.balance.size(), 0);
}

void MeasureCosts::add(std::size_t measure, MeasureCost const& cost, std::size_t payment, std::size_t kinds) {
  if (cost.per_participant_month > 0 || cost.per_participant > 0) add_of_participants(measure, cost, payment, kinds);
  if (cost.per_place_month > 0 || cost.per_month > 0 || cost.start_cost > 0) add_fixed(measure, cost, payment, kinds);
}

void MeasureCosts::pay(MeasureCost const& cost, std::int64_t kroner, std::size_t run, std::size_t group,
                       std::size_t cell, bool is_passing) {
  std::size_t const at = ((run * sums_.groups + group) * regions_ * years_ + cell) * accounts;
  for (auto* sums : {&sums_.balance, &sums_.passing}) {
    if (sums == &sums_.passing && !is_passing) continue;
    (*sums)[at + static_cast<std::size_t>(cost.payer)] -= kroner;
    (*sums)[at + static_cast<std::size_t>(cost.to)] += kroner;
  }
}

/// Whoever is not taken in any more will not be paid for again.
bool MeasureCosts::is_over(std::size_t measure) const {
  return scenario_.measures[measure].intake().to <= scenario_.end.minutes;
}

/// Of those who were there, each group's own.
void MeasureCosts::add_of_participants(std::size_t measure, MeasureCost const& of_all, std::size_t payment,
                                       std::size_t kinds) {
  Table const* const time = result_.group_table("participant_years");
  Table const* const heads = result_.group_table("participants");
  UTVEI_EXPECT(time != nullptr && heads != nullptr);
  bool const by_region = !sums_.regions.empty() && time->axis("region");
  std::vector<std::string> keep{"draw", "replicate", "group"};
  if (by_region) keep.emplace_back("region");
  keep.insert(keep.end(), {"year", "measure"});
  std::vector<double> const years_there = marginal(*time, keep);
  std::vector<double> const began = marginal(*heads, keep);
  std::size_t const measures = length_of(*time, "measure");
  std::vector<std::string> const all_regions{""};
  std::vector<std::string> const& labels = by_region ? time->dimensions[*time->axis("region")].labels : all_regions;
  std::size_t at = 0;
  for (std::size_t run = 0; run < sums_.draws * sums_.replicates; ++run) {
    MeasureCost const cost = in_run(of_all, run);
    for (std::size_t group = 0; group < sums_.groups; ++group)
      for (std::string const& label : labels) {
        auto const place = static_cast<std::size_t>(std::ranges::find(sums_.regions, label) - sums_.regions.begin());
        std::size_t const region = by_region ? place : 0;
        for (std::size_t year = 0; year < years_; ++year, at += measures) {
          double const each = cost.per_participant_month * months_per_year * years_there[at + measure] +
                              cost.per_participant * began[at + measure];
          std::int64_t const kroner = std::llround(each * levels_.real_wage(year));
          if (kroner == 0) continue;
          pay(cost, kroner, run, group, region * years_ + year, is_over(measure));
          sums_.payments[(run * regions_ * years_ + region * years_ + year) * kinds + payment] += kroner;
        }
      }
  }
}

/// What it costs is the same in all replicates of a parameter draw.
MeasureCost MeasureCosts::in_run(MeasureCost const& cost, std::size_t run) const {
  if (scenario_.draws == 0) return cost;
  return draw_cost(cost, scenario_.seed, static_cast<std::uint32_t>(run / sums_.replicates));
}

/// As long as the measure runs, in real kroner of a year.
double MeasureCosts::fixed_kroner(std::size_t measure, MeasureCost const& cost, std::size_t year) const {
  Measure const& of = scenario_.measures[measure];
  int const calendar_year = levels_.first_year + static_cast<int>(year);
  Instant const from = std::max({start_of_year(calendar_year), scenario_.start, Instant{of.runs.from}});
  Instant const to = std::min({start_of_year(calendar_year + 1), scenario_.end, Instant{of.runs.to}});
  return to > from ? cost.per_month * months_per_year * in_years(to - from) * levels_.real_wage(year) : 0;
}

/// Once, in the year in which the measure starts; with the run if it does not say when. What began before has been
/// paid.
double MeasureCosts::start_kroner(std::size_t measure, MeasureCost const& cost, std::size_t year) const {
  Span const& runs = scenario_.measures[measure].runs;
  bool const began_before = runs.from > distant_past.minutes && runs.from < scenario_.start.minutes;
  if (began_before || runs.to <= scenario_.start.minutes) return 0;
  Instant const begins = std::max(scenario_.start, Instant{runs.from});
  bool const is_it = begins < scenario_.end && year_of(begins) == levels_.first_year + static_cast<int>(year);
  return is_it ? cost.start_cost * levels_.real_wage(year) : 0;
}

double MeasureCosts::place_kroner(std::size_t measure, MeasureCost const& cost, std::size_t run,
                                  std::size_t year) const {
  if (place_years_.empty()) return 0;
  return cost.per_place_month * months_per_year *
         place_years_[(run * years_ + year) * scenario_.measures.size() + measure] * levels_.real_wage(year);
}

/// By region, at the start, of those in which people qualify; of all where that is nobody.
std::vector<double> MeasureCosts::residents_of(Measure const& measure) const {
  if (sums_.regions.empty()) return {1};
  std::vector<double> residents(regions_, 0);
  auto const& tree = scenario_.model.regions;
  auto const& asked = measure.who.people.regions;
  for (std::size_t row = 0; row < people_.size(); ++row) {
    if (!is_there_at_start(people_, PersonRow{row})) continue;
    RegionId const home = people_.region[PersonRow{row}];
    bool const qualifies =
        asked.empty() || std::ranges::any_of(asked, [&](RegionId r) { return tree.is_within(home, r); });
    if (!qualifies) continue;
    auto const place = std::ranges::find(sums_.regions, tree[home].code);
    if (place != sums_.regions.end()) residents[static_cast<std::size_t>(place - sums_.regions.begin())] += 1;
  }
  return residents;
}

/// By region, in the middle of the year: those of a pool are shared by the people who live where it is.
std::vector<double> MeasureCosts::places_of(Measure const& measure, std::size_t year) const {
  std::vector<double> residents = residents_of(measure);
  if (sums_.regions.empty() || !measure.places) return residents;
  Instant const january = start_of_year(levels_.first_year + static_cast<int>(year));
  Instant const july = january + Duration{minutes_per_year / 2};
  auto const& tree = scenario_.model.regions;
  std::vector<double> places(regions_, 0);
  for (Pool const& pool : *measure.places) {
    double there = 0;
    for (PlacesFrom const& step : pool.steps)
      if (step.from <= july) there = step.places;
    std::vector<double> inside(regions_, 0);
    for (std::size_t r = 0; r < regions_; ++r) {
      auto const region = tree.find(sums_.regions[r]);
      bool const is_inside = !pool.region || (region && tree.is_within(*region, *pool.region));
      if (is_inside) inside[r] = residents[r];
    }
    double const all = std::accumulate(inside.begin(), inside.end(), 0.0);
    // Places per 1,000 residents are so many more where more people live.
    if (pool.per_1000) there *= all / 1000;
    for (std::size_t r = 0; r < regions_ && all > 0; ++r) places[r] += there * inside[r] / all;
  }
  return places;
}

void MeasureCosts::spread(std::size_t measure, MeasureCost const& cost, std::size_t payment, std::size_t kinds,
                          double whole, std::vector<double> const& weights, std::size_t run, std::size_t year,
                          bool is_passing) {
  if (whole <= 0) return;
  std::vector<double> const shares = cumulative_shares(weights);
  for (std::size_t region = 0; region < regions_; ++region) {
    std::int64_t const of_region = part_of(whole, shares, region);
    sums_.payments[(run * regions_ * years_ + region * years_ + year) * kinds + payment] += of_region;
    for (std::size_t group = 0; group < sums_.groups; ++group)
      pay(cost, part_of(static_cast<double>(of_region), group_shares_, group), run, group, region * years_ + year,
          is_passing || is_over(measure));
  }
}

void MeasureCosts::add_fixed(std::size_t measure, MeasureCost const& of_all, std::size_t payment, std::size_t kinds) {
  Measure const& of = scenario_.measures[measure];
  std::vector<double> const residents = residents_of(of);
  for (std::size_t run = 0; run < sums_.draws * sums_.replicates; ++run) {
    MeasureCost const cost = in_run(of_all, run);
    for (std::size_t year = 0; year < years_; ++year) {
      spread(measure, cost, payment, kinds, fixed_kroner(measure, cost, year), residents, run, year, false);
      spread(measure, cost, payment, kinds, start_kroner(measure, cost, year), residents, run, year, true);
      if (double const kroner = place_kroner(measure, cost, run, year); kroner > 0)
        spread(measure, cost, payment, kinds, kroner, places_of(of, year), run, year, false);
    }
  }
}

}  // namespace utvei
