// SPDX-License-Identifier: Apache-2.0
#include "ladder.hpp"

#include <utvei/core/diagnostics.hpp>

#include <algorithm>

namespace utvei {
namespace {

std::uint32_t passage_by_rule(std::vector<Passage> const& passages, StateId from, StateId to, Cause cause) {
  auto const found = std::ranges::find(passages, Passage{from, to, cause, {}});
  return static_cast<std::uint32_t>(found - passages.begin());
}

Gate gate_of(Rule const& rule, StateId state, std::vector<Passage> const& passages, std::uint32_t profile) {
  Gate gate{rule.stay[profile], {}};
  double before = 0;
  for (Rule::Way const& way : rule.ways[profile]) {
    double const share = (1 - gate.stay) * (way.up_to - before);
    before = way.up_to;
    if (share > 0) gate.ways.push_back({way.to, share, passage_by_rule(passages, state, way.to, rule.cause)});
  }
  return gate;
}

/// Who comes to the limit now entered the state so long ago.
LimitGate limit_of(Rule const& rule, Gate gate) {
  return {rule.after, std::max(rule.valid_from, rule.entered_from + rule.after),
          std::min(rule.valid_to, rule.entered_to + rule.after), &rule, std::move(gate)};
}

/// The compartments of one state: its bands are cut where intensities change, and at limits.
void add_compartments(RunPlan const& plan, StateId id, std::uint32_t profile, Ladder& ladder) {
  StatePlan const& state = plan.states[id];
  std::vector<std::int64_t> cuts;
  for (std::int64_t const cut : state.time_in_state.cuts)
    if (cut > 0) cuts.push_back(cut);
  for (LimitGate const& limit : ladder.limits[id.value()])
    if (limit.after.minutes > 1) cuts.push_back(limit.after.minutes);
  std::ranges::sort(cuts);
  auto const repeated = std::ranges::unique(cuts);
  cuts.erase(repeated.begin(), repeated.end());
  std::int64_t from = 0;
  for (std::int64_t const cut : cuts) {
    if (from == 0) ladder.least_first = std::min(ladder.least_first, cut);
    ladder.compartments.push_back({profile, id, state.time_in_state.band_after(from), from, cut - from});
    from = cut;
  }
  ladder.compartments.push_back({profile, id, state.time_in_state.band_after(from), from, Compartment::open});
}

/// Those who stay at the first go on to the second.
void add_gate(Gate& first, Gate const& second) {
  for (Gate::Way way : second.ways) {
    way.share *= first.stay;
    first.ways.push_back(way);
  }
  first.stay *= second.stay;
}

/// Follows people through the rules that they meet within a minute.
class FirstMinute {
 public:
  FirstMinute(Ladder const& ladder, Instant birth, Instant now) : ladder_{ladder}, birth_{birth}, now_{now} {}

  void enter(StateId state, double share, std::size_t depth = 0) {
    if (depth > ladder_.limits.size()) {
      throw InputError{Fault::file, Place{}, "people go from state to state within a minute, round in a circle",
                       "limits of one minute lead into each other", "let one of them last longer"};
    }
    for (LimitGate const& limit : ladder_.limits[state.value()])
      if (limit.after.minutes <= 1 && limit.holds(now_)) pass(limit.gate, share, depth);
    pass_ages(state, share, depth);
    if (share > 0) add(result_.into, ladder_.first[state.value()], share);
  }
  /// Who goes through a gate; `share` becomes that of those who stay.
  void pass(Gate const& gate, double& share, std::size_t depth = 0) {
    if (share <= 0) return;
    for (Gate::Way const& way : gate.ways) {
      add(result_.passages, way.passage, share * way.share);
      enter(way.to, share * way.share, depth + 1);
    }
    share *= gate.stay;
  }
  void pass_ages(StateId state, double& share, std::size_t depth = 0) {
    for (AgeGate const& end : ladder_.ages[state.value()])
      if (end.moment(birth_) <= now_) pass(end.gate, share, depth);
  }
  using Shares = std::vector<std::pair<std::uint32_t, double>>;
  static void add(Shares& shares, std::uint32_t where, double share) {
    auto const known = std::ranges::find(shares, where, &Shares::value_type::first);
    if (known == shares.end()) {
      shares.emplace_back(where, share);
    } else {
      known->second += share;
    }
  }
  [[nodiscard]] Arrival take() { return std::move(result_); }

 private:
  Ladder const& ladder_;
  Instant birth_, now_;
  Arrival result_;
};

}  // namespace

std::uint32_t Ladder::compartment_at(StateId state, Duration time) const {
  std::uint32_t c = first[state.value()];
  while (!compartments[c].is_open() && compartments[c].from + compartments[c].width <= time.minutes) ++c;
  return c;
}

Ladder ladder_of(RunPlan const& plan, std::vector<Passage> const& passages, std::uint32_t profile) {
  Ladder ladder;
  ladder.limits.resize(plan.states.size());
  ladder.ages.resize(plan.states.size());
  for (StateId const id : ids_of(plan.states)) {
    for (Rule const& rule : plan.states[id].rules) {
      Gate const gate = gate_of(rule, id, passages, profile);
      if (rule.cause == Cause::age) {
        ladder.ages[id.value()].push_back({&rule, gate});
      } else {
        ladder.limits[id.value()].push_back(limit_of(rule, gate));
      }
    }
    ladder.first.push_back(static_cast<std::uint32_t>(ladder.size()));
    add_compartments(plan, id, profile, ladder);
  }
  ladder.first.push_back(static_cast<std::uint32_t>(ladder.size()));
  return ladder;
}

Gate end_at(Ladder const& ladder, std::uint32_t compartment, Instant now) {
  Compartment const& where = ladder.compartments[compartment];
  Gate end;
  for (LimitGate const& limit : ladder.limits[where.state.value()])
    if (limit.after.minutes == where.from + where.width && limit.holds(now)) add_gate(end, limit.gate);
  return end;
}

std::vector<Instant> rule_times(Ladder const& ladder, Instant birth) {
  std::vector<Instant> times;
  for (auto const& ages : ladder.ages)
    for (AgeGate const& end : ages) times.push_back(end.moment(birth));
  for (auto const& limits : ladder.limits)
    for (LimitGate const& limit : limits) times.insert(times.end(), {limit.from, limit.to});
  return times;
}

std::vector<Arrival> arrivals_of(Ladder const& ladder, Instant birth, Instant now) {
  std::vector<Arrival> arrivals;
  for (std::size_t s = 0; s < ladder.limits.size(); ++s) {
    FirstMinute minute{ladder, birth, now};
    minute.enter(StateId{s}, 1);
    arrivals.push_back(minute.take());
  }
  return arrivals;
}

Arrival arrival_of_start(Ladder const& ladder, Cohort const& cohort, Cohort::Start const& start, Instant spared) {
  FirstMinute minute{ladder, cohort.birth, cohort.start};
  double share = 1;
  for (LimitGate const& limit : ladder.limits[start.state.value()]) {
    Instant const entered = cohort.start - start.time_in_state;
    bool const is_over = limit.after <= start.time_in_state && limit.rule->valid_from <= cohort.start;
    bool const is_for_them =
        cohort.start < limit.rule->valid_to && limit.rule->entered_from <= entered && entered < limit.rule->entered_to;
    bool const is_spared = entered + limit.after <= spared;
    if (is_over && is_for_them && !is_spared) minute.pass(limit.gate, share);
  }
  minute.pass_ages(start.state, share);
  Arrival arrival = minute.take();
  arrival.staying = share;
  return arrival;
}

}  // namespace utvei
