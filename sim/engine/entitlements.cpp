// SPDX-License-Identifier: Apache-2.0
#include "entitlements.hpp"

#include <algorithm>

namespace utvei {

namespace {

bool counts_with(Clock const& clock, StateId state, std::vector<std::uint16_t> const& levels) {
  return clock.counts_in[state.value()] && std::ranges::all_of(clock.counts_when, [&](Clock::Condition const& when) {
           return when.levels[levels[when.trait.value()]];
         });
}

}  // namespace

Entitlements::Entitlements(RunPlan const& plan) : plan_{&plan}, counts_{plan.clocks.size()} {
  see_traits_ = std::ranges::any_of(plan.clocks, [](Clock const& clock) { return !clock.counts_when.empty(); });
}

void Entitlements::begin(StateId state, std::vector<std::uint16_t> const& levels, Instant entered) {
  for (std::size_t c = 1; c < counts_.size(); ++c) {
    ClockId const id{c};
    Clock const& clock = plan_->clocks[id];
    Count& count = counts_[id];
    bool const counts = counts_with(clock, state, levels);
    count.used.clear();
    count.passed.clear();
    count.since = counts ? std::optional{entered} : std::nullopt;
    count.earning.assign(clock.renewals.size(), std::nullopt);
    earn(clock, state, counts, entered, count);
  }
}

/// What is used is not earned anew at the same time.
void Entitlements::earn(Clock const& clock, StateId state, bool counts, Instant now, Count& count) const {
  for (std::size_t r = 0; r < clock.renewals.size(); ++r) {
    Clock::Renewal const& renewal = clock.renewals[r];
    auto& earning = count.earning[r];
    if (renewal.states[state.value()] && !counts) {
      if (!earning) earning = now;
    } else {
      if (earning && now - *earning >= renewal.after) {
        count.used.clear();
        count.passed.clear();
      }
      earning.reset();
    }
  }
}

void Entitlements::change(StateId state, std::vector<std::uint16_t> const& levels, Instant now) {
  for (std::size_t c = 1; c < counts_.size(); ++c) {
    ClockId const id{c};
    Clock const& clock = plan_->clocks[id];
    Count& count = counts_[id];
    bool const counts = counts_with(clock, state, levels);
    earn(clock, state, counts, now, count);
    if (count.since && !counts) {
      count.used.push_back({*count.since, now});
      count.since.reset();
    } else if (!count.since && counts) {
      if (clock.within) {
        std::erase_if(count.used, [&](Interval const& i) { return i.to <= now - *clock.within; });
        if (count.used.empty()) count.passed.clear();
      }
      count.since = now;
    }
  }
}

bool Entitlements::has_passed(ClockId clock, Duration after) const {
  return std::ranges::find(counts_[clock].passed, after) != counts_[clock].passed.end();
}

Instant Entitlements::reaches(ClockId id, Duration after) const {
  Clock const& clock = plan_->clocks[id];
  Count const& count = counts_[id];
  if (!count.since) return distant_future;
  Instant now = *count.since;
  Instant const edge = clock.within ? now - *clock.within : distant_past;  // what lies before it no longer counts
  Duration rest = after;
  for (Interval const& used : count.used) {
    if (used.to > edge) rest = rest - (used.to - std::max(used.from, edge));
  }
  // While the edge moves through time that was used, what comes in front falls away behind.
  for (Interval const& used : count.used) {
    if (rest.minutes <= 0 || !clock.within || used.to <= edge) continue;
    Instant const edge_enters = std::max(used.from, edge) + *clock.within;
    if (now + rest <= edge_enters) break;
    rest = rest - (edge_enters - now);
    now = used.to + *clock.within;
  }
  if (rest.minutes <= 0) return *count.since;
  bool const all_falls_away = clock.within && now + rest > *count.since + *clock.within;
  return all_falls_away ? distant_future : now + rest;
}

}  // namespace utvei
