// SPDX-License-Identifier: Apache-2.0
#include "first_found.hpp"

#include <algorithm>

namespace utvei {
namespace {

/// Only after another measure, or for who has a need: then they are known already.
bool comes_after_another(MeasurePlan const& measure) {
  return measure.what.need.has_value() ||
         std::ranges::any_of(measure.what.who.history,
                             [](HistoryCondition const& condition) { return condition.ended.has_value(); });
}

bool has_levels(Subpopulation const& people, std::vector<std::uint16_t> const& levels) {
  for (std::size_t t = 0; t < people.traits.size(); ++t) {
    auto const& wanted = people.traits[t];
    if (!wanted.empty() && std::ranges::find(wanted, levels[t]) == wanted.end()) return false;
  }
  return true;
}

Span common_part(Span a, Span b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

/// When somebody qualifies from now on, as long as state, region and traits are the same; what they have left behind
/// is not asked for.
Span when_qualified(MeasurePlan const& measure, Life const& life) {
  constexpr Span never{0, 0};
  Eligibility const& who = measure.what.who;
  if (!measure.states[life.state.value()] || !has_levels(who.people, life.traits)) return never;
  if (!measure.regions.empty() && !measure.regions[life.region.value()]) return never;
  if (measure.has_queue && measure.desk_of(life.region) == no_desk) return never;
  Instant const entered = life.clock_started[time_in_state_clock.value()];
  Span when = common_part({life.now.minutes, distant_future.minutes}, measure.what.intake());
  if (who.people.age != everything) when = common_part(when, moments_of(who.people.age, life.birth));
  return common_part(when, moments_of(who.time_in_state, entered));
}

}  // namespace

FirstFound::FirstFound(RunPlan const& plan, bool contacts_count) : plan_{&plan}, contacts_count_{contacts_count} {
  for (MeasurePlan const& measure : plan.measures)
    if (!comes_after_another(measure)) measures_.push_back(&measure);
  searches_.resize(measures_.size());
}

bool FirstFound::is_possible_in(StateId state) const {
  return (plan_->coordination && plan_->coordination->contact[state.value()]) ||
         std::ranges::any_of(measures_, [&](MeasurePlan const* measure) { return measure->states[state.value()]; });
}

bool FirstFound::find_in(Life const& life, Instant until) {
  if (is_new_) {
    std::ranges::fill(searches_, Search{});
    contacts_ = 0;
  }
  bool const goes_on = !is_new_ && seen_until_ == life.now;  // else they were where nobody is sought
  is_new_ = false;
  seen_until_ = until;
  if (note_contact(life, goes_on)) return true;
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    searches_[m].is_on = searches_[m].is_on && goes_on;
    if (is_found(*measures_[m], searches_[m], life, until)) return true;
  }
  return false;
}

bool FirstFound::note_contact(Life const& life, bool goes_on) {
  if (!plan_->coordination) return false;
  bool const was_in_contact = in_contact_ && goes_on;
  in_contact_ = plan_->coordination->contact[life.state.value()];
  if (!in_contact_) return false;
  if (!was_in_contact) ++contacts_;
  return contacts_count_ || std::ranges::any_of(plan_->measures, [&](MeasurePlan const& measure) {
           return measure.what.need && arises(*measure.what.need, life, contacts_);
         });
}

bool FirstFound::is_found(MeasurePlan const& measure, Search& search, Life const& life, Instant until) const {
  Span const when = when_qualified(measure, life);
  bool const is_now = when.from == life.now.minutes;
  if (when.from >= when.to || (when.from >= until.minutes && !is_now)) {
    search.is_on = false;
    return false;
  }
  auto const& time = measure.what.found_after;
  if (!time || !measure.what.who.history.empty()) return true;
  search.is_on = search.is_on && is_now;
  if (!search.is_on)
    search.due =
        Instant{when.from} + draw_time(*time, life.key, life.person, measure.what.streams.found, search.searches++);
  // Who qualifies until the stay ends may do so after it.
  search.is_on = when.to >= until.minutes;
  // What services do, or a turn in the minute of a rule, may end a stay in the minute in which they are found.
  return (is_now && search.due <= life.now) || search.due.minutes < std::min(when.to, until.minutes);
}

}  // namespace utvei
