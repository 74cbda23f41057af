// SPDX-License-Identifier: Apache-2.0
#include "lever_counts.hpp"

#include <utvei/scenario/rate_offset.hpp>

#include <algorithm>
#include <cmath>

namespace utvei {
namespace {

bool counts_state(LeverOutcome const& outcome, StateId state) {
  auto const& states = outcome.whom.who.states;
  return states.empty() || states[state.value()];
}

bool has_one_of(std::span<std::uint16_t const> levels, std::vector<std::vector<std::uint32_t>> const& wanted) {
  for (std::size_t t = 0; t < wanted.size(); ++t)
    if (!wanted[t].empty() && std::ranges::find(wanted[t], std::uint32_t{levels[t]}) == wanted[t].end()) return false;
  return true;
}

/// Whether a life counts during a piece of it, if it is of the right age.
bool counts_piece(LeverOutcome const& outcome, LifePath const& life, PathPiece const& piece, Regions const& regions) {
  Subpopulation const& who = outcome.whom.who;
  auto const is_within = [&](RegionId region) { return regions.is_within(piece.region, region); };
  if (!counts_state(outcome, piece.state)) return false;
  if (!who.regions.empty() && std::ranges::none_of(who.regions, is_within)) return false;
  return has_one_of(life.levels_of(piece), who.traits) && has_one_of(life.levels_of(piece), outcome.whom.flags);
}

}  // namespace

std::size_t LeverGrid::region_at(std::optional<RegionId> region) const {
  if (regions.empty()) return 0;
  return region ? region_of[region->value()] : no_region;
}

std::size_t LeverGrid::age_at(std::int64_t age) const {
  if (ages.empty()) return 0;
  auto const next = std::ranges::upper_bound(ages, age, {}, &Span::from);
  return next == ages.begin() ? 0 : static_cast<std::size_t>(next - ages.begin()) - 1;
}

LeverCell LeverGrid::cell(std::size_t region, std::size_t age) const {
  LeverCell cell;
  if (!regions.empty()) cell.region = region;
  if (!ages.empty()) cell.age_group = age;
  return cell;
}

LeverAmount sum_of(std::vector<LeverAmount> const& amounts, std::size_t groups, std::size_t place) {
  LeverAmount sum;
  std::size_t const stride = amounts.size() / groups;
  for (std::size_t g = 0; g < groups; ++g) {
    sum.person_years += amounts[g * stride + place].person_years;
    sum.at_end += amounts[g * stride + place].at_end;
  }
  return sum;
}

PairedAmount paired(std::vector<LeverAmount> const& more, std::vector<LeverAmount> const& less, std::size_t groups,
                    std::size_t place) {
  PairedAmount result;
  LeverAmount const above = sum_of(more, groups, place);
  LeverAmount const below = sum_of(less, groups, place);
  result.mean = {above.person_years - below.person_years, above.at_end - below.at_end};
  if (groups < 2) return result;
  std::size_t const stride = more.size() / groups;
  auto const count = static_cast<double>(groups);
  for (std::size_t g = 0; g < groups; ++g) {
    std::size_t const at = g * stride + place;
    double const years = more[at].person_years - less[at].person_years - result.mean.person_years / count;
    double const end = more[at].at_end - less[at].at_end - result.mean.at_end / count;
    result.se.person_years += years * years;
    result.se.at_end += end * end;
  }
  double const factor = count / (count - 1);
  result.se = {std::sqrt(result.se.person_years * factor), std::sqrt(result.se.at_end * factor)};
  return result;
}

std::vector<LeverAmount> ExpectedOutcomes::by_profile(LeverOutcome const& outcome,
                                                      OccupationNumbers const& numbers) const {
  std::vector<LeverAmount> amounts(plan_.profiles.size());
  Subpopulation const& who = outcome.whom.who;
  for (std::uint32_t profile = 0; profile < amounts.size(); ++profile) {
    auto const& people = plan_.profiles[profile];
    if (!is_among(people, who.regions, who.traits, regions_) || !is_among(people, {}, outcome.whom.flags, regions_))
      continue;
    for (std::size_t group = 0; group < expected_.age_groups; ++group) {
      std::int64_t const youngest = group == 0 ? 0 : query_.age_groups[group - 1].minutes;
      if (!who.age.holds(youngest)) continue;
      for (StateId const state : ids_of(plan_.states)) {
        if (!counts_state(outcome, state)) continue;
        std::size_t const at = expected_.at(0, group, profile, state);
        amounts[profile].person_years += numbers.person_years[at];
        amounts[profile].at_end += numbers.people[at];
      }
    }
  }
  return amounts;
}

void see_outcome(LeverOutcome const& outcome, LifePath const& life, Regions const& regions,
                 std::vector<Instant> const& periods, LeverGrid const& grid, OutcomeOfLife& seen,
                 OutcomeByRegion* by_region) {
  seen.minutes.assign(periods.size() - 1, 0);
  seen.at_end = 0;
  Span const age = outcome.whom.who.age;
  bool const has_ages = age != everything;
  for (PathPiece const& piece : life.pieces) {
    if (!counts_piece(outcome, life, piece, regions)) continue;
    std::int64_t from = piece.from.minutes;
    std::int64_t to = piece.to.minutes;
    if (has_ages && age.from > 0) from = std::max(from, life.birth.minutes + age.from);
    if (has_ages && age.to < distant_future.minutes) to = std::min(to, life.birth.minutes + age.to);
    std::size_t const region = std::min(grid.region_at(piece.region), grid.region_count());
    bool const stays = to == periods.back().minutes && &piece == &life.pieces.back() && from < to;
    if (stays) seen.at_end = 1;
    if (stays && by_region != nullptr) by_region->at_end[region] += 1;
    for (std::size_t p = 0; p + 1 < periods.size(); ++p) {
      std::int64_t const begin = std::max(from, periods[p].minutes);
      std::int64_t const end = std::min(to, periods[p + 1].minutes);
      if (end <= begin) continue;
      seen.minutes[p] += end - begin;
      if (by_region != nullptr) by_region->minutes[region] += end - begin;
    }
  }
}

}  // namespace utvei
