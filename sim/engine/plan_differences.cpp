// SPDX-License-Identifier: Apache-2.0
#include "plan_differences.hpp"

#include <algorithm>
#include <iterator>

namespace utvei {
namespace {

bool meet(Span span, std::int64_t from, std::int64_t to) {
  return span.from <= to && from <= span.to;
}

/// A band of two axes together: from one cut of any of them to the next.
struct CommonBand {
  Span span;
  std::uint32_t of_first{0}, of_other{0};
};

std::vector<CommonBand> common_bands(Axis const& a, Axis const& b) {
  std::vector<std::int64_t> cuts;
  std::ranges::set_union(a.cuts, b.cuts, std::back_inserter(cuts));
  cuts.push_back(distant_future.minutes);
  std::vector<CommonBand> bands;
  std::int64_t from = distant_past.minutes;
  for (std::int64_t const to : cuts) {
    bands.push_back({{from, to}, a.band_after(from), b.band_after(from)});
    from = to;
  }
  return bands;
}

std::size_t row_of(StatePlan const& state, std::uint32_t profile, std::uint32_t calendar, std::uint32_t age,
                   std::uint32_t time) {
  return state.row_of_profile[profile] + calendar * state.calendar_stride + age * state.age_stride +
         std::size_t{time} * state.exit_count;
}

bool same_cohorts(std::vector<AgeEnd::OfCohort> const& a, std::vector<AgeEnd::OfCohort> const& b) {
  return std::ranges::equal(a, b, [](AgeEnd::OfCohort const& x, AgeEnd::OfCohort const& y) {
    return x.born_from == y.born_from && x.born_to == y.born_to && x.age == y.age;
  });
}

bool same_rule(Rule const& a, std::uint32_t a_profile, Rule const& b, std::uint32_t b_profile) {
  auto const same_way = [](Rule::Way const& x, Rule::Way const& y) { return x.up_to == y.up_to && x.to == y.to; };
  return a.cause == b.cause && a.clock == b.clock && a.after == b.after && a.stream == b.stream &&
         a.number == b.number && a.is_entitlement == b.is_entitlement && a.valid_from == b.valid_from &&
         a.valid_to == b.valid_to && a.entered_from == b.entered_from && a.entered_to == b.entered_to &&
         a.sets == b.sets && same_cohorts(a.cohorts, b.cohorts) && a.stay[a_profile] == b.stay[b_profile] &&
         std::ranges::equal(a.ways[a_profile], b.ways[b_profile], same_way);
}

bool same_exits(StatePlan const& a, StatePlan const& b) {
  return a.absorbing == b.absorbing && a.first_slot == b.first_slot && a.rules.size() == b.rules.size() &&
         std::ranges::equal(a.exits, b.exits, [](Exit const& x, Exit const& y) {
           return x.transition == y.transition && x.to == y.to && x.stream == y.stream;
         });
}

bool same_axes(StatePlan const& a, StatePlan const& b) {
  return a.calendar.cuts == b.calendar.cuts && a.age.cuts == b.age.cuts && a.time_in_state.cuts == b.time_in_state.cuts;
}

/// For all profiles, which are numbered alike.
bool same_tables(StatePlan const& a, StatePlan const& b) {
  if (!same_axes(a, b) || a.row_of_profile != b.row_of_profile || a.intensity != b.intensity) return false;
  for (std::size_t rule = 0; rule < a.rules.size(); ++rule)
    for (std::uint32_t profile = 0; profile < a.row_of_profile.size(); ++profile)
      if (!same_rule(a.rules[rule], profile, b.rules[rule], profile)) return false;
  return true;
}

bool same_profiles(Profiles const& a, Profiles const& b) {
  if (a.size() != b.size()) return false;
  for (std::uint32_t profile = 0; profile < a.size(); ++profile)
    if (a[profile].region != b[profile].region || a[profile].traits != b[profile].traits) return false;
  return true;
}

bool same_turns(std::optional<TurnPlan> const& a, std::optional<TurnPlan> const& b) {
  if (!a || !b) return !a && !b;
  auto const same_turn = [](Turn const& x, Turn const& y) {
    return x.cause == y.cause && x.trait == y.trait && x.level == y.level;
  };
  auto const same_wait = [](TurnPlan::TraitClock::Wait const& x, TurnPlan::TraitClock::Wait const& y) {
    return x.level == y.level && x.after == y.after && x.stream == y.stream;
  };
  auto const same_clock = [&](TurnPlan::TraitClock const& x, TurnPlan::TraitClock const& y) {
    return x.trait == y.trait && x.clock == y.clock && std::ranges::equal(x.waits, y.waits, same_wait);
  };
  auto const same_ways = [](std::vector<TurnPlan::Destination> const& x, std::vector<TurnPlan::Destination> const& y) {
    return std::ranges::equal(x, y, [](TurnPlan::Destination const& one, TurnPlan::Destination const& two) {
      return one.up_to == two.up_to && one.region == two.region;
    });
  };
  return same_exits(a->table, b->table) && same_tables(a->table, b->table) &&
         std::ranges::equal(a->turns, b->turns, same_turn) && a->turn_of_rule == b->turn_of_rule &&
         a->at_risk == b->at_risk && std::ranges::equal(a->clocks, b->clocks, same_clock) &&
         std::ranges::equal(a->destinations, b->destinations, same_ways) &&
         a->destination_stream == b->destination_stream;
}

bool same_consequences(RunPlan const& a, RunPlan const& b) {
  return a.set_by_transition.values() == b.set_by_transition.values() && a.set_by_rule == b.set_by_rule &&
         a.set_by_entry.values() == b.set_by_entry.values();
}

bool same_frame(RunPlan const& a, RunPlan const& b) {
  return a.start == b.start && a.end == b.end && a.draw == b.draw && a.states.size() == b.states.size() &&
         a.transition_count == b.transition_count && a.clock_count == b.clock_count && a.rule_count == b.rule_count &&
         a.slot_streams == b.slot_streams && a.is_outside == b.is_outside && a.spared_until == b.spared_until &&
         std::ranges::equal(a.states, b.states, same_exits);
}

}  // namespace

void PlanDifferences::Where::add(Span in_calendar, Span in_age, Span in_time) {
  auto const widen = [](Span& whole, Span part) {
    whole = {std::min(whole.from, part.from), std::max(whole.to, part.to)};
  };
  widen(calendar, in_calendar);
  widen(age, in_age);
  widen(time_in_state, in_time);
}

PlanDifferences::PlanDifferences(RunPlan const& first, RunPlan const& other, bool contacts_count)
    : first_{&first},
      other_{&other},
      services_{FirstFound{first, contacts_count}, FirstFound{other, contacts_count}},
      found_(first.states.size()) {
  bool const like = same_profiles(first.profiles, other.profiles);
  // The table of turns is not compared cell by cell.
  are_everywhere_ = !same_frame(first, other) || !same_consequences(first, other) ||
                    ((first.turns || other.turns) && (!like || !same_turns(first.turns, other.turns)));
  may_be_met_.assign(first.states.size(), are_everywhere_ ? 1 : 0);
  if (are_everywhere_) return;
  for (StateId const state : ids_of(first.states)) {
    may_differ_.push_back(!like || !same_tables(first.states[state], other.states[state]));
    bool const is_met = may_differ_.back() || std::ranges::any_of(services_, [&](FirstFound const& services) {
                          return services.is_possible_in(state);
                        });
    may_be_met_[state.value()] = is_met ? 1 : 0;
  }
}

bool PlanDifferences::come_up_there(Life const& life, Instant until) {
  if (are_everywhere_) return true;
  for (FirstFound& services : services_)
    if (services.find_in(life, until)) return true;
  std::size_t const state = life.state.value();
  if (!may_differ_[state]) return false;
  Where const& box = where(life.state, life);
  std::int64_t const now = life.now.minutes;
  std::int64_t const entered = life.clock_started[time_in_state_clock.value()].minutes;
  return meet(box.calendar, now, until.minutes) &&
         meet(box.age, now - life.birth.minutes, until.minutes - life.birth.minutes) &&
         meet(box.time_in_state, now - entered, until.minutes - entered);
}

PlanDifferences::Where const& PlanDifferences::where(StateId state, Life const& life) {
  std::uint32_t const other_profile = other_->profiles.find(life.region, life.traits);
  constexpr unsigned bits = 32;
  std::uint64_t const key = (std::uint64_t{life.profile} << bits) | other_profile;
  auto& known = found_[state.value()];
  auto const place = known.find(key);
  if (place != known.end()) return place->second;
  return known.emplace(key, find(state, life.profile, other_profile)).first->second;
}

PlanDifferences::Where PlanDifferences::find(StateId state, std::uint32_t first_profile,
                                             std::uint32_t other_profile) const {
  StatePlan const& a = first_->states[state];
  StatePlan const& b = other_->states[state];
  Where where;
  for (std::size_t rule = 0; rule < a.rules.size(); ++rule)
    if (!same_rule(a.rules[rule], first_profile, b.rules[rule], other_profile))
      where.add(everything, everything, everything);
  find_cells(a, first_profile, b, other_profile, where);
  return where;
}

void PlanDifferences::find_cells(StatePlan const& a, std::uint32_t a_profile, StatePlan const& b,
                                 std::uint32_t b_profile, Where& where) const {
  auto const ages = common_bands(a.age, b.age);
  auto const times = common_bands(a.time_in_state, b.time_in_state);
  for (CommonBand const& year : common_bands(a.calendar, b.calendar))
    for (CommonBand const& age : ages)
      for (CommonBand const& time : times) {
        auto const* const one = a.intensity.data() + row_of(a, a_profile, year.of_first, age.of_first, time.of_first);
        auto const* const two = b.intensity.data() + row_of(b, b_profile, year.of_other, age.of_other, time.of_other);
        if (!std::equal(one, one + a.exit_count, two)) where.add(year.span, age.span, time.span);
      }
}

}  // namespace utvei
