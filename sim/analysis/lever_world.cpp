// SPDX-License-Identifier: Apache-2.0
#include "lever_world.hpp"

#include "few_cohorts.hpp"

#include <utvei/core/diagnostics.hpp>
#include <utvei/engine/lives.hpp>
#include <utvei/engine/person_group.hpp>

#include <algorithm>
#include <cmath>
#include <functional>

namespace utvei {
namespace {

/// Groups of people, whose spread says how sure a difference is.
constexpr std::uint32_t lever_groups = 100;

/// Whether who begins a measure, and when, hangs on the others who ask.
bool hangs_on_others(Measure const& measure) {
  return measure.places || !measure.uses.empty() || measure.queue.group_size > 1;
}

/// The region whose outcome and rates are told apart for people who live here; none: it has none of that level.
std::optional<RegionId> region_of_level(Regions const& regions, RegionId region, std::string const& level) {
  if (level == "region") return region;
  for (std::optional<RegionId> at = region; at; at = regions[*at].parent)
    if (regions[*at].level == level) return at;
  return std::nullopt;
}

/// What one thread counts, in whole numbers.
struct LifeCounter {
  struct Whole {
    std::int64_t minutes{0}, at_end{0};
  };
  std::vector<Whole> outcomes, states;
  std::vector<std::int64_t> passages;
  OutcomeOfLife seen;
};

template <class T, class Add>
void add_up(std::vector<T>& to, std::vector<T> const& from, Add const& add) {
  for (std::size_t i = 0; i < to.size(); ++i) add(to[i], from[i]);
}

std::vector<LeverAmount> in_person_years(std::vector<LifeCounter::Whole> const& counts, double weight) {
  std::vector<LeverAmount> amounts;
  for (auto const& [minutes, at_end] : counts)
    amounts.push_back({in_years(Duration{minutes}) * weight, static_cast<double>(at_end) * weight});
  return amounts;
}

}  // namespace

std::optional<std::size_t> passage_that_ended(std::vector<Passage> const& passages, LifePath const& life,
                                              std::size_t piece) {
  PathPiece const& ended = life.pieces[piece];
  bool const is_way =
      ended.ended_by == Cause::transition || ended.ended_by == Cause::limit || ended.ended_by == Cause::age;
  if (!is_way) return std::nullopt;
  if (ended.ended_by == Cause::transition) return ended.transition.value();
  if (piece + 1 >= life.pieces.size()) return std::nullopt;
  Passage const wanted{ended.state, life.pieces[piece + 1].state, ended.ended_by, {}};
  auto const found = std::ranges::find(passages, wanted);
  if (found == passages.end()) return std::nullopt;
  return static_cast<std::size_t>(found - passages.begin());
}

LeverWorld::LeverWorld(Scenario const& scenario, Rates const& rates, Population const& people,
                       LeverOptions const& options)
    : scenario_{scenario}, rates_{rates}, people_{people}, options_{options}, grid_{make_grid()} {
  places_couple_ = std::ranges::any_of(scenario.measures, hangs_on_others);
  if (auto const beyond = beyond_cohorts(plan_of(scenario, std::nullopt))) why_not_ = beyond->why;
  method_ = options.method.value_or(chosen_method());
}

LeverMethod LeverWorld::chosen_method() const {
  if (why_not_.empty()) return LeverMethod::equations;
  // What measures do to intensities is not in the scores.
  return scenario_.measures.empty() ? LeverMethod::scores : LeverMethod::common_luck;
}

LeverGrid LeverWorld::make_grid() const {
  LeverGrid grid;
  if (options_.region_level) {
    Regions const& regions = scenario_.model.regions;
    std::vector<bool> lives_in(regions.size());
    for (RegionId const region : people_.region)
      if (auto const of = region_of_level(regions, region, *options_.region_level)) lives_in[of->value()] = true;
    grid.region_of.assign(regions.size(), LeverGrid::no_region);
    for (RegionId region{0}; region.value() < regions.size(); region = RegionId{region.value() + std::size_t{1}})
      if (lives_in[region.value()]) grid.regions.push_back(region);
    for (RegionId region{0}; region.value() < regions.size(); region = RegionId{region.value() + std::size_t{1}}) {
      auto const of = region_of_level(regions, region, *options_.region_level);
      auto const found = of ? std::ranges::find(grid.regions, *of) : grid.regions.end();
      if (found != grid.regions.end())
        grid.region_of[region.value()] = static_cast<std::size_t>(found - grid.regions.begin());
    }
  }
  if (options_.by_age) {
    std::vector<int> const& bounds = scenario_.age_groups;
    auto const years = [](int age) { return duration_of_years(age).minutes; };
    if (!bounds.empty() && bounds.front() > 0) grid.ages.push_back({0, years(bounds.front())});
    for (std::size_t i = 0; i < bounds.size(); ++i)
      grid.ages.push_back({years(bounds[i]), i + 1 < bounds.size() ? years(bounds[i + 1]) : distant_future.minutes});
  }
  return grid;
}

Change LeverWorld::that_tells_apart() const {
  Change nothing;
  nothing.transitions = {TransitionId{0}};
  nothing.traits.resize(scenario_.model.traits.size());
  nothing.regions = grid_.regions;
  for (LeverOutcome const& outcome : options_.outcomes) {
    Subpopulation const& who = outcome.whom.who;
    if (!who.regions.empty()) nothing.regions = who.regions;
    for (auto const* traits : {&who.traits, &outcome.whom.flags})
      for (std::size_t t = 0; t < traits->size(); ++t)
        if (!(*traits)[t].empty()) nothing.traits[t] = (*traits)[t];
  }
  return nothing;
}

RunPlan LeverWorld::plan_of(Scenario scenario, std::optional<std::uint32_t> draw) const {
  scenario.draws = draw ? 1 : 0;  // a draw is the same whatever their number
  Change const nothing = that_tells_apart();
  bool const is_needed = !nothing.regions.empty() ||
                         std::ranges::any_of(nothing.traits, [](auto const& levels) { return !levels.empty(); });
  if (is_needed && !scenario.model.transitions.empty()) scenario.changes.push_back(nothing);
  Diagnostics diagnostics;
  RunPlan plan = compile(scenario, rates_, people_, draw.value_or(0), diagnostics);
  throw_if_errors(diagnostics);
  return plan;
}

OccupationQuery LeverWorld::query_of(RunPlan const& plan) const {
  OccupationQuery query{{plan.end}, {plan.start, plan.end}, {}};
  auto const add = [&](Span age) {
    if (age.from > 0) query.age_groups.push_back(Duration{age.from});
    if (age.to < distant_future.minutes) query.age_groups.push_back(Duration{age.to});
  };
  for (LeverOutcome const& outcome : options_.outcomes) add(outcome.whom.who.age);
  for (Span const age : grid_.ages) add(age);
  std::ranges::sort(query.age_groups);
  auto const repeated = std::ranges::unique(query.age_groups);
  query.age_groups.erase(repeated.begin(), repeated.end());
  return query;
}

CohortOptions LeverWorld::cohort_options() const {
  CohortOptions options;
  options.threads = options_.threads;
  options.stop = options_.stop;
  return options;
}

LeverCounts LeverWorld::counts_of(RunPlan const& plan) const {
  return by_equations() ? expected_counts(plan) : simulated_counts(plan);
}

LeverCounts LeverWorld::expected_counts(RunPlan const& plan) const {
  OccupationQuery const query = query_of(plan);
  ExpectedOccupation const expected =
      expected_occupation(plan, few_cohorts(plan, people_), query, {}, cohort_options());
  ExpectedOutcomes const outcomes{plan, regions(), query, expected};
  LeverCounts counts;
  double const weight = scenario_.weight;
  for (LeverOutcome const& outcome : options_.outcomes) {
    LeverAmount& sum = counts.outcomes.emplace_back();
    for (LeverAmount const& each : outcomes.by_profile(outcome, expected.expected)) {
      sum.person_years += each.person_years * weight;
      sum.at_end += each.at_end * weight;
    }
  }
  counts.states.resize(expected.states);
  counts.passages.resize(expected.passages.size());
  for (std::size_t i = 0; i < expected.expected.people.size(); ++i) {
    counts.states[i % expected.states].person_years += expected.expected.person_years[i] * weight;
    counts.states[i % expected.states].at_end += expected.expected.people[i] * weight;
  }
  for (std::size_t i = 0; i < expected.expected.passages.size(); ++i)
    counts.passages[i % expected.passages.size()] += expected.expected.passages[i] * weight;
  return counts;
}

LeverCounts LeverWorld::simulated_counts(RunPlan const& plan) const {
  std::vector<Passage> const passages = passages_of(plan);
  std::vector<Instant> const periods{plan.start, plan.end};
  std::size_t const outcomes = options_.outcomes.size();
  std::size_t const states = plan.states.size();
  std::size_t const threads = thread_count(options_.threads);
  LifeCounter empty;
  empty.outcomes.resize(lever_groups * outcomes);
  empty.states.resize(lever_groups * states);
  empty.passages.resize(lever_groups * passages.size());
  std::vector<LifeCounter> counters(threads, empty);
  follow_lives(plan, people_, RandomKey{scenario_.seed, 0, 0}, threads, options_.stop,
               [&](LifePath const& life, std::size_t thread) {
                 LifeCounter& mine = counters[thread];
                 std::size_t const group = person_group(life.person, lever_groups);
                 for (std::size_t o = 0; o < outcomes; ++o) {
                   see_outcome(options_.outcomes[o], life, regions(), periods, grid_, mine.seen, nullptr);
                   mine.outcomes[group * outcomes + o].minutes += mine.seen.minutes[0];
                   mine.outcomes[group * outcomes + o].at_end += mine.seen.at_end;
                 }
                 for (std::size_t i = 0; i < life.pieces.size(); ++i) {
                   PathPiece const& piece = life.pieces[i];
                   auto& state = mine.states[group * states + piece.state.value()];
                   state.minutes += (piece.to - piece.from).minutes;
                   if (i + 1 == life.pieces.size() && piece.to == plan.end && piece.from < piece.to) state.at_end += 1;
                   if (auto const passage = passage_that_ended(passages, life, i))
                     ++mine.passages[group * passages.size() + *passage];
                 }
               });
  for (std::size_t t = 1; t < threads; ++t) {
    auto const add = [](LifeCounter::Whole& to, LifeCounter::Whole const& from) {
      to.minutes += from.minutes;
      to.at_end += from.at_end;
    };
    add_up(counters[0].outcomes, counters[t].outcomes, add);
    add_up(counters[0].states, counters[t].states, add);
    add_up(counters[0].passages, counters[t].passages, [](std::int64_t& to, std::int64_t from) { to += from; });
  }
  double const weight = scenario_.weight;
  LeverCounts counts{
      lever_groups, in_person_years(counters[0].outcomes, weight), in_person_years(counters[0].states, weight), {}};
  for (std::int64_t const count : counters[0].passages) counts.passages.push_back(static_cast<double>(count) * weight);
  return counts;
}

}  // namespace utvei
